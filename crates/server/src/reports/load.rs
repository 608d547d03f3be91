//! The load that invitations were for one expert, or for several.

use hookflash_domain::figures::{
    Fact, InvitationFact, InvitationOutcome, NO_AGENT, NO_QUEUE, Totals, peak, union_ms,
};
use hookflash_domain::{ConsultId, NetworkId, PersonId, Span};
use hookflash_store::figures::InvitationPart;
use uuid::Uuid;

/// Fewest people whose figures are shown together: experts are not the contact centre's staff, and of fewer
/// one could tell who is who (`definitions.md` 8.2).
const FEWEST: usize = 5;

/// What one expert was asked and did; joined, what several did.
#[derive(Default)]
pub(crate) struct Load {
    /// The expert's newest name.
    pub(crate) name: String,
    pub(crate) people_count: usize,
    pub(crate) totals: Totals,
    /// The chats of one expert.
    chats: Vec<Span>,
    /// Of those that were joined.
    joined_ms: i64,
    joined_peak: usize,
}

impl Load {
    /// Adds an invitation of this expert; an outcome of a later version counts for nothing.
    pub(crate) fn add(&mut self, part: &InvitationPart) {
        let Some(outcome) = InvitationOutcome::of_word(&part.outcome) else { return };
        self.people_count = 1;
        self.name.clone_from(&part.expert_name);
        if outcome == InvitationOutcome::Accepted {
            self.chats.push(Span { from_at: part.settled_at, to_at: part.ended_at });
        }
        self.totals.count(&Fact::Invitation(InvitationFact {
            consult: ConsultId(Uuid::nil()),
            no: 0,
            queue: NO_QUEUE,
            agent: NO_AGENT,
            expert: PersonId {
                network: NetworkId(part.network.clone()),
                address: part.expert_address.clone(),
            },
            expert_name: String::new(),
            asked_at: part.asked_at,
            settled_at: part.settled_at,
            replied_at: part.replied_at,
            ended_at: part.ended_at,
            outcome,
            target_ms: part.target_ms,
        }));
    }

    /// Adds another expert's.
    pub(crate) fn join(&mut self, other: &Self) {
        self.people_count += other.people_count;
        self.totals.add(&other.totals);
        self.joined_ms += other.consult_ms();
        self.joined_peak = self.joined_peak.max(other.peak_count());
    }

    /// Whether the figures of all who are in it may be shown to somebody who may not see single people.
    pub(crate) fn is_group(&self) -> bool {
        self.people_count >= FEWEST
    }

    /// Time in chats; of one expert, chats at the same time count once.
    pub(crate) fn consult_ms(&self) -> i64 {
        self.joined_ms + union_ms(&self.chats)
    }

    /// Most chats of one expert at the same time.
    pub(crate) fn peak_count(&self) -> usize {
        self.joined_peak.max(peak(&self.chats))
    }
}
