//! What supervisors see now and may do, over their window's socket.

use crate::app::{Session, TestApp};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// An open window of a desk.
struct Window(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Window {
    async fn open(app: &TestApp, session: &Session) -> Self {
        let url = app.url.replace("http://", "ws://") + "/api/v1/desk/socket";
        let mut request = url.into_client_request().unwrap();
        request.headers_mut().insert("cookie", session.cookie.parse().unwrap());
        request.headers_mut().insert("origin", app.url.parse().unwrap());
        let mut window = Self(connect_async(request).await.unwrap().0);
        window.send(&json!({ "op": "hello" })).await;
        window.until(|frame| frame["type"] == "snapshot").await;
        window
    }

    async fn send(&mut self, frame: &Value) {
        self.0.send(Message::text(frame.to_string())).await.unwrap();
    }

    /// The next frame, or the code with which the server closed.
    async fn next(&mut self) -> Result<Value, u16> {
        loop {
            let next = tokio::time::timeout(Duration::from_secs(10), self.0.next()).await;
            match next.expect("a frame within ten seconds") {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(Some(frame)))) => return Err(frame.code.into()),
                Some(Ok(_)) => {}
                other => panic!("the window broke: {other:?}"),
            }
        }
    }

    /// The code with which the server closes.
    async fn closed(&mut self) -> u16 {
        loop {
            if let Err(code) = self.next().await {
                return code;
            }
        }
    }

    async fn until(&mut self, is: impl Fn(&Value) -> bool) -> Value {
        loop {
            let frame = self.next().await.unwrap();
            if is(&frame) {
                return frame;
            }
        }
    }

    /// Asks, and gives `done` or the code of the refusal.
    async fn ask(&mut self, op: &str, mut fields: Value) -> String {
        fields["op"] = json!(op);
        fields["id"] = json!(hookflash::ids::new_id());
        let id = fields["id"].clone();
        self.send(&fields).await;
        let answer = self.until(|frame| frame["re"] == id).await;
        let code = answer["code"].as_str().or(answer["type"].as_str());
        code.unwrap().to_owned()
    }

    /// The agent as told next with what is wanted of them.
    async fn agent(&mut self, id: &Value, is: impl Fn(&Value) -> bool) -> Value {
        let of = |frame: &Value| {
            let agents = frame["agents"].as_array().cloned().unwrap_or_default();
            agents.into_iter().find(|agent| agent["agent_id"] == *id && is(agent))
        };
        of(&self.until(|frame| of(frame).is_some()).await).unwrap()
    }
}

async fn billing(app: &TestApp) -> Value {
    let admin = app.sign_in("admin").await;
    let dana = app.user_id("dana").await;
    let body = json!({ "name": "Billing", "member_ids": [dana] });
    app.call(&admin, "POST", "/api/v1/queues", Some(&body)).await.json()["queue_id"].clone()
}

#[tokio::test]
async fn a_supervisor_sees_agents_come_and_go_and_may_set_them_aside_and_log_them_out() {
    let app = TestApp::start().await;
    let queue = billing(&app).await;
    let dana = json!(app.user_id("dana").await);
    let mut sara = Window::open(&app, &app.sign_in("sara").await).await;
    sara.send(&json!({ "op": "floor.watch", "id": hookflash::ids::new_id() })).await;
    let whole = sara.until(|frame| frame["type"] == "floor").await;
    assert_eq!((&whole["whole"], whole["queues"].as_array().map(Vec::len)), (&json!(true), Some(2)));
    let agents = whole["agents"].as_array().unwrap();
    assert!(agents.len() == 2 && agents.iter().all(|agent| agent["state"] == "signed_out"), "{agents:?}");

    let mut desk = Window::open(&app, &app.sign_in("dana").await).await;
    let seen = sara.agent(&dana, |agent| agent["state"] == "not_ready").await;
    assert_eq!(seen["queues"], json!([{ "queue_id": queue, "active": true }]));
    assert_eq!(desk.ask("agent.ready", json!({})).await, "done");
    sara.agent(&dana, |agent| agent["state"] == "ready").await;

    let member = |agent: &Value, active| json!({ "queue_id": queue, "agent_id": agent, "active": active });
    assert_eq!(sara.ask("floor.set_member", member(&dana, false)).await, "done");
    let admin = app.sign_in("admin").await;
    let mut second = Window::open(&app, &admin).await;
    second.send(&json!({ "op": "floor.watch", "id": hookflash::ids::new_id() })).await;
    let seen = second.agent(&dana, |_| true).await;
    assert_eq!(seen["queues"][0]["active"], json!(false));
    let ben = json!(app.user_id("ben").await);
    assert_eq!(sara.ask("floor.set_member", member(&ben, false)).await, "not_a_member");

    assert_eq!(sara.ask("floor.log_out", json!({ "agent_id": dana })).await, "done");
    second.agent(&dana, |agent| agent["state"] == "signed_out").await;
    assert_eq!(desk.closed().await, 4401);
    app.stop().await;
}

#[tokio::test]
async fn a_role_that_is_taken_away_counts_at_once() {
    let app = TestApp::start().await;
    let (admin, sara) = (app.sign_in("admin").await, app.sign_in("sara").await);
    let mut window = Window::open(&app, &sara).await;
    assert_eq!(window.ask("floor.watch", json!({})).await, "done");
    let path = format!("/api/v1/users/{}", app.user_id("sara").await);
    let same = json!({ "name": "Sara", "roles": ["supervisor"] });
    assert_eq!(app.call(&admin, "PATCH", &path, Some(&same)).await.status, 200);
    assert_eq!(window.ask("floor.watch", json!({})).await, "done", "the same roles close nothing");
    let other = json!({ "roles": ["agent"] });
    assert_eq!(app.call(&admin, "PATCH", &path, Some(&other)).await.status, 200);
    assert_eq!(window.closed().await, 1013);
    let mut window = Window::open(&app, &sara).await;
    assert_eq!(window.ask("floor.watch", json!({})).await, "not_permitted");
    app.stop().await;
}

#[tokio::test]
async fn who_is_no_agent_any_more_is_at_work_no_more() {
    let app = TestApp::start().await;
    billing(&app).await;
    let admin = app.sign_in("admin").await;
    let (dana, id) = (app.sign_in("dana").await, app.user_id("dana").await);
    let mut desk = Window::open(&app, &dana).await;
    assert_eq!(desk.ask("agent.ready", json!({})).await, "done");
    let mut floor = Window::open(&app, &app.sign_in("sara").await).await;
    assert_eq!(floor.ask("floor.watch", json!({})).await, "done");
    let path = format!("/api/v1/users/{id}");
    for role in ["supervisor", "agent"] {
        let roles = json!({ "roles": [role] });
        assert_eq!(app.call(&admin, "PATCH", &path, Some(&roles)).await.status, 200);
    }
    floor.agent(&json!(id), |agent| agent["state"] == "signed_out").await;
    app.stop().await;
}

#[tokio::test]
async fn what_is_for_supervisors_is_refused_to_agents_and_the_other_way_round() {
    let app = TestApp::start().await;
    let queue = billing(&app).await;
    let (dana, call) = (json!(app.user_id("dana").await), json!(hookflash::ids::new_id()));
    let mut agent = Window::open(&app, &app.sign_in("dana").await).await;
    let mut sara = Window::open(&app, &app.sign_in("sara").await).await;
    for (op, fields, answer) in [
        ("floor.watch", json!({}), "done"),
        ("floor.assign", json!({ "interaction_id": call, "agent_id": dana }), "not_waiting"),
        ("floor.set_priority", json!({ "interaction_id": call, "priority": 1 }), "not_waiting"),
        ("floor.set_priority", json!({ "interaction_id": call, "priority": 1_001 }), "bad_priority"),
        ("floor.set_member", json!({ "queue_id": queue, "agent_id": dana, "active": true }), "done"),
        ("floor.log_out", json!({ "agent_id": "nobody" }), "bad_request"),
        ("floor.leave", json!({}), "done"),
    ] {
        let refused = agent.ask(op, fields.clone()).await;
        let expected = if answer == "bad_request" { answer } else { "not_permitted" };
        assert_eq!((op, refused.as_str()), (op, expected));
        assert_eq!((op, sara.ask(op, fields).await.as_str()), (op, answer));
    }
    assert_eq!(sara.ask("agent.ready", json!({})).await, "not_permitted");
    app.stop().await;
}
