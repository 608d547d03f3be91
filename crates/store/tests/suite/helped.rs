//! Who helped before.

use crate::rows;
use hookflash_domain::figures::{Fact, InvitationFact, InvitationOutcome, NO_QUEUE};
use hookflash_domain::{ConsultId, DispositionId, InteractionId, NetworkId, PersonId, Timestamp, UserId};
use hookflash_store::Write;
use hookflash_store::helped::{ConsultTopicRow, HelpedRow, LOOKED_AT};
use hookflash_store::testing::{TestDatabase, statements};
use uuid::Uuid;

on_both!(experts_of_solved_consults_are_counted, only_the_newest_are_read_along_an_index);

const SEPA: DispositionId = DispositionId(Uuid::from_u128(7));

fn invitation(consult: ConsultId, no: i64, expert: &str, outcome: InvitationOutcome) -> Fact {
    Fact::Invitation(InvitationFact {
        consult,
        no,
        queue: NO_QUEUE,
        agent: UserId(Uuid::from_u128(1)),
        expert: PersonId { network: NetworkId("skype".into()), address: expert.to_owned() },
        expert_name: expert.to_uppercase(),
        asked_at: Timestamp(0),
        settled_at: Timestamp(0),
        replied_at: None,
        ended_at: Timestamp(0),
        outcome,
        target_ms: 0,
    })
}

/// An interaction about SEPA with a consult, in which these accepted one after the other.
fn helped(at: i64, outcome: &str, experts: &[&str]) -> (InteractionId, Vec<Write>) {
    let mut interaction = rows::interaction(at);
    (interaction.disposition_id, interaction.consult_count) = (Some(SEPA), 1);
    let id = interaction.interaction_id;
    let mut consult = rows::consult(Some(id), UserId(Uuid::from_u128(1)));
    (consult.outcome, consult.started_at) = (Some(outcome.to_owned()), Timestamp(at));
    let consult_id = consult.consult_id;
    let accepted = (0..).zip(experts);
    let mut facts: Vec<_> = accepted
        .map(|(no, expert)| invitation(consult_id, no, expert, InvitationOutcome::Accepted))
        .collect();
    facts.push(invitation(consult_id, 9, "silent", InvitationOutcome::NoAnswer));
    let topic = ConsultTopicRow {
        key: "topic".to_owned(),
        value: "SEPA".to_owned(),
        started_at: Timestamp(at),
        consult_id,
    };
    let writes = vec![
        Write::Interaction(Box::new(interaction)),
        Write::Consult(Box::new(consult)),
        Write::Topics(vec![topic.clone()]),
        Write::Topics(vec![topic]),
        Write::Facts(facts),
    ];
    (id, writes)
}

fn told(rows: &[HelpedRow]) -> Vec<(&str, &str, i64, i64)> {
    rows.iter().map(|row| (row.address.as_str(), row.name.as_str(), row.count, row.last_at.0)).collect()
}

async fn experts_of_solved_consults_are_counted(database: TestDatabase) {
    let store = database.store().await;
    let mut current = InteractionId(rows::id());
    for (at, outcome, experts) in [
        (10, "solved", &["oskar", "tom"][..]),
        (20, "solved", &["tom"]),
        (30, "solved", &["priya"]),
        (40, "solved", &["oskar"]),
        (50, "not_solved", &["oskar"]),
        (60, "solved", &[]),
        (70, "solved", &["priya"]),
    ] {
        let (id, writes) = helped(at, outcome, experts);
        store.commit(writes).await.unwrap();
        current = id;
    }
    let with_code = store.helped_with_disposition(SEPA, current).await.unwrap();
    let expected = [("tom", "TOM", 2, 20), ("oskar", "OSKAR", 1, 40), ("priya", "PRIYA", 1, 30)];
    assert_eq!(told(&with_code), expected, "who was talked to last counts, and not the current one");
    assert_eq!(store.helped_with_data("topic", "SEPA", current).await, Ok(with_code));
    assert_eq!(store.helped_with_data("topic", "Cards", current).await, Ok(vec![]));
    let other = DispositionId(rows::id());
    assert_eq!(store.helped_with_disposition(other, current).await, Ok(vec![]));
}

async fn only_the_newest_are_read_along_an_index(database: TestDatabase) {
    let store = database.store().await;
    let nobody = InteractionId(rows::id());
    let mut writes = Vec::new();
    for at in 0..2_000 {
        let experts = if at < 2_000 - LOOKED_AT { ["oskar"] } else { ["tom"] };
        writes.extend(helped(at, "solved", &experts).1);
        // Most interactions have no consult.
        let mut plain = rows::interaction(at);
        plain.disposition_id = Some(SEPA);
        writes.push(Write::Interaction(Box::new(plain)));
    }
    for part in writes.chunks(1_000) {
        store.commit(part.to_vec()).await.unwrap();
    }
    for (name, index) in
        [("helped::WITH_DISPOSITION", "interaction_with_consult"), ("helped::WITH_DATA", "consult_topic")]
    {
        assert_index_is_used(&database, name, index).await;
    }
    let expected = [("tom", "TOM", LOOKED_AT, 1_999)];
    assert_eq!(told(&store.helped_with_disposition(SEPA, nobody).await.unwrap()), expected);
    assert_eq!(told(&store.helped_with_data("topic", "SEPA", nobody).await.unwrap()), expected);
}

async fn assert_index_is_used(database: &TestDatabase, name: &str, index: &str) {
    use sqlx::{Connection as _, Row as _, raw_sql};
    let statements = statements();
    let (_, sql) = statements.iter().find(|(known, _)| known == name).unwrap();
    let plan: Vec<String> = if database.url().starts_with("sqlite:") {
        let mut conn = sqlx::SqliteConnection::connect(database.url()).await.unwrap();
        let explain = sqlx::AssertSqlSafe(format!("explain query plan {sql}"));
        let lines = raw_sql(explain).fetch_all(&mut conn).await.unwrap();
        lines.iter().map(|line| line.get::<String, _>("detail")).collect()
    } else {
        let mut conn = sqlx::PgConnection::connect(database.url()).await.unwrap();
        // Tables as small as these are read whole rather than by key; larger ones are not.
        raw_sql("analyze; set enable_seqscan = off").execute(&mut conn).await.unwrap();
        let id = format!("'{}'", SEPA.0);
        let bound = match name {
            "helped::WITH_DISPOSITION" => [id.as_str(), &id, "200", "10", ""],
            _ => ["'topic'", "'SEPA'", &id, "200", "10"],
        };
        let sql =
            (1..).zip(bound).fold((*sql).to_owned(), |sql, (n, value)| sql.replace(&format!("${n}"), value));
        let explain = sqlx::AssertSqlSafe(format!("explain {sql}"));
        raw_sql(explain).fetch_all(&mut conn).await.unwrap().iter().map(|line| line.get(0)).collect()
    };
    let plan = plan.join("\n");
    assert!(plan.contains(index), "{plan}");
    // Tables that grow for years are looked up by key, never read from end to end.
    for table in ["interaction", "consult", "consult_topic", "invitation_fact"] {
        let whole = [format!("SCAN {table}\n"), format!("Seq Scan on {table} ")];
        assert!(!whole.iter().any(|scan| plan.contains(scan)), "{plan}");
    }
}
