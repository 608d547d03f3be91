//! Words with one typing error: a letter too many, too few, another one, or two that changed places.

use super::fold::is_by_character;
use super::trie::{Cursor, Trie};

/// Fewest letters of a name's word in which an error is forgiven.
pub(super) const MIN_LETTERS: usize = 4;

/// Whether an error is forgiven in the word.
pub(super) fn forgives(word: &[char]) -> bool {
    word.len() >= MIN_LETTERS && !word.iter().any(|letter| is_by_character(*letter))
}

/// Whether the word may be one of [`MIN_LETTERS`] from which a letter is missing.
pub(super) fn may_lack_one(word: &[char]) -> bool {
    word.len() + 1 == MIN_LETTERS && !word.iter().any(|letter| is_by_character(*letter))
}

/// The nodes of the word with one letter more.
pub(super) fn one_letter_more(trie: &Trie, word: &[char]) -> Vec<Cursor> {
    let mut found = Vec::new();
    let mut at = Some(trie.root());
    for index in 0..=word.len() {
        let Some(here) = at else { break };
        let rest = word.get(index..).unwrap_or_default();
        found.extend(trie.alphabetic(here).filter_map(|(_, child)| trie.steps(child, rest)));
        at = rest.first().and_then(|letter| trie.step(here, *letter));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The nodes of all beginnings of words that are one error away from the word.
pub(super) fn one_error(trie: &Trie, word: &[char]) -> Vec<Cursor> {
    let mut found = Vec::new();
    let mut at = Some(trie.root());
    for (index, letter) in word.iter().enumerate() {
        let Some(here) = at else { break };
        let (from_here, after) =
            (word.get(index..).unwrap_or_default(), word.get(index + 1..).unwrap_or_default());
        found.extend(trie.steps(here, after));
        for (other, child) in trie.alphabetic(here) {
            found.extend(trie.steps(child, from_here));
            if other != *letter {
                found.extend(trie.steps(child, after));
            }
        }
        if let Some((next, rest)) = after.split_first() {
            let swapped = trie.step(here, *next).and_then(|at| trie.step(at, *letter));
            found.extend(swapped.and_then(|at| trie.steps(at, rest)));
        }
        at = trie.step(here, *letter);
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::{forgives, one_error};
    use crate::index::trie::Trie;

    /// Optimal string alignment distance, by its definition.
    fn distance(a: &[char], b: &[char]) -> usize {
        let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                rows[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                    let swapped = if swapped { rows[i - 2][j - 2] + 1 } else { usize::MAX };
                    replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(swapped)
                };
            }
        }
        rows[a.len()][b.len()]
    }

    #[test]
    fn finds_exactly_the_beginnings_one_error_away() {
        let words = ["maier", "mair", "marie", "mayer", "mayr", "meier", "meyer", "miera", "schmidt"];
        let trie = Trie::of(&words);
        for typed in ["mayer", "maeyr", "meir", "schmdit", "amyer", "zzzz", "mayerx", "chmidt"] {
            let letters: Vec<_> = typed.chars().collect();
            let mut found = vec![false; words.len()];
            for cursor in one_error(&trie, &letters) {
                let range = trie.tokens(cursor);
                (range.start..range.end).for_each(|token| found[token as usize] = true);
            }
            for (word, found) in words.iter().zip(found) {
                let word: Vec<_> = word.chars().collect();
                let begins = |end: &usize| distance(&letters, &word[..*end]);
                let smallest = (0..=word.len()).map(|end| begins(&end)).min().unwrap();
                // What is no error away is found by its beginning, and may be here as well.
                assert_eq!(found || smallest == 0, smallest <= 1, "{typed} {word:?}");
            }
        }
    }

    #[test]
    fn short_words_and_signs_are_taken_as_they_are() {
        for (word, expected) in [("anna", true), ("ann", false), ("山田太郎", false)] {
            assert_eq!(forgives(&word.chars().collect::<Vec<_>>()), expected, "{word}");
        }
    }
}
