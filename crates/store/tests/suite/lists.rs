//! The list of interactions.

use crate::rows;
use hookflash_domain::{DispositionId, InteractionId, QueueId, Timestamp, UserId};
use hookflash_store::interactions::{Filter, Page, Range, SCANNED};
use hookflash_store::testing::TestDatabase;
use hookflash_store::{InteractionRow, Store, StoreError, Write};
use std::collections::HashSet;
use uuid::Uuid;

on_both!(
    ten_thousand_rows_page_by_page,
    filters_find,
    detail_is_whole,
    hostile_filters_are_harmless,
    a_rare_one_is_found_in_steps
);

async fn fill(store: &Store, rows: &[InteractionRow]) {
    for part in rows.chunks(1_000) {
        store
            .commit(part.iter().map(|row| Write::Interaction(Box::new(row.clone()))).collect())
            .await
            .unwrap();
    }
}

async fn ten_thousand_rows_page_by_page(database: TestDatabase) {
    let store = database.store().await;
    // Seven arrive in each moment, so that the key's second half matters.
    let all: Vec<_> = (0..10_000).map(|n| rows::interaction(1_000 + n / 7)).collect();
    fill(&store, &all).await;
    let mut filter = Filter::default();
    let mut seen = Vec::new();
    loop {
        let Page { rows, next, .. } = store.interactions(&filter, 300).await.unwrap();
        seen.extend(rows.into_iter().map(|row| (row.started_at, row.interaction_id)));
        // What arrives meanwhile is newer, and moves nothing.
        fill(&store, &[rows::interaction(9_000_000)]).await;
        filter.after = next;
        if next.is_none() {
            break;
        }
    }
    let mut expected: Vec<_> = all.iter().map(|row| (row.started_at, row.interaction_id)).collect();
    expected.sort_unstable();
    expected.reverse();
    assert_eq!(seen, expected);
    assert_index_is_used(&database).await;
}

/// The first page of the plain list reads the index in its order, and sorts nothing.
async fn assert_index_is_used(database: &TestDatabase) {
    use sqlx::{Connection as _, Row as _, raw_sql};
    let statements = hookflash_store::testing::statements();
    let (_, list) = statements.iter().find(|(name, _)| name == "interactions::LIST").unwrap();
    let list = format!("{list} order by i.started_at desc, i.interaction_id desc limit 50");
    let plan: String = if database.url().starts_with("sqlite:") {
        let mut conn = sqlx::SqliteConnection::connect(database.url()).await.unwrap();
        let explain = sqlx::AssertSqlSafe(format!("explain query plan {list}"));
        let lines = raw_sql(explain).fetch_all(&mut conn).await.unwrap();
        lines.iter().map(|line| line.get::<String, _>("detail")).collect()
    } else {
        let mut conn = sqlx::PgConnection::connect(database.url()).await.unwrap();
        raw_sql("analyze interaction").execute(&mut conn).await.unwrap();
        let lines =
            raw_sql(sqlx::AssertSqlSafe(format!("explain {list}"))).fetch_all(&mut conn).await.unwrap();
        lines.iter().map(|line| line.get::<String, _>(0)).collect()
    };
    assert!(plan.contains("interaction_started"), "{plan}");
    assert!(!plan.contains("Sort Key") && !plan.contains("TEMP B-TREE"), "{plan}");
}

/// Where nothing but looking at each row tells, a page looks at so many and says how far it came.
async fn a_rare_one_is_found_in_steps(database: TestDatabase) {
    let store = database.store().await;
    let count = i64::from(SCANNED) + 10;
    let mut all: Vec<_> = (0..count).map(|n| rows::interaction(1_000 + n)).collect();
    all[3].note = "needle".to_owned();
    fill(&store, &all).await;
    let mut filter = Filter { text: Some("needle".to_owned()), ..Filter::default() };
    let first = store.interactions(&filter, 10).await.unwrap();
    assert_eq!((first.rows.len(), first.searched_to_at), (0, Some(Timestamp(1_010))));
    filter.after = first.next;
    let second = store.interactions(&filter, 10).await.unwrap();
    assert_eq!(second.rows.iter().map(|row| row.started_at).collect::<Vec<_>>(), [Timestamp(1_003)]);
    assert_eq!((second.next, second.searched_to_at), (None, None));
}

fn numbered(n: u128) -> Uuid {
    Uuid::from_u128(1_000 + n)
}

/// Four rows that differ in one thing each.
fn four() -> Vec<InteractionRow> {
    let mut four: Vec<_> = (0..4)
        .map(|n| {
            let mut row = rows::interaction(1_000 * (n + 1));
            row.interaction_id = InteractionId(numbered(u128::try_from(n).unwrap()));
            row.caller_name = None;
            row
        })
        .collect();
    four[0].agent_id = Some(UserId(numbered(10)));
    four[0].caller_number = "+4670_555%1".to_owned();
    four[1].queue_id = QueueId(numbered(11));
    four[1].consult_count = 2;
    four[1].note = "Grüße an \"50%_\\ Off\" 😀".to_owned();
    four[2].disposition_id = Some(DispositionId(numbered(12)));
    four[2].caller_name = Some("ÅSA Öberg".to_owned());
    four[0].answered_at = None;
    four[1].talk_ms = 7_000;
    four[2].hold_ms = 1;
    four[3].dialled_number = "sales".to_owned();
    four[3].note = "plain 50 x".to_owned();
    four
}

/// What a filter finds, asked for a row at a time.
async fn one_by_one(store: &Store, mut filter: Filter) -> Vec<Uuid> {
    let mut found = Vec::new();
    loop {
        let page = store.interactions(&filter, 1).await.unwrap();
        found.extend(page.rows.iter().map(|row| row.interaction_id.0));
        filter.after = page.next;
        if page.next.is_none() {
            return found;
        }
    }
}

async fn filters_find(database: TestDatabase) {
    let store = database.store().await;
    fill(&store, &four()).await;
    let at = |at| Some(Timestamp(at));
    let range = |least, most| Range { least, most };
    let number = |text: &str| Filter { number: Some(text.to_owned()), ..Filter::default() };
    let text = |text: &str| Filter { text: Some(text.to_owned()), ..Filter::default() };
    let table: Vec<(Filter, &[u128])> = vec![
        (Filter::default(), &[3, 2, 1, 0]),
        (Filter { from_at: at(2_000), ..Filter::default() }, &[3, 2, 1]),
        (Filter { to_at: at(2_000), ..Filter::default() }, &[0]),
        (Filter { from_at: at(2_000), to_at: at(3_001), ..Filter::default() }, &[2, 1]),
        (Filter { agent_id: Some(UserId(numbered(10))), ..Filter::default() }, &[0]),
        (Filter { queue_id: Some(QueueId(numbered(11))), ..Filter::default() }, &[1]),
        (Filter { disposition_id: Some(DispositionId(numbered(12))), ..Filter::default() }, &[2]),
        (Filter { with_consult: Some(true), ..Filter::default() }, &[1]),
        (Filter { with_consult: Some(false), ..Filter::default() }, &[3, 2, 0]),
        (Filter { answered: Some(false), ..Filter::default() }, &[0]),
        (Filter { answered: Some(true), ..Filter::default() }, &[3, 2, 1]),
        (Filter { with_note: Some(true), ..Filter::default() }, &[3, 1]),
        (Filter { held: Some(true), ..Filter::default() }, &[2]),
        (Filter { talk_ms: range(None, Some(7_000)), ..Filter::default() }, &[1]),
        (Filter { talk_ms: range(Some(7_001), Some(59_999)), ..Filter::default() }, &[]),
        (
            Filter {
                agent_id: Some(UserId(numbered(10))),
                queue_id: Some(QueueId(numbered(11))),
                ..Filter::default()
            },
            &[],
        ),
        (
            Filter {
                disposition_id: Some(DispositionId(numbered(12))),
                queue_id: Some(QueueId(Uuid::from_u128(1))),
                ..Filter::default()
            },
            &[2],
        ),
        (number("1234"), &[3, 2, 1]),
        (number("_555%"), &[0]),
        (number("ales"), &[3]),
        (number("1_2"), &[]),
        (text("grÜSSE"), &[]),
        (text("GRÜßE AN"), &[1]),
        (text("50%_\\ off\""), &[1]),
        (text("50"), &[3, 1]),
        (text("åsa ö"), &[2]),
        (text("😀"), &[1]),
        (text("5_"), &[]),
        (Filter { with_consult: Some(false), agent_id: Some(UserId(numbered(10))), ..number("70") }, &[0]),
        (Filter { from_at: at(2_000), ..number("70_") }, &[]),
    ];
    for (filter, expected) in table {
        let page = store.interactions(&filter, 10).await.unwrap();
        let found: Vec<_> = page.rows.iter().map(|row| row.interaction_id.0).collect();
        assert_eq!(found, expected.iter().map(|n| numbered(*n)).collect::<Vec<_>>(), "{filter:?}");
        let one_by_one = one_by_one(&store, filter.clone()).await;
        assert_eq!(one_by_one, found, "{filter:?}");
    }
    let notes: Vec<_> = store.interactions(&Filter::default(), 10).await.unwrap().rows;
    assert_eq!(notes.iter().map(|row| row.has_note).collect::<Vec<_>>(), [true, false, true, false]);
}

async fn detail_is_whole(database: TestDatabase) {
    let store = database.store().await;
    let by = rows::by();
    let user = rows::user("ada", []);
    let queue = rows::queue("Sales");
    store.create_user(&user, &[], &[], &by).await.unwrap();
    let with_parts =
        hookflash_store::queues::Queue { row: queue.clone(), numbers: vec![], member_ids: vec![] };
    store.create_queue(&with_parts, &by).await.unwrap();
    let mut interaction = rows::interaction(1_000);
    interaction.agent_id = Some(user.user_id);
    interaction.queue_id = queue.queue_id;
    let consult = rows::consult(Some(interaction.interaction_id), user.user_id);
    let (later, earlier) = (rows::message(consult.consult_id, 9), rows::message(consult.consult_id, 8));
    let Write::Event(mut event) = rows::event("answered") else { unreachable!() };
    event.interaction_id = Some(interaction.interaction_id);
    let id = interaction.interaction_id;
    store
        .commit(vec![
            Write::Interaction(Box::new(interaction.clone())),
            Write::Consult(Box::new(consult.clone())),
            Write::Message(Box::new(later.clone())),
            Write::Message(Box::new(earlier.clone())),
            Write::Event(event.clone()),
            rows::event("of nobody"),
        ])
        .await
        .unwrap();
    let detail = store.interaction_detail(id).await.unwrap().unwrap();
    assert_eq!(detail.interaction.interaction, interaction);
    assert_eq!(detail.interaction.queue_name.as_deref(), Some("Sales"));
    assert_eq!(detail.interaction.agent_name.as_deref(), Some("ada by name"));
    assert_eq!(detail.interaction.disposition_name, None);
    assert_eq!(detail.consults.len(), 1);
    assert_eq!(detail.consults[0].consult, consult);
    assert_eq!(detail.consults[0].agent_name.as_deref(), Some("ada by name"));
    assert_eq!(detail.messages, [earlier, later]);
    assert_eq!(detail.events.iter().map(|event| event.seq).collect::<HashSet<_>>(), HashSet::from([3]));
    assert_eq!(detail.events[0].event, *event);
    assert_eq!(store.interaction_detail(InteractionId(rows::id())).await, Ok(None));
}

async fn hostile_filters_are_harmless(database: TestDatabase) {
    let store = database.store().await;
    fill(&store, &four()).await;
    for hostile in ["' or 1=1 --", "\"; drop table interaction; --", "%", "_", "\\", "$1", "?", "\u{202e}"] {
        let filter =
            Filter { number: Some(hostile.to_owned()), text: Some(hostile.to_owned()), ..Filter::default() };
        let found = store.interactions(&filter, 10).await.unwrap().rows;
        assert!(found.is_empty(), "{hostile}");
    }
    let refused = |text: &str| Filter { text: Some(text.to_owned()), ..Filter::default() };
    assert_eq!(store.interactions(&refused("\0"), 10).await, Err(StoreError::NulCharacter("text")));
    let long = refused(&"x".repeat(10_000));
    assert_eq!(store.interactions(&long, 10).await, Err(StoreError::TooLong("text")));
    assert_eq!(store.interactions(&Filter::default(), 10).await.unwrap().rows.len(), 4);
}
