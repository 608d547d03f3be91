//! Charts of the reports whose rows are queues.

use super::metrics::{column, named};
use super::queues::kind;
use super::{Asked, ReportName};
use crate::Kind;
use crate::chart::{Chart, Drawing, Plot, Series};
use crate::desk::desk_word;
use crate::words::Word;
use hookflash_domain::Timestamp;
use hookflash_domain::figures::{Figures, Metric, StateTimes, Totals};
use std::collections::BTreeMap;

/// Longest time axis of a chart, in parts; more would be a blot.
const MAX_PARTS: usize = 400;

/// Sums by part of the period and queue.
pub(super) type Rows<'a> = BTreeMap<(Option<Timestamp>, &'a str), Totals>;

/// Counts and a share; by time where the report is, else by queue.
pub(super) fn charts(
    asked: &Asked,
    by_time: &BTreeMap<Option<Timestamp>, Totals>,
    rows: &Rows<'_>,
) -> Vec<Chart> {
    let (categories, totals): (Vec<_>, Vec<_>) = match asked.grain() {
        Some(grain) => {
            let name =
                |at: &Option<Timestamp>| at.map_or(String::new(), |at| asked.locale.moment(kind(grain), at));
            by_time.iter().map(|(at, totals)| (name(at), totals)).unzip()
        }
        None => rows.iter().map(|((_, queue), totals)| ((*queue).to_owned(), totals)).unzip(),
    };
    if categories.len() > MAX_PARTS {
        return Vec::new();
    }
    let (title, counts, share) = drawn(asked);
    let counts = Drawing::Bars(plot(asked, &categories, &totals, counts, Kind::Count));
    let shares = plot(asked, &categories, &totals, &[share], Kind::Percent);
    let shares = if asked.grain().is_some() { Drawing::Lines(shares) } else { Drawing::Bars(shares) };
    let of_share = desk_word(asked.locale.language, &format!("metric.{share}"));
    [(title.of(asked.locale.language), counts), (of_share, shares)]
        .map(|(title, drawing)| Chart { title: title.to_owned(), drawing })
        .to_vec()
}

/// Title and metrics of the bars, and the metric of the share.
fn drawn(asked: &Asked) -> (Word, &'static [&'static str], &'static str) {
    match asked.name {
        ReportName::Consults => (Word::Consults, &["consults", "invitations"], "solved_percent"),
        ReportName::Abandons => (Word::Arrivals, &["offered", "abandoned"], "abandoned_percent"),
        _ => (Word::Arrivals, &["offered", "abandoned"], "service_level"),
    }
}

fn plot(asked: &Asked, categories: &[String], totals: &[&Totals], words: &[&str], kind: Kind) -> Plot {
    let series = |metric: &&Metric| Series {
        name: column(metric, asked.locale.language).name,
        values: totals.iter().map(|totals| (metric.value)(&figures(asked, totals))).collect(),
    };
    Plot { categories: categories.to_vec(), kind, series: named(words).iter().map(series).collect() }
}

/// What metrics of queues are made of.
pub(super) fn figures(asked: &Asked, totals: &Totals) -> Figures {
    Figures { totals: *totals, states: StateTimes::default(), switches: asked.switches }
}
