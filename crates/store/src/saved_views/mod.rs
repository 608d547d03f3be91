//! Views of a page that users have saved, for themselves or for all who may open the page.

mod change;
mod create;
mod read;

pub use create::ViewLimits;

#[cfg(any(test, feature = "testing"))]
pub(crate) const STATEMENTS: [(&str, &[(&str, &str)]); 3] = [
    ("saved_views::change", change::STATEMENTS),
    ("saved_views::create", create::STATEMENTS),
    ("saved_views::read", read::STATEMENTS),
];

use hookflash_domain::{Timestamp, UserId};
use uuid::Uuid;

row! {
    /// A saved view.
    pub struct SavedViewRow {
        /// Which view.
        pub view_id: Uuid,
        /// Whose.
        pub user_id: UserId,
        /// The word of the page that it is a view of.
        pub page: String,
        /// Its name; others may have the same.
        pub name: String,
        /// Whether others see it.
        pub shared: bool,
        /// The query of the page's address.
        pub filters: String,
        /// Columns, their order and what is sorted by, as JSON.
        pub layout: String,
        /// Grows with each change.
        pub revision: i64,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was changed last.
        pub changed_at: Timestamp,
    }
}

joined! {
    /// A saved view with its owner's name.
    pub struct NamedView {
        /// The view.
        pub view: SavedViewRow,
        /// The owner's name.
        pub user_name: String,
    }
}

/// What the audit events of a view are about.
fn about(view_id: Uuid) -> String {
    format!(r#"{{"view_id":"{view_id}"}}"#)
}
