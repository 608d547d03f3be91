//! How wide columns are.

/// What a column needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Need {
    /// With nothing wrapped.
    pub(super) natural: f32,
    /// At the least; words are broken below it.
    pub(super) least: f32,
}

/// Widths that fill the page. Where there is room, each has what it needs and the rest goes to all alike;
/// where there is not, what is over the least is shared in the proportion that would be needed.
pub(super) fn widths(needs: &[Need], room: f32) -> Vec<f32> {
    let natural: f32 = needs.iter().map(|need| need.natural).sum();
    let least: f32 = needs.iter().map(|need| need.least).sum();
    if natural <= room {
        let share = room / natural.max(1.0);
        needs.iter().map(|need| need.natural * share).collect()
    } else if least <= room {
        let share = (room - least) / (natural - least);
        needs.iter().map(|need| need.least + (need.natural - need.least) * share).collect()
    } else {
        needs.iter().map(|need| need.least * room / least).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(natural: f32, least: f32) -> Need {
        Need { natural, least }
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
