//! What the control API breaks.

use serde_json::{Value, json};

use crate::bare_client::ticket;
use crate::lab::Lab;

#[tokio::test]
async fn an_expired_ticket_is_challenged_and_the_application_survives() {
    let lab = Lab::pool(&[]);
    let mut agent = lab.client("dana@lab.test").await;
    let here = agent.chat_with("sip:echo@lab.test", "op-1").await;
    let expired = lab.control("POST", "/people/dana@lab.test/expire-ticket", json!({})).await;
    assert_eq!(expired["expired"], 1);
    let refused = agent.get(&agent.path("me")).await;
    assert_eq!(refused.status(), 401);
    assert!(
        refused
            .headers()
            .get_all("www-authenticate")
            .iter()
            .any(|v| v.to_str().unwrap().starts_with("MsRtcOAuth"))
    );
    agent.token = ticket(&agent.http, &agent.base, "dana@lab.test", "demo").await.unwrap();
    assert_eq!(agent.say(&here, "m1", "still here").await.status(), 201);
    assert_eq!(agent.hears().await, "echo: still here");
}

#[tokio::test]
async fn a_restart_forgets_applications() {
    let lab = Lab::pool(&[]);
    let mut agent = lab.client("dana@lab.test").await;
    lab.control("POST", "/restart", json!({})).await;
    let gone = agent.get(&agent.next.clone()).await;
    assert_eq!(
        (gone.status().as_u16(), gone.json::<Value>().await.unwrap()["subcode"].clone()),
        (404, json!("ApplicationNotFound"))
    );
    assert_eq!(agent.create_application().await, 201);
}

#[tokio::test]
async fn a_pool_that_is_gone_says_so_without_a_ucwa_body() {
    let lab = Lab::pool(&[]);
    let agent = lab.client("dana@lab.test").await;
    lab.control("POST", "/gone", json!({"seconds": 600, "retry_after": 7})).await;
    let gone = agent.get(&agent.path("me")).await;
    assert_eq!((gone.status().as_u16(), gone.headers()["retry-after"].clone()), (503, "7".parse().unwrap()));
    assert!(gone.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    lab.control("DELETE", "/trouble", json!({})).await;
    assert_eq!(agent.get(&agent.path("me")).await.status(), 200);
}

#[tokio::test]
async fn channels_are_cut_and_requests_are_lost_before_or_after_their_work() {
    let lab = Lab::pool(&["--min-poll-seconds", "20"]);
    let mut agent = lab.client("dana@lab.test").await;
    let here = agent.chat_with("sip:echo@lab.test", "op-1").await;
    let poll = tokio::spawn(agent.request(reqwest::Method::GET, &agent.next).send());
    while !poll.is_finished() {
        lab.control("POST", "/cut-channels", json!({})).await;
        tokio::task::yield_now().await;
    }
    assert!(poll.await.unwrap().is_err());
    for (cut, heard) in [("cut_before", 0), ("cut_after", 1)] {
        lab.control("POST", "/trouble", json!({"count": 1, "path": "messages", cut: true})).await;
        let path = format!("{here}/messaging/messages?operationContext={cut}");
        let request =
            agent.request(reqwest::Method::POST, &path).header("Content-Type", "text/plain").body("x");
        assert!(request.send().await.is_err());
        let inbox = lab.control("GET", "/experts/echo@lab.test/inbox", json!({})).await;
        assert_eq!(inbox["messages"].as_array().unwrap().len(), heard, "{cut}");
    }
    assert_eq!(agent.say(&here, "cut_after", "x").await.status(), 201);
    let inbox = lab.control("GET", "/experts/echo@lab.test/inbox", json!({})).await;
    assert_eq!(inbox["messages"].as_array().unwrap().len(), 1);
}
