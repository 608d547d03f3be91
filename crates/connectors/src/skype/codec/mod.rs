//! How UCWA writes texts and dates.

mod data_uri;
mod date;
mod html;
mod text;

pub(super) use data_uri::{decode, encode};
pub(super) use date::parse_date;
pub(super) use html::{plain, safe};
pub(super) use text::{cut_to_chars, tidy};
