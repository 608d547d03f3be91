//! The handover page: links in place of pasted data, and what experts do on the page behind them.
//! Decision 19 tells why it is made as it is.

mod acts;
mod links;
mod skills;
mod view;

pub(super) use acts::PageAsked;
pub use acts::{PageAction, PageProblem};
pub use links::Links;
pub use skills::PageSkills;
pub use view::{PageMessage, PageState, PageView};
