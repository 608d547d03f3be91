//! Finding everything again after a restart: seats, interactions, consults, errands.

use super::acd::Start;
use super::consult::Parcel;
use super::interaction::InteractionInput;
use super::shared::Shared;
use super::{consult, interaction};
use hookflash_connectors::ResumePoint;
use hookflash_domain::agent::{AgentState, Seat};
use hookflash_domain::consult::{Consult, Message, State};
use hookflash_domain::interaction::{CallState, EndReason, Interaction, News, Stage};
use hookflash_domain::{ConsultId, NetworkId, UserId, acd};
use hookflash_store::live::Live;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The seats as they were; an offer that rang is over, since its call is.
pub(super) fn seats(live: &Live) -> Start {
    let seats = live.agents.iter().filter_map(|row| {
        let mut seat: Seat = serde_json::from_str(&row.body)
            .map_err(
                |error| tracing::error!(%error, user_id = %row.user_id, "an agent's state cannot be read"),
            )
            .ok()?;
        if matches!(seat.state, AgentState::Offered { .. }) {
            seat.state = AgentState::Ready;
        }
        Some((row.user_id, seat))
    });
    Start { seats: seats.collect() }
}

impl Shared {
    /// Brings interactions, consults and networks back to life.
    pub(super) async fn restore(self: &Arc<Self>, live: Live) {
        let interactions: Vec<_> =
            live.interactions.iter().filter_map(|row| interaction::parse_body(&row.body)).collect();
        for interaction in &interactions {
            self.board.put_interaction(Arc::new(interaction.clone()));
        }
        self.restore_consults(&live).await;
        for interaction in &interactions {
            self.restore_interaction(interaction).await;
        }
        self.reconcile_seats(&interactions).await;
        self.restore_networks(&live).await;
        self.wake_invitations();
    }

    /// Last, because a hunt whose time is up goes on at once, on whatever networks there are.
    fn wake_invitations(self: &Arc<Self>) {
        for consult in self.board.consults() {
            if let State::Inviting(_) | State::Ringing(_) = consult.state {
                for n in consult.alive() {
                    self.wake_invitation(consult.id, n, consult.invitations[n].expires_at);
                }
            }
        }
    }

    /// A call that was up is over: its media died with the process.
    async fn restore_interaction(self: &Arc<Self>, interaction: &Interaction) {
        let id = interaction.id;
        self.spawn_interaction(interaction.clone());
        if interaction.call.state == CallState::Up {
            let news = News::CallEnded { reason: EndReason::ServerRestarted };
            self.to_interaction(id, InteractionInput::News(news)).await;
        }
        if let Stage::WrapUp { deadline: Some(deadline), .. } = interaction.stage {
            self.wake_at(deadline, move |shared| async move {
                shared.to_interaction(id, InteractionInput::News(News::WrapUpTimedOut { deadline })).await;
            });
        }
    }

    /// A stop between the commit of an interaction and that of its agent's seat leaves them apart.
    async fn reconcile_seats(&self, interactions: &[Interaction]) {
        let stages: BTreeMap<_, _> =
            interactions.iter().map(|interaction| (interaction.id, interaction.stage)).collect();
        let seats = self.seats_at_start.lock().clone();
        for (agent, state) in seats {
            let news = match state {
                AgentState::Engaged { interaction } => match stages.get(&interaction) {
                    Some(Stage::Connected { agent: owner }) if *owner == agent => continue,
                    Some(Stage::WrapUp { agent: owner, .. }) => {
                        acd::News::CallOver { agent, interaction, wrap_up: *owner == agent }
                    }
                    _ => acd::News::CallOver { agent, interaction, wrap_up: false },
                },
                AgentState::WrapUp { interaction } => match stages.get(&interaction) {
                    Some(Stage::WrapUp { agent: owner, .. }) if *owner == agent => continue,
                    _ => acd::News::WrapUpDone { agent, interaction },
                },
                _ => continue,
            };
            self.tell_acd(news).await;
        }
    }

    async fn restore_consults(self: &Arc<Self>, live: &Live) {
        let mut messages: BTreeMap<ConsultId, Vec<Message>> = BTreeMap::new();
        for row in &live.messages {
            messages.entry(row.consult_id).or_default().push(consult::message_of(row.clone()));
        }
        let mut parcels: BTreeMap<ConsultId, Vec<Parcel>> = BTreeMap::new();
        for row in &live.outbox {
            parcels.entry(row.consult_id).or_default().extend(Parcel::of_row(row));
        }
        let mut consults: Vec<_> =
            live.consults.iter().filter_map(|row| consult::parse_body(&row.body)).collect();
        for id in ended_with_errands(live) {
            consults.extend(self.read_consult(id).await);
        }
        for consult in consults {
            let id = consult.id;
            self.networks.route_all(&consult);
            self.board.put_consult(Arc::new(consult.clone()));
            self.resume_consult(
                consult,
                messages.remove(&id).unwrap_or_default(),
                parcels.remove(&id).unwrap_or_default(),
            );
        }
    }

    /// Whoever was with a customer when the server stopped may still be shown as being in a call.
    fn expect_shown_presence(&self) {
        for (user, state) in self.seats_at_start.lock().iter() {
            if matches!(state, AgentState::Engaged { .. }) {
                for network in self.networks.connectors.keys() {
                    self.shown.may_be((*user, network.clone()));
                }
            }
        }
    }

    async fn read_consult(&self, id: ConsultId) -> Option<Consult> {
        consult::parse_body(&self.store.consult(id).await.ok()??.body)
    }

    /// Signs in again whoever was at work or has chats open, from where the network was left.
    async fn restore_networks(self: &Arc<Self>, live: &Live) {
        self.expect_shown_presence();
        let at_work = self
            .seats_at_start
            .lock()
            .iter()
            .filter(|(_, state)| *state != AgentState::SignedOut)
            .map(|(user, _)| *user)
            .collect::<Vec<_>>();
        let open = live.consults.iter().filter(|row| row.state != "ended").map(|row| row.agent_id);
        let users: BTreeSet<UserId> = at_work.into_iter().chain(open).collect();
        for user in users {
            for network in self.networks.connectors.keys().cloned().collect::<Vec<NetworkId>>() {
                let row = live.resume_points.iter().find(|row| row.user_id == user && row.network == network);
                self.sign_in_network(user, &network, row.map(|row| ResumePoint(row.value.clone()))).await;
            }
            self.desk_may_be_closed(user);
        }
    }
}

/// Consults that ended while their errands had not: leaving a chat outlives the consult.
fn ended_with_errands(live: &Live) -> BTreeSet<ConsultId> {
    let known: BTreeSet<_> = live.consults.iter().map(|row| row.consult_id).collect();
    live.outbox.iter().map(|row| row.consult_id).filter(|id| !known.contains(id)).collect()
}
