//! How wide columns are.

/// What a column needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Need {
    /// With nothing wrapped.
    pub(super) natural: f32,
    /// With nothing wrapped in nine rows of ten.
    pub(super) usual: f32,
    /// At the least; words are broken below it.
    pub(super) least: f32,
}

/// Widths that fill the page. Where there is room, each has what it needs and the rest goes to all alike; where
/// there is not, each has what its usual rows need, or else its least, and the rest is shared in the proportion
/// that would be needed.
pub(super) fn widths(needs: &[Need], room: f32) -> Vec<f32> {
    let sum = |of: fn(&Need) -> f32| needs.iter().map(of).sum::<f32>();
    let (natural, usual, least) = (sum(|need| need.natural), sum(|need| need.usual), sum(|need| need.least));
    if natural <= room {
        let share = room / natural.max(1.0);
        needs.iter().map(|need| need.natural * share).collect()
    } else if usual <= room {
        let share = (room - usual) / (natural - usual);
        needs.iter().map(|need| need.usual + (need.natural - need.usual) * share).collect()
    } else if least <= room {
        let share = (room - least) / (usual - least);
        needs.iter().map(|need| need.least + (need.usual - need.least) * share).collect()
    } else {
        needs.iter().map(|need| need.least * room / least).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(natural: f32, least: f32) -> Need {
        Need { natural, usual: natural, least }
    }

    #[test]
    fn one_long_name_does_not_wrap_every_row_of_another_column() {
        let names = Need { natural: 300.0, usual: 120.0, least: 60.0 };
        let ends = Need { natural: 250.0, usual: 250.0, least: 80.0 };
        assert_eq!(widths(&[names, ends], 400.0), [150.0, 250.0]);
        assert_eq!(widths(&[names, ends], 255.0), [90.0, 165.0]);
    }

    #[test]
    fn the_page_is_always_filled_and_no_column_is_lost() {
        for (needs, expected) in [
            (vec![need(100.0, 50.0), need(100.0, 100.0)], vec![200.0, 200.0]),
            (vec![need(600.0, 100.0), need(100.0, 100.0)], vec![300.0, 100.0]),
            (vec![need(900.0, 600.0), need(300.0, 200.0)], vec![300.0, 100.0]),
            (vec![need(0.5, 0.5)], vec![200.0]),
        ] {
            let found = widths(&needs, 400.0);
            assert_eq!(found, expected, "{needs:?}");
        }
    }
}
