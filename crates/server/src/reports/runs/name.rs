//! Names of files.

use super::Parameters;
use crate::reports::Format;
use hookflash_reports::library::ReportName;

/// The name of a file of a run: letters, digits, hyphens and underscores alone, whatever was asked for.
pub(crate) fn file_name(report: ReportName, parameters: &Parameters, format: Format) -> String {
    let (from, to) = (parameters.from, parameters.to);
    let days = if from == to { from.to_string() } else { format!("{from}_{to}") };
    format!("{}_{days}.{}", report.word(), format.word())
}
