//! A made history comes in and adds up to what the lab has counted by code of its own; what is wrong in a
//! file is refused line by line.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{hookflash, made_history, told};
use hookflash_domain::Timestamp;
use hookflash_domain::figures::Totals;
use hookflash_store::figures::Stretch;
use hookflash_store::{Options, Store};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Output;

const ALL: Stretch = Stretch { from_at: Timestamp(0), to_at: Timestamp(i64::MAX / 2) };

fn import(folder: &Path, arguments: &[&str]) -> Output {
    hookflash(folder, &[&["import-history"], arguments].concat())
}

async fn store(folder: &Path) -> Store {
    let url = format!("sqlite:{}", folder.join("data/hookflash.db").display());
    Store::open(&url, Options::default()).await.unwrap()
}

/// A table's rows by key, each value by its column.
fn csv(text: &str, keys: usize) -> BTreeMap<Vec<String>, BTreeMap<String, i64>> {
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let row = |line: Vec<String>| {
        let values = head.iter().zip(&line).skip(keys);
        let values = values.map(|(column, value)| (column.clone(), value.parse().unwrap())).collect();
        (line[..keys].to_vec(), values)
    };
    lines.map(row).collect()
}

/// The columns that the lab counts, of what the store has summed.
fn of_columns(totals: &Totals, wanted: &BTreeMap<String, i64>) -> BTreeMap<String, i64> {
    let all = Totals::FIELDS.iter().zip(totals.values());
    all.filter(|(field, _)| wanted.contains_key(**field))
        .map(|(field, value)| ((*field).to_owned(), value))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_made_history_adds_up_to_what_the_lab_counted() {
    let folder = made_history("3000", "7", &[]);
    let output = import(folder.path(), &["history.ndjson"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(told(&output).contains("3000 imported, 0 were there already, 0 refused"), "{}", told(&output));
    // Started again from the beginning, it changes nothing.
    let again = import(folder.path(), &["history.ndjson"]);
    assert!(told(&again).contains("0 imported, 3000 were there already, 0 refused"), "{}", told(&again));

    let store = store(folder.path()).await;
    let names: BTreeMap<_, _> =
        store.queues().await.unwrap().into_iter().map(|queue| (queue.row.queue_id, queue.row.name)).collect();
    let queues = std::fs::read_to_string(folder.path().join("totals/queues.csv")).unwrap();
    let expected = csv(&queues, 2);
    assert!(expected.len() > 500, "{}", expected.len());
    let sums = store.queue_intervals(ALL).await.unwrap();
    assert_eq!(sums.len(), expected.len());
    for sum in &sums {
        let at = jiff::Timestamp::from_millisecond(sum.interval_at.unwrap().0).unwrap();
        let key = vec![at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string(), names[&sum.queue_id].clone()];
        let wanted = &expected[&key];
        assert_eq!(&of_columns(&sum.totals, wanted), wanted, "{key:?}");
    }
    let users: BTreeMap<_, _> =
        store.users().await.unwrap().into_iter().map(|user| (user.user_id, user.sign_in_name)).collect();
    let agents = std::fs::read_to_string(folder.path().join("totals/agents.csv")).unwrap();
    let expected = csv(&agents, 1);
    let sums = store.agent_sums(ALL).await.unwrap();
    let mut seen = 0;
    for sum in sums.iter().filter(|sum| users.contains_key(&sum.agent_id)) {
        let wanted = &expected[&vec![users[&sum.agent_id].clone()]];
        assert_eq!(&of_columns(&sum.totals, wanted), wanted, "{}", users[&sum.agent_id]);
        seen += 1;
    }
    assert_eq!(seen, expected.len());
    let rows = store.interactions(&hookflash_store::interactions::Filter::default(), 1_000).await.unwrap();
    assert_eq!(rows.rows.len(), 1_000, "the list of interactions has them too");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_lines_are_refused_with_their_reason_and_the_rest_comes_in() {
    let folder = tempfile::tempdir().unwrap();
    let call = |id: u8, more: &str| {
        format!(
            r#"{{"record":"interaction","id":"00000000-0000-7000-8000-0000000000{id:02}","started_at":"2026-03-02T08:00:00Z","ended_at":"2026-03-02T08:05:00Z","completed_at":"2026-03-02T08:05:30+00:00","end_reason":"caller_hung_up","visits":[{{"queue":"Billing","entered_at":"2026-03-02T08:00:00Z","left_at":"2026-03-02T08:00:10Z","outcome":"abandoned"}}]{more}}}"#
        )
    };
    let state = |from: &str, to: &str| {
        format!(r#"{{"record":"agent_state","agent":"dana","state":"meal","from":"{from}","to":"{to}"}}"#)
    };
    let part = r#","handlings":[{"queue":"Billing","agent":"nobody","connected_at":"2026-03-02T08:00:10Z","completed_at":"2026-03-02T08:05:30Z","talk_ms":1}]"#;
    let lines = [
        (r#"{"record":"history","version":1,"source":"test"}"#.to_owned(), None),
        (r#"{"record":"queue","name":"Billing"}"#.to_owned(), None),
        (r#"{"record":"agent","sign_in_name":"dana","name":"Dana"}"#.to_owned(), None),
        (call(1, ""), None),
        (call(2, r#","colour":"red""#), Some("unknown field `colour`")),
        (call(3, part), Some("there is no agent \"nobody\"")),
        (call(4, "").replace("abandoned", "lost"), Some("the outcome \"lost\" is not known")),
        (call(5, "").replace("08:05:00", "07:05:00"), Some("are not in order")),
        (call(6, "").replace("2026-03-02T08:05:00Z", "yesterday"), Some("no moment of RFC 3339")),
        (call(7, "").replace("abandoned", "answered"), Some("has an agent when it was answered")),
        ("{".to_owned(), Some("EOF")),
        (r#"{"record":"fax"}"#.to_owned(), Some("unknown variant `fax`")),
        (state("2026-03-02T12:50:00Z", "2026-03-02T13:20:00Z"), None),
        (state("2026-03-02T14:00:00Z", "2026-03-20T14:00:00Z"), Some("at most seven days")),
        (call(1, ""), None),
        (call(8, ""), None),
    ];
    let text: Vec<_> = lines.iter().map(|(line, _)| line.as_str()).collect();
    std::fs::write(folder.path().join("old.ndjson"), text.join("\n")).unwrap();
    let output = import(folder.path(), &["old.ndjson", "--refused", "refused.txt"]);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(
        told(&output).contains("16 lines: 3 imported, 1 were there already, 9 refused."),
        "{}",
        told(&output)
    );
    let refused = std::fs::read_to_string(folder.path().join("refused.txt")).unwrap();
    let wanted: Vec<_> =
        (1..).zip(&lines).filter_map(|(number, (_, reason))| Some((number, (*reason)?))).collect();
    assert_eq!(refused.lines().count(), wanted.len(), "{refused}");
    for (line, (number, reason)) in refused.lines().zip(wanted) {
        assert!(line.starts_with(&format!("line {number}: ")) && line.contains(reason), "{line} {reason}");
    }
    let store = store(folder.path()).await;
    let sums = store.queue_sums(ALL).await.unwrap();
    assert_eq!((sums.len(), sums[0].totals.offered, sums[0].totals.abandoned), (1, 2, 2));
    // 12:50 to 13:20 is cut at one o'clock.
    let times = store.agent_times(ALL).await.unwrap();
    assert_eq!((times.len(), times[0].state.as_str(), times[0].ms), (1, "meal", 30 * 60_000));
}
