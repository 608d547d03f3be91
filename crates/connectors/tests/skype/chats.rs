//! What chats have to bear: long messages, events in a wrong order, closed windows, many agents.

use crate::stage::PoolStage;
use hookflash_connectors::{
    Connector, LinkState, Outgoing, SessionEvent,
    conformance::{Agent, Answer, Failure, Got, Stage},
    skype::SkypeConnector,
};
use hookflash_domain::MessageId;
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

type Outcome = Result<(), Failure>;

fn message(number: u128, text: &str) -> Outgoing {
    Outgoing { key: MessageId(Uuid::from_u128(number)), text: text.to_owned() }
}

/// Texts that the agent has heard, each message once by its id.
fn heard(agent: &Agent) -> Vec<String> {
    let mut ids = std::collections::BTreeSet::new();
    let each = agent.seen.iter().filter_map(|event| match event {
        SessionEvent::Message { network_message_id, text, .. } => Some((network_message_id, text)),
        _ => None,
    });
    each.filter(|(id, _)| ids.insert(id.as_str())).map(|(_, text)| text.clone()).collect()
}

async fn expect_heard(agent: &mut Agent, wanted: &[String]) -> Outcome {
    let last = wanted.last().cloned().unwrap_or_default();
    let is_last = |event: &SessionEvent| matches!(event, SessionEvent::Message { text, .. } if *text == last);
    let event = agent.expect("the last message", is_last).await?;
    agent.seen.push(event);
    assert_eq!(heard(agent), wanted);
    Ok(())
}

#[tokio::test]
async fn a_long_message_goes_in_parts_and_is_delivered_once() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(&stage).await?;
    let chat = agent.chat_with(&expert).await?;
    let words: Vec<String> = (0..3_000).map(|number| format!("wörd{number}")).collect();
    let long = message(1, &words.join(" "));
    agent.send(&chat, &long).await?;
    agent.send(&chat, &message(2, "after")).await?;
    let parts = |got: &Got| got.texts.last().is_some_and(|text| text == "after");
    let got = agent.expect_got(&stage, &expert, "all parts and what came after", parts).await?;
    let parts: Vec<&String> = got.texts.iter().skip(1).filter(|text| *text != "after").collect();
    assert!(parts.len() > 3 && parts.iter().all(|part| part.len() <= 8_000), "{} parts", parts.len());
    let joined: Vec<&str> = parts.iter().flat_map(|part| part.split_whitespace()).collect();
    assert_eq!(joined, words, "whole words, in order");
    let second = SessionEvent::Delivered { chat: chat.clone(), key: MessageId(Uuid::from_u128(2)) };
    agent.expect("the last delivery", |event| *event == second).await?;
    let first = SessionEvent::Delivered { chat, key: long.key };
    assert_eq!(agent.seen.iter().filter(|event| **event == first).count(), 1, "{:?}", agent.seen);
    agent.session.sign_out().await;
    Ok(())
}

#[tokio::test]
async fn shuffled_doubled_and_held_back_events_change_nothing() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(&stage).await?;
    let person = format!("sip:{}", agent.account.address);
    let seed: u32 = rand::random();
    println!("seed {seed}");
    let spoilt = [
        json!({ "person": person, "shuffle": 50, "seed": seed }),
        json!({ "person": person, "duplicate": 50 }),
        json!({ "person": person, "hold_ms": 700 }),
    ];
    for (round, events) in spoilt.iter().enumerate() {
        stage.pool.post("/events", events).await?;
        let chat = agent.chat_with(&expert).await?;
        agent.seen.clear();
        let mut said = Vec::new();
        for number in 0..10 {
            said.push(format!("round {round}, {number}"));
            stage.say(&expert, &format!("round {round}, {number}")).await?;
            agent.send(&chat, &message(u128::from(rand::random::<u64>()), "noted")).await?;
        }
        expect_heard(&mut agent, &said).await?;
        agent.session.leave(&chat, None).await?;
        let left = SessionEvent::Left { chat };
        agent.expect("left", |event| *event == left).await?;
    }
    agent.session.sign_out().await;
    Ok(())
}

#[tokio::test]
async fn an_expert_goes_on_in_a_closed_window_and_is_taken_without_asking() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(&stage).await?;
    let chat = agent.chat_with(&expert).await?;
    for round in 0..3 {
        stage.pool.post(&format!("/people/{}/idle", expert.address), &json!({})).await?;
        stage.say(&expert, &format!("by the way {round}")).await?;
        let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Message { chat: id, text, .. } if *id == chat && *text == format!("by the way {round}"));
        agent.expect("the message in the same chat", is_it).await?;
    }
    let noticed =
        |event: &SessionEvent| matches!(event, SessionEvent::Left { .. } | SessionEvent::Incoming { .. });
    assert!(!agent.seen.iter().any(noticed), "{:?}", agent.seen);
    agent.session.sign_out().await;
    Ok(())
}

#[tokio::test]
async fn what_an_expert_formats_comes_as_text_and_as_safe_html() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(&stage).await?;
    agent.chat_with(&expert).await?;
    let said = json!({ "html": true,
        "text": "<p dir=\"rtl\">שלום 👩‍👧 <a href=\"https://a.test/form\">הטופס</a><img src=x onerror=alert(1)></p>" });
    stage.pool.post(&format!("/people/{}/say", expert.address), &said).await?;
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Message { .. });
    let SessionEvent::Message { text, html, .. } = agent.expect("a message", is_it).await? else {
        return Err(Failure("no message".to_owned()));
    };
    assert_eq!(text, "שלום 👩‍👧 הטופס (https://a.test/form)");
    let html = html.ok_or_else(|| Failure("no HTML".to_owned()))?;
    assert!(html.contains("dir=\"rtl\"") && html.contains("href=\"https://a.test/form\""), "{html}");
    assert!(!html.contains("img") && !html.contains("alert"), "{html}");
    agent.session.sign_out().await;
    Ok(())
}

/// Sixty agents come back after a restart at the configured pace.
#[tokio::test]
async fn a_restarted_pool_is_not_overrun() -> Outcome {
    const PER_SECOND: u32 = 60;
    let stage = PoolStage::start(&[]).await;
    let mut config = stage.config();
    config.limits.requests_per_second = PER_SECOND;
    config.timing.call_wait = std::time::Duration::from_secs(60);
    let connector = Arc::new(SkypeConnector::new(config).expect("a sound configuration"));
    let mut sessions = Vec::new();
    for _ in 0..60 {
        sessions.push(connector.sign_in(stage.agent().await?, None));
    }
    let all_up = |sessions: Vec<_>| async {
        let each = sessions.into_iter().map(
            |(session, mut batches): (_, tokio::sync::mpsc::Receiver<_>)| async move {
                while let Some(batch) = batches.recv().await {
                    let batch: hookflash_connectors::Batch = batch;
                    let up = batch.events.contains(&SessionEvent::Link(LinkState::Up));
                    batch.done.confirm();
                    if up {
                        break;
                    }
                }
                (session, batches)
            },
        );
        futures_util::future::join_all(each).await
    };
    let sessions = all_up(sessions).await;
    stage.pool.post("/restart", &json!({})).await?;
    let sessions = all_up(sessions).await;
    assert_eq!(sessions.len(), 60);
    let stats = stage.pool.get("/stats").await?;
    let most = stats.pointer("/load/peak_per_second").and_then(Value::as_u64);
    let most = most.ok_or_else(|| Failure(format!("no load in {stats}")))?;
    // A tenth of a second's worth may come ahead of its time, in each lane; renewals of tickets too.
    assert!(most <= u64::from(PER_SECOND) * 13 / 10, "{most} requests in one second");
    Ok(())
}
