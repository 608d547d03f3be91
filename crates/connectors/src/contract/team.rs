//! Addresses at which experts write to a team, and not to one agent.

/// A team with an address on a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// The local part of its address, in lower case; unique on the network.
    pub address: String,
    /// The name that experts see.
    pub name: String,
}

/// An agent's part in a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// The local part of the team's address.
    pub team: String,
    /// Whether the agent has time. Who has none is rung where nobody of the team has.
    pub free: bool,
}
