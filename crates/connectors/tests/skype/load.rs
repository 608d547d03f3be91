//! Many agents at once, and a line that is cut at random moments: nothing lost, nothing doubled.

use crate::stage::PoolStage;
use hookflash_connectors::{
    Outgoing, SessionEvent,
    conformance::{Agent, Answer, Failure, Stage},
};
use hookflash_domain::MessageId;
use std::{sync::Arc, time::Duration};
use uuid::Uuid;

fn message(text: &str) -> Outgoing {
    Outgoing { key: MessageId(Uuid::from_u128(rand::random())), text: text.to_owned() }
}

fn texts(agent: &mut Agent) -> impl Iterator<Item = (String, String)> {
    let messages = agent.seen.extract_if(.., |event| matches!(event, SessionEvent::Message { .. }));
    messages.filter_map(|event| match event {
        SessionEvent::Message { network_message_id, text, .. } => Some((network_message_id, text)),
        _ => None,
    })
}

/// Forty agents have a chat each; every message is echoed.
#[tokio::test]
async fn forty_chats_lose_nothing() -> Result<(), Failure> {
    let stage = Arc::new(PoolStage::start(&["--undelivered-ms", "600000"]).await);
    let chats = (0..40).map(|_| tokio::spawn(echoed(Arc::clone(&stage))));
    for chat in futures_util::future::join_all(chats).await {
        chat.map_err(|error| Failure(error.to_string()))??;
    }
    Ok(())
}

async fn echoed(stage: Arc<PoolStage>) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    stage.pool.persona(&expert.address, "echo").await?;
    let mut agent = Agent::sign_in(&*stage).await?;
    let chat = agent.chat_with(&expert).await?;
    let sent: Vec<String> = (0..25).map(|number| format!("message {number}")).collect();
    for text in &sent {
        agent.send(&chat, &message(text)).await?;
    }
    let last = format!("echo: {}", sent.last().map_or("", String::as_str));
    let is_last = |event: &SessionEvent| matches!(event, SessionEvent::Message { text, .. } if *text == last);
    let event = agent.expect("the last echo", is_last).await?;
    agent.seen.push(event);
    let echoes: Vec<String> = texts(&mut agent).map(|(_, text)| text).collect();
    let wanted = sent.iter().map(|text| format!("echo: {text}"));
    assert!(
        echoes.iter().filter(|text| text.contains("message")).eq(&wanted.collect::<Vec<_>>()),
        "{echoes:?}"
    );
    agent.session.sign_out().await;
    Ok(())
}

/// Both sides talk while the line is cut and our process ends, again and again.
#[tokio::test]
async fn cuts_and_restarts_at_random_moments_lose_nothing() -> Result<(), Failure> {
    let seed: u64 = rand::random();
    println!("seed {seed}");
    // A slow machine may take longer than the pool's half minute to come back.
    let stage = PoolStage::start(&["--undelivered-ms", "600000"]).await;
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(&stage).await?;
    let chat = agent.chat_with(&expert).await?;
    let (mut random, mut said, mut sent, mut heard) = (Random(seed | 1), Vec::new(), Vec::new(), Vec::new());
    for round in 0..30 {
        stage.say(&expert, &format!("said {round}")).await?;
        said.push(format!("said {round}"));
        match random.below(4) {
            0 => {
                stage.cut(true).await;
                stage.say(&expert, &format!("said {round} in the cut")).await?;
                said.push(format!("said {round} in the cut"));
                tokio::task::yield_now().await;
                stage.cut(false).await;
            }
            1 => {
                heard.extend(texts(&mut agent));
                let (account, resume) = agent.die();
                agent = Agent::sign_in_as(&stage, account, resume).await?;
                agent.session.adopt(std::slice::from_ref(&chat)).await?;
            }
            2 => {
                let pause = Duration::from_millis(random.below(20));
                // Takes what comes in a moment of random length.
                let _ = tokio::time::timeout(pause, agent.receive()).await;
            }
            _ => {}
        }
        agent.send(&chat, &message(&format!("sent {round}"))).await?;
        sent.push(format!("sent {round}"));
    }
    agent
        .expect_got(&stage, &expert, "everything, once, in order", |got| got.texts.iter().skip(1).eq(&sent))
        .await?;
    let last = said.last().cloned().unwrap_or_default();
    let is_last = |event: &SessionEvent| matches!(event, SessionEvent::Message { text, .. } if *text == last);
    let event = agent.expect("the last", is_last).await?;
    agent.seen.push(event);
    heard.extend(texts(&mut agent));
    let mut known = std::collections::BTreeSet::new();
    heard.retain(|(id, _)| known.insert(id.clone()));
    let heard: Vec<String> = heard.into_iter().map(|(_, text)| text).collect();
    assert_eq!(heard, said, "seed {seed}");
    agent.session.sign_out().await;
    Ok(())
}

/// xorshift64: the printed seed is enough to see a history again.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}
