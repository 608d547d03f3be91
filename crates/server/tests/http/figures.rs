//! Figures over the API: parts of the stretch where people are, metrics that explain themselves, limits.

use crate::app::TestApp;
use hookflash_domain::agent::NotReadyReason;
use hookflash_domain::figures::{
    AgentTime, Fact, Handling, InvitationFact, InvitationOutcome, NO_AGENT, Stay, Target, Visit, VisitOutcome,
};
use hookflash_domain::{
    ConsultId, DispositionId, InteractionId, NetworkId, PersonId, QueueId, Timestamp, UserId,
};
use hookflash_store::Write;
use serde_json::{Value, json};

const HOUR: i64 = 3_600_000;
/// 25 October 2026, 00:00 in Berlin: the day has 25 hours.
const MIDNIGHT: i64 = 1_792_879_200_000;

fn visit(queue: QueueId, left_at: i64, wait_ms: i64, agent: UserId) -> Fact {
    let outcome = if agent == NO_AGENT { VisitOutcome::Abandoned } else { VisitOutcome::Answered };
    Fact::Visit(Visit {
        interaction: InteractionId(hookflash::ids::new_id()),
        no: 0,
        queue,
        agent,
        entered_at: Timestamp(left_at - wait_ms),
        left_at: Timestamp(left_at),
        outcome,
        target: Target::default(),
    })
}

fn handling(queue: QueueId, completed_at: i64, agent: UserId) -> Fact {
    Fact::Handling(Handling {
        interaction: InteractionId(hookflash::ids::new_id()),
        no: 0,
        queue,
        agent,
        connected_at: Timestamp(completed_at - 100_000),
        completed_at: Timestamp(completed_at),
        talk_ms: 60_000,
        hold_ms: 0,
        wrap_up_ms: 40_000,
        dialling_ms: 0,
        contacting_ms: 0,
        transfer: None,
    })
}

async fn prepared() -> (TestApp, QueueId, UserId) {
    let app = TestApp::start().await;
    let admin = app.sign_in("admin").await;
    let made = app.call(&admin, "POST", "/api/v1/queues", Some(&json!({ "name": "Billing" }))).await;
    let queue: QueueId = made.json()["queue_id"].as_str().unwrap().parse().unwrap();
    let dana = app.user_id("dana").await;
    let facts = vec![
        visit(queue, MIDNIGHT - 1, 1_000, dana),
        // The hour that comes twice, and the last half hour of the long day.
        visit(queue, MIDNIGHT + 2 * HOUR + 60_000, 10_000, dana),
        visit(queue, MIDNIGHT + 3 * HOUR + 60_000, 30_000, dana),
        visit(queue, MIDNIGHT + 25 * HOUR - 1, 60_000, NO_AGENT),
        visit(queue, MIDNIGHT + 25 * HOUR, 1_000, dana),
        handling(queue, MIDNIGHT + 4 * HOUR, dana),
    ];
    let stay = |time, from: i64, to: i64| {
        Write::Stay(Stay { agent: dana, time, from_at: Timestamp(from), to_at: Timestamp(to) })
    };
    let writes = vec![
        Write::Facts(facts),
        stay(AgentTime::Ready, MIDNIGHT + 2 * HOUR, MIDNIGHT + 3 * HOUR),
        stay(AgentTime::Engaged, MIDNIGHT + 3 * HOUR, MIDNIGHT + 4 * HOUR),
        stay(AgentTime::NotReady(NotReadyReason::Meal), MIDNIGHT + 4 * HOUR, MIDNIGHT + 5 * HOUR),
    ];
    app.store().commit(writes).await.unwrap();
    (app, queue, dana)
}

fn column(page: &Value, path: &str) -> Vec<Value> {
    page["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row.pointer(path).cloned().unwrap_or(Value::Null))
        .collect()
}

#[tokio::test]
async fn a_day_is_a_day_where_people_are() {
    let (app, queue, _) = prepared().await;
    let sara = app.sign_in("sara").await;
    let asked = |more: &str| {
        let (from, to) = (MIDNIGHT - 24 * HOUR, MIDNIGHT + 49 * HOUR);
        format!("/api/v1/figures/queues?from_at={from}&to_at={to}&time_zone=Europe/Berlin{more}")
    };
    let days = app.get(&sara, &asked("&grain=day")).await.json();
    assert_eq!(column(&days, "/from_at"), [-24, 0, 25].map(|hours| json!(MIDNIGHT + hours * HOUR)));
    assert_eq!(column(&days, "/to_at")[1], json!(MIDNIGHT + 25 * HOUR));
    assert_eq!(column(&days, "/figures/values/offered"), [1.0, 3.0, 1.0].map(|count| json!(count)));
    assert_eq!(column(&days, "/queue_name")[1], json!("Billing"));
    let long = &days["rows"][1]["figures"]["values"];
    assert_eq!((&long["asa"], &long["abandoned"]), (&json!(20_000.0), &json!(1.0)));
    assert_eq!(long["service_level"].as_f64().map(f64::round), Some(33.0));
    assert_eq!((&long["average_talk"], &long["average_hold"]), (&json!(60_000.0), &Value::Null));

    let halves = app.get(&sara, &asked("&grain=interval")).await.json();
    let twice = [2, 3].map(|hours| json!(MIDNIGHT + hours * HOUR));
    assert_eq!(column(&halves, "/from_at")[1..3], twice);
    let whole = app.get(&sara, &asked("&abandons=false")).await.json();
    assert_eq!(
        (whole["rows"].as_array().map(Vec::len), &whole["rows"][0]["queue_id"]),
        (Some(1), &json!(queue))
    );
    assert_eq!(whole["summary"]["values"]["service_level"], json!(75.0));
    assert_eq!(whole["summary"]["totals"]["offered"], json!(5));
    app.stop().await;
}

#[tokio::test]
async fn a_series_has_every_part_of_the_stretch_and_no_more_than_a_screen_shows() {
    let (app, queue, _) = prepared().await;
    let sara = app.sign_in("sara").await;
    let to = MIDNIGHT + 49 * HOUR;
    let asked = |more: &str| {
        format!("/api/v1/figures/queues/series?from_at={MIDNIGHT}&to_at={to}&time_zone=Europe/Berlin{more}")
    };
    let days = app.get(&sara, &asked("&grain=day")).await.json();
    let of = |field: &str| {
        days["points"].as_array().unwrap().iter().map(|one| one[field].clone()).collect::<Vec<_>>()
    };
    assert_eq!(of("from_at"), [0, 25].map(|hours| json!(MIDNIGHT + hours * HOUR)));
    assert_eq!(
        (of("offered"), of("answered"), of("abandoned")),
        (vec![json!(3), json!(1)], vec![json!(2), json!(1)], vec![json!(1), json!(0)],)
    );
    assert_eq!(of("service_level")[1], json!(100.0));
    let halves = app.get(&sara, &asked("&grain=interval")).await.json();
    assert_eq!(halves["points"].as_array().map(Vec::len), Some(98), "the long day has 50, the next 48");
    assert_eq!(
        halves["points"][0],
        json!({ "from_at": MIDNIGHT, "to_at": MIDNIGHT + HOUR / 2, "offered": 0,
        "answered": 0, "abandoned": 0, "flowed_out": 0, "service_level": null })
    );
    let of_one = app.get(&sara, &asked(&format!("&queue_ids={}", queue.0))).await.json();
    assert_eq!(of_one["points"][0]["offered"], json!(4));
    let of_none = app.get(&sara, &asked("&queue_ids=00000000-0000-0000-0000-000000000001")).await.json();
    assert_eq!(of_none["points"][0]["offered"], json!(0));
    let far = MIDNIGHT + 16 * 24 * HOUR;
    let many = format!("/api/v1/figures/queues/series?from_at={MIDNIGHT}&to_at={far}&grain=interval");
    for (path, words) in [(many, "coarser"), (asked("&queue_ids=x"), "queue_ids")] {
        let answer = app.get(&sara, &path).await;
        assert_eq!(answer.outcome(), (422, "invalid".to_owned()), "{}", answer.text);
        assert!(answer.text.contains(words), "{}", answer.text);
    }
    app.stop().await;
}

#[tokio::test]
async fn agents_have_their_time_beside_their_counts() {
    let (app, _, dana) = prepared().await;
    let sara = app.sign_in("sara").await;
    let (from, to) = (MIDNIGHT, MIDNIGHT + 25 * HOUR);
    let page = app.get(&sara, &format!("/api/v1/figures/agents?from_at={from}&to_at={to}")).await.json();
    assert_eq!(column(&page, "/agent_id"), [json!(dana)]);
    let figures = &page["rows"][0]["figures"];
    assert_eq!(figures["states"], json!({ "ready": HOUR, "engaged": HOUR, "meal": HOUR }));
    assert_eq!(figures["values"]["occupancy"], json!(50.0));
    assert_eq!((&figures["values"]["answered"], &figures["values"]["handled"]), (&json!(2.0), &json!(1.0)));
    assert_eq!(page["summary"]["values"]["abandoned"], json!(0.0), "nobody's are the queues' alone");
    app.stop().await;
}

#[tokio::test]
async fn an_agents_day_is_told_state_by_state() {
    let (app, _, dana) = prepared().await;
    let sara = app.sign_in("sara").await;
    let asked =
        |from: i64, to: i64| format!("/api/v1/figures/agents/{dana}/states?from_at={from}&to_at={to}");
    // A stretch that begins within a stay has all of the half hour that it begins in.
    let page = app.get(&sara, &asked(MIDNIGHT + 2 * HOUR, MIDNIGHT + 4 * HOUR + 1)).await.json();
    let told: Vec<_> = page["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let hours = |at: &Value| (at.as_i64().unwrap() - MIDNIGHT) / HOUR;
            (row["state"].as_str().unwrap().to_owned(), hours(&row["from_at"]))
        })
        .collect();
    assert_eq!(told, [("ready".to_owned(), 2), ("engaged".to_owned(), 3), ("meal".to_owned(), 4)]);
    assert_eq!(page["rows"][0]["to_at"], json!(MIDNIGHT + 3 * HOUR), "half hours are put together again");
    let none = app.get(&sara, &asked(MIDNIGHT, MIDNIGHT + HOUR)).await.json();
    assert_eq!(none["rows"], json!([]));
    let far = app.get(&sara, &asked(MIDNIGHT, MIDNIGHT + 32 * 24 * HOUR)).await;
    assert_eq!(far.outcome(), (422, "invalid".to_owned()));
    app.stop().await;
}

#[tokio::test]
async fn codes_have_what_agents_did_with_them() {
    let (app, queue, dana) = prepared().await;
    let admin = app.sign_in("admin").await;
    let sold =
        app.call(&admin, "POST", "/api/v1/dispositions", Some(&json!({ "name": "Sold" }))).await.json();
    let sold = DispositionId(sold["disposition_id"].as_str().unwrap().parse().unwrap());
    let at = MIDNIGHT + 6 * HOUR;
    let with_code = crate::interactions::add(&app, dana, queue, at).await;
    let mut row = app.store().interaction(with_code).await.unwrap().unwrap().interaction;
    row.disposition_id = Some(sold);
    let part = |interaction, talk_ms| {
        let Fact::Handling(part) = handling(queue, at, dana) else { unreachable!() };
        Fact::Handling(Handling { interaction, talk_ms, ..part })
    };
    let facts = vec![part(with_code, 20_000), part(InteractionId(hookflash::ids::new_id()), 10_000)];
    app.store().commit(vec![Write::Interaction(Box::new(row)), Write::Facts(facts)]).await.unwrap();
    let asked = format!("/api/v1/figures/wrap-up?from_at={}&to_at={}", MIDNIGHT + 5 * HOUR, at + HOUR);
    let page = app.get(&app.sign_in("sara").await, &asked).await.json();
    let rows: Vec<_> = page["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["disposition_name"].clone(), row["figures"]["values"]["average_talk"].clone()))
        .collect();
    assert!(rows.contains(&(json!("Sold"), json!(20_000.0))), "{rows:?}");
    assert!(rows.contains(&(Value::Null, json!(10_000.0))) && rows.len() == 2, "{rows:?}");
    assert_eq!(page["summary"]["totals"]["handled"], json!(2));
    app.stop().await;
}

#[tokio::test]
async fn experts_chats_at_the_same_time_count_once_and_people_are_the_administrators() {
    let (app, queue, dana) = prepared().await;
    let at = |minutes: i64| Timestamp(MIDNIGHT + 60_000 * minutes);
    let invited = |expert: usize, from: i64, to: i64, outcome| {
        Fact::Invitation(InvitationFact {
            consult: ConsultId(hookflash::ids::new_id()),
            no: 0,
            queue,
            agent: dana,
            expert: PersonId {
                network: NetworkId("skype".into()),
                address: format!("sip:{expert}@lab.test"),
            },
            expert_name: format!("Expert {expert}"),
            asked_at: at(from),
            settled_at: at(from),
            replied_at: None,
            ended_at: at(to),
            outcome,
            target_ms: 30_000,
        })
    };
    let (accepted, silent) = (InvitationOutcome::Accepted, InvitationOutcome::NoAnswer);
    // `definitions.md` 8.2: 10:00 to 10:06 and 10:04 to 10:10 are 10 minutes, two at once.
    let facts =
        vec![invited(1, 600, 606, accepted), invited(1, 604, 610, accepted), invited(2, 600, 601, silent)];
    app.store().commit(vec![Write::Facts(facts)]).await.unwrap();
    let asked = format!("/api/v1/figures/experts?from_at={MIDNIGHT}&to_at={}", MIDNIGHT + 24 * HOUR);
    let page = app.get(&app.sign_in("admin").await, &asked).await.json();
    assert_eq!(column(&page, "/name"), [Value::Null, json!("Expert 1"), json!("Expert 2")]);
    assert_eq!(column(&page, "/people_count"), [2, 1, 1].map(|count| json!(count)));
    assert_eq!(column(&page, "/consult_ms"), [600_000, 600_000, 0].map(|ms| json!(ms)));
    assert_eq!(column(&page, "/peak_count"), [2, 2, 0].map(|count| json!(count)));
    assert_eq!(column(&page, "/figures/values/missed_percent")[2], json!(100.0));
    assert_eq!(page["summary"]["totals"]["invitations"], json!(3));

    let sara = app.sign_in("sara").await;
    let few = app.get(&sara, &asked).await.json();
    let withheld = json!([{ "network": "skype", "network_name": few["rows"][0]["network_name"], "address": null,
        "name": null, "people_count": 2, "figures": null, "consult_ms": null, "peak_count": null }]);
    assert_eq!((&few["rows"], &few["summary"]), (&withheld, &Value::Null));
    let more = (3..=5).map(|expert| invited(expert, 700, 701, silent)).collect();
    app.store().commit(vec![Write::Facts(more)]).await.unwrap();
    let enough = app.get(&sara, &asked).await.json();
    assert_eq!(column(&enough, "/figures/totals/invitations"), [json!(6)]);
    app.stop().await;
}

#[tokio::test]
async fn every_value_is_explained_and_bad_questions_are_refused_with_words() {
    let (app, ..) = prepared().await;
    let sara = app.sign_in("sara").await;
    let metrics = app.get(&sara, "/api/v1/figures/metrics").await.json();
    let words: Vec<_> = metrics.as_array().unwrap().iter().map(|one| one["word"].clone()).collect();
    let page =
        app.get(&sara, &format!("/api/v1/figures/queues?from_at={MIDNIGHT}&to_at={MIDNIGHT}")).await.json();
    assert_eq!(page["rows"], json!([]));
    let values = page["summary"]["values"].as_object().unwrap();
    assert!(values.keys().all(|word| words.contains(&json!(word))) && values.len() == words.len());
    let asa = metrics.as_array().unwrap().iter().find(|one| one["word"] == json!("asa")).unwrap();
    assert_eq!(asa["divisor"], json!("answered"));
    let later = MIDNIGHT + 1;
    let far = MIDNIGHT + 4 * 366 * 24 * HOUR;
    for (query, status, words) in [
        (format!("from_at={later}&to_at={MIDNIGHT}"), 422, "must not be after to_at"),
        (format!("from_at={MIDNIGHT}&to_at={far}"), 422, "at most three years"),
        (format!("from_at=1&to_at={MIDNIGHT}"), 422, "from_at"),
        (format!("from_at={MIDNIGHT}&to_at={later}&time_zone=Mars/Olympus"), 422, "Europe/Berlin"),
        (format!("from_at={MIDNIGHT}&to_at={later}&grain=minute"), 400, "grain"),
        (format!("to_at={later}"), 400, "from_at"),
    ] {
        let answer = app.get(&sara, &format!("/api/v1/figures/queues?{query}")).await;
        assert_eq!(answer.status.as_u16(), status, "{query} {}", answer.text);
        assert!(answer.text.contains(words), "{query} {}", answer.text);
    }
    app.stop().await;
}
