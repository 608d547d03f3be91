//! What follows a stored change of an interaction.

use super::task::InteractionInput;
use crate::engine::consult::ConsultInput;
use crate::engine::feed::{Change, Notice};
use crate::engine::networks::line_key;
use crate::engine::shared::Shared;
use hookflash_domain::interaction::{Effect, EndReason, Event, Interaction, News, Outcome};
use hookflash_domain::{UserId, acd};
use std::sync::Arc;

impl Shared {
    /// Brings board and desk up to a stored outcome.
    pub(super) async fn show_interaction(&self, interaction: &Interaction, outcome: &Outcome) {
        let shown = Arc::new(interaction.clone());
        self.board.put_interaction(Arc::clone(&shown));
        let Some(agent) = interaction.agent() else { return };
        self.feed.change(agent, Change::Interaction(shown));
        for event in &outcome.events {
            self.notice_of(agent, interaction, event);
        }
    }

    fn notice_of(&self, agent: UserId, interaction: &Interaction, event: &Event) {
        let (code, digit) = match event {
            Event::CallEnded { reason: EndReason::CallerHungUp } => ("caller_hung_up", None),
            Event::CallEnded { reason: EndReason::MediaLost } => ("media_lost", None),
            Event::CallEnded { reason: EndReason::ServerRestarted } => ("server_restarted", None),
            Event::DigitReceived { digit } => ("digit", Some(*digit)),
            Event::WrapUpTimedOut => ("wrap_up_timed_out", None),
            _ => return,
        };
        self.notice(agent, Notice { code, digit, interaction: Some(interaction.id), ..Notice::default() });
    }

    /// Carries out one effect.
    pub(super) async fn run_interaction(self: &Arc<Self>, interaction: &Interaction, effect: Effect) {
        let id = interaction.id;
        match effect {
            Effect::CallOver { agent, wrap_up } => {
                self.tell_acd(acd::News::CallOver { agent, interaction: id, wrap_up }).await;
            }
            Effect::WrapUpDone { agent } => {
                self.tell_acd(acd::News::WrapUpDone { agent, interaction: id }).await;
            }
            Effect::LeaveQueue => self.tell_acd(acd::News::Left { interaction: id }).await,
            Effect::WakeAt { deadline } => self.wake_at(deadline, move |shared| async move {
                shared.to_interaction(id, InteractionInput::News(News::WrapUpTimedOut { deadline })).await;
            }),
            media => self.run_media(interaction, media),
        }
    }

    fn run_media(&self, interaction: &Interaction, effect: Effect) {
        let (Some(voice), Some(call)) = (&self.voice, self.calls.key_of(interaction.id)) else { return };
        match effect {
            Effect::Connect { agent } => voice.connect(call, line_key(agent)),
            Effect::Hold => voice.hold(call),
            Effect::Resume => voice.resume(call),
            Effect::Mute { agent, muted } => voice.mute(line_key(agent), muted),
            Effect::Digit(digit) => voice.send_digit(call, digit),
            Effect::HangUp => voice.hang_up(call),
            Effect::LeaveQueue
            | Effect::CallOver { .. }
            | Effect::WrapUpDone { .. }
            | Effect::WakeAt { .. } => {}
        }
    }

    /// A completed interaction leaves the board; chats beside it that are still open live on.
    pub(super) async fn close_interaction(self: &Arc<Self>, interaction: &Interaction) {
        self.board.drop_interaction(interaction.id);
        for consult in self.board.consults_beside(interaction.id) {
            self.to_consult(consult.id, ConsultInput::InteractionOver).await;
        }
        if let Some(agent) = interaction.agent() {
            self.publish_today(agent).await;
        }
    }

    /// Tells an agent's desk the figures of the day.
    pub(in crate::engine) async fn publish_today(&self, agent: UserId) {
        match self.today(agent).await {
            Ok(today) => self.feed.change(agent, Change::Today(today)),
            Err(error) => tracing::warn!(%error, "the figures of the day could not be read"),
        }
    }
}
