//! Sources and imports as administrators see them.

use crate::http::problem::Problem;
use crate::http::valid::Checks;
use hookflash_store::people::{PeopleImportRow, PeopleSourceRow};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Where people are known from.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct PeopleSourceView {
    source_id: Uuid,
    /// `csv`, `ldap`, `scim`, or `experts`: what experts tell of themselves, which is built in.
    kind: String,
    name: String,
    /// Whether its people are found.
    active: bool,
    /// Where two sources disagree, the one with the smaller place is believed.
    place: i64,
    /// People of whom it tells.
    people_count: i64,
    /// The newest import; null where there was none.
    last_import: Option<PeopleImportView>,
    created_at: i64,
    changed_at: i64,
}

/// That a source was read.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct PeopleImportView {
    import_id: Uuid,
    source_id: Uuid,
    /// Who asked for it.
    by_name: String,
    /// Whether who is not named is removed.
    full: bool,
    /// `running`, `completed`, `failed` or `interrupted`.
    state: String,
    /// Why it failed.
    error_code: Option<String>,
    error_words: Option<String>,
    began_at: i64,
    ended_at: Option<i64>,
    read_count: i64,
    added_count: i64,
    changed_count: i64,
    removed_count: i64,
    refused_count: i64,
}

impl PeopleSourceView {
    pub(super) fn of(row: PeopleSourceRow, people_count: i64, last: Option<PeopleImportRow>) -> Self {
        Self {
            source_id: row.source_id,
            kind: row.kind,
            name: row.name,
            active: row.active,
            place: row.place,
            people_count,
            last_import: last.map(PeopleImportView::from),
            created_at: row.created_at.0,
            changed_at: row.changed_at.0,
        }
    }
}

impl From<PeopleImportRow> for PeopleImportView {
    fn from(row: PeopleImportRow) -> Self {
        Self {
            import_id: row.import_id,
            source_id: row.source_id,
            by_name: row.by_name,
            full: row.is_full,
            state: row.state,
            error_code: row.error_code,
            error_words: row.error_words,
            began_at: row.began_at.0,
            ended_at: row.ended_at.map(|at| at.0),
            read_count: row.read_count,
            added_count: row.added_count,
            changed_count: row.changed_count,
            removed_count: row.removed_count,
            refused_count: row.refused_count,
        }
    }
}

/// A source's name, checked.
///
/// # Errors
/// `invalid`.
pub(super) fn checked_name(name: &str) -> Result<String, Problem> {
    let mut checks = Checks::default();
    let name = checks.text("name", name, 1..=100);
    checks.finish()?;
    Ok(name)
}
