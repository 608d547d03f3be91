//! What should be so: the reference model of one agent and their experts.

/// How a chat stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// There is none.
    None,
    /// The agent has asked.
    Asked,
    /// The expert has asked.
    Offered,
    /// Both are there; the messaging may have been closed for being idle.
    Open,
}

/// One expert, as both sides should see them.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) stands: Stands,
    /// What the agent has said, openings first: each of it once at the expert's, in this order.
    pub(super) to_expert: Vec<String>,
    /// What the expert has said: each of it once at the agent's, in this order.
    pub(super) to_agent: Vec<String>,
    /// The openings of pending invitations, the agent's and the expert's: said once it is accepted.
    pub(super) asked: Option<String>,
    pub(super) opening: Option<String>,
}

impl Pair {
    pub(super) fn new() -> Self {
        Self { stands: Stands::None, to_expert: Vec::new(), to_agent: Vec::new(), asked: None, opening: None }
    }

    pub(super) fn opened(&mut self) {
        self.stands = Stands::Open;
        self.to_expert.extend(self.asked.take());
        self.to_agent.extend(self.opening.take());
    }

    pub(super) fn ended(&mut self) {
        self.stands = Stands::None;
        (self.asked, self.opening) = (None, None);
    }
}

/// xorshift64: the printed seed is enough to see a history again.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % bound as u64).expect("small")
    }
}
