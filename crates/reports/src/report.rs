//! What a report is: a table, and what is to be known of it.

use crate::Locale;
use crate::chart::Chart;
use hookflash_domain::Timestamp;
use serde::{Deserialize, Serialize};

/// A report without its rows.
#[derive(Debug, Clone)]
pub struct Report {
    /// Its title.
    pub title: String,
    /// What was asked for, as name and value in words.
    pub parameters: Vec<(String, String)>,
    /// What is to be known when reading it.
    pub notes: Vec<String>,
    /// What its figures mean.
    pub definitions: Vec<Definition>,
    /// Its columns, at least one.
    pub columns: Vec<Column>,
    /// All rows as one; not always their sum.
    pub summary: Option<Row>,
    /// What people would rather look at than read.
    pub charts: Vec<Chart>,
    /// In which language, and where clocks are read.
    pub locale: Locale,
    /// When it was made.
    pub made_at: Timestamp,
}

/// What a figure means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The figure's name, as in its column.
    pub name: String,
    /// What it means; for an average also what it is divided by.
    pub text: String,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// What is in it.
    pub kind: Kind,
}

impl Column {
    /// A column of that name.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: Kind) -> Self {
        Self { name: name.into(), kind }
    }
}

/// What is in a column, and so how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words; names of people and things.
    Text,
    /// A day.
    Day,
    /// A moment, to the minute.
    Minute,
    /// A moment, to the second.
    Second,
    /// Milliseconds.
    Duration,
    /// A number of things.
    Count,
    /// A number of things for each of another, with a decimal.
    Ratio,
    /// 0 to 100.
    Percent,
}

impl Kind {
    /// Whether it is read from the right, as numbers are.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, Self::Duration | Self::Count | Self::Ratio | Self::Percent)
    }
}

/// What is in a place of the table; its column's kind says how it is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// Nothing, such as an average of nothing.
    None,
    /// Words.
    Text(String),
    /// A moment.
    At(Timestamp),
    /// A number in the unit of the column's kind.
    Number(f64),
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::None, Self::Number)
    }
}

impl From<Option<Timestamp>> for Cell {
    fn from(at: Option<Timestamp>) -> Self {
        at.map_or(Self::None, Self::At)
    }
}

/// As many cells as there are columns; what is missing is empty, what is over is left out.
pub type Row = Vec<Cell>;
