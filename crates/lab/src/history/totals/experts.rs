//! The report whose rows are experts.

use super::count::{Sums, invitation};
use super::figures::{seconds, value};
use super::table;
use crate::history::lines::Interaction;
use std::collections::BTreeMap;
use std::path::Path;

const COLUMNS: &[&str] = &[
    "Invitations",
    "Accepted",
    "Declined",
    "No answer",
    "Miss %",
    "Expert service level",
    "Time to accept (s)",
    "Time to first reply (s)",
];

#[derive(Debug, Default)]
struct Expert {
    name: String,
    sums: Sums,
    /// From and until when each chat was.
    chats: Vec<(i64, i64)>,
}

/// Experts by network and address.
#[derive(Debug, Default)]
pub(super) struct Experts(BTreeMap<(&'static str, String), Expert>);

impl Experts {
    pub(super) fn count(&mut self, one: &Interaction) {
        for consult in &one.consults {
            for asked in &consult.invitations {
                let expert = self.0.entry((consult.network, asked.expert.clone())).or_default();
                expert.name.clone_from(&asked.name);
                expert.sums.add(&invitation(asked));
                if asked.outcome == "accepted" {
                    expert.chats.push((asked.settled_at.0, asked.ended_at.0));
                }
            }
        }
    }

    pub(super) fn end(self, folder: &Path) -> anyhow::Result<()> {
        let keys = ["Expert", "Address", "Network", "Time in chats (s)", "Most at once"];
        let mut file = table(folder, "expert-workload", &[&keys[..], COLUMNS].concat())?;
        for ((network, address), expert) in self.0 {
            let (busy_ms, most) = load(expert.chats);
            let key = [expert.name, address, network.to_owned(), seconds(busy_ms), most.to_string()];
            let values = COLUMNS.iter().map(|heading| value(heading, &expert.sums));
            file.write_record(key.into_iter().chain(values))?;
        }
        Ok(file.flush()?)
    }
}

/// For how long there was at least one chat, and how many at most: chats are walked through by their ends.
fn load(chats: Vec<(i64, i64)>) -> (i64, usize) {
    let mut changes = BTreeMap::<i64, i64>::new();
    for (from, to) in chats {
        *changes.entry(from).or_default() += 1;
        *changes.entry(to).or_default() -= 1;
    }
    let (mut open, mut since, mut busy_ms, mut most) = (0, 0, 0, 0);
    for (at, change) in changes {
        if open > 0 {
            busy_ms += at - since;
        }
        (open, since) = (open + change, at);
        most = most.max(open);
    }
    (busy_ms, usize::try_from(most).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::load;

    #[test]
    fn chats_at_the_same_time_count_once() {
        assert_eq!(load(vec![(0, 10), (5, 20), (20, 30), (40, 50), (41, 42), (41, 42)]), (40, 3));
        assert_eq!(load(Vec::new()), (0, 0));
    }
}
