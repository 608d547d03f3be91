//! Temporary databases for tests (feature `testing`).

/// Every statement of the store, by name.
#[must_use]
pub fn statements() -> Vec<(String, &'static str)> {
    let rooms: [(&str, &[(&str, &'static str)]); 16] = [
        ("attached_keys", crate::attached_keys::STATEMENTS),
        ("commands", crate::commands::STATEMENTS),
        ("consults", crate::consults::STATEMENTS),
        ("dispositions", crate::dispositions::STATEMENTS),
        ("events", crate::events::STATEMENTS),
        ("interactions", crate::interactions::STATEMENTS),
        ("live", crate::live::STATEMENTS),
        ("messages", crate::messages::STATEMENTS),
        ("network_accounts", crate::network_accounts::STATEMENTS),
        ("open", crate::open::STATEMENTS),
        ("outbox", crate::outbox::STATEMENTS),
        ("queues", crate::queues::STATEMENTS),
        ("sessions", crate::sessions::STATEMENTS),
        ("today", crate::today::STATEMENTS),
        ("tx", crate::tx::STATEMENTS),
        ("users", crate::users::STATEMENTS),
    ];
    let named = |(room, list): (&str, &[(&str, &'static str)])| {
        list.iter().map(|(name, sql)| (format!("{room}::{name}"), *sql)).collect::<Vec<_>>()
    };
    rooms.into_iter().chain([("writer", crate::writer::STATEMENTS)]).flat_map(named).collect()
}
