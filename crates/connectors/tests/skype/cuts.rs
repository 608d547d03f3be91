//! The line is cut in every state of an invitation and a chat: for a moment, for longer than it
//! rings, and for longer than the pool keeps chats. What lasts half a minute and some minutes at a
//! site lasts seconds here; the pool's limits are shortened alike.

use crate::stage::PoolStage;
use hookflash_connectors::{
    ChatId, Opening, Outgoing, SessionEvent, Unreachable,
    conformance::{Agent, Answer, Failure, Got, Stage},
};
use hookflash_domain::{Importance, MessageId, PersonId};
use serde_json::json;
use std::time::Duration;
use uuid::Uuid;

type Outcome = Result<(), Failure>;

/// How long the line is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// Everything is still there.
    Moment,
    /// What rang has stopped.
    PastTheRinging,
    /// The pool has given up on the silent application and closed its chats.
    PastTheChats,
}

impl Cut {
    fn length(self) -> Duration {
        match self {
            Self::Moment => Duration::from_millis(300),
            Self::PastTheRinging => Duration::from_millis(2_500),
            Self::PastTheChats => Duration::from_secs(10),
        }
    }

    async fn stage(self) -> PoolStage {
        match self {
            Self::Moment => PoolStage::start(&["--ring-ms", "600000"]).await,
            Self::PastTheRinging => PoolStage::start(&["--ring-ms", "1500"]).await,
            Self::PastTheChats => {
                PoolStage::start(&["--ring-ms", "600000", "--resume-after-seconds", "6"]).await
            }
        }
    }
}

/// An agent with a chat in some state.
struct Scene {
    agent: Agent,
    expert: PersonId,
    chat: ChatId,
}

fn opening() -> Opening {
    let key = Uuid::from_u128(rand::random()).to_string();
    let (subject, text) = ("Case 17".to_owned(), "Can you help?".to_owned());
    Opening { key, subject, text, importance: Importance::Normal }
}

async fn asked(stage: &PoolStage) -> Result<Scene, Failure> {
    let expert = stage.expert(Answer::Silent).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let chat = agent.session.invite(&expert, &opening()).await?;
    let reached = SessionEvent::Reached { chat: chat.clone() };
    agent.expect("reached", |event| *event == reached).await?;
    Ok(Scene { agent, expert, chat })
}

async fn offered(stage: &PoolStage) -> Result<Scene, Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    stage.start_chat(&expert, &agent.account, "Do you have a minute?").await?;
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Incoming { .. });
    let SessionEvent::Incoming { chat, .. } = agent.expect("the invitation", is_it).await? else {
        return Err(Failure("no invitation".to_owned()));
    };
    Ok(Scene { agent, expert, chat })
}

async fn open(stage: &PoolStage) -> Result<Scene, Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let chat = agent.chat_with(&expert).await?;
    Ok(Scene { agent, expert, chat })
}

async fn idle(stage: &PoolStage) -> Result<Scene, Failure> {
    let scene = open(stage).await?;
    stage.pool.post(&format!("/people/{}/idle", scene.expert.address), &json!({})).await?;
    Ok(scene)
}

impl Scene {
    async fn expect(&mut self, what: &str, wanted: impl Fn(&ChatId, &SessionEvent) -> bool) -> Outcome {
        let chat = self.chat.clone();
        self.agent.expect(what, |event| wanted(&chat, event)).await.map(|_| ())
    }

    /// Takes what comes for a while.
    async fn rests(&mut self, span: Duration) {
        // The session goes on: only the time ends this.
        let _ = tokio::time::timeout(span, async { while self.agent.receive().await {} }).await;
    }

    /// Both sides talk, and each hears the other once.
    async fn talks(mut self, stage: &PoolStage) -> Outcome {
        let (key, text) = (MessageId(Uuid::from_u128(rand::random())), "after the cut".to_owned());
        self.agent.send(&self.chat, &Outgoing { key, text }).await?;
        let once = |got: &Got| got.texts.iter().filter(|text| *text == "after the cut").count() == 1;
        self.agent.expect_got(stage, &self.expert, "it once", once).await?;
        stage.say(&self.expert, "heard").await?;
        let is_it = |chat: &ChatId, event: &SessionEvent| matches!(event, SessionEvent::Message { chat: id, text, .. } if id == chat && text == "heard");
        self.expect("the answer in the same chat", is_it).await?;
        let left = |event: &SessionEvent| matches!(event, SessionEvent::Left { .. });
        assert!(!self.agent.seen.iter().any(left), "{:?}", self.agent.seen);
        self.agent.session.sign_out().await;
        Ok(())
    }
}

async fn after_the_cut(stage: &PoolStage, cut: Cut, mut asked: Scene, mut offered: Scene) -> Outcome {
    match cut {
        Cut::Moment => {
            stage.pool.persona(&asked.expert.address, "answers").await?;
            stage.pool.post(&format!("/people/{}/accept", asked.expert.address), &json!({})).await?;
            offered.agent.session.accept(&offered.chat).await.or_else(|error| {
                match error.is_transient() {
                    true => Ok(()),
                    false => Err(error),
                }
            })?;
            let opened =
                |chat: &ChatId, event: &SessionEvent| *event == SessionEvent::Accepted { chat: chat.clone() };
            asked.expect("accepted", opened).await?;
            asked.talks(stage).await?;
        }
        Cut::PastTheRinging => {
            asked
                .expect(
                    "no answer",
                    |chat, event| matches!(event, SessionEvent::NoAnswer { chat: id, .. } if id == chat),
                )
                .await?;
            offered
                .expect(
                    "missed",
                    |chat, event| matches!(event, SessionEvent::Missed { chat: id, .. } if id == chat),
                )
                .await?;
        }
        Cut::PastTheChats => {
            asked.expect("lost", |chat, event| matches!(event, SessionEvent::Unreachable { chat: id, why: Unreachable::Network, .. } if id == chat)).await?;
            offered
                .expect(
                    "missed",
                    |chat, event| matches!(event, SessionEvent::Missed { chat: id, .. } if id == chat),
                )
                .await?;
        }
    }
    Ok(())
}

async fn goes_on(stage: &PoolStage, cut: Cut, mut open: Scene) -> Outcome {
    if cut != Cut::PastTheChats {
        let is_it = |chat: &ChatId, event: &SessionEvent| matches!(event, SessionEvent::Message { chat: id, text, .. } if id == chat && text == "in the cut");
        open.expect("what was said in the cut", is_it).await?;
    }
    open.talks(stage).await
}

async fn is_survived(cut: Cut) -> Outcome {
    let stage = &cut.stage().await;
    // All at the same time: an agent who takes no events is as silent as one who is cut off.
    let (mut asked, mut offered, mut open, mut idle) =
        tokio::try_join!(asked(stage), offered(stage), open(stage), idle(stage))?;
    stage.cut(true).await;
    if cut != Cut::PastTheChats {
        stage.say(&open.expert, "in the cut").await?;
    }
    let length = cut.length();
    tokio::join!(asked.rests(length), offered.rests(length), open.rests(length), idle.rests(length));
    stage.cut(false).await;
    tokio::try_join!(
        goes_on(stage, cut, open),
        idle.talks(stage),
        after_the_cut(stage, cut, asked, offered),
    )?;
    Ok(())
}

#[tokio::test]
async fn a_cut_for_a_moment_changes_nothing() -> Outcome {
    is_survived(Cut::Moment).await
}

#[tokio::test]
async fn a_cut_longer_than_the_ringing_ends_invitations_and_no_chat() -> Outcome {
    is_survived(Cut::PastTheRinging).await
}

#[tokio::test]
async fn a_cut_longer_than_the_pool_keeps_chats_ends_invitations_and_no_chat() -> Outcome {
    is_survived(Cut::PastTheChats).await
}
