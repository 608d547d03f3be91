//! One person whom several sources tell of is one entry.

use super::entry::Entry;
use super::fold::{collapse, expand, strip};
use super::name::name_words;
use super::phone::digits;
use hookflash_domain::NetworkId;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Fewest digits of a telephone number that tells people apart.
const TELLING_DIGITS: usize = 7;
/// Most different people with one mark, such as a mailbox of several, that another entry is compared with.
const MOST_ALIKE: usize = 32;

/// Puts the entries of several sources together, each person once. The first entry of a person keeps its id
/// and whatever it knows; the others add what is missing, and their networks, telephone numbers and skills.
/// So the sources come in the order in which they are trusted.
///
/// Two entries are of one person
/// - when they have the same e-mail address, and names that share a word: a mailbox of several people does
///   not make them one;
/// - or when they have the same name, and the same telephone number, or the same company and department;
///   and no network of both: a network knows its own people apart.
#[must_use]
pub fn merge_people(entries: Vec<Entry>) -> Vec<Entry> {
    let mut merged: Vec<Entry> = Vec::new();
    let mut known: HashMap<Mark, Vec<usize>> = HashMap::new();
    for entry in entries {
        let marks = marks(&entry);
        let candidates =
            marks.iter().flat_map(|mark| known.get(mark).into_iter().flatten().map(move |at| (mark, *at)));
        let same = candidates
            .filter(|(mark, at)| merged.get(*at).is_some_and(|other| is_same(other, &entry, mark)))
            .map(|(_, at)| at)
            .min();
        let at = same.unwrap_or(merged.len());
        match merged.get_mut(at) {
            Some(first) => merge_into(first, entry),
            None => merged.push(entry),
        }
        let of_both = merged.get(at).map(self::marks).unwrap_or_default();
        for mark in marks.into_iter().chain(of_both) {
            let places = known.entry(mark).or_default();
            if places.len() < MOST_ALIKE && !places.contains(&at) {
                places.push(at);
            }
        }
    }
    merged
}

/// By what two entries may be known to be of one person.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Mark {
    Email(String),
    NameAndPhone(Vec<String>, String),
    NameAndPlace(Vec<String>, String, String),
}

fn marks(entry: &Entry) -> Vec<Mark> {
    let name: Vec<_> = name_set(entry).into_iter().collect();
    let mut marks = Vec::new();
    if let Some(email) = entry.email.as_deref().map(str::trim).filter(|email| email.contains('@')) {
        marks.push(Mark::Email(email.to_lowercase()));
    }
    // A single word is no whole name.
    if name.len() < 2 {
        return marks;
    }
    for phone in entry.phones.iter().map(|phone| digits(phone)).filter(|phone| phone.len() >= TELLING_DIGITS)
    {
        marks.push(Mark::NameAndPhone(name.clone(), phone));
    }
    if let (Some(company), Some(department)) = (&entry.company, &entry.department) {
        marks.push(Mark::NameAndPlace(name, strip(company.trim()), strip(department.trim())));
    }
    marks
}

/// The words of the name, however umlauts are written.
fn name_set(entry: &Entry) -> BTreeSet<String> {
    name_words(entry).iter().map(|word| collapse(&expand(&word.text))).collect()
}

fn is_same(first: &Entry, other: &Entry, mark: &Mark) -> bool {
    let (one, two) = (name_set(first), name_set(other));
    match mark {
        Mark::Email(_) => one.is_empty() || two.is_empty() || !one.is_disjoint(&two),
        Mark::NameAndPhone(..) | Mark::NameAndPlace(..) => {
            one == two && networks(first).is_disjoint(&networks(other))
        }
    }
}

/// Whether two entries are of one person by the rules of [`merge_people`].
#[must_use]
pub fn is_one_person(first: &Entry, other: &Entry) -> bool {
    let of_first = marks(first);
    marks(other).iter().any(|mark| of_first.contains(mark) && is_same(first, other, mark))
}

fn networks(entry: &Entry) -> HashSet<&NetworkId> {
    entry.networks.iter().map(|person| &person.network).collect()
}

/// Adds to an entry what another one of the same person knows beyond it.
pub fn merge_into(first: &mut Entry, other: Entry) {
    let fill = |mine: &mut Option<String>, theirs: Option<String>| {
        if mine.as_deref().is_none_or(|text| text.trim().is_empty()) {
            *mine = theirs;
        }
    };
    fill(&mut first.given, other.given);
    fill(&mut first.family, other.family);
    fill(&mut first.company, other.company);
    fill(&mut first.department, other.department);
    fill(&mut first.title, other.title);
    fill(&mut first.location, other.location);
    fill(&mut first.email, other.email);
    if first.display.trim().is_empty() {
        first.display = other.display;
    }
    let known: HashSet<_> = first.phones.iter().map(|phone| digits(phone)).collect();
    first.phones.extend(other.phones.into_iter().filter(|phone| !known.contains(&digits(phone))));
    for skill in other.skills {
        if !first.skills.contains(&skill) {
            first.skills.push(skill);
        }
    }
    for person in other.networks {
        if !first.networks.contains(&person) {
            first.networks.push(person);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::merge_people;
    use crate::index::{Entry, EntryId};
    use hookflash_domain::{NetworkId, PersonId};
    use uuid::Uuid;

    fn entry(number: u128, name: &str, network: &str) -> Entry {
        let person = PersonId { network: NetworkId(network.into()), address: number.to_string() };
        Entry { networks: vec![person], ..Entry::named(EntryId(Uuid::from_u128(number)), name) }
    }

    fn with(mut entry: Entry, email: &str, phone: &str, department: &str) -> Entry {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        entry.email = some(email);
        entry.phones = some(phone).into_iter().collect();
        entry.company = some(department).map(|_| "Nordbank".to_owned());
        entry.department = some(department);
        entry
    }

    #[test]
    fn who_is_one_person() {
        let skype = || entry(1, "Anna Müller", "skype");
        let xmpp = |name| entry(2, name, "xmpp");
        for (why, first, second, one) in [
            (
                "e-mail, in other letters",
                with(skype(), "Anna@x.example", "", ""),
                with(xmpp("Müller, Anna"), "anna@X.example", "", ""),
                true,
            ),
            (
                "e-mail and part of the name",
                with(skype(), "a@x.example", "", ""),
                with(xmpp("Anna Maier"), "a@x.example", "", ""),
                true,
            ),
            (
                "a mailbox of several",
                with(skype(), "cards@x.example", "", ""),
                with(xmpp("Bernd Weber"), "cards@x.example", "", ""),
                false,
            ),
            (
                "name and number",
                with(skype(), "", "+49 69 1234567", ""),
                with(xmpp("ANNA MULLER"), "", "0049 69/1234567", ""),
                true,
            ),
            (
                "name and extension",
                with(skype(), "", "123", ""),
                with(xmpp("Anna Müller"), "", "123", ""),
                false,
            ),
            (
                "name and department",
                with(skype(), "", "", "Cards"),
                with(xmpp("Anna Müller"), "", "", "cards"),
                true,
            ),
            ("the name alone", skype(), xmpp("Anna Müller"), false),
            (
                "one word and number",
                with(entry(1, "Anna", "skype"), "", "+49 69 1234567", ""),
                with(xmpp("Anna"), "", "+49 69 1234567", ""),
                false,
            ),
            (
                "two of one network",
                with(skype(), "", "", "Cards"),
                with(entry(2, "Anna Müller", "skype"), "", "", "Cards"),
                false,
            ),
        ] {
            let merged = merge_people(vec![first, second]);
            assert_eq!(merged.len() == 1, one, "{why}");
        }
    }

    #[test]
    fn the_first_source_is_trusted_and_the_others_add() {
        let first = with(entry(1, "Anna Müller", "skype"), "a@x.example", "+49 69 1", "");
        let mut second = with(entry(2, "Anna Mueller", "xmpp"), "a@x.example", "069 2", "Cards");
        second.skills = vec!["Tax".into()];
        let mut third = entry(3, "Anna Müller", "teams");
        (third.company, third.department) = (Some("Nordbank".into()), Some("Cards".into()));
        let merged = merge_people(vec![first, second, third]);
        let [one] = merged.as_slice() else { panic!("{merged:?}") };
        assert_eq!((one.id.0.as_u128(), one.display.as_str()), (1, "Anna Müller"));
        assert_eq!(one.department.as_deref(), Some("Cards"));
        assert_eq!((one.phones.len(), one.skills.len(), one.networks.len()), (2, 1, 3));
    }
}
