//! What people type to find somebody, letter by letter.

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::population::Person;

/// In which form a name is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// `Michael Müller`
    FirstLast,
    /// `Müller Michael`
    LastFirst,
    /// `Müller, Michael`
    LastCommaFirst,
    /// `Mich Müller`, `Müller Mich`
    Partial,
}

/// Somebody looking for somebody.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who is meant.
    pub wanted: usize,
    /// What has been typed in the end.
    pub typed: String,
    /// Whether there is an error in it.
    pub has_typo: bool,
    /// How it is typed.
    pub form: Form,
}

impl Session {
    /// What has been typed after each letter.
    pub fn keystrokes(&self) -> impl Iterator<Item = &str> {
        let ends = self.typed.char_indices().map(|(start, letter)| start + letter.len_utf8());
        ends.filter_map(|end| self.typed.get(..end))
    }
}

/// So many sessions; the same seed makes the same.
#[must_use]
pub fn sessions(people: &[Person], count: usize, seed: u64) -> Vec<Session> {
    let mut dice = StdRng::seed_from_u64(seed);
    (0..count).map(|_| session(people, &mut dice)).collect()
}

fn session(people: &[Person], dice: &mut StdRng) -> Session {
    let wanted = dice.random_range(0..people.len());
    let person = &people[wanted];
    let form = match dice.random_range(0..100) {
        0..40 => Form::FirstLast,
        40..65 => Form::LastFirst,
        65..75 => Form::LastCommaFirst,
        _ => Form::Partial,
    };
    let spelling = dice.random_range(0..3);
    let mut family: Vec<char> = spelt(&person.family, spelling);
    let mut given: Vec<char> = spelt(&person.given, spelling);
    if form == Form::Partial {
        let first = given.iter().position(|letter| *letter == ' ').unwrap_or(given.len());
        given.truncate(if first > 3 { dice.random_range(3..first) } else { first });
    }
    let has_typo = dice.random_bool(0.15) && {
        let in_family = alphabetic_runs(&given).is_empty() || dice.random_bool(0.6);
        err(if in_family { &mut family } else { &mut given }, dice)
    };
    let (given, family): (String, String) = (given.into_iter().collect(), family.into_iter().collect());
    let typed = match form {
        Form::FirstLast => format!("{given} {family}"),
        Form::LastCommaFirst => format!("{family}, {given}"),
        Form::LastFirst => format!("{family} {given}"),
        Form::Partial if dice.random_bool(0.5) => format!("{given} {family}"),
        Form::Partial => format!("{family} {given}"),
    };
    let typed = if dice.random_bool(0.7) { typed.to_lowercase() } else { typed };
    Session { wanted, typed, has_typo, form }
}

/// As it is written, without marks, or with umlauts written out.
fn spelt(name: &str, spelling: u32) -> Vec<char> {
    match spelling {
        0 => name.chars().collect(),
        1 => bare(name),
        _ => bare(&written_out(name)),
    }
}

/// Without marks.
#[must_use]
pub fn bare(name: &str) -> Vec<char> {
    let mut letters = Vec::new();
    for letter in name.chars() {
        match letter {
            'ß' => letters.extend(['s', 's']),
            'ø' => letters.push('o'),
            'Ø' => letters.push('O'),
            'ł' => letters.push('l'),
            'Ł' => letters.push('L'),
            'đ' => letters.push('d'),
            'Đ' => letters.push('D'),
            'ı' => letters.push('i'),
            'æ' => letters.extend(['a', 'e']),
            'Æ' => letters.extend(['A', 'e']),
            'Þ' => letters.extend(['T', 'h']),
            'ð' => letters.push('d'),
            // Syllables are typed whole.
            '\u{AC00}'..='\u{D7A3}' | '\u{3040}'..='\u{30FF}' => letters.push(letter),
            _ => letters.extend(std::iter::once(letter).nfd().filter(|part| !is_combining_mark(*part))),
        }
    }
    letters
}

/// The German way.
#[must_use]
pub fn written_out(name: &str) -> String {
    let pairs = [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"), ("ß", "ss")];
    pairs.iter().fold(name.nfc().collect(), |name: String, (letter, pair)| name.replace(letter, pair))
}

/// Makes one error in a word of four letters or more. False when there is none.
fn err(word: &mut Vec<char>, dice: &mut StdRng) -> bool {
    let runs: Vec<(usize, usize)> = alphabetic_runs(word);
    if runs.is_empty() {
        return false;
    }
    let (start, end) = runs[dice.random_range(0..runs.len())];
    let before = word.clone();
    while *word == before {
        let at = dice.random_range(start..end);
        match dice.random_range(0..4) {
            // A word of three letters is too short for an error to be forgiven.
            0 if end - start > 4 => {
                word.remove(at);
            }
            1 => word.insert(at, other_letter(word[at], dice)),
            2 => word[at] = other_letter(word[at], dice),
            _ if at + 1 < end => word.swap(at, at + 1),
            _ => {}
        }
    }
    true
}

/// The words of four letters or more of scripts that have an alphabet.
fn alphabetic_runs(word: &[char]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut start = 0;
    for (index, letter) in word.iter().chain(&[' ']).enumerate() {
        if !letter.is_alphabetic() || *letter >= '\u{2E80}' {
            if index - start >= 4 {
                runs.push((start, index));
            }
            start = index + 1;
        }
    }
    runs
}

fn other_letter(beside: char, dice: &mut StdRng) -> char {
    let pool = match beside {
        '\u{0370}'..='\u{03FF}' => "αβγδεζηθικλμνξοπρστυφχψω",
        '\u{0400}'..='\u{04FF}' => "абвгдежзиклмнопрстуфхцчшыюя",
        '\u{0600}'..='\u{06FF}' => "ابتجحخدرزسشصعفقكلمنهوي",
        _ => "abcdefghijklmnopqrstuvwxyz",
    };
    let letters: Vec<char> = pool.chars().collect();
    letters[dice.random_range(0..letters.len())]
}

#[cfg(test)]
mod tests {
    use super::{Form, sessions};
    use crate::population::population;

    #[test]
    fn the_same_seed_makes_the_same_people_and_sessions() {
        let people = population(500, 7);
        let again = population(500, 7);
        assert!(people.iter().zip(&again).all(|(one, other)| one.display == other.display));
        let (one, other) = (sessions(&people, 300, 9), sessions(&again, 300, 9));
        assert!(one.iter().zip(&other).all(|(one, other)| one.typed == other.typed));
    }

    #[test]
    fn all_forms_and_typos_occur() {
        let people = population(500, 7);
        let sessions = sessions(&people, 1_000, 9);
        for form in [Form::FirstLast, Form::LastFirst, Form::LastCommaFirst, Form::Partial] {
            assert!(sessions.iter().any(|session| session.form == form), "{form:?}");
        }
        let typos = sessions.iter().filter(|session| session.has_typo).count();
        assert!((100..200).contains(&typos), "{typos}");
    }

    #[test]
    fn keystrokes_grow_by_a_letter() {
        let people = population(10, 1);
        let mut session = sessions(&people, 1, 1).remove(0);
        session.typed = "Jörg".to_owned();
        assert_eq!(session.keystrokes().collect::<Vec<_>>(), ["J", "Jö", "Jör", "Jörg"]);
    }
}
