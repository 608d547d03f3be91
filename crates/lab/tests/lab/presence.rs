//! Search and presence (ucwa.md §4).

use reqwest::Method;
use serde_json::{Value, json};

use crate::bare_client::{href, is};
use crate::lab::Lab;

#[tokio::test]
async fn search_finds_people_and_says_when_there_are_more() {
    let lab = Lab::pool(&["--generate", "200"]);
    let client = lab.client("dana@lab.test").await;
    let found = client.read(&client.path("people/search/?query=osk&limit=20")).await;
    let contact = &found["_embedded"]["contact"][0];
    assert_eq!((&contact["name"], &contact["department"]), (&json!("Oskar Lindqvist"), &json!("Payments")));
    assert_eq!(client.read(&href(&contact["_links"]["self"])).await["uri"], "sip:oskar.lindqvist@lab.test");
    let none = client.read(&client.path("people/search?query=zzz")).await;
    assert!(none["_embedded"].is_null());
    let many = client.read(&client.path("people/search?query=expert&limit=100")).await;
    assert_eq!(
        (&many["moreResultsAvailable"], many["_embedded"]["contact"].as_array().unwrap().len()),
        (&json!(true), 100)
    );
    let long = format!("people/search?query={}", "x".repeat(257));
    assert_eq!(client.get(&client.path(&long)).await.status(), 400);
    assert_eq!(client.get(&client.path("people/search?query=a&limit=101")).await.status(), 400);
}

#[tokio::test]
async fn subscribers_hear_of_changes_until_they_stop() {
    let lab = Lab::pool(&[]);
    let mut client = lab.client("dana@lab.test").await;
    let wanted = json!({"duration": 11, "Uris": ["sip:priya.raman@lab.test", "sip:echo@lab.test"]});
    let made = client.post(&client.path("people/presenceSubscriptions"), &wanted).await;
    assert_eq!(made.status(), 201);
    let made: Value = made.json().await.unwrap();
    let own = href(&made["_links"]["self"]);
    let events = client.until("presence", |e| is(e, "contactPresence", "updated")).await;
    assert_eq!(events.iter().filter(|e| is(e, "contact", "added")).count(), 2);
    assert!(events.iter().any(|e| is(e, "presenceSubscription", "added")));

    lab.control(
        "POST",
        "/people/priya.raman@lab.test/presence",
        json!({"availability": "Busy", "activity": "in-a-meeting"}),
    )
    .await;
    let of_priya =
        |e: &Value| e["in"]["href"].as_str().is_some_and(|h| h.ends_with("/people/priya.raman@lab.test"));
    let events = client.until("the change", |e| is(e, "contactPresence", "updated") && of_priya(e)).await;
    let changed = events.last().unwrap();
    let presence = client.read(&href(&changed["link"])).await;
    assert_eq!((&presence["availability"], &presence["activity"]), (&json!("Busy"), &json!("in-a-meeting")));

    assert_eq!(client.post(&format!("{own}?duration=20"), &Value::Null).await.status(), 200);
    assert_eq!(client.post(&format!("{own}?duration=99"), &Value::Null).await.status(), 400);
    assert_eq!(client.request(Method::DELETE, &own).send().await.unwrap().status(), 204);
    let events = client.until("the end", |e| is(e, "presenceSubscription", "deleted")).await;
    assert_eq!(events.iter().filter(|e| is(e, "contact", "deleted")).count(), 2);
    assert_eq!(client.post(&own, &Value::Null).await.status(), 404);
}

#[tokio::test]
async fn a_client_publishes_its_presence() {
    let lab = Lab::pool(&[]);
    let agent = lab.client("dana@lab.test").await;
    let path = agent.path("me/presence");
    assert_eq!(agent.post(&path, &json!({"availability": "Busy"})).await.status(), 204);
    assert_eq!(agent.read(&agent.path("people/dana@lab.test/presence")).await["availability"], "Busy");
    assert_eq!(agent.post(&path, &json!({"availability": "Sleeping"})).await.status(), 400);
    assert_eq!(agent.post(&path, &Value::Null).await.status(), 204);
    assert_eq!(agent.read(&path).await["availability"], "Online");
}

#[tokio::test]
async fn etags_head_xml_and_versions() {
    let lab = Lab::pool(&[]);
    let client = lab.client("dana@lab.test").await;
    let path = client.path("people/echo@lab.test");
    let first = client.get(&path).await;
    let etag = first.headers()["etag"].clone();
    assert_eq!(first.headers()["x-ms-ucwaversion"], "2");
    let same = client.request(Method::GET, &path).header("If-None-Match", etag).send().await.unwrap();
    assert_eq!((same.status().as_u16(), same.text().await.unwrap()), (304, String::new()));
    let head = client.request(Method::HEAD, &path).send().await.unwrap();
    assert_eq!(head.status(), 200);
    let xml = client.request(Method::GET, &path).header("Accept", "application/xml").send().await.unwrap();
    assert_eq!(xml.headers()["content-type"], "application/xml; charset=utf-8");
    assert!(xml.text().await.unwrap().contains("<property name=\"name\">Echo Test</property>"));
    let newer = client
        .request(Method::GET, &path)
        .header("X-MS-RequiresMinResourceVersion", "3")
        .send()
        .await
        .unwrap();
    assert_eq!(newer.json::<Value>().await.unwrap()["subcode"], "APIVersionNotSupported");
    let honoured = client.request(Method::GET, &path).header("X-MS-RequiresMinResourceVersion", "2.0").send();
    assert_eq!(honoured.await.unwrap().status(), 200);
    let raw = reqwest::Client::builder().no_gzip().tls_certs_only([lab.authority()]).build().unwrap();
    let packed = raw.get(format!("{}{path}", client.base)).bearer_auth(&client.token);
    let packed = packed.header("Accept-Encoding", "gzip").send().await.unwrap();
    assert_eq!(packed.headers()["content-encoding"], "gzip");
}
