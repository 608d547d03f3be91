//! How the words of a search fit one person: each word of the search takes another word of the name.

use super::name::MAX_NAME_WORDS;
use super::people::{PeopleIndex, Slot};
use super::plan::{PlannedWord, Step};
use super::query::MAX_WORDS;
use super::rank::{Likeness, Match};

/// What fits what.
struct Fit<'a, 'q> {
    words: &'a [PlannedWord<'q>],
    /// For each word of the search how it matches each word of the name.
    matches: [[Match; MAX_NAME_WORDS]; MAX_WORDS],
    /// For each word of the search whether another field has it.
    beside: [bool; MAX_WORDS],
    /// For each word of the name whether it is of the family part.
    family: [bool; MAX_NAME_WORDS],
    name_words: usize,
}

/// What has been taken so far.
#[derive(Clone, Copy, Default)]
struct Taken {
    likeness: Likeness,
    /// Words of the name, as bits.
    names: u8,
    family: bool,
    other: bool,
    wrong_side: bool,
}

/// The best way in which the words fit a person; nothing when they do not.
pub(super) fn likeness(
    index: &PeopleIndex,
    words: &[PlannedWord<'_>],
    row: u32,
    step: Step,
) -> Option<Likeness> {
    let slots = index.slots_of(row);
    let mut fit = Fit {
        words,
        matches: [[Match::NONE; MAX_NAME_WORDS]; MAX_WORDS],
        beside: [false; MAX_WORDS],
        family: [false; MAX_NAME_WORDS],
        name_words: 0,
    };
    for ((word, matches), beside) in words.iter().zip(&mut fit.matches).zip(&mut fit.beside) {
        *beside = word.is_beside(index, row, step);
        let mut fits = *beside;
        for slot in slots {
            let slot = Slot(*slot);
            let found = word.of_token(slot.token(), step);
            if let Some(best) = matches.get_mut(slot.ordinal())
                && found < *best
            {
                *best = found;
                fits = true;
            }
        }
        if !fits {
            return None;
        }
    }
    for slot in slots {
        let slot = Slot(*slot);
        fit.name_words = fit.name_words.max(slot.ordinal() + 1);
        if let Some(family) = fit.family.get_mut(slot.ordinal()) {
            *family = slot.is_family();
        }
    }
    let mut best = None;
    fit.take(0, Taken::default(), &mut best);
    best
}

impl Fit<'_, '_> {
    /// Tries every word of the name for a word of the search, and so on for those after it.
    fn take(&self, word: usize, taken: Taken, best: &mut Option<Likeness>) {
        if best.is_some_and(|best| taken.likeness >= best) {
            return;
        }
        let Some(planned) = self.words.get(word) else {
            let likeness = self.finish(taken);
            if best.is_none_or(|best| likeness < best) {
                *best = Some(likeness);
            }
            return;
        };
        for (ordinal, found) in self.matches.get(word).into_iter().flatten().enumerate() {
            let bit = 1_u8 << ordinal;
            if *found == Match::NONE || taken.names & bit != 0 {
                continue;
            }
            let family = self.family.get(ordinal).copied().unwrap_or(false);
            let further = Taken {
                likeness: taken.likeness.with(*found),
                names: taken.names | bit,
                family: taken.family || family,
                other: taken.other || !family,
                wrong_side: taken.wrong_side || planned.word.is_family.is_some_and(|meant| meant != family),
            };
            self.take(word + 1, further, best);
        }
        if self.beside.get(word) == Some(&true) {
            let mut further = taken;
            further.likeness.beside += 1;
            self.take(word + 1, further, best);
        }
    }

    fn finish(&self, taken: Taken) -> Likeness {
        let names = taken.names.count_ones() as usize;
        let several = names > 1;
        Likeness {
            apart: several && (taken.wrong_side || !taken.family || !taken.other),
            partial: several && !taken.likeness.begun && names < self.name_words,
            ..taken.likeness
        }
    }
}
