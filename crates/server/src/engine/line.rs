//! The agents' audio: one line for each, opened by one of the desk's windows.

use super::Engine;
use super::command::Refused;
use super::feed::{LineState, Volatile, WindowId};
use super::interaction::InteractionInput;
use super::networks::line_key;
use super::shared::Shared;
use hookflash_domain::UserId;
use hookflash_domain::interaction::News;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// How long a desk may be without a window before its audio is closed: a page that is loaded again
/// offers audio of its own, a socket that was cut comes back.
const GONE_FOR: Duration = Duration::from_secs(3);

/// Which window has the audio.
#[derive(Default)]
pub(super) struct Lines(Mutex<HashMap<UserId, WindowId>>);

impl Engine {
    /// Answers a browser's offer of audio; another window that had it is told that it is replaced.
    ///
    /// # Errors
    /// `no_voice` or `bad_sdp`.
    pub async fn offer_line(&self, user: UserId, window: WindowId, sdp: &str) -> Result<String, Refused> {
        let voice =
            self.shared.voice.as_ref().ok_or_else(|| Refused::new("no_voice", "Voice is not configured."))?;
        // Taken before the offer is answered: news of the old line goes to nobody then.
        let before = self.shared.lines.0.lock().insert(user, window);
        let answer = voice.open_line(line_key(user), sdp).await;
        let answer = answer.map_err(|error| Refused::new("bad_sdp", error.to_string()))?;
        self.shared.board.put_line(user, true);
        if let Some(before) = before.filter(|before| *before != window) {
            self.shared.feed.volatile_to_window(user, before, Volatile::Line(LineState::Replaced));
        }
        Ok(answer)
    }

    /// Closes the audio, if this window has it.
    pub fn close_line(&self, user: UserId, window: WindowId) {
        let has_it = self.shared.lines.0.lock().get(&user) == Some(&window);
        if let Some(voice) = self.shared.voice.as_ref().filter(|_| has_it) {
            voice.close_line(line_key(user));
        }
    }
}

impl Shared {
    /// An agent's audio came or went.
    pub(super) async fn line_news(self: &Arc<Self>, user: UserId, up: bool) {
        self.board.put_line(user, up);
        let owner = self.lines.0.lock().get(&user).copied();
        if let Some(owner) = owner {
            let state = if up { LineState::Up } else { LineState::Down };
            self.feed.volatile_to_window(user, owner, Volatile::Line(state));
        }
        let news = if up { News::LineUp } else { News::LineDown };
        for interaction in self.board.interactions_of(user) {
            self.to_interaction(interaction.id, InteractionInput::News(news)).await;
        }
    }

    /// A window was closed: without any other the audio ends, so that the caller hears music.
    pub(super) fn line_may_be_gone(self: &Arc<Self>, user: UserId) {
        let gone_at = crate::clock::now().plus_ms(i64::try_from(GONE_FOR.as_millis()).unwrap_or(i64::MAX));
        self.wake_at(gone_at, move |shared| async move {
            if let Some(voice) = shared.voice.as_ref().filter(|_| shared.feed.window_count(user) == 0) {
                voice.close_line(line_key(user));
            }
        });
    }
}
