//! Messages to the address of a team, and trouble with them.

use crate::{
    events::{LIMIT, expect, expect_up},
    server::{COMPONENT, Site},
    stage::{XmppStage, account},
};
use hookflash_connectors::{
    Batch, ChatId, Duty, Session, SessionEvent, Team,
    conformance::{Answer, Stage},
};
use hookflash_domain::PersonId;
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use tokio::sync::mpsc;

const TEAM: &str = "mortgages";

type OnDuty = (Arc<dyn Session>, mpsc::Receiver<Batch>);

/// So many agents who are free.
async fn on_duty(stage: &XmppStage, count: usize) -> Vec<OnDuty> {
    stage.connector().set_teams(&[Team { address: TEAM.to_owned(), name: "Mortgages".to_owned() }]);
    let mut agents = Vec::new();
    for number in 1..=count {
        let (session, mut batches) = stage.connector().sign_in(account(number), None);
        expect_up(&mut batches).await;
        session.answer_for(&[Duty { team: TEAM.to_owned(), free: true }]).await.expect("on duty");
        agents.push((session, batches));
    }
    agents
}

async fn incoming(agent: &mut OnDuty) -> ChatId {
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Incoming { .. });
    match expect(&mut agent.1, "a chat", is_it).await {
        SessionEvent::Incoming { chat, .. } => chat,
        other => panic!("{other:?}"),
    }
}

async fn expect_said(agent: &mut OnDuty, text: &str) {
    let is_it =
        |event: &SessionEvent| matches!(event, SessionEvent::Message { text: said, .. } if said == text);
    expect(&mut agent.1, text, is_it).await;
}

/// Waits until an expert's client has got what is wanted.
async fn expect_got(stage: &XmppStage, expert: &PersonId, wanted: impl Fn(&Value) -> bool) -> Value {
    let got = tokio::time::timeout(LIMIT, async {
        loop {
            let got = stage.tell(expert, json!({ "do": "got" })).await.expect("its state");
            if wanted(&got) {
                return got;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    got.await.unwrap_or_else(|_| panic!("{} did not get it", expert.address))
}

#[tokio::test]
async fn of_ten_who_take_it_in_one_moment_one_has_it() {
    let stage = XmppStage::start(Site::Prosody).await;
    let mut agents = on_duty(&stage, 10).await;
    let expert = stage.expert(Answer::Silent).await.expect("an expert").id;
    stage.write_to_team(&expert, TEAM, "Who is first?").await.expect("written");
    let mut taking = tokio::task::JoinSet::new();
    for (number, agent) in agents.iter_mut().enumerate() {
        let chat = incoming(agent).await;
        let session = Arc::clone(&agent.0);
        taking.spawn(async move { (number, session.accept(&chat).await.is_ok()) });
    }
    let taken: Vec<_> = taking.join_all().await.into_iter().filter(|(_, taken)| *taken).collect();
    assert_eq!(taken.len(), 1, "{taken:?}");
    expect_said(&mut agents[taken[0].0], "Who is first?").await;
}

#[tokio::test]
async fn who_writes_while_nobody_is_there_is_told_in_their_language_and_a_new_address_is_one_at_once() {
    let stage = XmppStage::start(Site::Prosody).await;
    let agents = on_duty(&stage, 1).await;
    agents[0].0.answer_for(&[]).await.expect("off queue");
    for (language, words) in
        [("de", "Von Mortgages ist gerade niemand da."), ("en", "Nobody of Mortgages is there now.")]
    {
        let expert = stage.expert(Answer::Silent).await.expect("an expert").id;
        stage.tell(&expert, json!({ "do": "language", "language": language })).await.expect("set");
        stage.write_to_team(&expert, TEAM, "Hello?").await.expect("written");
        let got =
            expect_got(&stage, &expert, |got| got["refused"].as_array().is_some_and(|all| !all.is_empty()))
                .await;
        assert_eq!(got["refused"][0]["condition"], "recipient-unavailable");
        assert!(got["refused"][0]["text"].as_str().is_some_and(|text| text.starts_with(words)), "{got}");
    }
}

#[tokio::test]
async fn a_chat_goes_on_without_the_teams_address_and_strange_addresses_do_no_harm() {
    let stage = XmppStage::start(Site::Prosody).await;
    let mut agents = on_duty(&stage, 1).await;
    let expert = stage.expert(Answer::Silent).await.expect("an expert").id;
    stage.write_to_team(&expert, TEAM, "Hello?").await.expect("written");
    let chat = incoming(&mut agents[0]).await;
    agents[0].0.accept(&chat).await.expect("taken");
    expect_said(&mut agents[0], "Hello?").await;
    stage.connector().set_teams(&[]);
    agents[0].0.answer_for(&[]).await.expect("off queue");
    for node in
        ["", "mortgages'x", "MORTGAGES", "mort gages", "m\u{131}", &"x".repeat(1_000), &"ä".repeat(600)]
    {
        let to = format!("{node}@{COMPONENT}/{}", "y".repeat(900));
        let xml = format!("<message to=\"{to}\" type='chat'><body>to {}</body></message>", node.len());
        stage.tell(&expert, json!({ "do": "raw", "xml": xml })).await.expect("sent");
    }
    expect_said(&mut agents[0], "to 9").await;
    let to = format!("{TEAM}@{COMPONENT}");
    stage.tell(&expert, json!({ "do": "say", "to": to, "text": "Still there?" })).await.expect("said");
    expect_said(&mut agents[0], "Still there?").await;
    let another = stage.expert(Answer::Silent).await.expect("an expert").id;
    stage.write_to_team(&another, TEAM, "Hello?").await.expect("written");
    expect_got(&stage, &another, |got| got["refused"].as_array().is_some_and(|all| !all.is_empty())).await;
}

#[tokio::test]
async fn the_one_who_has_it_is_found_when_both_begin_anew() {
    let stage = XmppStage::start(Site::Ejabberd).await;
    let mut agents = on_duty(&stage, 2).await;
    let expert = stage.expert(Answer::Silent).await.expect("an expert").id;
    stage.write_to_team(&expert, TEAM, "Hello?").await.expect("written");
    // Both places are from before either of them had taken it: only the second one's is newer.
    let (first, second) = (incoming(&mut agents[0]).await, incoming(&mut agents[1]).await);
    let before = resumed_with(&first, &expert, false);
    agents[1].0.accept(&second).await.expect("taken");
    expect_said(&mut agents[1], "Hello?").await;
    drop(agents);
    let (session, mut batches) = stage.connector().sign_in(account(1), Some(before));
    expect_up(&mut batches).await;
    let (_other, mut others) =
        stage.connector().sign_in(account(2), Some(resumed_with(&second, &expert, true)));
    let withdrawn = SessionEvent::Withdrawn { chat: first.clone(), elsewhere: true, words: None };
    expect(&mut batches, "taken by the other", |event| *event == withdrawn).await;
    assert!(session.accept(&first).await.is_err());
    stage
        .tell(&expert, json!({ "do": "say", "to": format!("{TEAM}@{COMPONENT}"), "text": "And?" }))
        .await
        .expect("said");
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Message { chat, text, .. } if *chat == second && text == "And?");
    expect(&mut others, "what is said to the team", is_it).await;
}

fn resumed_with(chat: &ChatId, expert: &PersonId, open: bool) -> hookflash_connectors::ResumePoint {
    let rings = json!({ "nick": null, "held": [] });
    let mut kept = json!({ "id": chat, "with": expert.address, "open": open, "team": TEAM });
    if !open {
        kept["rings"] = rings;
    }
    hookflash_connectors::ResumePoint(json!([kept]).to_string())
}
