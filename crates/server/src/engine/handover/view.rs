//! What the page shows at one moment.

use hookflash_domain::consult::{
    Consult, Invitation, InvitationNo, InvitationState, Message, PageRefusal, Side, State,
};
use hookflash_domain::{MessageId, Timestamp};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// Most messages that are shown, the latest.
const MAX_MESSAGES: usize = 200;

/// What the page shows. What is over shows neither question nor data nor messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageView {
    /// Where the question stands.
    pub state: PageState,
    /// Why it is over: `expired`, `revoked`, `declined`, `withdrawn`, `taken`, `no_answer`, `left` or `ended`.
    pub reason: Option<&'static str>,
    /// Who asks.
    pub agent_name: String,
    /// Who is asked.
    pub expert_name: String,
    /// The question.
    pub question: String,
    /// What is handed over, as name and value.
    pub data: Vec<(String, String)>,
    /// The chat, oldest first.
    pub messages: Vec<PageMessage>,
    /// Until when an answer is waited for, while asking.
    pub answer_until: Option<Timestamp>,
    /// Until when the link can be opened; none in a chat that is held on the page.
    pub expires_at: Option<Timestamp>,
    /// Another whenever something else is shown.
    pub version: String,
}

/// Where a question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageState {
    /// An answer is waited for.
    Asking,
    /// The chat is open.
    Talking,
    /// Neither.
    Over,
}

/// Something said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageMessage {
    /// Which.
    pub message_id: MessageId,
    /// Which end said it.
    pub by: Side,
    /// Under which name.
    pub author_name: String,
    /// Plain text.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

impl PageView {
    /// Of a consult that has left the desk.
    pub(super) fn gone() -> Self {
        Self {
            state: PageState::Over,
            reason: Some("ended"),
            agent_name: String::new(),
            expert_name: String::new(),
            question: String::new(),
            data: Vec::new(),
            messages: Vec::new(),
            answer_until: None,
            expires_at: None,
            version: String::new(),
        }
    }

    /// The moment at which it shows something else though nothing happens.
    pub(super) fn ends_at(&self) -> Instant {
        let now = crate::clock::now();
        let far = now.plus_ms(3_600_000);
        let left_ms = self.expires_at.unwrap_or(far).min(far).since_ms(now);
        crate::clock::monotonic() + Duration::from_millis(u64::try_from(left_ms).unwrap_or(0))
    }
}

/// What the page of an invitation shows.
pub(super) fn page_view(
    consult: &Consult,
    n: InvitationNo,
    messages: &[Message],
    now: Timestamp,
) -> PageView {
    let Some(invitation) = consult.invitations.get(n) else { return PageView::gone() };
    let reason = reason_of(consult, n, invitation, now);
    let names = PageView {
        agent_name: consult.agent_name.clone(),
        expert_name: invitation.expert.name.clone(),
        reason,
        ..PageView::gone()
    };
    let view = match (reason, &invitation.link) {
        (None, Some(link)) => PageView {
            state: if consult.is_asking(n) { PageState::Asking } else { PageState::Talking },
            question: invitation.question.clone(),
            data: link.data.clone(),
            messages: said_since(invitation, messages),
            answer_until: consult.is_asking(n).then_some(invitation.expires_at),
            expires_at: (!link.holds_chat).then_some(link.expires_at),
            ..names
        },
        _ => names,
    };
    PageView { version: version_of(&view), ..view }
}

/// Why nothing is to be done any more; none while there is.
fn reason_of(
    consult: &Consult,
    n: InvitationNo,
    invitation: &Invitation,
    now: Timestamp,
) -> Option<&'static str> {
    match consult.check_link(now, n) {
        Err(PageRefusal::Revoked) => return Some("revoked"),
        Err(_) => return Some("expired"),
        Ok(_) if consult.is_live(n) => return None,
        Ok(_) => {}
    }
    Some(match &invitation.state {
        InvitationState::Declined { .. } => "declined",
        InvitationState::Taken => "taken",
        InvitationState::Withdrawn => "withdrawn",
        InvitationState::NoAnswer => "no_answer",
        InvitationState::Accepted if consult.state != State::Ended => "left",
        _ => "ended",
    })
}

/// The chat with this expert: what was said since they came.
fn said_since(invitation: &Invitation, messages: &[Message]) -> Vec<PageMessage> {
    let Some(came_at) = invitation.settled_at else { return Vec::new() };
    let since = messages.iter().filter(|message| message.at >= came_at);
    let said: Vec<_> = since
        .map(|message| PageMessage {
            message_id: message.id,
            by: message.by,
            author_name: message.author_name.clone(),
            text: message.text.clone(),
            at: message.at,
        })
        .collect();
    said[said.len().saturating_sub(MAX_MESSAGES)..].to_vec()
}

fn version_of(view: &PageView) -> String {
    let digest = Sha256::digest(format!("{view:?}"));
    digest.iter().take(8).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
