//! How large the bench is. `HOOKFLASH_BENCH_AGENTS` sets the number of agents; all else grows with it, so that each
//! agent has the same to do.

use anyhow::Context as _;

/// Agents where nothing is said.
const AGENTS: usize = 1_000;
/// People whose presence each agent watches.
pub(crate) const WATCHED: usize = 50;
/// Experts for each agent: with ten, five agents watch each expert.
const EXPERTS_PER_AGENT: usize = 10;

/// See the module.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) agents: usize,
}

impl Size {
    pub(crate) fn wanted() -> anyhow::Result<Self> {
        let agents = match std::env::var("HOOKFLASH_BENCH_AGENTS") {
            Ok(text) => text.parse().context("HOOKFLASH_BENCH_AGENTS is a number")?,
            Err(_) => AGENTS,
        };
        anyhow::ensure!((5..=10_000).contains(&agents), "from 5 to 10,000 agents");
        Ok(Self { agents })
    }

    /// Experts of each side.
    pub(crate) fn experts(self) -> usize {
        self.agents * EXPERTS_PER_AGENT
    }

    /// How many agents watch one expert.
    pub(crate) fn watchers(self) -> usize {
        WATCHED / EXPERTS_PER_AGENT
    }

    /// The experts whom an agent watches, each counted from 0; agents are, too.
    pub(crate) fn watched_by(self, agent: usize) -> impl Iterator<Item = usize> {
        (0..WATCHED).map(move |n| (agent * WATCHED + n) % self.experts())
    }

    /// Whose presence the `number`th change is: each expert's once in a round, and those of one agent not together.
    pub(crate) fn changing(self, number: usize) -> usize {
        let experts = self.experts();
        // The golden section spreads best; a step without a common divisor meets everybody.
        let step = (experts * 618 / 1_000..).find(|step| divisor(*step, experts) == 1).unwrap_or(1);
        number % experts * step % experts
    }

    /// The expert with whom an agent chats.
    pub(crate) fn partner_of(self, agent: usize) -> usize {
        agent * EXPERTS_PER_AGENT
    }

    /// Presence changes a second, all experts together: 200 for 1,000 agents.
    pub(crate) fn changes_per_second(self) -> u32 {
        rate(self.agents, 200)
    }

    /// Messages a second, all experts together: 300 for 1,000 agents.
    pub(crate) fn messages_per_second(self) -> u32 {
        rate(self.agents, 300)
    }
}

/// The greatest common divisor (Euclid).
fn divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { divisor(b, a % b) }
}

fn rate(agents: usize, per_thousand: usize) -> u32 {
    u32::try_from((agents * per_thousand).div_ceil(1_000)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Size, WATCHED};

    #[test]
    fn everybody_changes_once_in_a_round_and_every_agent_sees_some_soon() {
        for agents in [5, 20, 100, 1_000] {
            let size = Size { agents };
            let round: BTreeSet<_> = (0..size.experts()).map(|number| size.changing(number)).collect();
            assert_eq!(round.len(), size.experts());
            let soon: BTreeSet<_> =
                (0..3 * size.experts() / WATCHED).map(|number| size.changing(number)).collect();
            for agent in 0..agents {
                assert!(size.watched_by(agent).any(|expert| soon.contains(&expert)), "{agents}: {agent}");
            }
        }
    }

    #[test]
    fn a_thousand_agents_are_the_issues_load() {
        let size = Size { agents: 1_000 };
        assert_eq!((size.changes_per_second(), size.messages_per_second(), size.watchers()), (200, 300, 5));
    }
}
