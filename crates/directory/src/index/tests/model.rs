//! What a search must find and in which order, by going through everybody with plain strings.

use crate::index::entry::Entry;
use crate::index::name::{NameToken, Role, is_one_name, name_tokens, name_words, sort_name};
use crate::index::phone::digits;
use crate::index::query::{QueryWord, parse};
use crate::index::text::{variants, words};
use crate::index::values::searched_texts;
use crate::index::{EntryId, Nicknames, Search};
use std::collections::BTreeMap;

/// What a search gives, best first.
pub(super) fn search(
    people: &[Entry],
    reach: &BTreeMap<EntryId, u8>,
    search: &Search<'_>,
    nicknames: &Nicknames,
) -> Vec<EntryId> {
    let words = parse(search.text);
    if words.is_empty() && search.skills.is_empty() {
        return Vec::new();
    }
    let skilled = |entry: &&Entry| search.skills.iter().all(|skill| entry.skills.contains(skill));
    let mut ranked: Vec<_> = people
        .iter()
        .filter(skilled)
        .filter_map(|entry| {
            let likeness = fit(&person(entry), &words, nicknames)?;
            let recent = search.recent.iter().position(|id| *id == entry.id).unwrap_or(usize::MAX);
            let other = search.company.is_some() && entry.company.as_deref() != search.company;
            let reach = reach.get(&entry.id).copied().unwrap_or(4);
            Some((likeness, reach, recent, other, sort_name(&name_words(entry)), entry.id))
        })
        .collect();
    ranked.sort_by(|a, b| (&a.0[..5], a.1, a.2, a.3, &a.4, a.5).cmp(&(&b.0[..5], b.1, b.2, b.3, &b.4, b.5)));
    // Two errors are only forgiven when nobody is found with fewer.
    if ranked.first().is_some_and(|first| first.0[0] <= 1) {
        ranked.retain(|one| one.0[0] <= 1);
    }
    let names: BTreeMap<EntryId, _> =
        people.iter().map(|entry| (entry.id, name_tokens(&name_words(entry)))).collect();
    // Of one name of which only a beginning was typed three come first, the others where there is room.
    let mut shown: Vec<usize> = Vec::new();
    let mut behind = Vec::new();
    for (place, one) in ranked.iter().enumerate() {
        let alike = |other: &&usize| {
            let other = &ranked[**other];
            one.0[5] == 1 && other.0[5] == 1 && is_one_name(&names[&one.5], &names[&other.5])
        };
        if shown.iter().filter(alike).count() < 3 { shown.push(place) } else { behind.push(place) }
    }
    let mut shown: Vec<_> = shown.into_iter().chain(behind).take(search.limit).collect();
    shown.sort_unstable();
    shown.into_iter().map(|place| ranked[place].5).collect()
}

struct Person<'a> {
    entry: &'a Entry,
    tokens: Vec<NameToken>,
    name_words: usize,
}

fn person(entry: &Entry) -> Person<'_> {
    let tokens = name_tokens(&name_words(entry));
    let name_words = tokens.iter().map(|token| usize::from(token.ordinal) + 1).max().unwrap_or(0);
    Person { entry, tokens, name_words }
}

/// Errors, words beside the name, distance, apart, partial, and whether only the beginning of a word was typed: the
/// smallest over all ways to assign the words.
fn fit(person: &Person<'_>, words: &[QueryWord], nicknames: &Nicknames) -> Option<[usize; 6]> {
    let mut ways = vec![Vec::new()];
    for word in words {
        let mut longer = Vec::new();
        for way in &ways {
            for ordinal in 0..person.name_words {
                let taken =
                    way.iter().any(|(place, _): &(Option<usize>, [usize; 2])| *place == Some(ordinal));
                let found = if taken { None } else { name_match(person, ordinal, word, nicknames) };
                longer.extend(found.map(|found| [way.as_slice(), &[(Some(ordinal), found)]].concat()));
            }
            if is_beside(person.entry, word) {
                longer.push([way.as_slice(), &[(None, [0, 0])]].concat());
            }
        }
        ways = longer;
    }
    ways.iter().map(|way| likeness(person, words, way)).min()
}

fn likeness(person: &Person<'_>, words: &[QueryWord], way: &[(Option<usize>, [usize; 2])]) -> [usize; 6] {
    let family = |ordinal: usize| {
        person.tokens.iter().any(|token| usize::from(token.ordinal) == ordinal && token.role == Role::Family)
    };
    let names: Vec<_> = way.iter().filter_map(|(place, _)| *place).collect();
    let wrong_side = words.iter().zip(way).any(|(word, (place, _))| {
        place.is_some_and(|place| word.is_family.is_some_and(|meant| meant != family(place)))
    });
    let together = names.iter().any(|place| family(*place)) && names.iter().any(|place| !family(*place));
    let several = names.len() > 1;
    let begun = way.iter().any(|(_, found)| *found == [0, 2] || *found == [1, 1]);
    [
        way.iter().map(|(_, [typos, _])| typos).sum(),
        way.len() - names.len(),
        way.iter().map(|(_, [_, cost])| cost).sum(),
        usize::from(several && (wrong_side || !together)),
        usize::from(several && !begun && names.len() < person.name_words),
        usize::from(begun),
    ]
}

/// Errors and distance of a word of the search to a word of the name.
fn name_match(
    person: &Person<'_>,
    ordinal: usize,
    word: &QueryWord,
    nicknames: &Nicknames,
) -> Option<[usize; 2]> {
    let tokens = person.tokens.iter().filter(|token| usize::from(token.ordinal) == ordinal);
    let best_pattern = |token: &NameToken| {
        word.patterns
            .iter()
            .filter_map(|pattern| pattern_match(&token.folded, pattern, word.spells(&token.written)))
            .min()
    };
    let nickname = |token: &NameToken| {
        let names = word.patterns.first().map_or(&[][..], |pattern| nicknames.of(pattern));
        names.contains(&token.folded).then_some([0, 2])
    };
    tokens.filter_map(|token| best_pattern(token).into_iter().chain(nickname(token)).min()).min()
}

fn pattern_match(folded: &str, pattern: &str, spelt: bool) -> Option<[usize; 2]> {
    if folded == pattern {
        return Some([0, usize::from(!spelt)]);
    }
    if folded.starts_with(pattern) {
        return Some([0, 2]);
    }
    let (name, typed): (Vec<char>, Vec<char>) = (folded.chars().collect(), pattern.chars().collect());
    let by_character = |letter: &char| *letter >= '\u{2E80}';
    if typed.iter().any(by_character) {
        return None;
    }
    if typed.len() == 3 {
        return (name.len() == 4 && !name.iter().any(by_character) && distance(&name, &typed) == 1)
            .then_some([1, 0]);
    }
    if typed.len() < 4 {
        return None;
    }
    if distance(&name, &typed) == 1 {
        return Some([1, 0]);
    }
    let near = (0..=name.len()).any(|end| distance(&name[..end], &typed) == 1);
    near.then_some([1, 1])
}

/// Optimal string alignment.
fn distance(a: &[char], b: &[char]) -> usize {
    match (a, b) {
        _ if a.len().abs_diff(b.len()) > 1 => 2,
        ([], _) => b.len(),
        (_, []) => a.len(),
        ([x, a_rest @ ..], [y, b_rest @ ..]) if x == y => distance(a_rest, b_rest),
        ([x, a2, a_rest @ ..], [y, b2, b_rest @ ..]) if x == b2 && a2 == y && a_rest == b_rest => 1,
        ([_, a_rest @ ..], [_, b_rest @ ..]) => {
            let one = |same: bool| if same { 1 } else { 2 };
            one(a_rest == b_rest).min(one(a_rest == b)).min(one(a == b_rest))
        }
    }
}

fn is_beside(entry: &Entry, word: &QueryWord) -> bool {
    let fields = searched_texts(entry).into_iter().flatten().flat_map(words);
    let begins = |text: &str| word.patterns.iter().any(|pattern| text.starts_with(pattern.as_str()));
    let value = word.is_long() && fields.flat_map(|text| variants(&text)).any(|text| begins(&text));
    let email = entry.email.as_ref().zip(word.email.as_ref());
    let email = email.is_some_and(|(email, typed)| email.to_ascii_lowercase().starts_with(typed.as_str()));
    let mut phones = entry.phones.iter().take(4).map(|phone| digits(phone));
    let phone = word.digits.as_ref().is_some_and(|typed| {
        phones.any(|phone| phone.starts_with(typed.as_str()) || phone.ends_with(typed.as_str()))
    });
    value || email || phone
}
