//! Stretches of time, a lane for each person or thing.

use super::chart::begin;
use super::sheets::{Mark, PartId, Sheets};
use super::style::{GREY, INK, MARGIN, RULE, SMALL, series};
use super::text::{Style, Typesetter};
use crate::chart::{Lane, Timeline};
use crate::{Kind, Locale};
use hookflash_domain::Timestamp;

/// For the names at the left.
const LEFT: f32 = 110.0;
const LANE: f32 = 14.0;
/// Lanes that are drawn; the table has all.
const MAX_LANES: usize = 120;
/// Between names of moments.
const NAME_GAP: f32 = 4.0;
/// Moments that are named, where there is room.
const MARKS: i64 = 6;

pub(super) fn put(
    sheets: &mut Sheets,
    typesetter: &mut Typesetter<'_>,
    title: &str,
    timeline: &Timeline,
    locale: &Locale,
) {
    if timeline.to_at <= timeline.from_at || timeline.lanes.is_empty() {
        return;
    }
    let figure = begin(sheets, typesetter, title, &timeline.states, LANE * 3.0);
    scale(sheets, typesetter, figure, timeline, locale);
    for lane in timeline.lanes.iter().take(MAX_LANES) {
        if !sheets.fits(LANE) {
            sheets.turn();
            scale(sheets, typesetter, figure, timeline, locale);
        }
        put_lane(sheets, typesetter, figure, timeline, lane);
    }
    sheets.y += 10.0;
}

/// Names of moments, with a line below.
fn scale(
    sheets: &mut Sheets,
    typesetter: &mut Typesetter<'_>,
    figure: PartId,
    timeline: &Timeline,
    locale: &Locale,
) {
    let (y, right) = (sheets.y, sheets.size.0 - MARGIN);
    let span_ms = timeline.to_at.since_ms(timeline.from_at);
    let mut free_to = f32::INFINITY;
    // From the right, for the end is named in any case; what would be written over a name is left out.
    for mark in (0..=MARKS).rev() {
        let at = timeline.from_at.plus_ms(span_ms / MARKS * mark);
        let text = typesetter.set(&locale.moment(Kind::Minute, at), Style::sized(SMALL - 1.5));
        let x = place(sheets, timeline, at);
        let left = (x - text.width / 2.0).min(right - text.width);
        if left + text.width <= free_to {
            free_to = left - NAME_GAP;
            sheets.place(Some(figure), left, y, Mark::Text(text, GREY));
        }
    }
    sheets.y += SMALL + 4.0;
}

fn put_lane(
    sheets: &mut Sheets,
    typesetter: &mut Typesetter<'_>,
    figure: PartId,
    timeline: &Timeline,
    lane: &Lane,
) {
    let y = sheets.y;
    let name = typesetter.set(&lane.name, Style::small());
    // A name too long for its lane is drawn as far as it fits.
    let name = if name.width > LEFT - 6.0 { shortened(typesetter, &lane.name) } else { name };
    sheets.place(Some(figure), MARGIN, y + 1.0, Mark::Text(name, INK));
    for (from_at, to_at, state) in &lane.stretches {
        let x = place(sheets, timeline, *from_at);
        let width = (place(sheets, timeline, *to_at) - x).max(0.3);
        sheets.place(Some(figure), x, y + 2.0, Mark::Box(width, LANE - 4.0, series(*state)));
    }
    let width = sheets.width();
    sheets.place(Some(figure), MARGIN, y + LANE, Mark::Line(vec![(0.0, 0.0), (width, 0.0)], 0.4, RULE));
    sheets.y += LANE;
}

fn shortened(typesetter: &mut Typesetter<'_>, name: &str) -> std::rc::Rc<super::text::Text> {
    let mut kept: Vec<char> = name.chars().take(40).collect();
    loop {
        kept.pop();
        let text = kept.iter().collect::<String>() + "…";
        let set = typesetter.set(&text, Style::small());
        if set.width <= LEFT - 6.0 || kept.is_empty() {
            return set;
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a place on paper")]
fn place(sheets: &Sheets, timeline: &Timeline, at: Timestamp) -> f32 {
    let span = timeline.to_at.since_ms(timeline.from_at) as f64;
    let share = (at.since_ms(timeline.from_at) as f64 / span).clamp(0.0, 1.0);
    MARGIN + LEFT + share as f32 * (sheets.width() - LEFT)
}
