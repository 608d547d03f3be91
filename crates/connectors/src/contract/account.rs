//! Who signs in.

use std::fmt;

/// The agent's account on the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Stable for this agent on this network, at most 64 characters, safe to show in a log. The
    /// connector derives its endpoint from it, so that a restart finds the same chats again.
    pub id: String,
    /// The address under which people see the agent, such as `anna@example.com`.
    pub address: String,
    /// The name to sign in with where it differs from the address, such as `EXAMPLE\anna`.
    pub sign_in_name: Option<String>,
    /// The name shown where the network leaves it to us (XMPP component).
    pub display_name: String,
    /// How the agent proves who they are.
    pub credential: Credential,
    /// Language of the network's own words, such as `de-DE`.
    pub culture: String,
}

/// How an agent proves to a network who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// Not at all: the connector speaks for all agents (XMPP component), or the machine does.
    None,
    /// By password.
    Password(Secret),
    /// By what [`crate::Authoriser::finish`] gave; opaque to everybody but the connector.
    Authorisation(Secret),
}

/// A password or token. It shows itself neither in logs nor in errors.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The secret itself; to be handed only to the network.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn a_secret_is_not_printed() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(…)");
    }
}
