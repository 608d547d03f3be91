//! The teams that experts can write to, and which agents are rung for them.

use crate::{Duty, Team};
use std::collections::BTreeMap;

/// Most agents whom one chat of a team rings.
pub(super) const MOST_RUNG: usize = 100;

/// Teams by the local part of their address.
#[derive(Debug, Default)]
pub(super) struct Teams {
    names: BTreeMap<String, String>,
    /// The agents of each, by the local part of theirs, and whether they are free.
    duties: BTreeMap<String, BTreeMap<String, bool>>,
}

impl Teams {
    /// Replaces the teams.
    pub(super) fn set(&mut self, teams: &[Team]) {
        self.names = teams.iter().map(|team| (team.address.clone(), team.name.clone())).collect();
    }

    /// A team's name; none where nobody can write to it.
    pub(super) fn name(&self, team: &str) -> Option<&str> {
        self.names.get(team).map(String::as_str)
    }

    /// Replaces what an agent is rung for; gives what it was before.
    pub(super) fn answer_for(&mut self, agent: &str, duties: &[Duty]) -> Vec<Duty> {
        let before = self.forget(agent);
        for duty in duties {
            self.duties.entry(duty.team.clone()).or_default().insert(agent.to_owned(), duty.free);
        }
        before
    }

    /// An agent is rung for nothing from here on; gives what it was before.
    pub(super) fn forget(&mut self, agent: &str) -> Vec<Duty> {
        let mut before = Vec::new();
        self.duties.retain(|team, agents| {
            let free = agents.remove(agent);
            before.extend(free.map(|free| Duty { team: team.clone(), free }));
            !agents.is_empty()
        });
        before
    }

    /// The agents whom a team that experts can write to rings: those who are free, or all where nobody is.
    pub(super) fn rung(&self, team: &str) -> Vec<&str> {
        let agents = self.duties.get(team).filter(|_| self.names.contains_key(team));
        let agents = || agents.into_iter().flatten();
        let is_somebody_free = agents().any(|(_, free)| *free);
        let rung = agents().filter(|(_, free)| **free || !is_somebody_free);
        rung.map(|(agent, _)| agent.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Duty, Team, Teams};

    fn duty(team: &str, free: bool) -> Duty {
        Duty { team: team.to_owned(), free }
    }

    #[test]
    fn the_free_are_rung_before_the_busy() {
        let mut teams = Teams::default();
        let named = |name: &str| Team { address: name.to_lowercase(), name: name.to_owned() };
        teams.set(&[named("Cards"), named("Loans")]);
        assert!(teams.rung("cards").is_empty());
        teams.answer_for("anna", &[duty("cards", false), duty("loans", true)]);
        teams.answer_for("ben", &[duty("cards", false)]);
        assert_eq!(teams.rung("cards"), ["anna", "ben"]);
        let before = teams.answer_for("ben", &[duty("cards", true)]);
        assert_eq!(before, [duty("cards", false)]);
        assert_eq!(teams.rung("cards"), ["ben"]);
        teams.set(&[named("Loans")]);
        assert!(teams.rung("cards").is_empty(), "nobody can write to it");
        assert_eq!(teams.forget("anna"), [duty("cards", false), duty("loans", true)]);
        assert!(teams.rung("loans").is_empty());
    }
}
