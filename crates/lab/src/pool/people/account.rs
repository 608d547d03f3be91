//! The state of an account, and the pool that it lives on.

/// Whether the account may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Account {
    #[default]
    Enabled,
    /// Disabled in the directory: no ticket.
    Disabled,
    /// Not enabled for Skype for Business: a ticket, but no application.
    NotEnabled,
}

/// Where the account's applications are.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(from = "String", into = "String")]
pub(crate) enum Home {
    /// The pool of this number: 0 is the first, 1 the second (`--second-listen`).
    Front(usize),
    /// A redirect to this address.
    Elsewhere(String),
    /// No pool serves it.
    Nowhere,
}

impl Default for Home {
    fn default() -> Self {
        Self::Front(0)
    }
}

impl From<String> for Home {
    fn from(text: String) -> Self {
        match text.as_str() {
            "" | "first" => Self::Front(0),
            "second" => Self::Front(1),
            "nowhere" => Self::Nowhere,
            _ => Self::Elsewhere(text),
        }
    }
}

impl From<Home> for String {
    fn from(home: Home) -> Self {
        match home {
            Home::Front(0) => "first".to_owned(),
            Home::Front(_) => "second".to_owned(),
            Home::Elsewhere(url) => url,
            Home::Nowhere => "nowhere".to_owned(),
        }
    }
}
