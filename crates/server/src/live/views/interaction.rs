//! An interaction with its call, data and wrap-up.

use crate::engine::rules::Rules;
use hookflash_domain::attached::label;
use hookflash_domain::interaction::{CallState, EndReason, Interaction, Stage};
use hookflash_domain::wrap_up::WrapUpMode;
use hookflash_domain::{DispositionId, InteractionId, QueueId, Timestamp};
use serde::Serialize;

/// `InteractionView`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InteractionView {
    interaction_id: InteractionId,
    state: &'static str,
    queue_id: QueueId,
    queue_name: String,
    caller_number: String,
    caller_name: Option<String>,
    dialled_number: String,
    started_at: Timestamp,
    answered_at: Option<Timestamp>,
    call_ended_at: Option<Timestamp>,
    call: CallView,
    attached: Vec<AttachedView>,
    wrap_up: WrapUpView,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct CallView {
    state: &'static str,
    end_reason: Option<EndReason>,
    held: bool,
    held_by_caller: bool,
    muted: bool,
    held_since_at: Option<Timestamp>,
    held_total_ms: i64,
    desk_away: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct AttachedView {
    key: String,
    label: String,
    value: String,
    private: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct WrapUpView {
    mode: WrapUpMode,
    requested: bool,
    disposition_id: Option<DispositionId>,
    note: String,
    saved_at: Option<Timestamp>,
    deadline_at: Option<Timestamp>,
}

/// An interaction as shown to its agent; hidden values are left out.
#[must_use]
pub fn interaction_view(interaction: &Interaction, rules: &Rules) -> InteractionView {
    InteractionView {
        interaction_id: interaction.id,
        state: interaction.stage.word(),
        queue_id: interaction.queue,
        queue_name: rules.queue_name(interaction.queue),
        caller_number: interaction.caller_number.clone(),
        caller_name: interaction.caller_name.clone(),
        dialled_number: interaction.dialled_number.clone(),
        started_at: interaction.started_at,
        answered_at: interaction.answered_at,
        call_ended_at: interaction.call_ended_at(),
        call: call_view(interaction),
        attached: attached_views(interaction, rules),
        wrap_up: wrap_up_view(interaction),
    }
}

fn call_view(interaction: &Interaction) -> CallView {
    let call = &interaction.call;
    let (state, end_reason) = match call.state {
        CallState::Up => ("up", None),
        CallState::Ended { reason, .. } => ("ended", Some(reason)),
    };
    CallView {
        state,
        end_reason,
        held: call.held_since.is_some(),
        held_by_caller: call.held_by_caller,
        muted: call.muted,
        held_since_at: call.held_since,
        held_total_ms: call.held_total_ms,
        desk_away: call.desk_away(),
    }
}

fn attached_views(interaction: &Interaction, rules: &Rules) -> Vec<AttachedView> {
    let views = interaction.attached.iter().map(|(key, value)| {
        let rule = rules.keys.get(key);
        let hidden = rule.is_some_and(|rule| rule.hidden);
        AttachedView {
            key: key.to_owned(),
            label: label(&rules.keys, key).to_owned(),
            value: if hidden { String::new() } else { value.to_owned() },
            private: hidden || rule.is_some_and(|rule| rule.private),
        }
    });
    views.collect()
}

fn wrap_up_view(interaction: &Interaction) -> WrapUpView {
    let deadline_at = match interaction.stage {
        Stage::WrapUp { deadline, .. } => deadline,
        _ => None,
    };
    WrapUpView {
        mode: interaction.wrap_up_rule.mode,
        requested: interaction.wrap_up.requested,
        disposition_id: interaction.wrap_up.disposition,
        note: interaction.wrap_up.note.clone(),
        saved_at: interaction.wrap_up.saved_at,
        deadline_at,
    }
}
