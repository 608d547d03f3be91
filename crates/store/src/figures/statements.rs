//! The statements about facts and roll-ups, made of the totals' field names and of what SQL says each field
//! is. The fold in `domain` says the same in Rust; a test holds the two against each other.

use hookflash_domain::figures::{Fact, Totals};
use hookflash_domain::{ConsultId, InteractionId, OfferId};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use uuid::Uuid;

/// What facts belong to, and are corrected with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactsOf {
    /// Stays in queues and agents' parts.
    Interaction(InteractionId),
    /// An offer.
    Offer(OfferId),
    /// A consult and its invitations.
    Consult(ConsultId),
}

/// What a fact belongs to.
pub(crate) fn part_of(fact: &Fact) -> FactsOf {
    match fact {
        Fact::Visit(fact) => FactsOf::Interaction(fact.interaction),
        Fact::Handling(fact) => FactsOf::Interaction(fact.interaction),
        Fact::Alert(fact) => FactsOf::Offer(fact.offer),
        Fact::Consult(fact) => FactsOf::Consult(fact.consult),
        Fact::Invitation(fact) => FactsOf::Consult(fact.consult),
    }
}

/// A table of facts.
#[derive(Debug)]
pub(crate) struct Source {
    table: &'static str,
    key: &'static str,
    /// What the fields of the totals are, summed over the table's rows.
    sums: &'static [(&'static str, &'static str)],
}

/// The tables of facts.
pub(crate) const SOURCES: [Source; 5] = [
    Source {
        table: "queue_visit",
        key: "interaction_id",
        sums: &[
            ("offered", "1"),
            ("answered", "case when outcome = 'answered' then 1 else 0 end"),
            ("answered_late", "case when outcome = 'answered' and wait_ms > target_ms then 1 else 0 end"),
            ("abandoned", "case when outcome = 'abandoned' then 1 else 0 end"),
            ("abandoned_short", "case when outcome = 'abandoned' and wait_ms < short_ms then 1 else 0 end"),
            ("flowed_out", "case when outcome = 'flowed_out' then 1 else 0 end"),
            ("answered_wait_ms", "case when outcome = 'answered' then wait_ms else 0 end"),
            ("abandoned_wait_ms", "case when outcome = 'abandoned' then wait_ms else 0 end"),
            ("flowed_out_wait_ms", "case when outcome = 'flowed_out' then wait_ms else 0 end"),
        ],
    },
    Source {
        table: "handling",
        key: "interaction_id",
        sums: &[
            ("handled", "1"),
            ("with_talk", "case when talk_ms > 0 then 1 else 0 end"),
            ("talk_ms", "talk_ms"),
            ("with_hold", "case when hold_ms > 0 then 1 else 0 end"),
            ("hold_ms", "hold_ms"),
            ("with_wrap_up", "case when wrap_up_ms > 0 then 1 else 0 end"),
            ("wrap_up_ms", "wrap_up_ms"),
            ("dialling_ms", "dialling_ms"),
            ("contacting_ms", "contacting_ms"),
            ("blind_transfers", "case when transfer = 'blind' then 1 else 0 end"),
            ("consult_transfers", "case when transfer = 'consult' then 1 else 0 end"),
        ],
    },
    Source {
        table: "alert",
        key: "offer_id",
        sums: &[
            ("alerts", "1"),
            ("alert_ms", "ended_at - offered_at"),
            ("not_responding", "case when outcome in ('declined', 'no_answer') then 1 else 0 end"),
        ],
    },
    Source {
        table: "consult_fact",
        key: "consult_id",
        sums: &[
            ("consults", "1"),
            ("consults_solved", "case when outcome = 'solved' then 1 else 0 end"),
            ("consults_partly", "case when outcome = 'partly' then 1 else 0 end"),
            ("consults_not_solved", "case when outcome = 'not_solved' then 1 else 0 end"),
            ("first_expert_solved", "case when outcome = 'solved' and attempt_count = 1 then 1 else 0 end"),
            ("solved_attempts", "case when outcome = 'solved' then attempt_count else 0 end"),
            ("solution_ms", "case when outcome = 'solved' then ended_at - asked_at else 0 end"),
            ("experts", "expert_count"),
            ("consult_hold_ms", "hold_ms"),
        ],
    },
    Source {
        table: "invitation_fact",
        key: "consult_id",
        sums: &[
            ("invitations", "1"),
            ("accepted", "case when outcome = 'accepted' then 1 else 0 end"),
            (
                "accepted_in_time",
                "case when outcome = 'accepted' and settled_at - asked_at <= target_ms then 1 else 0 end",
            ),
            ("declined", "case when outcome = 'declined' then 1 else 0 end"),
            ("no_answer", "case when outcome = 'no_answer' then 1 else 0 end"),
            ("withdrawn", "case when outcome = 'withdrawn' then 1 else 0 end"),
            (
                "withdrawn_early",
                "case when outcome = 'withdrawn' and settled_at - asked_at < target_ms then 1 else 0 end",
            ),
            ("unreachable", "case when outcome = 'unreachable' then 1 else 0 end"),
            ("accept_ms", "case when outcome = 'accepted' then settled_at - asked_at else 0 end"),
            ("replied", "case when replied_at is not null then 1 else 0 end"),
            ("reply_ms", "coalesce(replied_at - asked_at, 0)"),
        ],
    },
];

/// Of each table of facts, the ids among these that it is about.
pub(crate) fn fact_kinds(ids: &BTreeSet<FactsOf>) -> [Vec<Uuid>; 5] {
    let of = |wanted: fn(FactsOf) -> Option<Uuid>| ids.iter().copied().filter_map(wanted).collect::<Vec<_>>();
    let interactions = of(|one| if let FactsOf::Interaction(id) = one { Some(id.0) } else { None });
    let offers = of(|one| if let FactsOf::Offer(id) = one { Some(id.0) } else { None });
    let consults = of(|one| if let FactsOf::Consult(id) = one { Some(id.0) } else { None });
    [interactions.clone(), interactions, offers, consults.clone(), consults]
}

const QUEUE_KEYS: [&str; 2] = ["interval_at", "queue_id"];
const AGENT_KEYS: [&str; 3] = ["interval_at", "agent_id", "queue_id"];
const QUEUE: (&str, &[&str]) = ("queue_interval", &QUEUE_KEYS);
const AGENT: (&str, &[&str]) = ("agent_interval", &AGENT_KEYS);

/// Adds totals to the queues' roll-up.
pub(crate) static PUT_QUEUE_INTERVAL: LazyLock<String> = LazyLock::new(|| put(QUEUE));
/// Adds totals to the agents' roll-up.
pub(crate) static PUT_AGENT_INTERVAL: LazyLock<String> = LazyLock::new(|| put(AGENT));
/// Sums of each interval and queue.
pub(crate) static QUEUE_INTERVALS: LazyLock<String> =
    LazyLock::new(|| kept(QUEUE.0, "interval_at, queue_id, null"));
/// Sums of each interval, queue and agent.
pub(crate) static AGENT_INTERVALS: LazyLock<String> =
    LazyLock::new(|| kept(AGENT.0, "interval_at, queue_id, agent_id"));
/// Sums of each queue.
pub(crate) static QUEUES: LazyLock<String> = LazyLock::new(|| sums(QUEUE.0, "null, queue_id, null"));
/// Sums of each agent.
pub(crate) static AGENTS: LazyLock<String> = LazyLock::new(|| sums(AGENT.0, "null, null, agent_id"));
/// For each table of facts, its sums of each interval, queue and agent, counted from the facts.
pub(crate) static COUNTED: LazyLock<[String; 5]> = LazyLock::new(|| SOURCES.each_ref().map(counted));
static TAKE_OFF_QUEUE: LazyLock<[String; 5]> =
    LazyLock::new(|| SOURCES.each_ref().map(|source| take_off(source, QUEUE)));
static TAKE_OFF_AGENT: LazyLock<[String; 5]> =
    LazyLock::new(|| SOURCES.each_ref().map(|source| take_off(source, AGENT)));
static DELETE: LazyLock<[String; 5]> = LazyLock::new(|| {
    SOURCES.each_ref().map(|source| format!("delete from {} where {} in ($1)", source.table, source.key))
});

impl Source {
    /// What takes a table's facts of some ids out of the roll-ups, and then away.
    pub(crate) fn removal(place: usize) -> [&'static str; 3] {
        [&TAKE_OFF_QUEUE[place], &TAKE_OFF_AGENT[place], &DELETE[place]]
    }
}

/// Every statement made here, by name.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn all() -> Vec<(String, &'static str)> {
    let one: [(&str, &'static LazyLock<String>); 6] = [
        ("PUT_QUEUE_INTERVAL", &PUT_QUEUE_INTERVAL),
        ("PUT_AGENT_INTERVAL", &PUT_AGENT_INTERVAL),
        ("QUEUE_INTERVALS", &QUEUE_INTERVALS),
        ("AGENT_INTERVALS", &AGENT_INTERVALS),
        ("QUEUES", &QUEUES),
        ("AGENTS", &AGENTS),
    ];
    let many: [(&str, &'static LazyLock<[String; 5]>); 4] = [
        ("COUNTED", &COUNTED),
        ("TAKE_OFF_QUEUE", &TAKE_OFF_QUEUE),
        ("TAKE_OFF_AGENT", &TAKE_OFF_AGENT),
        ("DELETE", &DELETE),
    ];
    let mut all: Vec<_> =
        one.into_iter().map(|(name, sql)| (format!("figures::{name}"), sql.as_str())).collect();
    for (name, list) in many {
        let named = |(sql, source): (&'static String, &Source)| {
            (format!("figures::{name}[{}]", source.table), sql.as_str())
        };
        all.extend(list.iter().zip(&SOURCES).map(named));
    }
    all
}

fn put((table, keys): (&str, &[&str])) -> String {
    let columns: Vec<_> = keys.iter().chain(Totals::FIELDS).copied().collect();
    let places: Vec<_> = (1..=columns.len()).map(|place| format!("${place}")).collect();
    format!(
        "insert into {table} ({}) values ({}) on conflict ({}) do update set {}",
        columns.join(", "),
        places.join(", "),
        keys.join(", "),
        added(table, Totals::FIELDS.iter().copied()),
    )
}

fn added<'a>(table: &str, fields: impl Iterator<Item = &'a str>) -> String {
    let set: Vec<_> = fields.map(|field| format!("{field} = {table}.{field} + excluded.{field}")).collect();
    set.join(", ")
}

fn take_off(source: &Source, (table, keys): (&str, &[&str])) -> String {
    let keys = keys.join(", ");
    let fields: Vec<_> = source.sums.iter().map(|(field, _)| *field).collect();
    let values: Vec<_> = source.sums.iter().map(|(_, what)| format!("-sum({what})")).collect();
    format!(
        "insert into {table} ({keys}, {}) select {keys}, {} from {} where {} in ($1) group by {keys} \
         order by {keys} on conflict ({keys}) do update set {}",
        fields.join(", "),
        values.join(", "),
        source.table,
        source.key,
        added(table, fields.iter().copied()),
    )
}

/// Sums of a roll-up over a stretch of time; `keys` are the interval, queue and agent that are kept apart.
fn sums(table: &str, keys: &str) -> String {
    selected(table, keys, Totals::FIELDS.iter().map(|field| format!("sum({field})")))
}

/// The rows of a roll-up as they are; `keys` are all of its key.
fn kept(table: &str, keys: &str) -> String {
    let fields: Vec<_> = Totals::FIELDS.iter().map(|field| (*field).to_owned()).collect();
    format!(
        "select {}, {} from {table} where interval_at >= $1 and interval_at < $2 order by {} limit $3",
        named(keys),
        one_text(&fields),
        present(keys),
    )
}

fn counted(source: &Source) -> String {
    let field = |field: &&str| {
        let what = source.sums.iter().find(|(name, _)| name == field).map_or("0", |(_, what)| what);
        format!("sum({what})")
    };
    selected(source.table, "interval_at, queue_id, agent_id", Totals::FIELDS.iter().map(field))
}

fn selected(table: &str, keys: &str, fields: impl Iterator<Item = String>) -> String {
    let present = present(keys);
    format!(
        "select {}, {} from {table} where interval_at >= $1 and interval_at < $2 group by {present} \
         order by {present} limit $3",
        named(keys),
        one_text(&fields.collect::<Vec<_>>()),
    )
}

/// The keys under the names that are read.
fn named(keys: &str) -> String {
    let names = ["interval_at", "queue_id", "agent_id"];
    let named: Vec<_> = keys.split(", ").zip(names).map(|(key, name)| format!("{key} as {name}")).collect();
    named.join(", ")
}

/// The keys that are columns.
fn present(keys: &str) -> String {
    let present: Vec<_> = keys.split(", ").filter(|key| *key != "null").collect();
    present.join(", ")
}

/// All totals as one text: there are fifty of them, and to fetch each by itself takes longer than to sum them.
fn one_text(fields: &[String]) -> String {
    format!("concat_ws(' ', {}) as totals", fields.join(", "))
}
