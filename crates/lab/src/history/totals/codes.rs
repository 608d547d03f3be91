//! The report whose rows are dispositions.

use super::count::{Sums, part};
use super::figures::{percent, value};
use super::table;
use crate::history::lines::Interaction;
use std::collections::BTreeMap;
use std::path::Path;

const COLUMNS: &[&str] = &[
    "Handled",
    "Average talk (s)",
    "Average hold (s)",
    "Average ACW (s)",
    "AHT (s)",
    "ACW ratio",
    "Transferred",
    "Transfer %",
];

/// Agents' parts by what was chosen at the end of the interaction.
#[derive(Debug, Default)]
pub(super) struct Codes(BTreeMap<String, Sums>);

impl Codes {
    pub(super) fn count(&mut self, one: &Interaction) {
        let code = one.disposition.as_deref().unwrap_or("No code");
        for handling in &one.handlings {
            self.0.entry(code.to_owned()).or_default().add(&part(handling).counts);
        }
    }

    pub(super) fn end(self, folder: &Path) -> anyhow::Result<()> {
        let all = self.0.values().map(|sums| sums.of("handled")).sum();
        let mut file = table(folder, "wrap-up-summary", &[&["Disposition", "Share"], COLUMNS].concat())?;
        for (code, sums) in self.0 {
            let values = COLUMNS.iter().map(|heading| value(heading, &sums));
            let key = [code, percent(sums.of("handled"), all)];
            file.write_record(key.into_iter().chain(values))?;
        }
        Ok(file.flush()?)
    }
}
