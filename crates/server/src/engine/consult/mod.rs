//! The task of a consult: one mailbox for its invitations and its chat.

mod courier;
mod effects;
mod errand;
mod facts;
mod look;
mod opening;
mod reach;
mod recent;
mod record;
mod settling;
mod task;
mod told;

pub(super) use errand::Parcel;
pub(super) use reach::Places;
pub(super) use record::{last_text, message_of, parse as parse_body};
pub(super) use task::ConsultInput;
pub(super) use told::Told;
