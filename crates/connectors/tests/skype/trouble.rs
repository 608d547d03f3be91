//! Trouble between connector and pool: told, healed, nothing lost.

use crate::stage::PoolStage;
use hookflash_connectors::{
    Connector, ConnectorError, LinkState, Opening, Outgoing, SessionEvent, TroubleCode, Unreachable,
    conformance::{Agent, Answer, Failure, Got, Stage},
    skype::SkypeConnector,
};
use hookflash_domain::{Importance, MessageId, Presence};
use serde_json::json;
use uuid::Uuid;

type Outcome = Result<(), Failure>;

fn message(number: u128, text: &str) -> Outgoing {
    Outgoing { key: MessageId(Uuid::from_u128(number)), text: text.to_owned() }
}

fn opening(number: u128) -> Opening {
    let key = Uuid::from_u128(number).to_string();
    let (subject, text) = ("Case 17".to_owned(), "Can you help?".to_owned());
    Opening { key, subject, text, importance: Importance::Normal }
}

fn is_up(event: &SessionEvent) -> bool {
    *event == SessionEvent::Link(LinkState::Up)
}

fn is_down(event: &SessionEvent) -> bool {
    matches!(event, SessionEvent::Link(LinkState::Down { .. }))
}

#[tokio::test]
async fn a_restarted_pool_is_signed_in_to_again() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let (chatting, watched) =
        (stage.expert(Answer::Accept).await?.id, stage.expert(Answer::Accept).await?.id);
    let mut agent = Agent::sign_in(&stage).await?;
    let chat = agent.chat_with(&chatting).await?;
    agent.session.watch(std::slice::from_ref(&watched)).await?;
    stage.pool.post("/restart", &json!({})).await?;
    agent.expect("down", is_down).await?;
    agent.expect("up again", is_up).await?;
    agent.seen.clear();
    stage.set_presence(&watched, Presence::DoNotDisturb).await?;
    let is_it = |event: &SessionEvent| {
        matches!(event, SessionEvent::Presence { person, report }
            if *person == watched && report.presence == Presence::DoNotDisturb)
    };
    agent.expect("presence is watched again", is_it).await?;
    // The pool has forgotten the chat; the next message begins it anew, and nobody notices.
    agent.send(&chat, &message(1, "still there?")).await?;
    let goes_on = |got: &Got| got.texts.last().is_some_and(|text| text == "still there?") && got.open == 1;
    agent.expect_got(&stage, &chatting, "the chat goes on", goes_on).await?;
    stage.say(&chatting, "yes").await?;
    let answer = |event: &SessionEvent| matches!(event, SessionEvent::Message { chat: id, text, .. } if *id == chat && text == "yes");
    agent.expect("the answer in the same chat", answer).await?;
    let noticed =
        |event: &SessionEvent| matches!(event, SessionEvent::Left { .. } | SessionEvent::Incoming { .. });
    assert!(!agent.seen.iter().any(noticed), "{:?}", agent.seen);
    agent.chat_with(&stage.expert(Answer::Accept).await?.id).await?;
    agent.session.sign_out().await;
    Ok(())
}

#[tokio::test]
async fn an_expired_ticket_is_renewed_in_mid_chat() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(&stage).await?;
    let chat = agent.chat_with(&expert).await?;
    stage.pool.post("/expire-tickets", &json!({})).await?;
    agent.send(&chat, &message(1, "after the ticket")).await?;
    agent
        .expect_got(&stage, &expert, "it", |got| {
            got.texts.last().is_some_and(|text| text == "after the ticket")
        })
        .await?;
    stage.say(&expert, "and back").await?;
    let is_it =
        |event: &SessionEvent| matches!(event, SessionEvent::Message { text, .. } if text == "and back");
    agent.expect("the answer", is_it).await?;
    assert!(!agent.seen.iter().any(is_down), "{:?}", agent.seen);
    agent.session.sign_out().await;
    Ok(())
}

#[tokio::test]
async fn a_throttling_pool_is_obeyed() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(&stage).await?;
    let chat = agent.chat_with(&expert).await?;
    stage.pool.post("/gone", &json!({ "seconds": 600, "retry_after": 1 })).await?;
    // The connection of the moment may break before the pool says that it is busy.
    let throttled = |event: &SessionEvent| matches!(event, SessionEvent::Link(LinkState::Down { trouble, .. }) if trouble.code == TroubleCode::Throttled);
    agent.expect("throttled", throttled).await?;
    let refused = agent.session.send(&chat, &message(1, "kept")).await;
    assert!(matches!(refused, Err(ConnectorError::TryLater { .. })), "{refused:?}");
    stage.pool.well().await?;
    agent.expect("up", is_up).await?;
    agent.send(&chat, &message(1, "kept")).await?;
    agent
        .expect_got(&stage, &expert, "it", |got| got.texts.last().is_some_and(|text| text == "kept"))
        .await?;
    agent.session.sign_out().await;
    Ok(())
}

#[tokio::test]
async fn silence_is_no_answer_and_going_offline_is_told() -> Outcome {
    let stage = PoolStage::start(&["--ring-ms", "1500"]).await;
    let silent = stage.expert(Answer::Silent).await?.id;
    let leaves = stage.expert(Answer::Silent).await?.id;
    stage.pool.persona(&leaves.address, "goes_offline").await?;
    let mut agent = Agent::sign_in(&stage).await?;
    let first = agent.session.invite(&silent, &opening(1)).await?;
    let reached = SessionEvent::Reached { chat: first.clone() };
    agent.expect("reached", |event| *event == reached).await?;
    let no_answer = |event: &SessionEvent| matches!(event, SessionEvent::NoAnswer { chat, words: Some(_) } if *chat == first);
    agent.expect("no answer", no_answer).await?;
    let second = agent.session.invite(&leaves, &opening(2)).await?;
    let is_it = |event: &SessionEvent| {
        matches!(event, SessionEvent::Unreachable { chat, why: Unreachable::Offline, words: Some(_) }
            if *chat == second)
    };
    agent.expect("went offline", is_it).await?;
    agent.session.sign_out().await;
    Ok(())
}

#[tokio::test]
async fn a_chat_that_the_far_client_closed_goes_on() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(&stage).await?;
    let chat = agent.chat_with(&expert).await?;
    stage.pool.post(&format!("/people/{}/idle", expert.address), &json!({})).await?;
    agent.send(&chat, &message(1, "still there?")).await?;
    agent
        .expect_got(&stage, &expert, "it", |got| got.texts.last().is_some_and(|text| text == "still there?"))
        .await?;
    let left = agent.seen.iter().any(|event| matches!(event, SessionEvent::Left { .. }));
    assert!(!left, "{:?}", agent.seen);
    stage.say(&expert, "yes").await?;
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Message { text, .. } if text == "yes");
    agent.expect("the answer", is_it).await?;
    agent.session.sign_out().await;
    Ok(())
}

#[tokio::test]
async fn discovery_finds_the_pool_by_the_domain() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let mut config = stage.config();
    config.address = None;
    let pool = stage.pool.address.parse().expect("an address");
    let nowhere = "127.0.0.1:9".parse().expect("an address");
    config.resolve = vec![
        ("lyncdiscoverinternal.lab.test".to_owned(), nowhere),
        ("lyncdiscover.lab.test".to_owned(), pool),
    ];
    let connector = SkypeConnector::new(config).expect("a sound configuration");
    let (_session, mut batches) = connector.sign_in(stage.agent().await?, None);
    while let Some(batch) = batches.recv().await {
        match batch.events.first() {
            Some(SessionEvent::Link(LinkState::Up)) => return Ok(()),
            Some(SessionEvent::Link(LinkState::Connecting)) => {}
            other => return Err(Failure(format!("expected the link to come up, got {other:?}"))),
        }
    }
    Err(Failure("the session ended".to_owned()))
}

#[tokio::test]
async fn a_certificate_of_nobody_is_not_trusted() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let mut config = stage.config();
    config.ca_pem = None;
    let Ok(connector) = SkypeConnector::new(config) else {
        return Err(Failure("the machine has no certificates: apt-get install ca-certificates".to_owned()));
    };
    let (_session, mut batches) = connector.sign_in(stage.agent().await?, None);
    while let Some(batch) = batches.recv().await {
        if let Some(SessionEvent::Link(LinkState::Down { trouble, .. })) = batch.events.first() {
            assert_eq!(trouble.code, TroubleCode::NotTrusted, "{trouble:?}");
            return Ok(());
        }
    }
    Err(Failure("the session ended".to_owned()))
}
