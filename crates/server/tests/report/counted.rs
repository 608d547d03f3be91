//! Totals are what the lab counted by code of its own, or what is counted here from the lab's lines.

use super::{ALWAYS, history, rows};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Sums by a key: counts as they are, durations in milliseconds.
type Sums = BTreeMap<String, Vec<i64>>;

/// Sums of a report's columns by the value of another.
fn reported(folder: &Path, name: &str, key: &str, columns: &[&str]) -> Sums {
    narrowed(folder, name, &[], key, columns)
}

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

/// Sums of columns of a file of the lab's.
fn lab(folder: &Path, file: &str, key: &str, columns: &[&str]) -> Sums {
    let mut sums = Sums::new();
    let file = csv::Reader::from_path(folder.join("totals").join(file)).unwrap();
    for row in file.into_deserialize::<BTreeMap<String, String>>().map(Result::unwrap) {
        add(&mut sums, &row[key], columns.iter().map(|column| row[*column].parse().unwrap()));
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

fn at(moment: &Value) -> i64 {
    moment.as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_millisecond()
}

#[test]
fn totals_of_queues_and_agents_are_the_labs() {
    let folder = history();
    let folder = folder.path();
    let columns = ["offered", "answered", "abandoned", "flowed_out", "handled"];
    let wanted = lab(folder, "queues.csv", "queue", &columns);
    assert!(wanted.len() > 1);
    for name in ["queue-summary", "queue-interval", "queue-daily"] {
        let columns = ["Offered", "Answered", "Abandoned", "Flow-out", "Handled"];
        assert_eq!(reported(folder, name, "Queue", &columns), wanted, "{name}");
    }
    let mut wanted = lab(folder, "queues.csv", "queue", &["consults", "invitations", "accepted"]);
    wanted.retain(|_, sums| sums.iter().any(|sum| *sum > 0));
    assert_eq!(reported(folder, "consults", "Queue", &["Consults", "Invitations", "Accepted"]), wanted);
    // The lab counts by sign-in name, the paper has the names of people.
    let columns = ["alerts", "not_responding", "answered", "handled", "consults"];
    let wanted = lab(folder, "agents.csv", "agent", &columns);
    let columns = ["Offers", "Not responding", "Answered", "Handled", "Consults"];
    let sorted = |sums: Sums| {
        let mut values: Vec<_> = sums.into_values().collect();
        values.sort_unstable();
        values
    };
    assert_eq!(sorted(reported(folder, "agent-summary", "Agent", &columns)), sorted(wanted));
}

#[test]
fn totals_of_interactions_and_dispositions_are_those_of_the_lines() {
    let folder = history();
    let folder = folder.path();
    let (mut by_code, mut parts) = (Sums::new(), Sums::new());
    let interactions = interactions(folder);
    for interaction in &interactions {
        let code = interaction["disposition"].as_str();
        let handlings = list(interaction, "handlings");
        let sum = |name: &str| handlings.iter().map(|part| part[name].as_i64().unwrap()).sum::<i64>();
        let consults = list(interaction, "consults").len() as i64;
        let sums = [sum("talk_ms"), sum("hold_ms"), sum("wrap_up_ms"), consults];
        add(&mut by_code, code.unwrap_or_default(), sums.into_iter());
        if !handlings.is_empty() {
            add(&mut parts, code.unwrap_or("No code"), [handlings.len() as i64].into_iter());
        }
    }
    let columns = ["Talk (s)", "Hold (s)", "Wrap-up (s)", "Consults"];
    assert_eq!(reported(folder, "interaction-details", "Disposition", &columns), by_code);
    assert_eq!(rows(folder, "interaction-details", &ALWAYS).len(), interactions.len());
    assert_eq!(reported(folder, "wrap-up-summary", "Disposition", &["Handled"]), parts);
    assert!(parts.len() > 2);
}

#[test]
fn the_load_of_experts_is_that_of_the_lines() {
    let folder = history();
    let mut invitations = BTreeMap::<String, Vec<Value>>::new();
    for interaction in interactions(folder.path()) {
        for consult in list(&interaction, "consults") {
            for invitation in list(consult, "invitations") {
                let expert = invitation["expert"].as_str().unwrap().to_owned();
                invitations.entry(expert).or_default().push(invitation.clone());
            }
        }
    }
    let load = |invitations: Vec<Value>| {
        let of = |word: &str| invitations.iter().filter(|one| one["outcome"] == word).collect::<Vec<_>>();
        let chats: Vec<_> =
            of("accepted").iter().map(|one| (at(&one["settled_at"]), at(&one["ended_at"]))).collect();
        vec![invitations.len() as i64, chats.len() as i64, of("no_answer").len() as i64, covered(&chats)]
    };
    let wanted: Sums = invitations.into_iter().map(|(expert, all)| (expert, load(all))).collect();
    let columns = ["Invitations", "Accepted", "No answer", "Time in chats (s)"];
    assert_eq!(reported(folder.path(), "expert-workload", "Address", &columns), wanted);
    assert!(wanted.len() > 1);
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

/// Milliseconds that lie in at least one span, piece by piece between all of their ends.
fn covered(spans: &[(i64, i64)]) -> i64 {
    let mut ends: Vec<i64> = spans.iter().flat_map(|(from, to)| [*from, *to]).collect();
    ends.sort_unstable();
    let is_covered = |from: i64, to: i64| spans.iter().any(|span| span.0 <= from && to <= span.1);
    ends.windows(2).filter(|piece| is_covered(piece[0], piece[1])).map(|piece| piece[1] - piece[0]).sum()
}
