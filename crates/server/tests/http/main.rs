//! The HTTP API against a server in this process, on a free port, with SQLite in a temporary folder.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod abilities;
mod app;
mod assets;
mod bad_input;
mod company_sign_in;
mod expert_groups;
mod exports;
mod figures;
mod floor;
mod forged;
mod handover;
mod headers;
mod interactions;
mod ldap_sources;
mod licences;
#[allow(dead_code, reason = "the tests of kills need more")]
mod mail_server;
mod networks;
mod nicknames;
mod people_sources;
mod permissions;
mod rekey;
mod report_mails;
mod report_schedules;
mod reports;
mod scim;
mod scim_clients;
mod scim_hostile;
mod sign_in;
mod story;
mod team_addresses;
mod thresholds;
mod tls;
mod views;
mod xmpp;
