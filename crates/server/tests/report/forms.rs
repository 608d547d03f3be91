//! Every report in every format.

use super::states::import_stays;
use super::{ALWAYS, history, report};

const NAMES: [&str; 13] = [
    "queue-summary",
    "queue-interval",
    "queue-daily",
    "service-level",
    "abandons",
    "agent-summary",
    "agent-status-summary",
    "agent-status-timeline",
    "agent-log-ins",
    "interaction-details",
    "wrap-up-summary",
    "consults",
    "expert-workload",
];
const GERMAN: [&str; 4] = ["--language", "de", "--time-zone", "Europe/Berlin"];

#[test]
fn every_report_comes_in_every_format_and_language() {
    let folder = history();
    import_stays(folder.path());
    for name in NAMES {
        for (format, begins) in [("pdf", "%PDF-"), ("xlsx", "PK"), ("csv", "\u{feff}")] {
            let file = report(folder.path(), name, format, &[&ALWAYS[..], &GERMAN].concat());
            assert!(file.starts_with(begins.as_bytes()) && file.len() > 100, "{name} {format}");
        }
    }
}
