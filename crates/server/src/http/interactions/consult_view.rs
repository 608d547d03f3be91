//! A past consult with its invitations and its transcript.

use hookflash_domain::consult::{Consult, Invitation};
use hookflash_domain::{ConsultId, Importance, Person, PersonId};
use hookflash_store::MessageRow;
use hookflash_store::consults::NamedConsult;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A consult of the interaction.
#[derive(Serialize, ToSchema)]
#[schema(as = PastConsult)]
pub(super) struct ConsultView {
    consult_id: Uuid,
    agent_name: Option<String>,
    /// `choosing`, `inviting`, `ringing`, `talking` or `ended`.
    state: String,
    /// `solved`, `partly`, `not_solved` or null.
    outcome: Option<String>,
    started_at: i64,
    ended_at: Option<i64>,
    question: String,
    /// Oldest first.
    invitations: Vec<InvitationView>,
    /// By time.
    messages: Vec<MessageView>,
}

/// One expert asked once, or one who came by themselves.
#[derive(Serialize, ToSchema)]
#[schema(as = PastInvitation)]
pub(super) struct InvitationView {
    number: usize,
    person: PersonView,
    /// `agent` or `expert`: who began.
    by: &'static str,
    /// `sending`, `alerting`, `accepted`, `declined`, `no_answer`, `unreachable`, `withdrawn`, `taken` (of
    /// several asked at once, another came first); where the expert began also `missed` or `answered_elsewhere`.
    state: &'static str,
    /// The expert's words, or why the expert was unreachable.
    reason: Option<String>,
    /// The network's own words on how it ended.
    words: Option<String>,
    /// What it was about, where the expert began and said so.
    subject: Option<String>,
    importance: ImportanceView,
    question: String,
    /// The keys that were handed over.
    shared: Vec<String>,
    asked_at: i64,
    expires_at: i64,
    settled_at: Option<i64>,
    left_at: Option<i64>,
    /// The queue whose team the expert wrote to, where it was not the agent.
    queue_name: Option<String>,
    /// Why the chat was cut off, where the expert did not leave it: `licence_taken` or `signed_out`.
    cut_off: Option<&'static str>,
    /// The link that it carried in place of data.
    link: Option<LinkView>,
}

/// The link of a past question.
#[derive(Serialize, ToSchema)]
#[schema(as = PastLink)]
pub(super) struct LinkView {
    /// How often its page was opened.
    view_count: u32,
    /// When it was first opened.
    opened_at: Option<i64>,
    /// When the agent took it back.
    revoked_at: Option<i64>,
    /// Who would know better, as the expert who said no named them.
    better: Option<String>,
}

/// A person as the network told when they were asked.
#[derive(Serialize, ToSchema)]
#[schema(as = PastPerson)]
pub(super) struct PersonView {
    person: PersonIdView,
    name: String,
    title: Option<String>,
    department: Option<String>,
    company: Option<String>,
    office: Option<String>,
    email: Option<String>,
    phone: Option<String>,
}

/// Someone on a network.
#[derive(Serialize, ToSchema)]
#[schema(as = PersonId)]
pub(in crate::http) struct PersonIdView {
    network: String,
    address: String,
}

impl PersonIdView {
    pub(in crate::http) fn of(id: &PersonId) -> Self {
        Self { network: id.network.0.clone(), address: id.address.clone() }
    }
}

/// How urgent a question is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Importance)]
pub(super) enum ImportanceView {
    /// As usual.
    Normal,
    /// Soon.
    Urgent,
    /// At once.
    Emergency,
}

impl From<Importance> for ImportanceView {
    fn from(importance: Importance) -> Self {
        match importance {
            Importance::Normal => Self::Normal,
            Importance::Urgent => Self::Urgent,
            Importance::Emergency => Self::Emergency,
        }
    }
}

/// One message.
#[derive(Serialize, ToSchema)]
#[schema(as = PastMessage)]
pub(super) struct MessageView {
    message_id: Uuid,
    consult_id: Uuid,
    /// `agent` or `expert`.
    by: String,
    author_name: String,
    /// Plain text.
    text: String,
    /// The same as safe HTML, where an expert's client used it.
    html: Option<String>,
    at: i64,
    /// `sending`, `sent`, `delivered` or `failed`.
    state: String,
    reason: Option<String>,
    /// The keys of attached data handed over with it.
    shared: Vec<String>,
}

/// The consult with those of `messages` that are its own.
pub(super) fn view(named: NamedConsult, messages: &[MessageRow]) -> ConsultView {
    let row = named.consult;
    let consult: Option<Consult> = serde_json::from_str(&row.body)
        .map_err(
            |error| tracing::error!(consult_id = %row.consult_id, %error, "a stored consult cannot be read"),
        )
        .ok();
    let (question, invitations) =
        consult.map(|consult| (consult.question, consult.invitations)).unwrap_or_default();
    ConsultView {
        consult_id: row.consult_id.0,
        agent_name: named.agent_name,
        state: row.state,
        outcome: row.outcome,
        started_at: row.started_at.0,
        ended_at: row.ended_at.map(|at| at.0),
        question,
        invitations: (0..).zip(invitations).map(|(number, one)| invitation_view(number, one)).collect(),
        messages: messages_of(row.consult_id, messages),
    }
}

fn messages_of(consult_id: ConsultId, messages: &[MessageRow]) -> Vec<MessageView> {
    let view = |row: &MessageRow| MessageView {
        message_id: row.message_id.0,
        consult_id: row.consult_id.0,
        by: row.by_role.clone(),
        author_name: row.author_name.clone(),
        text: row.text.clone(),
        html: row.html.clone(),
        at: row.at.0,
        state: row.state.clone(),
        reason: row.reason.clone(),
        shared: serde_json::from_str(&row.shared).unwrap_or_default(),
    };
    messages.iter().filter(|row| row.consult_id == consult_id).map(view).collect()
}

fn invitation_view(number: usize, invitation: Invitation) -> InvitationView {
    InvitationView {
        number,
        person: person_view(invitation.expert),
        by: invitation.by.word(),
        state: invitation.state.word(),
        reason: invitation.state.reason().map(str::to_owned),
        words: invitation.words,
        subject: invitation.subject,
        importance: invitation.importance.into(),
        question: invitation.question,
        shared: invitation.shared,
        asked_at: invitation.asked_at.0,
        expires_at: invitation.expires_at.0,
        settled_at: invitation.settled_at.map(|at| at.0),
        left_at: invitation.left_at.map(|at| at.0),
        queue_name: invitation.team.as_ref().map(|team| team.name.clone()),
        cut_off: invitation.cut_off.map(|why| why.word()),
        link: invitation.link.map(|link| LinkView {
            view_count: link.view_count,
            opened_at: link.opened_at.map(|at| at.0),
            revoked_at: link.revoked_at.map(|at| at.0),
            better: link.better,
        }),
    }
}

fn person_view(person: Person) -> PersonView {
    PersonView {
        person: PersonIdView::of(&person.id),
        name: person.name,
        title: person.title,
        department: person.department,
        company: person.company,
        office: person.office,
        email: person.email,
        phone: person.phone,
    }
}
