//! How UCWA writes texts and dates.

mod data_uri;
mod date;
mod html;
pub(super) mod multipart;
mod split;
mod text;

pub(super) use data_uri::{decode, encode};
pub(super) use date::parse_date;
pub(super) use html::{from_plain, plain, safe};
pub(super) use split::split;
pub(super) use text::{cut_to_bytes, cut_to_chars, tidy};
