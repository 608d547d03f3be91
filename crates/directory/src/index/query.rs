//! What was typed, as words. Whatever it is, no more than a few words come of it.

use super::fold::{spelling, strip, written};
use super::phone::{MIN_DIGITS, digits, looks_like_phone};
use super::text::{by_character, romanised, words};

/// How much of what was typed is read, in letters.
pub(super) const MAX_LETTERS: usize = 200;
/// Words beyond these are left out.
pub(super) const MAX_WORDS: usize = 6;
/// Letters of a word beyond these are left out.
const MAX_WORD_LETTERS: usize = 32;
/// Fewest letters of a word that is searched in the fields beside the name.
const MIN_FIELD_LETTERS: usize = 3;

/// One word that was typed; each may be found in several places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct QueryWord {
    /// In small letters, with marks.
    pub(super) written: String,
    /// Beginnings of words of names, departments, titles and so on: folded, and in Latin letters.
    pub(super) patterns: Vec<String>,
    /// The beginning of an e-mail address.
    pub(super) email: Option<String>,
    /// The beginning or end of a telephone number.
    pub(super) digits: Option<String>,
    /// In "last, first" which of the two it is: true for the family name.
    pub(super) is_family: Option<bool>,
}

impl QueryWord {
    /// Whether it is searched in the fields beside the name.
    pub(super) fn is_long(&self) -> bool {
        self.patterns
            .first()
            .is_some_and(|word| by_character(word) || word.chars().count() >= MIN_FIELD_LETTERS)
    }

    /// Whether a word of a name, as it was written, is spelt as it was typed: with the same marks if any
    /// were typed, umlauts written out or not.
    pub(super) fn spells(&self, name: &str) -> bool {
        let plain = self.written.is_ascii() && strip(name) == self.written;
        plain || spelling(name) == spelling(&self.written)
    }
}

/// The words of what was typed.
pub(super) fn parse(text: &str) -> Vec<QueryWord> {
    let end = text.char_indices().nth(MAX_LETTERS).map_or(text.len(), |(end, _)| end);
    let text = text.get(..end).unwrap_or_default();
    let (before, after) = text.split_once(',').unwrap_or((text, ""));
    let mut found = parse_part(before);
    let family_count = found.len();
    found.extend(parse_part(after));
    if family_count > 0 && found.len() > family_count {
        for (index, word) in found.iter_mut().enumerate() {
            word.is_family = Some(index < family_count);
        }
    }
    found.truncate(MAX_WORDS);
    found
}

fn parse_part(text: &str) -> Vec<QueryWord> {
    let mut found: Vec<QueryWord> = Vec::new();
    let mut number = String::new();
    for part in text.split(|letter: char| letter.is_whitespace() || letter == ',' || letter == ';') {
        if looks_like_phone(part) {
            number.push_str(part);
            continue;
        }
        found.extend(phone_word(&std::mem::take(&mut number)));
        if part.contains('@') {
            let email = part.to_ascii_lowercase();
            found.push(QueryWord { email: Some(email), ..QueryWord::default() });
        } else {
            found.extend(words(part).iter().filter_map(|word| name_word(word)));
        }
    }
    found.extend(phone_word(&number));
    found
}

fn name_word(word: &str) -> Option<QueryWord> {
    let word: String = word.chars().take(MAX_WORD_LETTERS).collect();
    let folded = strip(&word);
    let romanised = romanised(&folded).map(|latin| latin.chars().take(MAX_WORD_LETTERS).collect());
    let is_ascii = folded.is_ascii();
    let patterns: Vec<_> = std::iter::once(folded).filter(|word| !word.is_empty()).chain(romanised).collect();
    let first = patterns.first()?;
    let email = (is_ascii && first.len() >= MIN_FIELD_LETTERS).then(|| first.clone());
    Some(QueryWord { written: written(&word), patterns, email, digits: None, is_family: None })
}

/// Digits stand for a telephone number, or for a name or title with a number in it.
fn phone_word(number: &str) -> Option<QueryWord> {
    let bare: String = number.chars().filter(char::is_ascii_digit).take(MAX_WORD_LETTERS).collect();
    let meant = digits(number);
    if bare.is_empty() {
        return None;
    }
    let digits = (meant.len() >= MIN_DIGITS).then_some(meant);
    Some(QueryWord { written: bare.clone(), patterns: vec![bare], email: None, digits, is_family: None })
}

#[cfg(test)]
mod tests {
    use super::{MAX_WORDS, parse};

    fn patterns(text: &str) -> Vec<Vec<String>> {
        parse(text).into_iter().map(|word| word.patterns).collect()
    }

    #[test]
    fn words_in_any_form() {
        assert_eq!(patterns("Müller  mich"), [["muller"], ["mich"]]);
        assert_eq!(patterns("O'Brien-Smith"), [["obrien"], ["smith"]]);
        assert_eq!(patterns("Юлия"), [["юлия", "yuliya"]]);
        assert!(patterns(" ,;. \u{301}\u{302}").is_empty());
    }

    #[test]
    fn last_comma_first() {
        let family = |text| parse(text).iter().map(|word| word.is_family).collect::<Vec<_>>();
        assert_eq!(family("van Berg, Anna"), [Some(true), Some(true), Some(false)]);
        assert_eq!(family("Berg,"), [None]);
        assert_eq!(family(", Anna"), [None]);
    }

    #[test]
    fn addresses_and_numbers() {
        let words = parse("Anna@Example.com +49 (69) 123-45 sales");
        assert_eq!(words[0].email.as_deref(), Some("anna@example.com"));
        assert_eq!(words[1].digits.as_deref(), Some("496912345"));
        assert_eq!(words[2].patterns, ["sales"]);
        assert_eq!(parse("12").first().map(|word| word.digits.clone()), Some(None));
    }

    #[test]
    fn hostile_input_becomes_few_words() {
        for text in ["a ".repeat(5_000), "\u{301}".repeat(10_000), "ä,".repeat(5_000), "x".repeat(10_000)] {
            let words = parse(&text);
            assert!(words.len() <= MAX_WORDS);
            assert!(
                words.iter().all(|word| word.patterns.iter().all(|pattern| pattern.chars().count() <= 32))
            );
        }
    }
}
