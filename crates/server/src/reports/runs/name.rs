//! Names of files.

use super::Parameters;
use crate::reports::Format;
use hookflash_reports::library::ReportName;
use std::collections::BTreeSet;

/// The name of a file of a run: letters, digits, hyphens and underscores alone, whatever was asked for.
pub(crate) fn file_name(report: ReportName, parameters: &Parameters, format: Format) -> String {
    let (from, to) = (parameters.from, parameters.to);
    let days = if from == to { from.to_string() } else { format!("{from}_{to}") };
    format!("{}_{days}.{}", report.word(), format.word())
}

/// The name, with a number where it is taken.
pub(crate) fn free_name(names: &mut BTreeSet<String>, name: &str) -> String {
    let (stem, format) = name.rsplit_once('.').unwrap_or((name, ""));
    let numbered = (2..).map(|no| format!("{stem}_{no}.{format}"));
    let free = std::iter::once(name.to_owned()).chain(numbered).find(|name| !names.contains(name));
    let free = free.unwrap_or_default();
    names.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_files_of_one_name_are_told_apart() {
        let mut names = BTreeSet::new();
        let given = ["a.pdf", "a.pdf", "a.csv", "a.pdf"].map(|name| free_name(&mut names, name));
        assert_eq!(given, ["a.pdf", "a_2.pdf", "a.csv", "a_3.pdf"]);
    }
}
