//! The words of a person's name, and every way in which each may be typed.

use super::entry::Entry;
use super::fold::{strip, written};
use super::text::{by_character, romanised, variants, words};

/// Most words of a name that are searched.
pub(super) const MAX_NAME_WORDS: usize = 8;

/// What a word of a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Of the family name.
    Family,
    /// Of the given names.
    Given,
    /// Neither is known.
    Other,
}

/// A word of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NameWord {
    pub(super) text: String,
    pub(super) role: Role,
    /// Written together with the next word, but for a hyphen.
    pub(super) hyphen: bool,
}

/// One way to type a word of a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NameToken {
    /// As it is compared.
    pub(super) folded: String,
    /// As it was written, in small letters.
    pub(super) written: String,
    pub(super) role: Role,
    /// Which word of the name, from 0; below [`MAX_NAME_WORDS`]. What is searched by character counts one
    /// a letter.
    pub(super) ordinal: u8,
}

/// The words of the entry's name: given, family, then what the display name has beyond them.
pub(super) fn name_words(entry: &Entry) -> Vec<NameWord> {
    let mut found = Vec::new();
    let (given, family) = (entry.given.as_deref(), entry.family.as_deref());
    push(&mut found, given.unwrap_or_default(), Role::Given);
    push(&mut found, family.unwrap_or_default(), Role::Family);
    if found.is_empty() {
        push_display(&mut found, &entry.display);
    } else {
        let known: Vec<_> = found.iter().map(|word| strip(&word.text)).collect();
        let together = run_together(&found);
        for word in words(&entry.display) {
            let folded = strip(&word);
            if !known.contains(&folded) && !together.contains(&folded) {
                push(&mut found, &word, Role::Other);
            }
        }
    }
    found.truncate(MAX_NAME_WORDS);
    found
}

/// Names without blanks between family and given name, in both orders.
fn run_together(found: &[NameWord]) -> [String; 2] {
    let (family, given) = (strip(&run_of(found, Role::Family)), strip(&run_of(found, Role::Given)));
    [format!("{family}{given}"), format!("{given}{family}")]
}

fn push(found: &mut Vec<NameWord>, text: &str, role: Role) {
    let parts: Vec<_> = text.split_whitespace().collect();
    for part in parts {
        let of_part = words(part);
        let count = of_part.len();
        for (index, text) in of_part.into_iter().enumerate() {
            let hyphen = part.contains(['-', '\u{2010}', '\u{2011}']) && index + 1 < count;
            found.push(NameWord { text, role, hyphen });
        }
    }
}

/// A name of which only the display form is known: "Family, Given", "Given Family", and "Family Given"
/// where that is the custom.
fn push_display(found: &mut Vec<NameWord>, display: &str) {
    let (given, family) = match display.split_once(',') {
        Some((family, given)) => (given, family),
        None => match display.trim().rsplit_once(char::is_whitespace) {
            Some((family, given)) if by_character(family) => (given, family),
            Some((given, family)) => (given, family),
            None => ("", display),
        },
    };
    push(found, given, Role::Given);
    push(found, family, Role::Family);
}

/// By what people are put in order: family name, given names, the rest.
pub(super) fn sort_name(words: &[NameWord]) -> String {
    let mut ordered: Vec<_> = words.iter().collect();
    ordered.sort_by_key(|word| word.role);
    ordered.iter().map(|word| strip(&word.text)).collect::<Vec<_>>().join(" ")
}

/// Whether two people are called the same, spelling and all.
pub(super) fn is_one_name(one: &[NameToken], other: &[NameToken]) -> bool {
    let family = |token: &NameToken| token.role == Role::Family;
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| {
            (&one.folded, &one.written, one.ordinal) == (&other.folded, &other.written, other.ordinal)
                && family(one) == family(other)
        })
}

/// Every way to type every word.
pub(super) fn name_tokens(words: &[NameWord]) -> Vec<NameToken> {
    let mut tokens = Vec::new();
    let mut ordinal = 0;
    let given = run_of(words, Role::Given);
    for (index, word) in words.iter().enumerate() {
        if by_character(&word.text) {
            push_endings(&mut tokens, word, "", ordinal);
            if word.role == Role::Family {
                push_endings(&mut tokens, word, &given, ordinal);
            }
            ordinal += word.text.chars().count();
            continue;
        }
        push_tokens(&mut tokens, &word.text, word.role, ordinal);
        if word.hyphen
            && let Some(next) = words.get(index + 1)
        {
            push_tokens(&mut tokens, &format!("{}{}", word.text, next.text), word.role, ordinal);
        }
        ordinal += 1;
    }
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

/// What is searched by character of a part of the name, without blanks.
fn run_of(words: &[NameWord], role: Role) -> String {
    let of_role = words.iter().filter(|word| word.role == role && by_character(&word.text));
    of_role.map(|word| word.text.as_str()).collect()
}

fn push_tokens(tokens: &mut Vec<NameToken>, text: &str, role: Role, ordinal: usize) {
    let Some(ordinal) = small(ordinal) else { return };
    let written = written(text);
    for folded in variants(text) {
        tokens.push(NameToken { folded, written: written.clone(), role, ordinal });
    }
}

/// A word that is searched by character is found by every one of its endings, so by every part of it;
/// `behind` is what may be written behind it without a blank.
fn push_endings(tokens: &mut Vec<NameToken>, word: &NameWord, behind: &str, first: usize) {
    let run = format!("{}{behind}", word.text);
    let letters = word.text.chars().count();
    for (index, (start, _)) in run.char_indices().enumerate().take(letters) {
        let Some(ordinal) = small(first + index) else { return };
        let ending = strip(run.get(start..).unwrap_or_default());
        let latin = romanised(&ending);
        for folded in std::iter::once(ending.clone()).chain(latin) {
            tokens.push(NameToken { folded, written: ending.clone(), role: word.role, ordinal });
        }
    }
}

fn small(ordinal: usize) -> Option<u8> {
    (ordinal < MAX_NAME_WORDS).then_some(ordinal as u8)
}
