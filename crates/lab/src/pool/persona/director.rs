//! Plays the personas and keeps the timers of chats: takes the cues that the state hands out.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;

use super::script::{Kind, Persona, ScriptedReply};
use crate::clock::now_ms;
use crate::pool::Pool;
use crate::pool::people::PersonIndex;
use crate::pool::state::chat::{ChatKey, Messaging};
use crate::pool::state::{Cue, Endpoint, InviteArgs, SayArgs};
use crate::pool::wire::data_uri::Text;

/// See the module.
pub(crate) struct Director {
    pool: Arc<Pool>,
    /// How many replies were given in a chat.
    replies: HashMap<ChatKey, usize>,
}

impl Director {
    /// A director of this pool's personas.
    pub(crate) fn new(pool: Arc<Pool>) -> Self {
        Self { pool, replies: HashMap::new() }
    }

    /// Plays until the pool ends.
    pub(crate) async fn run(mut self, mut cues: mpsc::UnboundedReceiver<Cue>) {
        while let Some(cue) = cues.recv().await {
            self.play(cue);
        }
    }

    fn play(&mut self, cue: Cue) {
        let pool = self.pool.clone();
        match cue {
            Cue::Invited { person, chat } => self.invited(person, chat),
            Cue::Told { person, chat, text } => self.told(person, chat, text),
            Cue::Missed { person, inviter } => {
                let persona = pool.personas.of(&pool.people, person);
                if persona.kind == Kind::Late {
                    later(persona.after_ms, move || {
                        start(&pool, person, &inviter, &persona.text);
                    });
                }
            }
            Cue::FailLater { chat, round, cause } => {
                let wait_ms = pool.behaviour.unreachable_ms;
                later(wait_ms, move || pool.core.lock().fail_round(chat, round, cause));
            }
            Cue::RingTimeout { chat, round } => {
                let wait_ms = pool.behaviour.ring_ms;
                later(wait_ms, move || pool.core.lock().fail_round(chat, round, "no_answer"));
            }
            Cue::TypingEnds { chat, side } => {
                tokio::spawn(async move {
                    let mut wait_ms = Some(pool.behaviour.typing_ms);
                    while let Some(ms) = wait_ms {
                        tokio::time::sleep(Duration::from_millis(ms)).await;
                        wait_ms = pool.core.lock().typing_ends(chat, side, now_ms());
                    }
                });
            }
        }
    }

    fn invited(&mut self, person: PersonIndex, chat: ChatKey) {
        let pool = self.pool.clone();
        let persona = pool.personas.of(&pool.people, person);
        if self.replies.len() > 10_000 {
            let core = pool.core.lock();
            self.replies.retain(|key, _| core.chats.contains_key(key));
        }
        let reopened = pool.core.lock().chats.get(&chat).is_some_and(|chat| chat.reopened);
        if reopened && matches!(persona.kind, Kind::Answers | Kind::Echo) {
            // The window is still open: the client takes part again without asking.
            return accept(&pool, chat);
        }
        // An answer to an invitation that is over in the meantime changes nothing.
        match persona.kind {
            Kind::Echo => accept(&pool, chat),
            Kind::Answers => later(persona.after_ms, move || accept(&pool, chat)),
            Kind::Declines => later(persona.after_ms, move || {
                let _ = pool.core.lock().decline(chat, Endpoint::Persona, true, &persona.reason);
            }),
            Kind::Offline => later(pool.behaviour.unreachable_ms, move || fail(&pool, chat)),
            Kind::GoesOffline => later(persona.after_ms, move || {
                pool.core.lock().force_presence(person, "Offline", "");
                fail(&pool, chat);
            }),
            Kind::Silent | Kind::Late | Kind::Race => {}
        }
    }

    fn told(&mut self, person: PersonIndex, chat: ChatKey, text: String) {
        let pool = self.pool.clone();
        let persona = pool.personas.of(&pool.people, person);
        if persona.kind == Kind::Echo {
            say(&pool, person, chat, Text::plain(format!("echo: {text}")));
            return;
        }
        if let Some(reply) = self.next_reply(&persona, chat) {
            tokio::spawn(give(pool, person, chat, reply, text));
        }
    }

    fn next_reply(&mut self, persona: &Persona, chat: ChatKey) -> Option<ScriptedReply> {
        let given = self.replies.entry(chat).or_insert(0);
        let at =
            if persona.repeats && !persona.reply.is_empty() { *given % persona.reply.len() } else { *given };
        *given += 1;
        persona.reply.get(at).cloned()
    }
}

/// Types and says a scripted reply.
async fn give(pool: Arc<Pool>, person: PersonIndex, chat: ChatKey, reply: ScriptedReply, to: String) {
    tokio::time::sleep(Duration::from_millis(reply.after_ms)).await;
    let mut left_ms = reply.typing_ms;
    while left_ms > 0 {
        typing(&pool, person, chat);
        let step_ms = left_ms.min(3_000);
        tokio::time::sleep(Duration::from_millis(step_ms)).await;
        left_ms -= step_ms;
    }
    say(&pool, person, chat, Text { html: reply.html, body: reply.text.replace("{text}", &to) });
}

/// An acceptance that comes too late changes nothing.
fn accept(pool: &Pool, chat: ChatKey) {
    let _ = pool.core.lock().accept(chat, Endpoint::Persona);
}

/// The invited person is unreachable from here on.
fn fail(pool: &Pool, chat: ChatKey) {
    let mut core = pool.core.lock();
    let round = core.chats.get(&chat).map(|chat| chat.round);
    if let Some(round) = round {
        core.fail_round(chat, round, "offline");
    }
}

/// Makes a person without a client say something. Where the messaging was closed for being idle it invites
/// again with the text, as a desktop client does (ucwa.md §5.4).
pub(crate) fn say(pool: &Pool, person: PersonIndex, chat: ChatKey, text: Text) -> bool {
    let mut core = pool.core.lock();
    let Some(found) = core.chats.get(&chat) else { return false };
    let Some(side) = found.side_of(person) else { return false };
    if matches!(found.messaging, Messaging::Idle) {
        let importance = found.importance.clone();
        let args = InviteArgs { first: Some(text), again: Some(chat), importance, ..InviteArgs::default() };
        return core.invite(person, Endpoint::Persona, args).is_ok();
    }
    core.say(chat, side, Endpoint::Persona, SayArgs { text, operation: None }).is_ok()
}

/// Makes a person without a client type.
pub(crate) fn typing(pool: &Pool, person: PersonIndex, chat: ChatKey) -> bool {
    let mut core = pool.core.lock();
    let Some(side) = core.chats.get(&chat).and_then(|chat| chat.side_of(person)) else { return false };
    core.typing(chat, side).is_ok()
}

/// Makes a person without a client start a chat; an empty text starts it without a first message.
pub(crate) fn start(pool: &Pool, person: PersonIndex, to: &str, text: &str) -> Option<ChatKey> {
    // Desktop clients end the first message of an invitation with a line break (ucwa.md §5.4).
    let first = (!text.is_empty()).then(|| Text::plain(format!("{text}\r\n")));
    let args =
        InviteArgs { to: to.to_owned(), importance: "Normal".to_owned(), first, ..InviteArgs::default() };
    pool.core.lock().invite(person, Endpoint::Persona, args).ok().map(|(chat, _)| chat)
}

fn later(wait_ms: u64, act: impl FnOnce() + Send + 'static) {
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(wait_ms)).await;
        act();
    });
}
