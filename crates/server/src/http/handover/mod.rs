//! The handover page: what an expert reads and does behind a link, without a sign-in. The page itself is a file of
//! the desk's build (`web/handover.html`).

pub(super) mod act;
pub(super) mod open;
pub(super) mod show;
pub(super) mod show_skills;
pub(super) mod tell_skills;
mod ticket;
mod view;

pub(super) use ticket::Doorkeeper;
