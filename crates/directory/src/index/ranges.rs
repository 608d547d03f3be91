//! Which tokens match a word, and how.

use super::rank::Match;

/// Ranges of tokens that do not overlap, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Ranges(Vec<(u32, u32, Match)>);

impl Ranges {
    /// Where ranges overlap, the better match counts.
    pub(super) fn of(mut ranges: Vec<(u32, u32, Match)>) -> Self {
        ranges.retain(|(start, end, _)| start < end);
        let mut edges: Vec<(u32, Match, i32)> = Vec::with_capacity(ranges.len() * 2);
        for (start, end, found) in ranges {
            edges.push((start, found, 1));
            edges.push((end, found, -1));
        }
        edges.sort_unstable();
        let mut open = [0_i32; Match::NONE.0 as usize + 1];
        let mut flat: Vec<(u32, u32, Match)> = Vec::new();
        let mut from = 0;
        for (token, found, change) in edges {
            if let Some(best) = best(&open)
                && from < token
            {
                match flat.last_mut() {
                    Some(last) if last.1 == from && last.2 == best => last.1 = token,
                    _ => flat.push((from, token, best)),
                }
            }
            from = token;
            if let Some(count) = open.get_mut(usize::from(found.0)) {
                *count += change;
            }
        }
        Self(flat)
    }

    #[inline]
    pub(super) fn of_token(&self, token: u32) -> Match {
        // Few ranges are the rule: one behind the other is faster than halving.
        if self.0.len() <= 8 {
            let found = self.0.iter().find(|(start, end, _)| (*start..*end).contains(&token));
            return found.map_or(Match::NONE, |(_, _, found)| *found);
        }
        let place = self.0.partition_point(|(_, end, _)| *end <= token);
        match self.0.get(place) {
            Some((start, _, found)) if *start <= token => *found,
            _ => Match::NONE,
        }
    }
}

fn best(open: &[i32]) -> Option<Match> {
    (0..).map(Match).zip(open).find(|(_, count)| **count > 0).map(|(found, _)| found)
}

#[cfg(test)]
mod tests {
    use super::Ranges;
    use crate::index::rank::Match;

    #[test]
    fn the_better_match_counts() {
        let ranges = Ranges::of(vec![
            (10, 20, Match::BEGINNING),
            (10, 12, Match::SPELT),
            (5, 15, Match::BEGINNING_TYPO),
            (20, 22, Match::BEGINNING),
            (30, 30, Match::SPELT),
        ]);
        let expected = [(5, 10, Match::BEGINNING_TYPO), (10, 12, Match::SPELT), (12, 22, Match::BEGINNING)];
        assert_eq!(ranges.0, expected);
        let of = |token| ranges.of_token(token);
        assert_eq!((of(4), of(9), of(11)), (Match::NONE, Match::BEGINNING_TYPO, Match::SPELT));
    }
}
