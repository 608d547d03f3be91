//! News of the voice room, taken to interactions and desks.

use super::interaction::InteractionInput;
use super::networks::user_of_line;
use super::shared::Shared;
use hookflash_domain::attached::AttachedData;
use hookflash_domain::interaction::{Call, EndReason, Interaction, News, Stage};
use hookflash_domain::wrap_up::WrapUp;
use hookflash_domain::{InteractionId, acd};
use hookflash_voice::{Arrival, CallKey, VoiceEvent};
use std::sync::Arc;
use tokio::sync::mpsc;

/// Runs until the engine stops.
pub(super) async fn run(shared: Arc<Shared>, mut news: mpsc::Receiver<VoiceEvent>) {
    loop {
        let event = tokio::select! {
            () = shared.stop.cancelled() => break,
            event = news.recv() => event,
        };
        let Some(event) = event else { return };
        match event {
            VoiceEvent::Arrived { call, arrival } => shared.call_arrived(call, arrival).await,
            VoiceEvent::Answered { .. } => {}
            VoiceEvent::Digit { call, digit } => shared.call_news(call, News::Digit(digit)).await,
            VoiceEvent::CallerHeld { call } => shared.call_news(call, News::CallerHeld).await,
            VoiceEvent::CallerResumed { call } => shared.call_news(call, News::CallerResumed).await,
            VoiceEvent::Ended { call, reason } => {
                shared.call_news(call, News::CallEnded { reason: end_reason(&reason) }).await;
                shared.calls.remove(call);
            }
            VoiceEvent::LineUp { line } => shared.line_news(user_of_line(line), true).await,
            VoiceEvent::LineDown { line } => shared.line_news(user_of_line(line), false).await,
        }
    }
    // The voice room is stopped after the engine, and waits while nobody reads its news.
    tokio::spawn(async move { while news.recv().await.is_some() {} });
}

impl Shared {
    async fn call_arrived(self: &Arc<Self>, call: CallKey, arrival: Arrival) {
        let rules = self.rules();
        let Some(queue) = rules.queue_of_number(&arrival.dialled_number) else {
            tracing::warn!(
                dialled_number = arrival.dialled_number,
                "no queue serves this number: the call is refused"
            );
            return self.hang_up(call);
        };
        let id = InteractionId(crate::ids::new_id());
        tracing::info!(interaction_id = %id, sip_call_id = arrival.sip_call_id, peer = %arrival.peer, "a call arrived");
        let attached = AttachedData::new(arrival.attached);
        let demand = rules.demand_of(queue, &arrival.dialled_number, &attached);
        let interaction = Interaction {
            id,
            queue,
            caller_number: arrival.caller_number,
            caller_name: arrival.display_name,
            dialled_number: arrival.dialled_number,
            attached,
            demand: demand.clone(),
            started_at: crate::clock::now(),
            answered_at: None,
            stage: Stage::Queued,
            call: Call::default(),
            wrap_up_rule: rules.queues.get(&queue).map(|settings| settings.wrap_up).unwrap_or_default(),
            wrap_up: WrapUp::default(),
        };
        self.calls.add(call, id);
        if !self.start_interaction(interaction).await {
            self.calls.remove(call);
            return self.hang_up(call);
        }
        self.tell_acd(acd::News::Arrived { interaction: id, queue, demand }).await;
    }

    fn hang_up(&self, call: CallKey) {
        if let Some(voice) = &self.voice {
            voice.hang_up(call);
        }
    }

    async fn call_news(self: &Arc<Self>, call: CallKey, news: News) {
        if let Some(interaction) = self.calls.interaction_of(call) {
            self.to_interaction(interaction, InteractionInput::News(news)).await;
        }
    }
}

fn end_reason(reason: &hookflash_voice::EndReason) -> EndReason {
    use hookflash_voice::EndReason as Voice;
    match reason {
        Voice::CallerHungUp => EndReason::CallerHungUp,
        Voice::CallerCancelled => EndReason::CallerCancelled,
        Voice::AgentHungUp => EndReason::AgentHungUp,
        Voice::MediaTimeout => EndReason::MediaLost,
        Voice::SessionExpired => EndReason::SessionExpired,
        Voice::Stopped => EndReason::ServerRestarted,
        Voice::Failed(words) => {
            tracing::warn!(words, "a call failed");
            EndReason::Failed
        }
    }
}
