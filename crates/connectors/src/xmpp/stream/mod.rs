//! The XML stream between a server and its component (XEP-0114), sans I/O.

mod builder;
mod reader;
mod writer;

pub(super) use builder::Item;
pub(super) use reader::Reader;
pub(super) use writer::{element, header, printable, write};
