//! Provisioning over SCIM: what any client may rely on.

use crate::app::{Answer, TestApp};
use serde_json::{Value, json};
use uuid::Uuid;

/// A source that provisions, at a server.
pub(crate) struct Source {
    pub(crate) id: Uuid,
    pub(crate) token: String,
}

impl Source {
    /// Makes one by the API.
    pub(crate) async fn make(app: &TestApp, name: &str) -> Self {
        let admin = app.sign_in("admin").await;
        let settings = json!({ "networks": [{ "network": "skype", "from": "user_name" }] });
        let body = json!({ "name": name, "settings": settings });
        let made = app.call(&admin, "POST", "/api/v1/people-sources/scim", Some(&body)).await;
        assert_eq!(made.status, 201, "{made:?}");
        let (made, id) =
            (made.json(), |made: &Value| made["source"]["source_id"].as_str().unwrap().parse().unwrap());
        assert_eq!(made["path"], "/scim/v2");
        Self { id: id(&made), token: made["token"].as_str().unwrap().to_owned() }
    }

    /// Sends a request below `/scim/v2`.
    pub(crate) async fn send(&self, app: &TestApp, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let authorization = format!("Bearer {}", self.token);
        let headers = [
            ("authorization", authorization.as_str()),
            ("content-type", "application/scim+json; charset=utf-8"),
        ];
        let answer =
            app.send(method, &format!("/scim/v2/{path}"), &headers, body.map(Value::to_string)).await;
        if !answer.text.is_empty() {
            assert_eq!(answer.header("content-type"), "application/scim+json", "{answer:?}");
        }
        answer
    }

    /// Adds a user and gives their id.
    pub(crate) async fn add(&self, app: &TestApp, user: &Value) -> String {
        let answer = self.send(app, "POST", "Users", Some(user)).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    /// The names of those who can be asked.
    pub(crate) async fn people(&self, app: &TestApp) -> Vec<String> {
        let known = app.store().known_people(self.id, "", 100).await.unwrap();
        let mut names = Vec::new();
        for one in known {
            let row = app.store().person_of_source(self.id, &one.source_key).await.unwrap().unwrap();
            names.push(row.display);
        }
        names.sort();
        names
    }
}

/// Status and SCIM's word for an error.
pub(crate) fn told(answer: &Answer) -> (u16, String) {
    let body = answer.json();
    if answer.status.as_u16() >= 400 {
        assert_eq!(body["schemas"], json!(["urn:ietf:params:scim:api:messages:2.0:Error"]), "{answer:?}");
        assert_eq!(body["status"], answer.status.as_str(), "{answer:?}");
    }
    (answer.status.as_u16(), body["scimType"].as_str().unwrap_or_default().to_owned())
}

fn user(name: &str) -> Value {
    json!({ "userName": format!("{name}@uc.test"), "displayName": name, "externalId": format!("x-{name}") })
}

#[tokio::test]
async fn users_are_added_found_changed_and_removed() {
    let app = TestApp::start().await;
    let source = Source::make(&app, "HR").await;
    let made = source.send(&app, "POST", "Users", Some(&user("Anna"))).await;
    let (id, location) = (made.json()["id"].as_str().unwrap().to_owned(), made.header("location").to_owned());
    assert_eq!((made.status.as_u16(), made.header("etag")), (201, "W/\"1\""));
    assert_eq!(
        (location.as_str(), &made.json()["meta"]["location"]),
        (format!("{}/scim/v2/Users/{id}", app.url).as_str(), &json!(location))
    );
    source.add(&app, &user("Bernd")).await;
    assert_eq!(source.people(&app).await, ["Anna", "Bernd"]);
    let row = app.store().person_of_source(source.id, &id).await.unwrap().unwrap();
    assert!(row.networks.contains("sip:anna@uc.test"), "{row:?}");
    assert_eq!(
        told(&source.send(&app, "POST", "Users", Some(&user("ANNA"))).await),
        (409, "uniqueness".to_owned())
    );

    for (filter, count) in [
        ("userName eq \"anna@UC.test\"", 1),
        ("externalId eq \"x-Anna\"", 1),
        (&format!("id eq \"{id}\""), 1),
        ("userName eq \"nobody\"", 0),
        ("id eq \"7\"", 0),
    ] {
        let query: String = url::form_urlencoded::byte_serialize(filter.as_bytes()).collect();
        let found = source.send(&app, "GET", &format!("Users?filter={query}"), None).await.json();
        assert_eq!(
            (&found["totalResults"], found["Resources"].as_array().unwrap().len()),
            (&json!(count), count),
            "{filter}"
        );
    }
    for page in ["startIndex=2", "count=0"] {
        let found = format!("Users?filter=userName%20eq%20%22anna@uc.test%22&{page}");
        let found = source.send(&app, "GET", &found, None).await.json();
        assert_eq!((&found["totalResults"], &found["Resources"]), (&json!(1), &json!([])), "{page}");
    }
    for (query, names, start) in [
        ("", vec!["Anna", "Bernd"], 1),
        ("startIndex=2&count=1", vec!["Bernd"], 2),
        ("startIndex=0&count=-1", vec![], 1),
        ("startIndex=9", vec![], 9),
    ] {
        let found = source.send(&app, "GET", &format!("Users?{query}"), None).await.json();
        let listed: Vec<_> =
            found["Resources"].as_array().unwrap().iter().map(|one| one["displayName"].clone()).collect();
        assert_eq!(
            (json!(listed), &found["totalResults"], &found["startIndex"]),
            (json!(names), &json!(2), &json!(start)),
            "{query}"
        );
    }

    let path = format!("Users/{id}");
    let replaced = source
        .send(&app, "PUT", &path, Some(&json!({ "userName": "anna@uc.test", "displayName": "Anna B." })))
        .await;
    assert_eq!((replaced.status.as_u16(), &replaced.json()["externalId"]), (200, &Value::Null));
    assert_eq!(source.people(&app).await, ["Anna B.", "Bernd"]);
    assert_eq!(source.send(&app, "DELETE", &path, None).await.status, 204);
    assert_eq!(told(&source.send(&app, "GET", &path, None).await).0, 404);
    assert_eq!(told(&source.send(&app, "DELETE", &path, None).await).0, 404);
    assert_eq!(source.people(&app).await, ["Bernd"]);
    app.stop().await;
}

#[tokio::test]
async fn whoever_was_changed_meanwhile_is_not_overwritten() {
    let app = TestApp::start().await;
    let source = Source::make(&app, "HR").await;
    let id = source.add(&app, &user("Anna")).await;
    let body = json!({ "userName": "anna@uc.test", "displayName": "Anne" });
    let authorization = format!("Bearer {}", source.token);
    for (tag, status) in [("W/\"7\"", 412), ("nonsense", 412), ("W/\"1\"", 200), ("W/\"1\"", 412), ("*", 200)]
    {
        let headers = [("authorization", authorization.as_str()), ("if-match", tag)];
        let answer = app.send("PUT", &format!("/scim/v2/Users/{id}"), &headers, Some(body.to_string())).await;
        assert_eq!(told(&answer).0, status, "{tag}");
    }
    app.stop().await;
}

#[tokio::test]
async fn a_source_reaches_its_own_users_with_its_own_token_alone() {
    let app = TestApp::with("[limits]\nsign_in_per_name = 2\n").await;
    let (one, other) = (Source::make(&app, "one").await, Source::make(&app, "other").await);
    let id = one.add(&app, &user("Anna")).await;
    for (method, body) in [("GET", None), ("PUT", Some(user("Eve"))), ("DELETE", None)] {
        let answer = other.send(&app, method, &format!("Users/{id}"), body.as_ref()).await;
        assert_eq!(told(&answer).0, 404, "{method}");
    }
    assert_eq!(other.send(&app, "GET", "Users", None).await.json()["totalResults"], 0);

    let admin = app.sign_in("admin").await;
    let path = format!("/api/v1/people-sources/{}/scim/token", one.id);
    let renewed = app.call(&admin, "PUT", &path, None).await.json();
    let token = renewed["token"].as_str().unwrap();
    assert_eq!(told(&one.send(&app, "GET", "Users", None).await).0, 401, "the old token has ended");
    let renewed = Source { id: one.id, token: token.to_owned() };
    for wrong in ["", "short", &"x".repeat(43), &format!("{token}x")] {
        let wrong = Source { id: one.id, token: wrong.to_owned() };
        let status = told(&wrong.send(&app, "GET", "Users", None).await).0;
        assert!(status == 401 || status == 429, "{status}");
    }
    let wrong = Source { id: one.id, token: "y".repeat(43) };
    let refused = wrong.send(&app, "GET", "Users", None).await;
    assert_eq!(told(&refused).0, 429);
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
    assert_eq!(
        renewed.send(&app, "GET", "Users", None).await.status,
        200,
        "the right one is taken all the same"
    );
    app.stop().await;
}

#[tokio::test]
async fn the_service_describes_itself_to_anybody() {
    let app = TestApp::start().await;
    for (path, key, value) in [
        ("ServiceProviderConfig", "/patch/supported", json!(true)),
        ("ResourceTypes", "/Resources/0/endpoint", json!("/Users")),
        ("ResourceTypes/User", "/id", json!("User")),
        ("Schemas", "/totalResults", json!(2)),
        ("Schemas/urn:ietf:params:scim:schemas:core:2.0:User", "/attributes/0/name", json!("userName")),
    ] {
        let answer = app.send("GET", &format!("/scim/v2/{path}"), &[], None).await;
        assert_eq!((answer.status.as_u16(), answer.json().pointer(key)), (200, Some(&value)), "{path}");
    }
    assert_eq!(told(&app.send("GET", "/scim/v2/Schemas/x", &[], None).await).0, 404);
    assert_eq!(told(&app.send("GET", "/scim/v2/Groups", &[], None).await).0, 401);
    let source = Source::make(&app, "HR").await;
    assert_eq!(told(&source.send(&app, "GET", "Groups", None).await).0, 404);
    assert_eq!(told(&source.send(&app, "DELETE", "Users", None).await).0, 405);
    app.stop().await;
}
