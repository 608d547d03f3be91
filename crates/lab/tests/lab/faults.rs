//! Trouble made by the control API, as a client meets it.

use reqwest::Method;
use serde_json::{Value, json};

use crate::bare_client::{BareClient, flatten, href, http, is, shape};
use crate::lab::Lab;

#[tokio::test]
async fn bodies_come_broken_and_redirects_never_end() {
    let lab = Lab::pool(&[]);
    let client = lab.client("dana@lab.test").await;
    let me = client.path("me");
    let whole = client.get(&me).await.text().await.unwrap();
    for (mangle, fits) in [
        ("cut", (|text: &str, whole: &str| text.len() == whole.len() / 2) as fn(&str, &str) -> bool),
        ("types", |text, _| text.contains("\"name\":14")),
        ("no_links", |text, _| !text.contains("_links")),
        ("huge", |text, _| text.len() > 64 << 20),
        ("empty", |text, _| text.is_empty()),
    ] {
        lab.control("POST", "/trouble", json!({"path": "/me", "count": 1, "mangle": mangle})).await;
        let answer = client.get(&me).await;
        assert_eq!(answer.status(), 200, "{mangle}");
        let text = answer.text().await.unwrap();
        assert!(fits(&text, &whole), "{mangle}: {}", text.get(..200).unwrap_or(&text));
    }
    lab.control("POST", "/trouble", json!({"path": "root", "redirect": "link"})).await;
    let mut next = format!("{}/Autodiscover/AutodiscoverService.svc/root", client.base);
    for _ in 0..20 {
        let hop: Value = client.http.get(&next).send().await.unwrap().json().await.unwrap();
        assert_ne!(href(&hop["_links"]["redirect"]), next);
        next = href(&hop["_links"]["redirect"]);
    }
    lab.control("DELETE", "/trouble", json!({})).await;
    let fault = json!({"path": "/me", "count": 1, "status": 503, "retry_after": 7, "reason": "ServiceUnavailable/ExchangeTimeout",
        "diagnostics": "28000;source=\"lab\";reason=\"made\""});
    lab.control("POST", "/trouble", fault).await;
    let answer = client.get(&me).await;
    assert_eq!((answer.status().as_u16(), answer.headers()["retry-after"].to_str().unwrap()), (503, "7"));
    assert!(answer.headers()["x-ms-diagnostics"].to_str().unwrap().starts_with("28000;"));
    assert_eq!(answer.json::<Value>().await.unwrap()["subcode"], "ExchangeTimeout");
}

#[tokio::test]
async fn events_get_lost_doubled_shuffled_and_held() {
    let lab = Lab::pool(&[]);
    let mut agent = lab.client("dana@lab.test").await;
    let note = agent.path("me/note");
    let mine = |fields: Value| {
        let mut wanted = json!({"person": "dana@lab.test"});
        wanted.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        wanted
    };
    lab.control("POST", "/events", mine(json!({"rel": "note", "drop": 1}))).await;
    assert_eq!(agent.post(&note, &json!({"message": "lost"})).await.status(), 204);
    assert!(!agent.poll().await.iter().any(|e| is(e, "note", "updated")));

    lab.control("POST", "/events", mine(json!({"rel": "note", "duplicate": 1}))).await;
    assert_eq!(agent.post(&note, &json!({"message": "twice"})).await.status(), 204);
    let path = agent.next.clone();
    let first = flatten(&agent.read(&path).await);
    assert_eq!(first.iter().filter(|e| is(e, "note", "updated")).count(), 2, "{first:#?}");
    assert_eq!(flatten(&agent.read(&path).await), first, "asked again it is the same batch");
    agent.poll().await;

    lab.control("POST", "/events", mine(json!({"shuffle": 1, "seed": 7}))).await;
    agent.invite("sip:tom.becker@lab.test", "op-1", "").await;
    let mut shuffled = shape(&agent.poll().await);
    let in_order = [
        "communication messagingInvitation started",
        "communication conversation added",
        "conversation localParticipant added",
        "conversation messaging updated",
    ];
    assert_ne!(shuffled, in_order);
    shuffled.sort();
    let mut sorted = in_order.map(str::to_owned);
    sorted.sort();
    assert_eq!(shuffled, sorted);

    lab.control("POST", "/events", mine(json!({"hold_ms": 1500}))).await;
    for text in ["one", "two"] {
        assert_eq!(agent.post(&agent.path("me/location"), &json!({"location": text})).await.status(), 204);
    }
    let batch = agent.until("the held events", |e| is(e, "location", "updated")).await;
    assert!(!batch.is_empty());
}

#[tokio::test]
async fn requests_over_the_limit_are_refused_and_counted() {
    let lab = Lab::pool(&[]);
    let client = lab.client("dana@lab.test").await;
    lab.control("DELETE", "/stats", json!({})).await;
    lab.control("POST", "/throttle", json!({"per_second": 1, "retry_after": 3})).await;
    let mut refused = None;
    for _ in 0..50 {
        let answer = client.get(&client.path("me")).await;
        if answer.status() == 429 {
            refused = Some(answer);
        }
    }
    let refused = refused.expect("fifty requests take less than fifty seconds");
    assert_eq!(refused.headers()["retry-after"], "3");
    assert_eq!(refused.json::<Value>().await.unwrap()["code"], "TooManyRequests");
    lab.control("POST", "/throttle", json!({"per_second": 0})).await;
    assert_eq!(client.get(&client.path("me")).await.status(), 200);
    let load = lab.control("GET", "/stats", Value::Null).await["load"].clone();
    assert_eq!(load["requests"], 51);
    assert!(
        load["throttled"].as_u64().unwrap() > 0 && load["peak_per_second"].as_u64().unwrap() > 1,
        "{load}"
    );
}

#[tokio::test]
async fn the_certificate_changes_and_the_clock_is_wrong() {
    let lab = Lab::pool(&[]);
    let client = lab.client("dana@lab.test").await;
    let renewed = lab.control("POST", "/certificate", json!({})).await;
    assert_eq!(renewed["ca"].as_str().unwrap(), std::fs::read_to_string(lab.authority_file()).unwrap());
    let fresh = BareClient::with_ticket(http(&lab), client.base.clone(), client.token.clone()).await;
    let changed = lab.control("POST", "/certificate", json!({"new_authority": true})).await;
    assert!(http(&lab).get(&client.base).send().await.is_err(), "the authority is not known");
    let authority = reqwest::Certificate::from_pem(changed["ca"].as_str().unwrap().as_bytes()).unwrap();
    let trusting = reqwest::Client::builder().tls_certs_only([authority]).build().unwrap();
    assert_eq!(trusting.get(&client.base).send().await.unwrap().status(), 200);

    let date = |answer: &reqwest::Response| answer.headers()["date"].to_str().unwrap().to_owned();
    let before = date(&fresh.get(&fresh.path("me")).await);
    lab.control("POST", "/clock", json!({"skew_seconds": -315_360_000})).await;
    let after = date(&fresh.get(&fresh.path("me")).await);
    let year = |date: &str| date.split(' ').nth(3).unwrap().parse::<i32>().unwrap();
    assert!((9..=10).contains(&(year(&before) - year(&after))), "{before} and {after}");
    let ticket = fresh.request(Method::GET, &fresh.path("me")).send().await.unwrap();
    assert_eq!(ticket.status(), 200, "the ticket is as good as before");
}
