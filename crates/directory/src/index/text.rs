//! Texts as words.

use super::fold::{collapse, expand, is_by_character, is_mark, strip};

/// The words of a text. Apostrophes belong to a word and are left out (`O'Brien` is `OBrien`), all
/// other punctuation ends it, and so does a change between scripts with and without an alphabet.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for letter in text.chars() {
        if is_apostrophe(letter) {
            continue;
        }
        let belongs = is_of_word(letter);
        let other_kind =
            word.chars().next().is_some_and(|first| is_by_character(first) != is_by_character(letter));
        if !belongs || (other_kind && !is_mark(letter)) {
            finish(&mut word, &mut words);
        }
        if belongs {
            word.push(letter);
        }
    }
    finish(&mut word, &mut words);
    words
}

/// Whether the letter belongs to a word; apostrophes do too, though they are left out.
pub(super) fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_mark(letter) || is_vowel_sign(letter) || is_apostrophe(letter)
}

fn finish(word: &mut String, words: &mut Vec<String>) {
    if word.chars().any(|letter| !is_mark(letter)) {
        words.push(std::mem::take(word));
    }
    word.clear();
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '`' | '´' | '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{02B9}' | '\u{02BB}')
}

/// Vowels of Indian scripts, which are no letters of their own.
fn is_vowel_sign(letter: char) -> bool {
    matches!(letter, '\u{0900}'..='\u{0DFF}' | '\u{0E00}'..='\u{0EFF}' | '\u{200C}' | '\u{200D}')
}

/// Whether the word is searched letter by letter.
pub(super) fn by_character(word: &str) -> bool {
    word.chars().next().is_some_and(is_by_character)
}

/// In how many ways somebody may type a word: as it is without marks, with umlauts written out or
/// taken back, and in Latin letters.
pub(super) fn variants(word: &str) -> Vec<String> {
    let stripped = strip(word);
    let mut variants = vec![expand(word), collapse(&stripped)];
    variants.extend(romanised(&stripped));
    variants.push(stripped);
    variants.retain(|variant| !variant.is_empty());
    variants.sort_unstable();
    variants.dedup();
    variants
}

/// The word in Latin letters, if it is in others.
pub(super) fn romanised(stripped: &str) -> Option<String> {
    if stripped.is_ascii() {
        return None;
    }
    let latin = any_ascii::any_ascii(stripped);
    let latin: String = latin.chars().filter(char::is_ascii_alphanumeric).collect();
    (!latin.is_empty()).then(|| latin.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{variants, words};

    #[test]
    fn punctuation_ends_a_word() {
        for (text, expected) in [
            ("Müller, Hans-Peter", &["Müller", "Hans", "Peter"][..]),
            ("O'Brien d’Arc", &["OBrien", "dArc"]),
            ("山田Taro", &["山田", "Taro"]),
            ("  ...  ", &[]),
            ("\u{301}\u{302} x", &["x"]),
            ("Mu\u{308}ller", &["Mu\u{308}ller"]),
            ("राम", &["राम"]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn ways_to_type_a_word() {
        for (word, expected) in [
            ("Müller", &["mueller", "muller"][..]),
            ("Mueller", &["mueller", "muller"]),
            ("Smith", &["smith"]),
            ("Юлия", &["yuliya", "юлия"]),
            ("Γιώργος", &["giorgos", "γιωργοσ"]),
            ("王", &["wang", "王"]),
            ("さくら", &["sakura", "さくら"]),
        ] {
            assert_eq!(variants(word), expected, "{word}");
        }
    }
}
