//! `/api/v1/people`: what the desk shows of people on chat networks.

pub(super) mod photo;
