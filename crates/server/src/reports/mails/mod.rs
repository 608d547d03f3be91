//! Reports by e-mail. A mail is queued with the fire of its schedule and sent when the reports are over; what the mail
//! server says is kept with it.

mod letter;
mod mailer;
mod outcome;
mod postman;
mod words;

pub(crate) use mailer::Mailer;
pub(crate) use outcome::{MailFailure, MailState};
pub(crate) use postman::Postman;
