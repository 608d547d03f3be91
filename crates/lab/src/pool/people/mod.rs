//! The people of the pool: fixed at start, so nobody needs a lock to read them.

mod account;
mod demo;
mod file;
mod generate;
pub(crate) mod photo;
mod search;

use std::collections::HashMap;

pub(crate) use account::{Account, Home};
pub(crate) use demo::demo;
pub(crate) use file::from_file;
pub(crate) use generate::generate;

/// A person's place in the directory.
pub(crate) type PersonIndex = u32;

/// One person of the address book.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Person {
    /// `sip:user@domain`; the scheme may be left out in a file.
    pub(crate) uri: String,
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) department: String,
    pub(crate) company: String,
    pub(crate) office: String,
    /// `tel:+4930123;ext=45`, as the others.
    pub(crate) work_phone: String,
    pub(crate) mobile_phone: String,
    pub(crate) home_phone: String,
    pub(crate) other_phone: String,
    /// The e-mail address; the SIP address when empty.
    pub(crate) email: String,
    /// Whether there is a picture.
    pub(crate) photo: bool,
    /// Where the person is, until the person says otherwise; the office when empty.
    pub(crate) location: String,
    /// The note shown beside the presence.
    pub(crate) note: String,
    /// The note is an out-of-office note.
    pub(crate) out_of_office: bool,
    /// `enabled`, `disabled` or `not_enabled`.
    pub(crate) account: Account,
    /// `first`, `second`, `nowhere`, or the address of another pool's autodiscover.
    pub(crate) home: Home,
    /// Of the account; empty means that nobody can sign in with it.
    pub(crate) password: String,
    /// The presence at start: a word of ucwa.md §4.2, `Offline` when empty.
    pub(crate) availability: String,
    /// The activity text or token at start.
    pub(crate) activity: String,
    /// The name of the persona that lives here; empty for nobody.
    pub(crate) persona: String,
    /// URIs of the people on the contact list, in its default group.
    pub(crate) contacts: Vec<String>,
    /// More groups of the contact list.
    pub(crate) groups: Vec<ListedGroup>,
}

/// A group of the contact list, as the people file has it.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ListedGroup {
    pub(crate) name: String,
    /// URIs.
    pub(crate) members: Vec<String>,
}

impl Person {
    /// The URI without its scheme, in lower case: the path segment of the person.
    pub(crate) fn address(&self) -> &str {
        self.uri.strip_prefix("sip:").unwrap_or(&self.uri)
    }

    /// The e-mail address.
    pub(crate) fn email(&self) -> &str {
        if self.email.is_empty() { self.address() } else { &self.email }
    }
}

/// Everybody, by index and by address.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    people: Vec<Person>,
    by_address: HashMap<String, PersonIndex>,
    words: search::WordIndex,
    domain: String,
}

impl Directory {
    /// Builds the directory; a second person of the same address is refused.
    pub(crate) fn new(domain: &str, people: Vec<Person>) -> anyhow::Result<Self> {
        let mut directory = Self { domain: domain.to_owned(), ..Self::default() };
        for mut person in people {
            let address = address_of(&person.uri);
            anyhow::ensure!(address.contains('@'), "{:?} is not a SIP address", person.uri);
            person.uri = format!("sip:{address}");
            let index = PersonIndex::try_from(directory.people.len())?;
            anyhow::ensure!(
                directory.by_address.insert(address.clone(), index).is_none(),
                "{address} is there twice"
            );
            directory.people.push(person);
        }
        directory.words = search::WordIndex::new(&directory.people);
        Ok(directory)
    }

    /// The SIP domain of the pool.
    pub(crate) fn domain(&self) -> &str {
        &self.domain
    }

    /// Everybody, in order of index.
    pub(crate) fn all(&self) -> &[Person] {
        &self.people
    }

    /// The person of an index.
    pub(crate) fn person(&self, index: PersonIndex) -> Option<&Person> {
        self.people.get(index as usize)
    }

    /// The person of a SIP URI, an address, or `DOMAIN\user`.
    pub(crate) fn find(&self, uri: &str) -> Option<PersonIndex> {
        if let Some((_, user)) = uri.split_once('\\') {
            return self.by_address.get(&format!("{}@{}", user.to_lowercase(), self.domain)).copied();
        }
        self.by_address.get(&address_of(uri)).copied()
    }

    /// People with a word that starts with each word of the query, best match first, and whether there
    /// are more than `limit`.
    pub(crate) fn search(&self, query: &str, limit: usize) -> (Vec<PersonIndex>, bool) {
        self.words.search(query, limit)
    }
}

/// `sip : Erika@Lab.test;x=y` to `erika@lab.test` (the documentation prints blanks, ucwa.md §5.1).
pub(crate) fn address_of(uri: &str) -> String {
    let compact: String = uri.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let bare = compact.strip_prefix("sips:").or_else(|| compact.strip_prefix("sip:")).unwrap_or(&compact);
    let bare = bare.split(';').next().unwrap_or_default();
    bare.to_owned()
}
