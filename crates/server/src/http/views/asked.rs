//! What a view shall be, checked.

use super::page::sees_figures;
use super::view::ViewLayout;
use crate::http::problem::{Code, Problem};
use crate::http::session::SignedIn;
use crate::http::valid::Checks;

/// Most characters of a name, of the filters and of a column's key.
const LONGEST_NAME: usize = 100;
const LONGEST_FILTERS: usize = 2_000;
const LONGEST_KEY: usize = 64;
/// Most columns that a layout speaks of.
const MOST_COLUMNS: usize = 200;

/// Collects what is wrong with the parts of a view.
#[derive(Default)]
pub(super) struct ViewChecks(Checks);

impl ViewChecks {
    /// The name as it is kept.
    pub(super) fn name(&mut self, name: &str) -> String {
        self.0.text("name", name, 1..=LONGEST_NAME)
    }

    pub(super) fn filters(&mut self, filters: &str) -> String {
        self.0.text("filters", filters, 0..=LONGEST_FILTERS)
    }

    pub(super) fn layout(&mut self, layout: &ViewLayout) {
        self.0.count("layout.order", &layout.order, MOST_COLUMNS);
        if layout.shown.len() > MOST_COLUMNS {
            self.0.wrong("layout.shown", format!("must have at most {MOST_COLUMNS} items"));
        }
        let sort = layout.sort.as_ref().map(|sort| &sort.key);
        let mut keys = layout.order.iter().chain(layout.shown.keys()).chain(sort);
        if keys.any(|key| key.is_empty() || key.chars().count() > LONGEST_KEY) {
            self.0.wrong("layout", format!("must have keys of 1 to {LONGEST_KEY} characters"));
        }
    }

    pub(super) fn finish(self) -> Result<(), Problem> {
        self.0.finish()
    }
}

/// That the user may have a view that is shared.
///
/// # Errors
/// `not_permitted`.
pub(super) fn check_sharing(user: &SignedIn, shared: bool) -> Result<(), Problem> {
    if shared && !sees_figures(user) {
        return Err(Problem::new(Code::NotPermitted, "Views are shared by supervisors and administrators."));
    }
    Ok(())
}
