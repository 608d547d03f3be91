//! Looking at what was.

use crate::app::TestApp;
use hookflash::ids;
use hookflash_domain::attached::AttachedData;
use hookflash_domain::interaction::{
    Call, CallState, EndReason, Interaction, Leg, LegState, Participant, Stage,
};
use hookflash_domain::wrap_up::{WrapUp, WrapUpRule};
use hookflash_domain::{InteractionId, QueueId, Timestamp, UserId};
use hookflash_store::{EventRow, InteractionRow, Write};
use serde_json::json;

/// Adds a completed interaction of an agent.
pub(crate) async fn add(app: &TestApp, agent: UserId, queue: QueueId, at: i64) -> InteractionId {
    let interaction = interaction(agent, queue, Timestamp(at));
    let id = interaction.id;
    let row = row(&interaction, agent);
    let event = |kind: &str, payload: &str| EventRow {
        at: Timestamp(at),
        kind: kind.to_owned(),
        interaction_id: Some(id),
        consult_id: None,
        user_id: Some(agent),
        by_name: None,
        payload: payload.to_owned(),
    };
    let events = [event("answered", "{}"), event("call_ended", r#"{"reason":"caller_hung_up"}"#)];
    let writes = [Write::Interaction(Box::new(row))].into_iter();
    let writes = writes.chain(events.map(|event| Write::Event(Box::new(event))));
    app.store().commit(writes.collect()).await.unwrap();
    id
}

fn interaction(agent: UserId, queue: QueueId, at: Timestamp) -> Interaction {
    let leg = |participant| Leg {
        participant,
        state: LegState::Ended,
        joined_at: at,
        left_at: Some(at.plus_ms(60_000)),
    };
    let pairs = [("X-Case", "48213"), ("X-Date-Of-Birth", "1984-03-17")];
    Interaction {
        id: InteractionId(ids::new_id()),
        queue,
        caller_number: "+493055501234".to_owned(),
        caller_name: Some("<script>alert(1)</script>".to_owned()),
        dialled_number: "billing".to_owned(),
        attached: AttachedData::new(pairs.map(|(key, value)| (key.to_owned(), value.to_owned()))),
        demand: hookflash_domain::routing::Demand::default(),
        started_at: at,
        answered_at: Some(at.plus_ms(5_000)),
        stage: Stage::Completed { agent: Some(agent), at: at.plus_ms(90_000) },
        call: Call {
            state: CallState::Ended { at: at.plus_ms(60_000), reason: EndReason::CallerHungUp },
            legs: vec![leg(Participant::Customer), leg(Participant::Agent { user: agent })],
            ..Call::default()
        },
        wrap_up_rule: WrapUpRule::default(),
        wrap_up: WrapUp::default(),
    }
}

fn row(interaction: &Interaction, agent: UserId) -> InteractionRow {
    InteractionRow {
        interaction_id: interaction.id,
        queue_id: interaction.queue,
        agent_id: Some(agent),
        state: "completed".to_owned(),
        caller_number: interaction.caller_number.clone(),
        caller_name: interaction.caller_name.clone(),
        dialled_number: interaction.dialled_number.clone(),
        started_at: interaction.started_at,
        answered_at: interaction.answered_at,
        call_ended_at: Some(interaction.started_at.plus_ms(60_000)),
        completed_at: Some(interaction.started_at.plus_ms(90_000)),
        end_reason: Some("caller_hung_up".to_owned()),
        disposition_id: None,
        note: "Zurückgerufen".to_owned(),
        wait_ms: 5_000,
        talk_ms: 55_000,
        hold_ms: 0,
        wrap_up_ms: 30_000,
        consult_count: 0,
        attached: serde_json::to_string(&interaction.attached).unwrap(),
        body: serde_json::to_string(interaction).unwrap(),
    }
}

async fn add_queue(app: &TestApp) -> QueueId {
    let admin = app.sign_in("admin").await;
    let answer = app.call(&admin, "POST", "/api/v1/queues", Some(&json!({ "name": "Billing" }))).await;
    answer.json()["queue_id"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn an_agent_sees_their_own_and_another_agents_does_not_exist() {
    let app = TestApp::start().await;
    let queue = add_queue(&app).await;
    let (dana_id, ben_id) = (app.user_id("dana").await, app.user_id("ben").await);
    let (of_dana, of_ben) = (add(&app, dana_id, queue, 1_000).await, add(&app, ben_id, queue, 2_000).await);
    let (dana, sara) = (app.sign_in("dana").await, app.sign_in("sara").await);
    for (session, path, ids) in [
        (&dana, "/api/v1/interactions".to_owned(), vec![of_dana]),
        (&dana, format!("/api/v1/interactions?agent_id={ben_id}"), vec![]),
        (&sara, "/api/v1/interactions".to_owned(), vec![of_ben, of_dana]),
        (&sara, format!("/api/v1/interactions?agent_id={ben_id}"), vec![of_ben]),
        (&sara, "/api/v1/interactions?text=ZUR%C3%9CCK&number=555&from_at=1500".to_owned(), vec![of_ben]),
        (&sara, "/api/v1/interactions?with_consult=true".to_owned(), vec![]),
    ] {
        let page = app.get(session, &path).await.json();
        let found: Vec<_> =
            page["rows"].as_array().unwrap().iter().map(|row| row["interaction_id"].clone()).collect();
        let expected: Vec<_> = ids.iter().map(|id| json!(id)).collect();
        assert_eq!(found, expected, "{path}");
    }
    let other = app.get(&dana, &format!("/api/v1/interactions/{of_ben}")).await;
    let missing = app.get(&dana, "/api/v1/interactions/00000000-0000-0000-0000-000000000000").await;
    assert_eq!(other.outcome(), (404, "unknown_interaction".to_owned()));
    assert_eq!(other.text, missing.text);
    app.stop().await;
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repetition() {
    let app = TestApp::start().await;
    let queue = add_queue(&app).await;
    let dana_id = app.user_id("dana").await;
    let mut added = Vec::new();
    for number in 0..7 {
        added.push(json!(add(&app, dana_id, queue, 1_000 + number / 2).await));
    }
    let (sara, mut found, mut cursor) = (app.sign_in("sara").await, Vec::new(), String::new());
    loop {
        let page = app.get(&sara, &format!("/api/v1/interactions?limit=3{cursor}")).await.json();
        found.extend(page["rows"].as_array().unwrap().iter().map(|row| row["interaction_id"].clone()));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    let order = |ids: &mut Vec<serde_json::Value>| ids.sort_by_key(ToString::to_string);
    assert_eq!(found.len(), 7);
    order(&mut found);
    order(&mut added);
    assert_eq!(found, added);
    app.stop().await;
}

#[tokio::test]
async fn the_detail_speaks_in_labels_and_keeps_hidden_values_back() {
    let app = TestApp::start().await;
    let queue = add_queue(&app).await;
    let id = add(&app, app.user_id("dana").await, queue, 1_000).await;
    let keys = json!({ "keys": [
        { "key": "X-Case", "label": "Case", "private": false, "hidden": false },
        { "key": "X-Date-Of-Birth", "label": "Date of birth", "private": true, "hidden": true },
    ] });
    let admin = app.sign_in("admin").await;
    let set = app.call(&admin, "PUT", "/api/v1/settings/attached-data", Some(&keys)).await;
    assert_eq!((set.status.as_u16(), set.json()), (200, keys));
    let answer = app.get(&admin, &format!("/api/v1/interactions/{id}")).await;
    let detail = answer.json();
    assert_eq!(
        detail["attached"],
        json!([
            { "key": "X-Case", "label": "Case", "value": "48213", "private": false },
            { "key": "X-Date-Of-Birth", "label": "Date of birth", "value": "", "private": true },
        ])
    );
    assert!(!answer.text.contains("1984"));
    assert_eq!(detail["caller_name"], json!("<script>alert(1)</script>"));
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(detail["note"], json!("Zurückgerufen"));
    assert_eq!((&detail["talk_ms"], &detail["queue_name"]), (&json!(55_000), &json!("Billing")));
    assert_eq!(detail["legs"][1]["participant"], json!("dana of the test"));
    assert_eq!(detail["legs"][1]["role"], json!("agent"));
    assert_eq!(detail["timeline"][1]["kind"], json!("call_ended"));
    assert_eq!(detail["timeline"][1]["params"], json!({ "reason": "caller_hung_up" }));
    app.stop().await;
}
