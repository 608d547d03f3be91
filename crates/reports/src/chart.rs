//! Charts. Each shows what the table says too.

use crate::Kind;
use hookflash_domain::Timestamp;

/// A chart.
#[derive(Debug, Clone)]
pub struct Chart {
    /// What it shows; also what is read out in its place.
    pub title: String,
    /// How it is drawn.
    pub drawing: Drawing,
}

/// What is drawn.
#[derive(Debug, Clone)]
pub enum Drawing {
    /// Bars beside each other, from 0 up.
    Bars(Plot),
    /// Lines; nothing is drawn where there is no value.
    Lines(Plot),
    /// Stretches of time, a lane for each person or thing.
    Timeline(Timeline),
}

/// Values by category.
#[derive(Debug, Clone)]
pub struct Plot {
    /// The categories, in order, such as days.
    pub categories: Vec<String>,
    /// What the values are.
    pub kind: Kind,
    /// The series.
    pub series: Vec<Series>,
}

/// A value for each category.
#[derive(Debug, Clone)]
pub struct Series {
    /// What it is.
    pub name: String,
    /// As many as there are categories.
    pub values: Vec<Option<f64>>,
}

/// Stretches of time.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// The left end.
    pub from_at: Timestamp,
    /// The right end.
    pub to_at: Timestamp,
    /// What a stretch may be, each with a colour of its own.
    pub states: Vec<String>,
    /// The lanes, from above.
    pub lanes: Vec<Lane>,
}

/// A person's or thing's stretches.
#[derive(Debug, Clone)]
pub struct Lane {
    /// Whose.
    pub name: String,
    /// From when, until when, and which of the states.
    pub stretches: Vec<(Timestamp, Timestamp, usize)>,
}
