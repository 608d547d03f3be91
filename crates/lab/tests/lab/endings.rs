//! Several endpoints of one person, idle chats, HTML, failed deliveries, history (ucwa.md §5.4 to §5.7).

use serde_json::{Value, json};

use crate::bare_client::{BareClient, href, incoming, is, text_of};
use crate::lab::Lab;

const INVITATION: &str = "messagingInvitation";

#[tokio::test]
async fn all_endpoints_of_a_person_ring_and_one_wins() {
    let lab = Lab::pool(&[]);
    let mut agent = lab.client("dana@lab.test").await;
    let mut desk = lab.client("sven.olsen@lab.test").await;
    let mut phone = lab.client_of("sven.olsen@lab.test", "phone", &["Plain"]).await;
    agent.invite("sip:sven.olsen@lab.test", "op-1", "Hi").await;
    let mut accepts = Vec::new();
    for client in [&mut desk, &mut phone] {
        let rung = client.until("the ring", |e| is(e, INVITATION, "started")).await;
        accepts.push(href(&rung.last().unwrap()["_embedded"][INVITATION]["_links"]["accept"]));
    }
    phone.act(&accepts[1]).await;
    let lost = desk.until("the end of ringing", |e| is(e, INVITATION, "completed")).await;
    let lost = lost.last().unwrap();
    assert_eq!(
        (&lost["status"], &lost["reason"]["subcode"]),
        (&json!("Failure"), &json!("ConnectedElsewhere"))
    );
    assert_eq!(desk.post(&accepts[0], &Value::Null).await.status(), 404);
    assert_eq!(phone.hears().await, "Hi");
    assert_eq!(agent.invitation_completes().await.0["status"], "Success");
}

#[tokio::test]
async fn an_instance_has_its_own_event_channel() {
    let lab = Lab::pool(&[]);
    let mut first = lab.client("dana@lab.test").await;
    let identity =
        json!({"UserAgent": "Bare/1.0", "endpointid": "a917c6f4", "Culture": "en-US", "instanceId": "two"});
    let same = first.post("/ucwa/oauth/v1/applications", &identity).await;
    assert_eq!(same.status(), 200);
    let same: Value = same.json().await.unwrap();
    assert_eq!(same["_links"]["self"], first.app["_links"]["self"]);
    let events = href(&same["_links"]["events"]);
    assert!(events.contains("instanceId=two"), "{events}");
    assert_eq!(first.post(&first.path("me/note"), &json!({"message": "Hi"})).await.status(), 204);
    first.until("the note", |e| is(e, "note", "updated")).await;
    let batch = first.read(&format!("{events}&medium=1&timeout=5")).await;
    assert!(batch.to_string().contains("me/note"), "{batch}");
    assert!(href(&batch["_links"]["next"]).contains("instanceId=two"));
}

#[tokio::test]
async fn a_desktop_that_speaks_in_an_idle_chat_invites_again() {
    let lab = Lab::pool(&["--idle-chat-seconds", "1"]);
    let mut agent = lab.client("dana@lab.test").await;
    let here = agent.chat_with("sip:echo@lab.test", "op-1").await;
    let thread = agent.read(&here).await["threadId"].clone();
    let closed =
        |e: &Value| is(e, "messaging", "updated") && e["_embedded"]["messaging"]["state"] == "Disconnected";
    agent.until("messaging closed", closed).await;
    let conversation = agent.read(&here).await;
    assert_eq!(
        (&conversation["state"], &conversation["activeModalities"]),
        (&json!("Connected"), &json!([]))
    );
    lab.control("POST", "/people/echo@lab.test/say", json!({"text": "Still there?"})).await;
    let rung = agent.until("the new invitation", |e| is(e, INVITATION, "started")).await;
    let invitation = &rung.last().unwrap()["_embedded"][INVITATION];
    assert_eq!(
        (&invitation["threadId"], href(&invitation["_links"]["conversation"])),
        (&thread, here.clone())
    );
    agent.act(&href(&invitation["_links"]["accept"])).await;
    assert_eq!(agent.hears().await, "Still there?");
    assert_eq!(agent.say(&here, "m1", "Yes").await.status(), 201);
    assert_eq!(agent.hears().await, "echo: Yes");
}

/// A chat of this agent with `echo`; its messaging resource.
async fn messaging_of(agent: &mut BareClient) -> Value {
    let here = agent.chat_with("sip:echo@lab.test", "op-1").await;
    agent.read(&format!("{here}/messaging")).await
}

#[tokio::test]
async fn html_is_sent_only_where_both_sides_take_it() {
    let lab = Lab::pool(&[]);
    let html =
        json!({"text": "<span style=\"font-family:Segoe UI\">A &amp; <b>B</b><br>C</span>", "html": true});
    let mut rich = lab.client_of("dana@lab.test", "rich", &["Plain", "Html"]).await;
    let messaging = messaging_of(&mut rich).await;
    assert_eq!(messaging["negotiatedMessageFormats"], json!(["Plain", "Html"]));
    lab.control("POST", "/people/echo@lab.test/say", html.clone()).await;
    let heard = rich.until("html", incoming).await;
    let link = href(&heard.last().unwrap()["_embedded"]["message"]["_links"]["htmlMessage"]);
    assert!(
        link.starts_with("data:text/html;charset=utf-8,%3cspan+style%3d%22font-family%3aSegoe+UI%22%3e"),
        "{link}"
    );
    let send = href(&messaging["_links"]["sendMessage"]);
    let post = |client: &BareClient, to: &str| {
        client.request(reqwest::Method::POST, to).header("Content-Type", "text/html").body("<b>x</b>").send()
    };
    assert_eq!(post(&rich, &send).await.unwrap().status(), 201);
    let mut poor = lab.client("ben@lab.test").await;
    let messaging = messaging_of(&mut poor).await;
    assert_eq!(messaging["negotiatedMessageFormats"], json!(["Plain"]));
    assert_eq!(post(&poor, &href(&messaging["_links"]["sendMessage"])).await.unwrap().status(), 415);
    lab.control("POST", "/people/echo@lab.test/say", html).await;
    let heard = poor.until("plain", incoming).await;
    assert_eq!(text_of(heard.last().unwrap()), "A & B\r\nC");
}

#[tokio::test]
async fn a_message_that_cannot_be_delivered_names_the_participant() {
    let lab = Lab::pool(&[]);
    let mut agent = lab.client("dana@lab.test").await;
    let here = agent.chat_with("sip:echo@lab.test", "op-1").await;
    lab.control(
        "POST",
        "/people/echo@lab.test/fail-deliveries",
        json!({"reason": "RemoteFailure/Unreachable"}),
    )
    .await;
    assert_eq!(agent.say(&here, "m1", "lost").await.status(), 201);
    let events = agent.until("the outcome", |e| is(e, "message", "completed")).await;
    let failed = events.last().unwrap();
    assert_eq!((&failed["status"], &failed["reason"]["subcode"]), (&json!("Failure"), &json!("Unreachable")));
    let who = href(&failed["_embedded"]["message"]["_links"]["failedDeliveryParticipant"][0]);
    assert_eq!(who, format!("{here}/participants/echo@lab.test"));
    assert_eq!(agent.say(&here, "m2", "found").await.status(), 201);
    assert_eq!(agent.hears().await, "echo: found");
}

#[tokio::test]
async fn what_the_inviter_adds_reaches_the_invited() {
    let lab = Lab::pool(&[]);
    let agent = lab.client("dana@lab.test").await;
    let mut expert = lab.client("sven.olsen@lab.test").await;
    let wanted = json!({"to": "sip:sven.olsen@lab.test", "operationId": "op-1", "Importance": "urgent", "ThreadId": "thread-1",
        "_links": {"customContent": {"href": "data:application/json;base64,e30="}}});
    let invitations = agent.path("communication/messagingInvitations");
    assert_eq!(agent.post(&invitations, &wanted).await.status(), 201);
    let rung = expert.until("the ring", |e| is(e, INVITATION, "started")).await;
    let invitation = &rung.last().unwrap()["_embedded"][INVITATION];
    assert_eq!((&invitation["importance"], &invitation["threadId"]), (&json!("Urgent"), &json!("thread-1")));
    assert_eq!(href(&invitation["_links"]["customContent"]), "data:application/json;base64,e30=");
    let again = json!({"to": "sip:echo@lab.test", "operationId": "op-2", "threadId": "thread-1"});
    let refused = agent.post(&invitations, &again).await;
    assert_eq!(refused.json::<Value>().await.unwrap()["subcode"], "ThreadIdAlreadyExists");
}

#[tokio::test]
async fn past_conversations_are_kept_where_the_pool_has_exchange() {
    let lab = Lab::pool(&["--history"]);
    let mut agent = lab.client("dana@lab.test").await;
    let here = agent.chat_with("sip:echo@lab.test", "op-1").await;
    assert_eq!(agent.say(&here, "m1", "One").await.status(), 201);
    agent.hears().await;
    agent.act(&format!("{here}/messaging/terminate")).await;
    agent.until("missed items", |e| is(e, "missedItems", "updated")).await;
    let links = agent.app["_embedded"]["communication"]["_links"].clone();
    let logs = agent.read(&href(&links["conversationLogs"])).await;
    let log = agent.read(&href(&logs["_links"]["conversationLog"][0])).await;
    assert_eq!(
        (&log["status"], &log["previewMessage"], &log["type"]),
        (&json!("Archived"), &json!("One"), &json!("MessageLog"))
    );
    let transcripts = agent.read(&href(&log["_links"]["conversationLogTranscripts"])).await;
    let lines = transcripts["_embedded"]["conversationLogTranscript"].as_array().unwrap();
    assert!(lines[0]["_links"]["me"].is_object() && lines[1]["_links"]["contact"].is_object(), "{lines:#?}");
    assert_eq!(
        href(&lines[1]["_embedded"]["messageTranscript"]["_links"]["plainMessage"]),
        "data:text/plain;charset=utf-8,echo%3a+One"
    );
    let again = agent.post(&href(&log["_links"]["continueMessaging"]), &json!({"operationId": "op-2"})).await;
    assert_eq!(again.status(), 201);
    let (end, _) = agent.invitation_completes().await;
    assert_eq!(end["_embedded"][INVITATION]["threadId"], log["threadId"]);

    lab.control(
        "POST",
        "/people/priya.raman@lab.test/chats",
        json!({"to": "sip:dana@lab.test", "text": "Hi"}),
    )
    .await;
    agent.until("the ring", |e| is(e, INVITATION, "started")).await;
    lab.control("POST", "/people/priya.raman@lab.test/leave", json!({})).await;
    agent.until("missed items", |e| is(e, "missedItems", "updated")).await;
    let missed = agent.read(&href(&links["missedItems"])).await;
    assert_eq!(
        (&missed["missedConversationsCount"], &missed["unreadMissedConversationsCount"]),
        (&json!(1), &json!(1))
    );
    let none = Lab::pool(&[]).client("dana@lab.test").await;
    assert!(none.app["_embedded"]["communication"]["_links"]["conversationLogs"].is_null());
    assert!(none.app["_embedded"]["communication"]["_links"]["missedItems"].is_null());
}
