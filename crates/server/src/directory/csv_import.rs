//! Importing a CSV file.

use super::csv::CsvFile;
use super::import::Import;
use hookflash_store::StoreError;
use hookflash_store::people::{PeopleImportRow, PeopleSourceRow};

/// The word of this kind of source.
pub const CSV: &str = "csv";
/// Rows handed over at a time.
const ROWS: usize = 500;

/// Takes all rows of a file, and ends the import.
///
/// # Errors
/// The store did not take it. The import is ended as failed where that could be written.
pub async fn import_csv(mut import: Import, file: &CsvFile) -> Result<PeopleImportRow, StoreError> {
    let mut rows = file.rows().peekable();
    while rows.peek().is_some() {
        let some = rows.by_ref().take(ROWS).collect();
        if let Err(error) = import.add(some).await {
            // The trouble that is told is the first one.
            let _ = import.fail("not_available", &error.to_string()).await;
            return Err(error);
        }
    }
    drop(rows);
    import.finish().await
}

/// A new source of CSV files.
#[must_use]
pub fn csv_source(name: &str) -> PeopleSourceRow {
    let at = crate::clock::now();
    PeopleSourceRow {
        source_id: crate::ids::new_id(),
        kind: CSV.to_owned(),
        name: name.to_owned(),
        active: true,
        place: 0,
        settings: "{}".to_owned(),
        created_at: at,
        changed_at: at,
    }
}
