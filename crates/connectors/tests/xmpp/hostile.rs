//! What experts' clients send, and how much of it.

use crate::{
    events::{expect, expect_up},
    server::{COMPONENT, DOMAIN, Site},
    stage::{XmppStage, account},
};
use hookflash_connectors::{
    LinkState, SessionEvent,
    conformance::{Answer, Stage},
};
use serde_json::json;

#[tokio::test]
async fn what_experts_send_does_not_cut_the_line() {
    let stage = XmppStage::start(Site::Prosody).await;
    let expert = stage.expert(Answer::Silent).await.expect("an expert").id;
    let (_session, mut batches) = stage.connector().sign_in(account(1), None);
    expect_up(&mut batches).await;
    let to = format!("anna1@{COMPONENT}");
    let large = "x".repeat(200_000);
    let deep = format!("{}{}", "<a xmlns='urn:nobody'>".repeat(200), "</a>".repeat(200));
    let forged = format!(
        "<received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' \
         from='boss@{DOMAIN}/x' to='{to}' type='chat'><body>forged</body></message></forwarded></received>"
    );
    for content in [
        format!("<body>{large}</body>"),
        format!("<body>deep</body>{deep}"),
        forged,
        "<unknown xmlns='urn:nobody' a='b'/>".to_owned(),
        "<response xmlns='urn:xmpp:tmp:quick-response' value='decline'/>".to_owned(),
        "<received xmlns='urn:xmpp:receipts' id='nothing'/>".to_owned(),
    ] {
        let xml = format!("<message to='{to}' type='chat'>{content}</message>");
        stage.tell(&expert, json!({ "do": "raw", "xml": xml })).await.expect("sent");
    }
    stage.start_chat(&expert, &account(1), "after all that").await.expect("sent");
    let incoming =
        expect(&mut batches, "a chat", |event| matches!(event, SessionEvent::Incoming { .. })).await;
    let SessionEvent::Incoming { from, text, .. } = incoming else { return };
    assert_eq!(from.id, expert);
    assert_ne!(text.as_deref(), Some("forged"));
}

#[tokio::test]
async fn ten_thousand_changes_of_presence_end_in_the_last_one() {
    let stage = XmppStage::start(Site::Prosody).await;
    let expert = stage.expert(Answer::Silent).await.expect("an expert").id;
    let (session, mut batches) = stage.connector().sign_in(account(1), None);
    expect_up(&mut batches).await;
    session.watch(std::slice::from_ref(&expert)).await.expect("watched");
    let changes: String =
        (1..=10_000).map(|number| format!("<presence><status>change {number}</status></presence>")).collect();
    stage.tell(&expert, json!({ "do": "raw", "xml": changes })).await.expect("sent");
    let event = expect(&mut batches, "the last change", |event| match event {
        SessionEvent::Presence { report, .. } => {
            report.note.as_ref().is_some_and(|note| note.text == "change 10000")
        }
        SessionEvent::Link(LinkState::Down { .. }) => true,
        _ => false,
    });
    assert!(matches!(event.await, SessionEvent::Presence { .. }), "the connection was lost");
}
