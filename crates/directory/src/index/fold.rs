//! Letters as they are compared: small, without marks.

use unicode_normalization::UnicodeNormalization as _;

/// Without case and marks: `Müller` is `muller`, `Łukasz` is `lukasz`, `Straße` is `strasse`.
pub(super) fn strip(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(word.len());
    for letter in word.nfc() {
        for small in letter.to_lowercase() {
            push_stripped(&mut folded, small);
        }
    }
    folded
}

/// Without case and marks, with the umlauts written out: `Müller` is `mueller`.
pub(super) fn expand(word: &str) -> String {
    strip(&spelling(word))
}

/// Umlauts that were written out, taken back: `mueller` is `muller`.
pub(super) fn collapse(folded: &str) -> String {
    folded.replace("ae", "a").replace("oe", "o").replace("ue", "u")
}

/// Small letters with their marks.
pub(super) fn written(word: &str) -> String {
    if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        word.nfc().flat_map(char::to_lowercase).collect()
    }
}

/// Small letters with the umlauts written out and all other marks kept: equal for two ways to write
/// the same name.
pub(super) fn spelling(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut spelt = String::with_capacity(word.len() + 2);
    for letter in word.nfc().flat_map(char::to_lowercase) {
        match letter {
            'ä' | 'æ' => spelt.push_str("ae"),
            'ö' | 'ø' | 'œ' => spelt.push_str("oe"),
            'ü' => spelt.push_str("ue"),
            'å' => spelt.push_str("aa"),
            'ß' => spelt.push_str("ss"),
            other => spelt.push(other),
        }
    }
    spelt
}

/// Whether the letter is of a script that is searched letter by letter: Han, kana, Hangul.
pub(super) fn is_by_character(letter: char) -> bool {
    matches!(letter,
        '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{3100}'..='\u{312F}'
        | '\u{31A0}'..='\u{31BF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{323AF}')
}

/// A mark that may be left out in writing: of Latin, Greek and Cyrillic letters, Hebrew points, Arabic
/// vowels. The vowels of Indian scripts are marks too, and stay.
pub(super) fn is_mark(letter: char) -> bool {
    matches!(letter,
        '\u{0300}'..='\u{036F}' | '\u{0591}'..='\u{05C7}' | '\u{0610}'..='\u{061A}' | '\u{0640}'
        | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06ED}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}')
}

fn push_stripped(folded: &mut String, letter: char) {
    let spelt = match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ĸ' => "k",
        'ŋ' => "n",
        'ŧ' => "t",
        'ς' => "σ",
        _ => {
            push_base(folded, letter);
            return;
        }
    };
    folded.push_str(spelt);
}

/// The letter without its marks. What is searched by character keeps them: が is not か.
fn push_base(folded: &mut String, letter: char) {
    if letter.is_ascii() || is_by_character(letter) {
        folded.push(letter);
    } else {
        let bare = std::iter::once(letter).nfkd().filter(|part| !is_mark(*part));
        folded.extend(bare.flat_map(char::to_lowercase));
    }
}

#[cfg(test)]
mod tests {
    use super::{collapse, expand, spelling, strip, written};

    #[test]
    fn case_and_marks_go() {
        for (word, folded) in [
            ("Müller", "muller"),
            ("Mu\u{308}ller", "muller"),
            ("MUELLER", "mueller"),
            ("Łukasz", "lukasz"),
            ("Đorđe", "dorde"),
            ("Straße", "strasse"),
            ("Sæther", "saether"),
            ("Søren", "soren"),
            ("İnci", "inci"),
            ("Işık", "isik"),
            ("Nguyễn", "nguyen"),
            ("Γιώργος", "γιωργοσ"),
            ("Хрущёв", "хрущев"),
            ("أحمد", "احمد"),
            ("مُحَمَّد", "محمد"),
            ("が", "が"),
            ("राम", "राम"),
            ("\u{301}\u{302}", ""),
        ] {
            assert_eq!(strip(word), folded, "{word}");
        }
    }

    #[test]
    fn umlauts_are_written_out_and_taken_back() {
        assert_eq!(expand("Jürgen Sößå"), "juergen soessaa");
        assert_eq!(collapse("mueller goethe baer"), "muller gothe bar");
        assert_eq!(spelling("André Müller"), "andré mueller");
        assert_eq!(written("Mu\u{308}LLER"), "müller");
    }
}
