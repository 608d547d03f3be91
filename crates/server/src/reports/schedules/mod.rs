//! Schedules: reports that are made again and again. What is due is looked for in the store; its fire and the runs
//! that it asks for are one transaction there.

mod definition;
mod fire;
mod mail;
mod off;
mod scheduler;
mod when;

pub(crate) use definition::{Definition, ScheduledReport};
pub(crate) use fire::fire;
pub(crate) use mail::ScheduledMail;
pub(crate) use off::OffReason;
pub(crate) use scheduler::Scheduler;
pub(crate) use when::WhenView;
