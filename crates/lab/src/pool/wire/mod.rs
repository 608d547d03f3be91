//! The UCWA wire: resources, events, their JSON and XML, data URIs. Knows nothing of the pool's state.

pub(crate) mod data_uri;
pub(crate) mod event;
pub(crate) mod json;
pub(crate) mod resource;
pub(crate) mod xml;

pub(crate) use event::{Event, Kind, Priority, Reason, Sender};
pub(crate) use resource::{Link, Prop, Resource};
