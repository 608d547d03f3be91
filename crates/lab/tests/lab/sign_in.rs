//! Discovery, tickets, the application (ucwa.md §1, §2).

use serde_json::{Value, json};

use crate::bare_client::{BareClient, href, http, ticket};
use crate::lab::Lab;

#[tokio::test]
async fn discovery_leads_to_the_challenge_and_the_ticket_to_the_applications() {
    let lab = Lab::pool(&[]);
    let (http, base) = (http(&lab), lab.address("https"));
    let root: Value = http.get(&base).send().await.unwrap().json().await.unwrap();
    let user = href(&root["_links"]["user"]);
    let refused = http.get(&user).send().await.unwrap();
    assert_eq!(refused.status(), 401);
    let challenges: Vec<&str> =
        refused.headers().get_all("www-authenticate").iter().map(|v| v.to_str().unwrap()).collect();
    assert!(challenges[0].starts_with("Bearer trusted_issuers="), "{challenges:?}");
    let expected = format!("MsRtcOAuth href=\"{base}/WebTicket/oauthtoken\",grant_type=\"");
    assert!(challenges[1].starts_with(&expected) && challenges[1].ends_with(",password\""), "{challenges:?}");
    let token = ticket(&http, &base, "dana@lab.test", "demo").await.unwrap();
    assert!(token.starts_with("cwt="));
    let found: Value = http.get(&user).bearer_auth(&token).send().await.unwrap().json().await.unwrap();
    assert_eq!(href(&found["_links"]["applications"]), format!("{base}/ucwa/oauth/v1/applications"));
}

#[tokio::test]
async fn a_wrong_password_and_unknown_names_are_refused_alike() {
    let lab = Lab::pool(&[]);
    let (http, base) = (http(&lab), lab.address("https"));
    for (user, password) in [("dana@lab.test", "wrong"), ("nobody@lab.test", "demo"), ("dana@lab.test", "")] {
        assert_eq!(ticket(&http, &base, user, password).await, Err(json!({"error": "invalid_grant"})));
    }
    for user in ["sip:Dana@LAB.test", "LAB\\dana"] {
        assert!(ticket(&http, &base, user, "demo").await.is_ok(), "{user}");
    }
    let body = "--b\r\nContent-Disposition: form-data; name=\"grant_type\"\r\n\r\npassword\r\n--b\r\n\
        Content-Disposition: form-data; name=\"username\"\r\n\r\ndana@lab.test\r\n--b\r\n\
        Content-Disposition: form-data; name=\"password\"\r\n\r\ndemo\r\n--b--\r\n";
    let posted = http.post(format!("{base}/WebTicket/oauthtoken")).body(body);
    let posted = posted.header("Content-Type", "multipart/form-data; boundary=b").send().await.unwrap();
    assert_eq!(posted.status(), 200);
}

#[tokio::test]
async fn nobody_else_trusts_the_certificate() {
    let lab = Lab::pool(&[]);
    let stranger = reqwest::Client::builder().tls_certs_only([]).build().unwrap();
    assert!(stranger.get(lab.address("https")).send().await.is_err());
}

#[tokio::test]
async fn an_application_is_found_again_by_its_identity() {
    let lab = Lab::pool(&[]);
    let mut client = BareClient::sign_in(&lab, "dana@lab.test", "demo").await;
    let first = client.path("");
    assert_eq!(client.create_application().await, 200);
    assert_eq!(client.path(""), first);
    let incomplete = client.post("/ucwa/oauth/v1/applications", &json!({"UserAgent": "x"})).await;
    assert_eq!(incomplete.status(), 400);
    let body: Value = incomplete.json().await.unwrap();
    assert_eq!(
        (&body["code"], &body["subcode"]),
        (&json!("BadRequest"), &json!("ParameterValidationFailure"))
    );
    let missing = client.get("/ucwa/oauth/v1/applications/123456789012/me").await;
    assert_eq!(missing.status(), 404);
    let body: Value = missing.json().await.unwrap();
    assert_eq!(body["subcode"], "ApplicationNotFound");
}

#[tokio::test]
async fn lurkers_are_told_to_make_themselves_available() {
    let lab = Lab::pool(&[]);
    let mut client = BareClient::sign_in(&lab, "dana@lab.test", "demo").await;
    let refused = client.post(&client.path("me/reportMyActivity"), &Value::Null).await;
    assert_eq!(refused.status(), 409);
    assert_eq!(refused.json::<Value>().await.unwrap()["subcode"], "MakeMeAvailableRequired");
    client.make_available().await;
    client.act(&client.path("me/reportMyActivity")).await;
    client.act(&client.path("reportMyActivity")).await;
    let again = client.post(&client.path("me/makeMeAvailable"), &json!({})).await;
    assert_eq!(
        (again.status().as_u16(), again.json::<Value>().await.unwrap()["subcode"].clone()),
        (409, json!("AlreadyExists"))
    );
    let me = client.read(&client.path("me")).await;
    assert!(me["_links"]["makeMeAvailable"].is_null() && me["_links"]["presence"].is_object());
}

#[tokio::test]
async fn communication_is_put_only_with_its_etag_and_its_key() {
    let lab = Lab::pool(&[]);
    let mut client = lab.client("dana@lab.test").await;
    let path = client.path("communication");
    let put = |etag: Option<String>, body: Value| {
        let request = client.request(reqwest::Method::PUT, &path).json(&body);
        let request = if let Some(etag) = etag { request.header("If-Match", etag) } else { request };
        async { request.send().await.unwrap().status().as_u16() }
    };
    let mut body = client.read(&path).await;
    let etag = body["etag"].as_str().unwrap().to_owned();
    body["supportedMessageFormats"] = json!(["Plain", "Html"]);
    assert_eq!(put(None, body.clone()).await, 428);
    assert_eq!(put(Some("\"1\"".to_owned()), body.clone()).await, 412);
    assert_eq!(put(Some(etag.clone()), json!({"supportedMessageFormats": ["Html"]})).await, 400);
    assert_eq!(put(Some(format!("\"{etag}\"")), body).await, 200);
    let events = client
        .until("communication updated", |e| crate::bare_client::is(e, "communication", "updated"))
        .await;
    let formats = &events.last().unwrap()["_embedded"]["communication"]["supportedMessageFormats"];
    assert_eq!(formats, &json!(["Plain", "Html"]));
}

#[tokio::test]
async fn a_batch_answers_each_part_on_one_line() {
    let lab = Lab::pool(&[]);
    let client = lab.client("dana@lab.test").await;
    let part = |path: String| {
        format!(
            "--B\r\nContent-Type: application/http; msgtype=request\r\n\r\nGET {path} HTTP/1.1\r\nHost: x\r\n\
            Accept: application/json\r\n\r\n\r\n"
        )
    };
    let body = format!(
        "{}{}{}--B--\r\n",
        part(client.path("me")),
        part(client.path("people/nobody@lab.test")),
        part(client.path("events?ack=1"))
    );
    let request = client.request(reqwest::Method::POST, &client.path("batch")).body(body);
    let response = request.header("Content-Type", "multipart/batching;boundary=B").send().await.unwrap();
    assert_eq!(response.status(), 200);
    let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
    assert!(kind.starts_with("multipart/batching; boundary=\""), "{kind}");
    let text = response.text().await.unwrap();
    let status: Vec<&str> = text.lines().filter(|line| line.starts_with("HTTP/1.1 ")).collect();
    assert_eq!(status, ["HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found", "HTTP/1.1 400 Bad Request"]);
    assert!(text.lines().any(|line| line.starts_with("{\"name\":\"Dana Whitfield\"") && line.ends_with('}')));
}
