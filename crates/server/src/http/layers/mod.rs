//! What happens to every request.

mod headers;
mod journal;
mod panics;

pub(super) use headers::add_headers;
pub(super) use journal::note;
pub(super) use panics::answer_panics;
