//! The event channel (ucwa.md §3), repeated messages, delivery.

use serde_json::{Value, json};

use crate::bare_client::{flatten, href, incoming, is};
use crate::lab::Lab;

#[tokio::test]
async fn an_unacknowledged_batch_comes_again_even_after_a_crash_of_the_client() {
    let lab = Lab::pool(&[]);
    let mut agent = lab.client("dana@lab.test").await;
    let here = agent.chat_with("sip:echo@lab.test", "op-1").await;
    agent.say(&here, "m1", "id-1").await;
    let unacked = agent.next.clone();
    let first = agent.read(&unacked).await;
    assert!(!flatten(&first).is_empty());
    assert_eq!(agent.read(&unacked).await, first);
    // A client that knows nothing any more creates its application again.
    assert_eq!(agent.create_application().await, 200);
    let again = agent.read(&agent.next.clone()).await;
    assert_eq!(again["sender"], first["sender"]);
    assert_eq!(agent.hears().await, "echo: id-1");
}

#[tokio::test]
async fn a_number_out_of_range_is_told_where_to_go_on() {
    let lab = Lab::pool(&[]);
    let mut agent = lab.client("dana@lab.test").await;
    let body = agent.read(&agent.path("events?ack=4711")).await;
    assert!(body["_links"]["next"].is_null());
    agent.next = href(&body["_links"]["resync"]);
    agent.invite("sip:echo@lab.test", "op-1", "").await;
    agent.invitation_completes().await;
}

#[tokio::test]
async fn a_newer_poll_takes_the_place_of_the_older() {
    let lab = Lab::pool(&[]);
    let agent = lab.client("dana@lab.test").await;
    let older = agent.request(reqwest::Method::GET, &agent.next).send();
    let older = tokio::spawn(older);
    // The older one has to arrive first: it is there when the next is answered as its replacement.
    let mut refused = None;
    for _ in 0..200 {
        let newer = agent.get(&agent.next).await;
        if newer.status() == 409 || older.is_finished() {
            refused = Some(newer.status());
            break;
        }
    }
    let older = older.await.unwrap().unwrap();
    let replaced = older.status() == 409 || refused.is_some_and(|status| status == 409);
    assert!(replaced, "{} {refused:?}", older.status());
}

#[tokio::test]
async fn a_repeated_operation_context_is_the_same_message() {
    let lab = Lab::pool(&[]);
    let mut agent = lab.client("dana@lab.test").await;
    let here = agent.chat_with("sip:echo@lab.test", "op-1").await;
    let location = |response: &reqwest::Response| response.headers()["location"].clone();
    let first = location(&agent.say(&here, "m1", "once").await);
    assert_eq!(location(&agent.say(&here, "m1", "once").await), first);
    assert_ne!(location(&agent.say(&here, "m2", "twice").await), first);
    let invited = agent.invite("sip:echo@lab.test", "op-1", "").await;
    assert_eq!(invited, agent.invite("sip:echo@lab.test", "op-1", "").await);
    let inbox = lab.control("GET", "/experts/echo@lab.test/inbox", json!({})).await;
    let seen: Vec<(&Value, &Value, &Value)> = inbox["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| (&m["text"], &m["operation_context"], &m["deliveries"]))
        .collect();
    assert_eq!(seen, [(&json!("once"), &json!("m1"), &json!(1)), (&json!("twice"), &json!("m2"), &json!(1))]);
}

#[tokio::test]
async fn without_deduplication_the_inbox_counts_the_second_delivery() {
    let lab = Lab::pool(&["--no-dedupe"]);
    let mut agent = lab.client("dana@lab.test").await;
    let here = agent.chat_with("sip:echo@lab.test", "op-1").await;
    agent.say(&here, "m1", "once").await;
    agent.say(&here, "m1", "once").await;
    let inbox = lab.control("GET", "/experts/echo@lab.test/inbox", json!({})).await;
    assert_eq!((&inbox["messages"][0]["deliveries"], &inbox["messages"][1]), (&json!(2), &Value::Null));
}

#[tokio::test]
async fn a_message_that_nobody_fetches_is_reported_and_taken_back() {
    let lab = Lab::pool(&["--undelivered-ms", "200"]);
    let mut agent = lab.client("dana@lab.test").await;
    let mut expert = lab.client("priya.raman@lab.test").await;
    agent.invite("sip:priya.raman@lab.test", "op-1", "").await;
    let rung = expert.until("the ring", |e| is(e, "messagingInvitation", "started")).await;
    expert.act(&href(&rung.last().unwrap()["_embedded"]["messagingInvitation"]["_links"]["accept"])).await;
    let (end, _) = agent.invitation_completes().await;
    let here = href(&end["_embedded"]["messagingInvitation"]["_links"]["conversation"]);
    agent.say(&here, "m1", "lost").await;
    let events = agent.until("the outcome", |e| is(e, "message", "completed")).await;
    let outcome = events.last().unwrap();
    assert_eq!(outcome["status"], "Failure");
    assert!(outcome["_embedded"]["message"]["_links"]["failedDeliveryParticipant"].is_array());
    agent.act(&format!("{here}/messaging/terminate")).await;
    let rest = expert.until("the end", |e| is(e, "conversation", "deleted")).await;
    assert!(!rest.iter().any(incoming), "{rest:#?}");
}

#[tokio::test]
async fn long_messages_and_wrong_types_are_refused() {
    let lab = Lab::pool(&["--max-message-bytes", "100"]);
    let mut agent = lab.client("dana@lab.test").await;
    let here = agent.chat_with("sip:echo@lab.test", "op-1").await;
    assert_eq!(agent.say(&here, "m1", &"x".repeat(101)).await.status(), 413);
    let path = format!("{here}/messaging/messages");
    let picture = agent.request(reqwest::Method::POST, &path).header("Content-Type", "image/png").body("x");
    assert_eq!(picture.send().await.unwrap().status(), 415);
    let huge = agent.request(reqwest::Method::POST, &path).body(vec![b'x'; 2_000_000]).send().await.unwrap();
    assert_eq!(huge.status(), 413);
    // The message may be in the query, and goes to a message's own URL too.
    let query = format!("{path}/3?message=data%3A%2Chi");
    assert_eq!(agent.post(&query, &Value::Null).await.status(), 201);
    assert_eq!(agent.hears().await, "echo: hi");
}
