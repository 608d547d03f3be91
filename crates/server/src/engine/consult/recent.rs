//! The agent's latest messages: a new state is told to the desk with the whole message.

use hookflash_domain::MessageId;
use hookflash_domain::consult::{Message, MessageState, News, Side};
use std::collections::VecDeque;
use std::sync::Arc;

/// Messages kept; a state that comes for an older one is stored, and seen after the next snapshot.
const KEPT: usize = 64;

/// The latest messages of the agent, oldest first.
#[derive(Debug, Default)]
pub(super) struct Recent(VecDeque<Arc<Message>>);

impl Recent {
    /// Takes a message in, if it is the agent's; gives it back to be shown.
    pub(super) fn add(&mut self, message: &Message) -> Arc<Message> {
        let message = Arc::new(message.clone());
        if message.by == Side::Agent {
            if self.0.len() == KEPT {
                self.0.pop_front();
            }
            self.0.push_back(Arc::clone(&message));
        }
        message
    }

    /// Brings a message to a new state; none where it is not kept any longer.
    pub(super) fn change(&mut self, id: MessageId, state: &MessageState) -> Option<Arc<Message>> {
        let kept = self.0.iter_mut().find(|message| message.id == id)?;
        Arc::make_mut(kept).state = state.clone();
        Some(Arc::clone(kept))
    }

    /// A delivery failure comes from the network without the text: the text is needed to send again.
    pub(super) fn with_text(&self, news: News) -> News {
        match news {
            News::Undelivered { invitation, message, text, reason } if text.is_empty() => {
                let kept = self.0.iter().find(|kept| kept.id == message);
                News::Undelivered {
                    invitation,
                    message,
                    text: kept.map(|kept| kept.text.clone()).unwrap_or_default(),
                    reason,
                }
            }
            news => news,
        }
    }
}
