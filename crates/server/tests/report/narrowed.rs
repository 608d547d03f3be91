//! What a report is narrowed down to, counted here from the lab's lines.

use super::{ALWAYS, history, rows};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Sums by a key: counts as they are, durations in milliseconds.
type Sums = BTreeMap<String, Vec<i64>>;

/// Sums of a report's columns by the value of another.
fn narrowed(folder: &Path, name: &str, to: &[&str], key: &str, columns: &[&str]) -> Sums {
    let mut sums = Sums::new();
    for row in rows(folder, name, &[&ALWAYS[..], to].concat()) {
        let number = |column: &&str| {
            let number: f64 = row[*column].parse().unwrap();
            (if column.ends_with("(s)") { number * 1_000.0 } else { number }).round() as i64
        };
        add(&mut sums, &row[key], columns.iter().map(number));
    }
    sums
}

fn add(sums: &mut Sums, key: &str, numbers: impl ExactSizeIterator<Item = i64>) {
    let sums = sums.entry(key.to_owned()).or_insert_with(|| vec![0; numbers.len()]);
    sums.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
}

fn interactions(folder: &Path) -> Vec<Value> {
    lines(folder, "interaction")
}

/// The lines of the lab's file of one kind.
fn lines(folder: &Path, record: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join("history.ndjson")).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|line| line["record"] == record).collect()
}

fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of[name].as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn narrowed_down_it_is_about_these_alone() {
    let folder = history();
    let folder = folder.path();
    let interactions = interactions(folder);
    let agents = lines(folder, "agent");
    let consult = interactions.iter().find_map(|one| list(one, "consults").first()).unwrap();
    let is_theirs = |of: &Value| of["agent"] == consult["agent"];
    let agent = agents.iter().find(|agent| agent["sign_in_name"] == consult["agent"]).unwrap();
    let agent = agent["name"].as_str().unwrap();
    let queue =
        interactions.iter().flat_map(|one| list(one, "handlings")).find(|part| is_theirs(part)).unwrap();
    let queue = queue["queue"].as_str().unwrap();
    let (mut parts, mut asked) = (Sums::new(), Sums::new());
    for interaction in &interactions {
        let code = interaction["disposition"].as_str().unwrap_or("No code");
        let theirs =
            list(interaction, "handlings").iter().filter(|part| is_theirs(part) && part["queue"] == queue);
        theirs.for_each(|_| add(&mut parts, code, [1].into_iter()));
        for consult in list(interaction, "consults").iter().filter(|consult| is_theirs(consult)) {
            for invitation in list(consult, "invitations") {
                add(&mut asked, invitation["expert"].as_str().unwrap(), [1].into_iter());
            }
        }
    }
    let both = ["--queue", queue, "--agent", agent];
    assert_eq!(narrowed(folder, "wrap-up-summary", &both, "Disposition", &["Handled"]), parts);
    let of_agent = ["--agent", agent];
    assert_eq!(narrowed(folder, "expert-workload", &of_agent, "Address", &["Invitations"]), asked);
    let rows = rows(folder, "interaction-details", &[&ALWAYS[..], &both].concat());
    assert!(!rows.is_empty() && rows.iter().all(|row| row["Queue"] == queue && row["Agent"] == agent));
}

#[test]
fn dispositions_media_and_grains_are_what_they_say() {
    let folder = history();
    let folder = folder.path();
    let solved = interactions(folder).into_iter().filter(|one| one["disposition"] == "Solved").count();
    let of_code = ["--disposition", "Solved", "--medium", "voice"];
    let details = rows(folder, "interaction-details", &[&ALWAYS[..], &of_code].concat());
    assert!(
        solved > 10 && details.len() == solved && details.iter().all(|row| row["Disposition"] == "Solved")
    );
    let codes = rows(folder, "wrap-up-summary", &[&ALWAYS[..], &of_code].concat());
    assert!(codes.len() == 1 && codes[0]["Share"] == "100", "{codes:?}");
    let offered = |name: &str, grain: &str| {
        let sums = narrowed(folder, name, &["--grain", grain, "--medium", "voice"], "Queue", &["Offered"]);
        let firsts = rows(folder, name, &[&ALWAYS[..], &["--grain", grain]].concat());
        (sums, firsts.into_iter().map(|row| row["From"].clone()).collect::<BTreeSet<_>>().len())
    };
    let (days, day_count) = offered("queue-daily", "day");
    for (name, grain, most) in
        [("queue-daily", "week", 3), ("abandons", "month", 2), ("queue-interval", "hour", 9 * 24)]
    {
        let (sums, count) = offered(name, grain);
        assert_eq!(sums, days, "{name} {grain}");
        assert!(count <= most && (grain == "hour") == (count > day_count), "{name} {grain}: {count}");
    }
}
