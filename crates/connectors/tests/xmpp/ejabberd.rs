//! Where ejabberd differs from Prosody.

use crate::{
    events::{expect, expect_down, expect_up},
    server::{DOMAIN, PASSWORD, Site},
    stage::{XmppStage, account, config},
};
use hookflash_connectors::{
    Connector, Opening, Secret, SessionEvent, TroubleCode, Unreachable,
    conformance::{Answer, Stage},
    xmpp::XmppConnector,
};
use hookflash_domain::{Importance, Presence};
use serde_json::json;
use uuid::Uuid;

fn question(key: u128, text: &str) -> Opening {
    let (key, subject) = (Uuid::from_u128(key).to_string(), String::new());
    Opening { key, subject, text: text.to_owned(), importance: Importance::Normal }
}

/// ejabberd tells changes of presence only: nobody is known to be absent.
#[tokio::test]
async fn whoever_is_not_told_of_can_be_asked_and_an_absent_one_reads_no_old_question() {
    let stage = XmppStage::start(Site::Ejabberd).await;
    let helps = stage.expert(Answer::Accept).await.expect("an expert").id;
    let absent = stage.expert(Answer::Offline).await.expect("an expert").id;
    let (session, mut batches) = stage.connector().sign_in(account(1), None);
    expect_up(&mut batches).await;

    session.watch(std::slice::from_ref(&helps)).await.expect("watched");
    let told = expect(&mut batches, "presence", |event| matches!(event, SessionEvent::Presence { .. })).await;
    assert!(
        matches!(&told, SessionEvent::Presence { report, .. } if report.presence == Presence::Unknown),
        "{told:?}"
    );
    let chat = session.invite(&helps, &question(1, "Can you help?")).await.expect("a question");
    expect(&mut batches, "accepted", |event| *event == SessionEvent::Accepted { chat: chat.clone() }).await;
    stage.set_presence(&helps, Presence::Away).await.expect("shown");
    let is_away = |event: &SessionEvent| matches!(event, SessionEvent::Presence { report, .. } if report.presence == Presence::Away);
    expect(&mut batches, "the change", is_away).await;

    session.invite(&absent, &question(2, "Are you there?")).await.expect("a question");
    let gone =
        expect(&mut batches, "unreachable", |event| matches!(event, SessionEvent::Unreachable { .. })).await;
    assert!(matches!(&gone, SessionEvent::Unreachable { why: Unreachable::Offline, .. }), "{gone:?}");
    let name = absent.address.split('@').next().unwrap_or_default();
    let comes = json!({
        "do": "sign_in", "expert": name, "jid": format!("{name}@{DOMAIN}"), "password": PASSWORD,
        "answer": "accept", "name": "Evan Expert",
    });
    stage.experts.tell(&comes).await.expect("signed in");
    let chat = session.invite(&absent, &question(3, "And now?")).await.expect("a question");
    expect(&mut batches, "accepted", |event| *event == SessionEvent::Accepted { chat: chat.clone() }).await;
    assert_eq!(stage.got(&absent).await.expect("what they got").texts, ["And now?"]);
}

#[tokio::test]
async fn a_wrong_secret_is_told() {
    let stage = XmppStage::start(Site::Ejabberd).await;
    let mut config = config(&stage.proxy.address.to_string(), Site::Ejabberd);
    config.secret = Secret::new("not the secret");
    let connector = XmppConnector::new(config).expect("a sound configuration");
    let (_session, mut batches) = connector.sign_in(account(1), None);
    expect_down(&mut batches, TroubleCode::ComponentRefused).await;
}
