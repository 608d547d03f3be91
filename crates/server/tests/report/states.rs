//! Agents' states, worked out by hand.

use super::{history, hookflash, rows, told};
use std::path::Path;

const DAY: [&str; 6] = ["--from", "2026-10-20", "--to", "2026-10-20", "--time-zone", "UTC"];

/// Two turns at work: from 8:50 to 12:00 with a meal, and half an hour from 13:00 on.
const STAYS: [(&str, &str, &str); 5] = [
    ("signed_in", "08:50", "09:00"),
    ("ready", "09:00", "09:40"),
    ("meal", "09:40", "10:05"),
    ("ready", "10:05", "12:00"),
    ("engaged", "13:00", "13:30"),
];

/// Gives the first of the lab's agents these stays, and says the agent's name.
pub(super) fn import_stays(folder: &Path) -> String {
    let history = std::fs::read_to_string(folder.join("history.ndjson")).unwrap();
    let agent = history.lines().find(|line| line.contains(r#""record":"agent""#)).unwrap();
    let agent: serde_json::Value = serde_json::from_str(agent).unwrap();
    let mut lines = vec![r#"{"record":"history","version":1,"source":"a test"}"#.to_owned()];
    for (state, from, to) in STAYS {
        lines.push(format!(
            r#"{{"record":"agent_state","agent":{},"state":"{state}","from":"2026-10-20T{from}:00Z","to":"2026-10-20T{to}:00Z"}}"#,
            agent["sign_in_name"]
        ));
    }
    std::fs::write(folder.join("stays.ndjson"), lines.join("\n")).unwrap();
    let output = hookflash(folder, &["import-history", "stays.ndjson"]);
    assert!(output.status.success(), "{}", told(&output));
    agent["name"].as_str().unwrap().to_owned()
}

#[test]
fn states_and_log_ins_are_those_of_the_day() {
    let folder = history();
    let agent = import_stays(folder.path());
    let made = |name: &str, columns: &[&str]| -> Vec<Vec<String>> {
        let rows = rows(folder.path(), name, &[&DAY[..], &["--agent", &agent]].concat());
        rows.iter().map(|row| columns.iter().map(|column| row[*column].clone()).collect()).collect()
    };
    let moment = |clock: &str| format!("2026-10-20T{clock}:00+00:00");
    assert_eq!(
        made("agent-status-timeline", &["State", "From", "To", "Duration (s)"]),
        [
            ("Not ready", "08:50", "09:00", 10),
            ("Ready", "09:00", "09:40", 40),
            ("Meal", "09:40", "10:05", 25),
            ("Ready", "10:05", "12:00", 115),
            ("On a call", "13:00", "13:30", 30),
        ]
        .map(|(state, from, to, minutes)| vec![
            state.to_owned(),
            moment(from),
            moment(to),
            (minutes * 60).to_string()
        ])
    );
    assert_eq!(
        made("agent-log-ins", &["Signed in at", "Signed out at", "Duration (s)"]),
        [("08:50", "12:00", 190), ("13:00", "13:30", 30)].map(|(from, to, minutes)| vec![
            moment(from),
            moment(to),
            (minutes * 60).to_string()
        ])
    );
    // 30 minutes on a call of 185 on queue.
    let columns = ["Agent", "Signed in (s)", "Ready (s)", "Meal (s)", "On a call (s)", "Occupancy"];
    let wanted = [agent.as_str(), "13200", "9300", "1500", "1800", "16.2162"];
    assert_eq!(made("agent-status-summary", &columns), [wanted.map(str::to_owned)]);
}
