//! Charts.

use super::head::heading;
use super::sheets::{Mark, PartId, Role, Sheets};
use super::style::{GREY, INK, MARGIN, RULE, SMALL, series};
use super::text::{Style, Text, Typesetter};
use super::timeline;
use crate::Locale;
use crate::chart::{Chart, Drawing, Plot};
use std::rc::Rc;

/// From the highest line to the lowest.
const HEIGHT: f32 = 110.0;
/// For the numbers at the left.
pub(super) const LEFT: f32 = 48.0;
/// For the words below.
const BELOW: f32 = 16.0;
/// Lines across.
const STEPS: u8 = 4;
/// The room for the name of a category, at the least and at the most; a longer one is cut.
const NAME_LEAST: f32 = 40.0;
const NAME_MOST: f32 = 90.0;
/// No bar is broader.
const BAR_MOST: f32 = 40.0;
/// Between two names.
const GAP: f32 = 6.0;

/// Puts a chart with its title and its key. What has nothing to draw is left out.
pub(super) fn put(sheets: &mut Sheets, typesetter: &mut Typesetter<'_>, chart: &Chart, locale: &Locale) {
    match &chart.drawing {
        Drawing::Bars(plot) | Drawing::Lines(plot) => {
            if plot.categories.is_empty() || plot.series.is_empty() {
                return;
            }
            let names: Vec<_> = plot.series.iter().map(|series| series.name.clone()).collect();
            let figure = begin(sheets, typesetter, &chart.title, &names, HEIGHT + BELOW);
            let area = Area { figure, left: MARGIN + LEFT, width: sheets.width() - LEFT, top: sheets.y };
            let top_value = top_of(plot);
            grid(sheets, typesetter, &area, plot, top_value, locale);
            match chart.drawing {
                Drawing::Lines(_) => lines(sheets, &area, plot, top_value),
                _ => bars(sheets, &area, plot, top_value),
            }
            categories(sheets, typesetter, &area, plot);
            sheets.y += HEIGHT + BELOW + 8.0;
        }
        Drawing::Timeline(timeline) => timeline::put(sheets, typesetter, &chart.title, timeline, locale),
    }
}

/// Title and key, with room for what follows.
pub(super) fn begin(
    sheets: &mut Sheets,
    typesetter: &mut Typesetter<'_>,
    title: &str,
    names: &[String],
    height: f32,
) -> PartId {
    sheets.make_room(height + 44.0);
    heading(sheets, typesetter, title);
    let figure = sheets.part(Role::Figure(title.to_owned()), None);
    let mut x = MARGIN;
    for (place, name) in names.iter().enumerate() {
        let text = typesetter.set(name, Style::small());
        if x + text.width + 14.0 > MARGIN + sheets.width() && x > MARGIN {
            x = MARGIN;
            sheets.y += text.height + 2.0;
        }
        let y = sheets.y;
        sheets.place(Some(figure), x, y + 2.0, Mark::Box(7.0, 7.0, series(place)));
        x += 10.0;
        let width = text.width;
        sheets.place(Some(figure), x, y, Mark::Text(text, GREY));
        x += width + 12.0;
    }
    sheets.y += SMALL + 8.0;
    figure
}

/// Where a chart is drawn.
struct Area {
    figure: PartId,
    left: f32,
    width: f32,
    top: f32,
}

impl Area {
    #[expect(clippy::cast_possible_truncation, reason = "places on paper need no more digits")]
    fn y(&self, value: f64, top_value: f64) -> f32 {
        self.top + HEIGHT - (value / top_value) as f32 * HEIGHT
    }
}

/// The value of the highest line: 1, 2, 2.5 or 5 times a power of ten for each step.
fn top_of(plot: &Plot) -> f64 {
    let values = plot.series.iter().flat_map(|series| series.values.iter().flatten());
    let highest = values.copied().fold(0.0, f64::max);
    if plot.kind == crate::Kind::Percent && highest <= 100.0 {
        return 100.0;
    }
    if plot.kind == crate::Kind::Duration {
        let steps = [1.0, 5.0, 15.0, 30.0, 60.0, 300.0, 900.0, 1_800.0, 3_600.0, 7_200.0, 14_400.0, 36_000.0];
        let step = steps.into_iter().find(|step| step * 4_000.0 >= highest);
        return step.map_or(highest, |step| step * 4_000.0);
    }
    let least = (highest / f64::from(STEPS)).max(1.0);
    let power = 10_f64.powf(least.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|one| one * power).find(|step| *step >= least);
    step.unwrap_or(least).ceil() * f64::from(STEPS)
}

fn grid(
    sheets: &mut Sheets,
    typesetter: &mut Typesetter<'_>,
    area: &Area,
    plot: &Plot,
    top_value: f64,
    locale: &Locale,
) {
    let style = Style::small().within(LEFT - 6.0).to_the_right(true);
    for step in 0..=STEPS {
        let value = top_value * f64::from(step) / f64::from(STEPS);
        let y = area.y(value, top_value);
        let colour = if step == 0 { GREY } else { RULE };
        let line = Mark::Line(vec![(0.0, 0.0), (area.width, 0.0)], 0.5, colour);
        sheets.place(Some(area.figure), area.left, y, line);
        let number = typesetter.set(&locale.number(plot.kind, value), style);
        let half = number.height / 2.0;
        sheets.place(Some(area.figure), MARGIN, y - half, Mark::Text(number, GREY));
    }
}

#[expect(clippy::cast_precision_loss, reason = "few enough to be drawn")]
fn bars(sheets: &mut Sheets, area: &Area, plot: &Plot, top_value: f64) {
    let slot = area.width / plot.categories.len() as f32;
    let all = plot.series.len() as f32;
    let bar = (slot * 0.8 / all).min(BAR_MOST);
    for (place, one) in plot.series.iter().enumerate() {
        for (at, value) in one.values.iter().enumerate().take(plot.categories.len()) {
            let Some(value) = value.filter(|value| *value > 0.0) else { continue };
            let x = area.left + slot * at as f32 + (slot - bar * all) / 2.0 + bar * place as f32;
            let y = area.y(value, top_value);
            let height = area.top + HEIGHT - y;
            sheets.place(Some(area.figure), x, y, Mark::Box(bar.max(0.4), height, series(place)));
        }
    }
}

/// Lines end where there is no value; a value alone is a dot.
#[expect(clippy::cast_precision_loss, reason = "few enough to be drawn")]
fn lines(sheets: &mut Sheets, area: &Area, plot: &Plot, top_value: f64) {
    let slot = area.width / plot.categories.len() as f32;
    for (place, one) in plot.series.iter().enumerate() {
        let points: Vec<Option<(f32, f32)>> = one
            .values
            .iter()
            .enumerate()
            .map(|(at, value)| value.map(|value| (slot * (at as f32 + 0.5), area.y(value, top_value))))
            .collect();
        for part in points.split(Option::is_none) {
            let points: Vec<_> = part.iter().flatten().copied().collect();
            let mark = match points[..] {
                [] => continue,
                [(x, y)] => Mark::Line(vec![(x - 1.5, y), (x + 1.5, y)], 3.0, series(place)),
                _ => Mark::Line(points, 1.4, series(place)),
            };
            sheets.place(Some(area.figure), area.left, 0.0, mark);
        }
    }
}

/// Names of the categories, as many as there is room for.
#[expect(clippy::cast_precision_loss, reason = "few enough to be drawn")]
fn categories(sheets: &mut Sheets, typesetter: &mut Typesetter<'_>, area: &Area, plot: &Plot) {
    let slot = area.width / plot.categories.len() as f32;
    let widths = plot.categories.iter().map(|name| typesetter.set(name, Style::small()).width);
    let every = every(plot.categories.len(), area.width, widths.fold(0.0, f32::max));
    for (at, name) in plot.categories.iter().enumerate().step_by(every) {
        let text = fitting(typesetter, name, slot * every as f32 - GAP);
        let middle = area.left + slot * (at as f32 + 0.5);
        let x = kept_inside(middle, &text, sheets.size.0 - MARGIN);
        sheets.place(Some(area.figure), x, area.top + HEIGHT + 3.0, Mark::Text(text, INK));
    }
}

/// Which names there is room for: every first, second and so on.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "few enough to be drawn"
)]
fn every(count: usize, width: f32, widest: f32) -> usize {
    (count as f32 * (widest.clamp(NAME_LEAST, NAME_MOST) + GAP) / width).ceil().max(1.0) as usize
}

/// A name, or as much of it as there is room for.
fn fitting(typesetter: &mut Typesetter<'_>, name: &str, room: f32) -> Rc<Text> {
    let mut text = typesetter.set(name, Style::small());
    let mut kept: Vec<char> = name.chars().collect();
    while text.width > room && kept.len() > 1 {
        // By eighths, so that even an endless name is cut soon.
        kept.truncate(kept.len() - kept.len().div_ceil(8));
        let cut: String = kept.iter().collect();
        text = typesetter.set(&format!("{}…", cut.trim_end()), Style::small());
    }
    text
}

fn kept_inside(middle: f32, text: &Rc<Text>, right: f32) -> f32 {
    (middle - text.width / 2.0).min(right - text.width).max(MARGIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;
    use crate::chart::Series;

    #[test]
    fn names_are_left_out_where_they_would_lie_over_each_other() {
        for (count, widest, expected) in
            [(5, 30.0, 1), (10, 44.0, 1), (20, 44.0, 2), (400, 80.0, 69), (5, 900.0, 1)]
        {
            assert_eq!(every(count, 500.0, widest), expected, "{count} {widest}");
        }
    }

    #[test]
    fn the_highest_line_is_round_and_above_every_value() {
        for (kind, highest, expected) in [
            (Kind::Count, 0.0, 4.0),
            (Kind::Count, 3.0, 4.0),
            (Kind::Count, 81.0, 100.0),
            (Kind::Count, 1_001.0, 2_000.0),
            (Kind::Percent, 12.0, 100.0),
            (Kind::Duration, 61_000.0, 120_000.0),
            (Kind::Duration, 1e9, 1e9),
        ] {
            let values = vec![Some(highest), None];
            let plot =
                Plot { categories: Vec::new(), kind, series: vec![Series { name: String::new(), values }] };
            assert!((top_of(&plot) - expected).abs() < 1e-6, "{kind:?} {highest}: {}", top_of(&plot));
        }
    }
}
