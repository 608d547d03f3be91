//! Which call of the voice room belongs to which interaction; dies with the process, like the calls.

use hookflash_domain::InteractionId;
use hookflash_voice::CallKey;
use parking_lot::Mutex;
use std::collections::HashMap;

/// The calls that are up.
#[derive(Default)]
pub(super) struct Calls(Mutex<Both>);

#[derive(Default)]
struct Both {
    interactions: HashMap<CallKey, InteractionId>,
    keys: HashMap<InteractionId, CallKey>,
}

impl Calls {
    /// Notes a new call.
    pub(super) fn add(&self, call: CallKey, interaction: InteractionId) {
        let both = &mut *self.0.lock();
        both.interactions.insert(call, interaction);
        both.keys.insert(interaction, call);
    }

    /// Forgets a call that has ended.
    pub(super) fn remove(&self, call: CallKey) -> Option<InteractionId> {
        let both = &mut *self.0.lock();
        let interaction = both.interactions.remove(&call)?;
        both.keys.remove(&interaction);
        Some(interaction)
    }

    /// The interaction of a call.
    pub(super) fn interaction_of(&self, call: CallKey) -> Option<InteractionId> {
        self.0.lock().interactions.get(&call).copied()
    }

    /// The call of an interaction.
    pub(super) fn key_of(&self, interaction: InteractionId) -> Option<CallKey> {
        self.0.lock().keys.get(&interaction).copied()
    }
}
