//! How a report is written: words that the command line, the API and the database share.

use hookflash_domain::figures::Grain;
use hookflash_reports::library::Medium;
use hookflash_reports::{Language, pdf};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use utoipa::ToSchema;

/// A format.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReportFormat)]
pub(crate) enum Format {
    /// For reading and keeping.
    Pdf,
    /// For calculating.
    Xlsx,
    /// For other programs.
    Csv,
}

/// The size of a PDF's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PaperSize {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

/// A language that reports are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReportLanguage)]
pub(crate) enum LanguageTag {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

/// How finely a report is laid out over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReportGrain)]
pub(crate) enum GrainWord {
    /// A half hour.
    Interval,
    /// An hour as clocks show it.
    Hour,
    /// A calendar day.
    Day,
    /// From Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
}

/// By what customers came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReportMedium)]
pub(crate) enum MediumWord {
    /// Calls: all interactions are.
    Voice,
}

/// How a file is written.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) format: Format,
    pub(crate) paper: PaperSize,
    /// Folders of fonts for a PDF.
    pub(crate) fonts: Vec<PathBuf>,
}

impl Format {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Pdf, Self::Xlsx, Self::Csv];

    /// Its word, which is also how names of files end.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// The one of a word.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    /// What a browser is told that it is.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

impl LanguageTag {
    /// The one of a stored word; English for none and for one that has no reports.
    pub(crate) fn of_word(word: Option<&str>) -> Self {
        if word == Some("de") { Self::De } else { Self::En }
    }
}

impl GrainWord {
    /// All of them.
    const ALL: [Self; 5] = [Self::Interval, Self::Hour, Self::Day, Self::Week, Self::Month];

    /// The one of a grain.
    pub(crate) fn of(grain: Grain) -> Option<Self> {
        Self::ALL.into_iter().find(|word| Grain::from(*word) == grain)
    }
}

impl From<GrainWord> for Grain {
    fn from(word: GrainWord) -> Self {
        match word {
            GrainWord::Interval => Self::Interval,
            GrainWord::Hour => Self::Hour,
            GrainWord::Day => Self::Day,
            GrainWord::Week => Self::Week,
            GrainWord::Month => Self::Month,
        }
    }
}

impl From<MediumWord> for Medium {
    fn from(word: MediumWord) -> Self {
        match word {
            MediumWord::Voice => Self::Voice,
        }
    }
}

impl From<PaperSize> for pdf::Paper {
    fn from(paper: PaperSize) -> Self {
        match paper {
            PaperSize::A4 => Self::A4,
            PaperSize::Letter => Self::Letter,
        }
    }
}

impl From<LanguageTag> for Language {
    fn from(language: LanguageTag) -> Self {
        match language {
            LanguageTag::En => Self::English,
            LanguageTag::De => Self::German,
        }
    }
}
