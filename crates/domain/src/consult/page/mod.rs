//! The handover page: what an expert sees and does on the page that the link of an invitation opens.
//!
//! Invariants: a link is of one invitation; what it shows is gone with the question and with the chat; what
//! is done there counts as if it had been done on the network, and no more than once.

mod acts;
#[cfg(test)]
mod tests;

use super::{Consult, InvitationNo, State};
use crate::{MessageId, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a link can be opened, in milliseconds, where nothing else is set.
pub const LINK_FOR_MS: i64 = 30 * 60_000;
/// How often the page of one link can be opened.
pub const MAX_VIEWS: u32 = 200;
/// Longest reason for a no, in characters.
pub const REASON_CHARS: usize = 500;
/// Longest name of who would know better, in characters.
pub const BETTER_CHARS: usize = 200;

/// Most skills that an expert tells of themselves.
pub const MAX_SKILLS: usize = 20;
/// Longest of these, in characters.
pub const SKILL_CHARS: usize = 60;
/// Most skills that an expert takes away at once; sources may name more, and longer ones.
pub const MAX_REMOVED: usize = 64;
/// Longest of these, in characters.
const REMOVED_CHARS: usize = 1_000;
/// How often an expert can tell skills by one link.
pub const MAX_TOLD: u32 = 50;

/// The link of an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What is handed over, as name and value; forgotten when neither question nor chat is open any more.
    pub data: Vec<(String, String)>,
    /// Until when it can be opened.
    pub expires_at: Timestamp,
    /// When it was first opened.
    pub opened_at: Option<Timestamp>,
    /// How often it was opened.
    pub view_count: u32,
    /// When the agent took it back.
    pub revoked_at: Option<Timestamp>,
    /// Who would know better, as the expert who said no named them.
    pub better: Option<String>,
    /// The chat is held on the page: the expert answered there, and the network has no way to open the chat.
    pub holds_chat: bool,
    /// The expert said yes when it was too late.
    pub is_late: bool,
    /// How often the expert has told skills.
    #[serde(default)]
    pub told_count: u32,
}

/// What is done on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum PageAct {
    /// It is opened; `viewer` says from where, for the record.
    Open { viewer: String },
    /// The expert comes; `opens` where the network can open the chat for someone who answered elsewhere.
    Accept { opens: bool },
    /// Not me: perhaps with a reason, perhaps with a better name.
    Decline { reason: Option<String>, better: Option<String> },
    /// The expert writes, which is a yes as well.
    Say { message: MessageId, text: String, opens: bool },
    /// The expert leaves the chat.
    Leave,
    /// Under which skills the expert is found, and under which not; once they have come.
    TellSkills { kept: Vec<String>, removed: Vec<String>, viewer: String },
}

/// Why nothing is done on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PageRefusal {
    /// The invitation has no link.
    #[error("there is no such link")]
    NoLink,
    /// Its time is up.
    #[error("the link has expired")]
    Expired,
    /// The agent took it back.
    #[error("the link was taken back")]
    Revoked,
    /// Neither question nor chat is open any more.
    #[error("the question is not open any more")]
    Over,
    /// More than [`MAX_VIEWS`], or [`MAX_TOLD`].
    #[error("the link was opened too often")]
    TooManyViews,
    /// A text is empty or too long, or there are too many.
    #[error("a text is empty or too long")]
    BadLength,
}

impl Link {
    /// A link that shows this.
    pub(in crate::consult) fn new(data: Vec<(String, String)>, expires_at: Timestamp) -> Self {
        Self {
            data,
            expires_at,
            opened_at: None,
            view_count: 0,
            revoked_at: None,
            better: None,
            holds_chat: false,
            is_late: false,
            told_count: 0,
        }
    }
}

impl Consult {
    /// Whether the link of an invitation opens something.
    ///
    /// # Errors
    /// Why it does not.
    pub fn check_link(&self, now: Timestamp, n: InvitationNo) -> Result<&Link, PageRefusal> {
        let link = self.link(n).ok_or(PageRefusal::NoLink)?;
        if link.revoked_at.is_some() {
            return Err(PageRefusal::Revoked);
        }
        // Nobody is shut out of a chat under way.
        if now >= link.expires_at && !(link.holds_chat && self.state == State::Talking(n)) {
            return Err(PageRefusal::Expired);
        }
        Ok(link)
    }

    /// Whether question or chat of an invitation is open.
    #[must_use]
    pub fn is_live(&self, n: InvitationNo) -> bool {
        self.is_asking(n) || self.state == State::Talking(n)
    }

    /// Whether the chat of an invitation is held on its page.
    #[must_use]
    pub fn is_on_page(&self, n: InvitationNo) -> bool {
        self.link(n).is_some_and(|link| link.holds_chat)
    }

    /// The page was opened and its time is not up: the expert is reading, so nobody else's silence counts.
    pub(in crate::consult) fn is_being_read(&self, now: Timestamp, n: InvitationNo) -> bool {
        let is_open = self.link(n).is_some_and(|link| link.opened_at.is_some() && link.revoked_at.is_none());
        is_open && self.invitations.get(n).is_some_and(|one| now < one.expires_at)
    }

    /// What was handed over by link is forgotten with question and chat.
    pub(in crate::consult) fn forget_handed_over(&mut self) {
        for n in 0..self.invitations.len() {
            let is_over = !self.is_live(n);
            if let Some(link) = self.link_mut(n).filter(|link| is_over || link.revoked_at.is_some()) {
                link.data.clear();
            }
        }
    }

    fn link(&self, n: InvitationNo) -> Option<&Link> {
        self.invitations.get(n)?.link.as_ref()
    }

    fn link_mut(&mut self, n: InvitationNo) -> Option<&mut Link> {
        self.invitations.get_mut(n)?.link.as_mut()
    }
}
