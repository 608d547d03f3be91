//! An entry in few bytes: shared texts by number, telephone numbers half a byte a sign, and a network
//! address that is the e-mail address not at all.

use super::arrays::{push_number, take_number};
use super::entry::{Entry, EntryId};
use super::values::{Field, Values, ValuesBuilder};
use hookflash_domain::{NetworkId, PersonId};
use uuid::Uuid;

const PHONE_SIGNS: &str = "0123456789+ -()/";
const SIP: &str = "sip:";

/// How a network address is kept.
mod address {
    pub(super) const TEXT: u8 = 0;
    pub(super) const MAIL: u8 = 1;
    pub(super) const SIP_MAIL: u8 = 2;
}

/// Appends an entry, but for its searched shared texts.
pub(super) fn push_record(bytes: &mut Vec<u8>, entry: &Entry, values: &mut ValuesBuilder) {
    bytes.extend_from_slice(entry.id.0.as_bytes());
    push_email(bytes, entry.email.as_deref(), values);
    push_number(bytes, entry.phones.len() as u32);
    entry.phones.iter().for_each(|phone| push_phone(bytes, phone));
    push_optional(bytes, entry.family.as_deref());
    push_optional(bytes, entry.given.as_deref());
    push_display(bytes, entry);
    push_number(bytes, entry.skills.len() as u32);
    for skill in &entry.skills {
        push_number(bytes, values.number_of(Field::Skill, skill));
    }
    push_number(bytes, entry.networks.len() as u32);
    for person in &entry.networks {
        push_number(bytes, values.number_of(Field::Network, &person.network.0));
        push_address(bytes, &person.address, entry.email.as_deref());
    }
}

fn usual_display(given: Option<&str>, family: Option<&str>) -> String {
    [given, family].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn sorted_display(given: Option<&str>, family: Option<&str>) -> String {
    [family, given].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// 0 for "Given Family", 1 for "Family, Given", otherwise the length and two more, and the text.
fn push_display(bytes: &mut Vec<u8>, entry: &Entry) {
    let (given, family) = (entry.given.as_deref(), entry.family.as_deref());
    if entry.display == usual_display(given, family) {
        push_number(bytes, 0);
    } else if entry.display == sorted_display(given, family) {
        push_number(bytes, 1);
    } else {
        push_number(bytes, entry.display.len() as u32 + 2);
        bytes.extend_from_slice(entry.display.as_bytes());
    }
}

fn push_text(bytes: &mut Vec<u8>, text: &str) {
    push_number(bytes, text.len() as u32);
    bytes.extend_from_slice(text.as_bytes());
}

fn push_optional(bytes: &mut Vec<u8>, text: Option<&str>) {
    match text {
        None => push_number(bytes, 0),
        Some(text) => {
            push_number(bytes, text.len() as u32 + 1);
            bytes.extend_from_slice(text.as_bytes());
        }
    }
}

/// The local part, then the domain's number and one more, or 0 where there is no `@`.
fn push_email(bytes: &mut Vec<u8>, email: Option<&str>, values: &mut ValuesBuilder) {
    let split = email.and_then(|email| email.rsplit_once('@'));
    push_optional(bytes, split.map(|(local, _)| local).or(email));
    if email.is_some() {
        push_number(bytes, split.map_or(0, |(_, domain)| values.number_of(Field::MailDomain, domain) + 1));
    }
}

/// Twice the count of half bytes; or, with signs that are not usual, twice the count of bytes and one.
fn push_phone(bytes: &mut Vec<u8>, phone: &str) {
    let signs: Option<Vec<u8>> = phone
        .bytes()
        .map(|sign| PHONE_SIGNS.bytes().position(|one| one == sign).map(|at| at as u8))
        .collect();
    match signs {
        Some(signs) => {
            push_number(bytes, signs.len() as u32 * 2);
            bytes.extend(signs.chunks(2).map(|pair| match pair {
                [first, second] => first << 4 | second,
                [first] => first << 4,
                _ => 0,
            }));
        }
        None => {
            push_number(bytes, phone.len() as u32 * 2 + 1);
            bytes.extend_from_slice(phone.as_bytes());
        }
    }
}

fn push_address(bytes: &mut Vec<u8>, text: &str, email: Option<&str>) {
    if email == Some(text) {
        bytes.push(address::MAIL);
    } else if email.is_some() && text.strip_prefix(SIP) == email {
        bytes.push(address::SIP_MAIL);
    } else {
        bytes.push(address::TEXT);
        push_text(bytes, text);
    }
}

/// Reads an entry from the front on. What does not make sense is read as absent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    rest: &'a [u8],
}

impl<'a> Record<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(super) fn id(&mut self) -> EntryId {
        let bytes = self.rest.first_chunk::<16>().copied().unwrap_or_default();
        self.rest = self.rest.get(16..).unwrap_or_default();
        EntryId(Uuid::from_bytes(bytes))
    }

    /// The local part, and the number of the domain.
    pub(super) fn email(&mut self) -> Option<(&'a str, Option<u32>)> {
        let local = self.optional()?;
        Some((local, self.number().checked_sub(1)))
    }

    pub(super) fn phones(&mut self) -> Vec<String> {
        (0..self.count()).map(|_| self.phone()).collect()
    }

    fn phone(&mut self) -> String {
        let size = self.number();
        if size % 2 == 1 {
            return self.text(size as usize / 2).to_owned();
        }
        let signs = size as usize / 2;
        let packed = self.bytes(signs.div_ceil(2));
        let halves = packed.iter().flat_map(|byte| [byte >> 4, byte & 15]).take(signs);
        halves.filter_map(|sign| PHONE_SIGNS.chars().nth(usize::from(sign))).collect()
    }

    fn optional(&mut self) -> Option<&'a str> {
        let size = self.number().checked_sub(1)?;
        Some(self.text(size as usize))
    }

    fn text(&mut self, size: usize) -> &'a str {
        std::str::from_utf8(self.bytes(size)).unwrap_or_default()
    }

    fn bytes(&mut self, size: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at_checked(size).unwrap_or_default();
        self.rest = rest;
        taken
    }

    fn number(&mut self) -> u32 {
        take_number(&mut self.rest).unwrap_or(0)
    }

    fn count(&mut self) -> usize {
        (self.number() as usize).min(Entry::MAX_ITEMS)
    }

    /// The numbers of the skills. Nothing may have been read before.
    pub(super) fn skills(mut self) -> impl Iterator<Item = u32> {
        self.id();
        self.email();
        self.phones();
        self.names();
        (0..self.count()).map(move |_| self.number())
    }

    /// The whole entry; its searched shared texts are given.
    pub(super) fn entry(mut self, values: &Values, searched: [Option<&str>; 4]) -> Entry {
        let [company, department, title, location] = searched.map(|text| text.map(ToOwned::to_owned));
        let id = self.id();
        let email = self.email().map(|(local, domain)| match domain {
            Some(domain) => format!("{local}@{}", values.of(domain)),
            None => local.to_owned(),
        });
        let phones = self.phones();
        let (given, family, display) = self.names();
        let skills = (0..self.count()).map(|_| values.of(self.number()).to_owned()).collect();
        let networks = (0..self.count()).map(|_| self.network(values, email.as_deref())).collect();
        let (given, family) = (given.map(ToOwned::to_owned), family.map(ToOwned::to_owned));
        Entry {
            id,
            given,
            family,
            display,
            company,
            department,
            title,
            location,
            email,
            phones,
            skills,
            networks,
        }
    }

    /// Given, family and display name.
    fn names(&mut self) -> (Option<&'a str>, Option<&'a str>, String) {
        let (family, given) = (self.optional(), self.optional());
        let display = match self.number() {
            0 => usual_display(given, family),
            1 => sorted_display(given, family),
            size => self.text(size as usize - 2).to_owned(),
        };
        (given, family, display)
    }

    fn network(&mut self, values: &Values, email: Option<&str>) -> PersonId {
        let network = NetworkId(values.of(self.number()).to_owned());
        let email = email.unwrap_or_default();
        let address = match self.bytes(1) {
            [address::MAIL] => email.to_owned(),
            [address::SIP_MAIL] => format!("{SIP}{email}"),
            _ => {
                let size = self.number() as usize;
                self.text(size).to_owned()
            }
        };
        PersonId { network, address }
    }
}
