//! Starting the task of a consult: a new one, one of before a restart, one whose task has failed.

use super::courier::Lanes;
use super::errand::{Errand, Parcel};
use super::recent::Recent;
use super::task::{Desk, run};
use crate::engine::networks::Route;
use crate::engine::shared::Shared;
use hookflash_connectors::ChatId;
use hookflash_domain::ConsultId;
use hookflash_domain::consult::{Consult, Message};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Shared {
    /// Starts the task of a consult that is stored already, with the errands it left.
    pub(in crate::engine) fn resume_consult(
        self: &Arc<Self>,
        consult: Consult,
        messages: Vec<Message>,
        parcels: Vec<Parcel>,
    ) {
        let interaction_over = consult.interaction.is_none_or(|id| self.board.interaction(id).is_none());
        let mut desk = Desk { is_stored: true, interaction_over, looks: true, ..Self::desk_of(consult) };
        for message in messages {
            desk.last_text.clone_from(&message.text);
            desk.recent.add(&message);
        }
        for parcel in parcels {
            self.hand_over(&mut desk, parcel);
        }
        self.spawn_consult(desk);
    }

    /// Starts the task again from what is stored, after a panic ended it; the old lanes still deliver what they have.
    pub(in crate::engine) async fn revive_consult(self: &Arc<Self>, id: ConsultId) -> bool {
        let (Ok(Some(row)), Ok(messages)) = (self.store.consult(id).await, self.store.messages(id).await)
        else {
            return false;
        };
        let Some(consult) = super::parse_body(&row.body) else { return false };
        tracing::warn!(consult_id = %id, "the task of a consult is started again");
        self.resume_consult(consult, messages.into_iter().map(super::message_of).collect(), Vec::new());
        true
    }

    /// Has an errand carried. An invitation's chat goes by the errand's id, so its news has a way
    /// before the network has answered; after a restart it may come before the invitation is repeated.
    pub(super) fn hand_over(self: &Arc<Self>, desk: &mut Desk, parcel: Parcel) {
        if let Errand::Invite { invitation, .. } = &parcel.errand {
            let (consult, chat) = (&desk.consult, ChatId(parcel.id.to_string()));
            let route = Route { consult: consult.id, invitation: *invitation };
            self.networks.route(consult.agent, consult.network_of(*invitation), &chat, route);
        }
        desk.errands.insert(parcel.id);
        self.carry(&mut desk.lanes, &desk.consult, parcel);
    }

    /// Starts the task of a consult that is about to begin.
    pub(in crate::engine) fn open_consult(self: &Arc<Self>, consult: Consult) {
        self.spawn_consult(Self::desk_of(consult));
    }

    fn desk_of(consult: Consult) -> Desk {
        let interaction_over = consult.interaction.is_none();
        Desk {
            consult,
            last_text: String::new(),
            is_stored: false,
            interaction_over,
            recent: Recent::default(),
            errands: BTreeSet::new(),
            lanes: Lanes::default(),
            waiting: None,
            last_words: None,
            looks: false,
            heard_out: None,
        }
    }

    fn spawn_consult(self: &Arc<Self>, desk: Desk) {
        use tracing::Instrument as _;
        let mailbox = self.consults.open(desk.consult.id);
        let span = span_of(&desk.consult);
        self.tasks.spawn(run(Arc::clone(self), desk, mailbox).instrument(span));
    }
}

/// The span that gives log lines of a consult its ids.
pub(super) fn span_of(consult: &Consult) -> tracing::Span {
    let interaction_id = consult.interaction.map(|id| id.to_string());
    tracing::info_span!("consult", consult_id = %consult.id, interaction_id)
}
