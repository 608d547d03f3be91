//! Who works there: queues, agents with shifts, experts.

use super::dice::Dice;
use super::lines::Line;
use std::collections::BTreeMap;

pub(super) const QUEUES: [&str; 8] =
    ["Billing", "Cards", "Mortgages", "Savings", "Fraud", "Online banking", "Complaints", "New customers"];
/// Out of a hundred calls.
pub(super) const QUEUE_SHARES: [u64; 8] = [26, 20, 8, 12, 6, 16, 4, 8];
pub(super) const DISPOSITIONS: [&str; 7] =
    ["Solved", "Call back", "Passed on", "Complaint", "Wrong number", "Information", "Sold"];
const GIVEN: [&str; 16] = [
    "Anna",
    "Lukas",
    "Sofia",
    "Jonas",
    "Marie",
    "Felix",
    "Lena",
    "Paul",
    "Emma",
    "Tomasz",
    "Aisha",
    "Kenji",
    "Chiara",
    "Zoe",
    "Γιώργος",
    "Юлия",
];
const FAMILY: [&str; 12] = [
    "Schneider",
    "Fischer",
    "Weber",
    "Wagner",
    "Hoffmann",
    "Koch",
    "Novák",
    "Rossi",
    "Dubois",
    "Nguyen",
    "Okafor",
    "Featherstonehaugh-Cholmondeley",
];
pub(super) const EXPERTS: usize = 60;

/// Seconds of work that an agent gives in a day, breaks taken off, at a healthy occupancy.
const SECONDS_A_DAY: u64 = 19_000;
/// Seconds that a call takes with its wrap-up.
const SECONDS_A_CALL: u64 = 330;

/// One who takes calls.
#[derive(Debug)]
pub(super) struct Agent {
    pub(super) sign_in_name: String,
    pub(super) name: String,
    pub(super) queue: usize,
    /// Minutes after midnight at which the shift begins; eight and a half hours, half an hour for a meal.
    pub(super) begins: i64,
    pub(super) free_at: i64,
}

#[derive(Debug)]
pub(super) struct Floor {
    pub(super) agents: Vec<Agent>,
}

impl Floor {
    /// Enough agents for the busiest day.
    pub(super) fn new(busiest: u64, dice: &mut Dice) -> Self {
        let mut agents = Vec::new();
        for (queue, share) in QUEUE_SHARES.iter().enumerate() {
            let seconds = busiest * share / 100 * SECONDS_A_CALL;
            for _ in 0..(seconds / SECONDS_A_DAY).max(2) {
                agents.push(agent(agents.len(), queue, dice));
            }
        }
        Self { agents }
    }

    /// What the file declares.
    pub(super) fn names(&self) -> Vec<Line> {
        let queues = QUEUES.iter().map(|name| Line::Queue { name: (*name).to_owned() });
        let codes = DISPOSITIONS.iter().map(|name| Line::Disposition { name: (*name).to_owned() });
        let agents = self
            .agents
            .iter()
            .map(|agent| Line::Agent { sign_in_name: agent.sign_in_name.clone(), name: agent.name.clone() });
        queues.chain(codes).chain(agents).collect()
    }

    /// Agents' names by their sign-in names.
    pub(super) fn agent_names(&self) -> BTreeMap<String, String> {
        self.agents.iter().map(|agent| (agent.sign_in_name.clone(), agent.name.clone())).collect()
    }

    /// The agent of a queue who can answer first, and when; none when the day's shifts are over.
    pub(super) fn first_free(&self, queue: usize, midnight: i64, at: i64) -> Option<(usize, i64)> {
        let of_queue = self.agents.iter().enumerate().filter(|(_, agent)| agent.queue == queue);
        of_queue
            .filter_map(|(place, agent)| Some((place, agent.ready_at(midnight, at)?)))
            .min_by_key(|(place, ready_at)| (*ready_at, self.agents[*place].free_at))
    }
}

impl Agent {
    /// When the agent can take a call that waits since `at`.
    fn ready_at(&self, midnight: i64, at: i64) -> Option<i64> {
        let begins = midnight + self.begins * 60_000;
        let (meal, ends) = (begins + 4 * 3_600_000, begins + 8 * 3_600_000 + 1_800_000);
        let mut ready_at = at.max(self.free_at).max(begins);
        if (meal..meal + 1_800_000).contains(&ready_at) {
            ready_at = meal + 1_800_000;
        }
        (ready_at < ends).then_some(ready_at)
    }
}

fn agent(number: usize, queue: usize, dice: &mut Dice) -> Agent {
    Agent {
        sign_in_name: format!("agent{}", number + 1),
        name: format!("{} {} {}", dice.one_of(&GIVEN), dice.one_of(&FAMILY), number + 1),
        queue,
        begins: 7 * 60 + dice.between(0, 9) * 30,
        free_at: 0,
    }
}
