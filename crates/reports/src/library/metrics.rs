//! Metrics as columns.

use crate::desk::desk_word;
use crate::{Cell, Column, Definition, Kind, Language};
use hookflash_domain::figures::{Figures, Metric, Unit};

/// The metrics of words; a word that is none is left out.
pub(super) fn named(words: &[&str]) -> Vec<&'static Metric> {
    words.iter().filter_map(|word| Metric::named(word)).collect()
}

/// The values of the metrics of words.
pub(super) fn values(words: &[&str], figures: &Figures) -> impl Iterator<Item = Cell> {
    named(words).into_iter().map(|metric| Cell::from((metric.value)(figures)))
}

pub(super) fn column(metric: &Metric, language: Language) -> Column {
    let kind = match metric.unit {
        Unit::Count => Kind::Count,
        Unit::Milliseconds => Kind::Duration,
        Unit::Percent => Kind::Percent,
        Unit::Ratio => Kind::Ratio,
    };
    Column::new(name(metric, language), kind)
}

pub(super) fn definition(metric: &Metric, language: Language) -> Definition {
    let text = desk_word(language, &format!("metric.means.{}", metric.word));
    Definition { name: name(metric, language).to_owned(), text: text.to_owned() }
}

fn name(metric: &Metric, language: Language) -> &'static str {
    desk_word(language, &format!("metric.{}", metric.word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::ReportName;

    #[test]
    fn every_metric_of_the_library_is_known_and_has_words() {
        for word in ReportName::ALL.into_iter().flat_map(ReportName::metrics) {
            let metric = Metric::named(word).unwrap_or_else(|| panic!("{word} is a metric"));
            for language in [Language::English, Language::German] {
                let Definition { name, text } = definition(metric, language);
                assert!(!name.is_empty() && !text.is_empty(), "{word} {language:?}");
            }
        }
    }
}
