//! `/api/v1/me`: what a user changes about themselves.

pub(super) mod authorisations;
mod authorised;
pub(super) mod begin_authorisation;
pub(super) mod choices;
pub(super) mod connect_network;
pub(super) mod consults;
pub(super) mod disconnect_network;
pub(super) mod finish_authorisation;
pub(super) mod language;
pub(super) mod networks;
pub(super) mod password;

pub(super) use language::Language;
