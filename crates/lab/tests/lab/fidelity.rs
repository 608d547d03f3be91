//! What unrelated clients send and expect: formats, methods, headers, odd inputs (ucwa.md §0, §1.6, §6).

use reqwest::Method;
use serde_json::{Value, json};

use crate::bare_client::{BareClient, href, is};
use crate::lab::Lab;

#[tokio::test]
async fn the_same_operation_is_understood_in_every_form() {
    let lab = Lab::pool(&[]);
    let client = lab.client("dana@lab.test").await;
    let path = client.path("people/presenceSubscriptions");
    let xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?><input xmlns=\"http://schemas.microsoft.com/rtc/2012/03/ucwa\">\
        <property name=\"duration\">11</property><propertyList name=\"uris\"><item>sip:echo@lab.test</item></propertyList></input>";
    let forms = [
        ("application/json", r#"{"duration":11,"Uris":["sip:echo@lab.test"],}"#.to_owned(), ""),
        (
            "application/vnd.microsoft.com.ucwa+json",
            "\u{feff}{\"DURATION\":\"11\",\"uris\":[\"sip:echo@lab.test\"]}".to_owned(),
            "",
        ),
        ("application/xml", xml.to_owned(), ""),
        ("application/vnd.microsoft.com.ucwa+xml", xml.to_owned(), ""),
        (
            "application/x-www-form-urlencoded;charset='utf-8'",
            "duration=11&uris=sip%3Aecho%40lab.test".to_owned(),
            "",
        ),
        ("", String::new(), "?duration=11&Uris=sip:echo@lab.test"),
    ];
    for (kind, body, query) in forms {
        let request = client.request(Method::POST, &format!("{path}{query}"));
        let request = if kind.is_empty() { request } else { request.header("Content-Type", kind) };
        let answer = request.header("Accept", "application/xml").body(body).send().await.unwrap();
        assert_eq!(answer.status(), 201, "{kind}");
        let text = answer.text().await.unwrap();
        assert!(
            text.contains("<resource rel=\"presenceSubscription\" href=\"/ucwa/oauth/v1/applications/"),
            "{text}"
        );
        assert!(text.contains("<property name=\"rel\">presenceSubscription</property>"), "{text}");
    }
    let wrong =
        client.request(Method::POST, &path).header("Content-Type", "application/pdf").body("%PDF").send();
    assert_eq!(wrong.await.unwrap().status(), 415);
    let broken =
        client.request(Method::POST, &path).header("Content-Type", "application/json").body("{\"a\":").send();
    assert_eq!(broken.await.unwrap().json::<Value>().await.unwrap()["subcode"], "DeserializationFailure");
    let huge = client
        .request(Method::POST, &path)
        .header("Content-Type", "application/json")
        .body(vec![b' '; 2 << 20]);
    // The pool answers without reading to the end, so the connection may break before its answer is read.
    match huge.send().await {
        Ok(answer) => assert_eq!(answer.status(), 413),
        Err(error) => assert!(error.is_request(), "{error}"),
    }
}

#[tokio::test]
async fn errors_and_events_come_as_xml_to_those_who_ask() {
    let lab = Lab::pool(&[]);
    let client = lab.client("dana@lab.test").await;
    let missing =
        client.request(Method::GET, &client.path("people/search")).header("Accept", "application/xml");
    let text = missing.send().await.unwrap().text().await.unwrap();
    assert!(
        text.contains(
            "<reason xmlns=\"http://schemas.microsoft.com/rtc/2012/03/ucwa\"><code>BadRequest</code>"
        ),
        "{text}"
    );
    assert_eq!(client.post(&client.path("me/note"), &json!({"message": "Hi"})).await.status(), 204);
    let poll = client.request(Method::GET, &format!("{}&timeout=5", client.next));
    let text = poll
        .header("Accept", "application/vnd.microsoft.com.ucwa+xml")
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(
        text.contains("<sender rel=\"me\" href=\"") && text.contains("<updated rel=\"note\" href=\""),
        "{text}"
    );
}

#[tokio::test]
async fn methods_that_a_resource_does_not_have_are_refused_with_those_it_has() {
    let lab = Lab::pool(&[]);
    let client = lab.client("dana@lab.test").await;
    for (method, path, allowed) in [
        (Method::DELETE, "me", "GET"),
        (Method::PUT, "me/presence", "GET, POST"),
        (Method::GET, "communication/messagingInvitations", "POST"),
        (Method::POST, "communication", "GET, PUT"),
        (Method::POST, "events", ""),
    ] {
        let answer = client.request(method, &client.path(path)).send().await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), answer.headers()["allow"].to_str().unwrap()),
            (405, allowed),
            "{path}"
        );
        assert_eq!(answer.json::<Value>().await.unwrap()["code"], "MethodNotAllowed", "{path}");
    }
    let put =
        client.request(Method::PUT, &client.path("communication")).json(&json!({"supportedModalities": []}));
    assert_eq!(put.send().await.unwrap().json::<Value>().await.unwrap()["code"], "PreconditionRequired");
    let communication = client.read(&client.path("communication")).await;
    for (etag, echoes, expected) in
        [("\"1\"", true, 412), ("*", false, 400), (communication["etag"].as_str().unwrap(), true, 200)]
    {
        let body = if echoes { communication.clone() } else { json!({"supportedModalities": ["Messaging"]}) };
        let put =
            client.request(Method::PUT, &client.path("communication")).header("If-Match", etag).json(&body);
        assert_eq!(put.send().await.unwrap().status(), expected, "{etag}");
    }
}

#[tokio::test]
async fn paths_of_other_clients_lead_to_the_same_place() {
    let lab = Lab::pool(&[]);
    let mut client = lab.client("dana@lab.test").await;
    let start = client.path("Communication/StartMessaging?to=sip%3Aecho%40lab.test&operationId=op-1&message=data:text/plain;base64,SGk=");
    assert_eq!(client.post(&start, &Value::Null).await.status(), 201);
    let (done, _) = client.invitation_completes().await;
    let here = href(&done["_embedded"]["messagingInvitation"]["_links"]["conversation"]);
    let heard = client.until("the echo", crate::bare_client::incoming).await;
    assert_eq!(crate::bare_client::text_of(heard.last().unwrap()), "echo: Hi");
    let own = href(&heard.last().unwrap()["link"]);
    let reply = client
        .request(Method::POST, &format!("{own}?OperationContext=m1"))
        .header("Content-Type", "text/plain");
    assert_eq!(reply.body("to the message itself").send().await.unwrap().status(), 201);
    assert_eq!(client.hears().await, "echo: to the message itself");
    assert_eq!(client.post(&client.path("reportMyActivity"), &Value::Null).await.status(), 204);
    let listed = client.read(&format!("{here}/messaging/messages")).await;
    assert_eq!(listed["_links"]["message"].as_array().unwrap().len(), 4);
    let end = client.request(Method::DELETE, &here).send().await.unwrap();
    assert_eq!(end.status(), 204);
}

fn batch(client: &BareClient, parts: usize) -> reqwest::RequestBuilder {
    let path = client.path("me");
    let part = format!(
        "--b\r\nContent-Type: application/http; msgtype=request\r\n\r\nGET {path} HTTP/1.1\r\nHost: lab\r\nAccept: application/json\r\n\r\n\r\n"
    );
    client
        .request(Method::POST, &client.path("batch"))
        .header("Content-Type", "multipart/batching;boundary=b")
        .header("Accept", "multipart/batching")
        .body(format!("{}--b--\r\n", part.repeat(parts)))
}

#[tokio::test]
async fn a_hundred_requests_fit_into_a_batch_and_one_more_does_not() {
    let lab = Lab::pool(&["--batch-bom"]);
    let client = lab.client("dana@lab.test").await;
    let answer = batch(&client, 100).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let text = answer.text().await.unwrap();
    assert_eq!(text.matches("HTTP/1.1 200 OK").count(), 100);
    assert!(
        text.contains("\r\n\r\n\u{feff}{\"name\":\"Dana Whitfield\""),
        "{}",
        text.get(..600).unwrap_or_default()
    );
    assert_eq!(batch(&client, 101).send().await.unwrap().status(), 429);
}

#[tokio::test]
async fn browsers_use_the_frame_or_ask_for_permission() {
    let lab = Lab::pool(&["--allowed-origin", "https://desk.test"]);
    let client = lab.client("dana@lab.test").await;
    let frame = client.http.get(format!("{}/xframe", client.base)).send().await.unwrap();
    assert!(frame.text().await.unwrap().contains("postMessage"));
    let me = client.path("me");
    for (origin, status) in [("https://desk.test", 200), ("https://evil.test", 403)] {
        let answer = client.request(Method::GET, &me).header("X-Ms-Origin", origin).send().await.unwrap();
        assert_eq!(answer.status(), status, "{origin}");
        let asked =
            client.http.request(Method::OPTIONS, format!("{}{me}", client.base)).header("Origin", origin);
        let asked = asked.header("Access-Control-Request-Method", "POST").send().await.unwrap();
        assert_eq!(asked.status(), status, "{origin}");
    }
    let legacy =
        client.http.get(&client.base).header("Accept", "application/vnd.microsoft.rtc.autodiscover+xml;v=1");
    let text = legacy.send().await.unwrap().text().await.unwrap();
    assert!(text.contains("<AutodiscoverResponse") && text.contains("token=\"Internal/Ucwa\""), "{text}");
    let answer = client.get(&me).await;
    for (name, value) in [
        ("server", "Microsoft-IIS/8.5"),
        ("x-powered-by", "ASP.NET"),
        ("x-ms-server-fqdn", "fe01.lab.test"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-cache"),
    ] {
        assert_eq!(answer.headers()[name], value, "{name}");
    }
}

#[tokio::test]
async fn a_large_address_book_is_searched_by_all_words() {
    let lab = Lab::pool(&["--generate", "100000"]);
    let client = lab.client("dana@lab.test").await;
    for (query, first, more) in [
        ("e", "Ines Carvalho", true),
        ("expert99999", "", false),
        ("osk lind", "Oskar Lindqvist", false),
        ("maier urs", "Ursula Maier", false),
        ("nobody at all", "", false),
    ] {
        let found = client.read(&client.path(&format!("people/search?query={query}&limit=100"))).await;
        assert_eq!(found["moreResultsAvailable"], more, "{query}");
        if !first.is_empty() && !more {
            assert_eq!(found["_embedded"]["contact"][0]["name"], first, "{query}");
        }
    }
    let subscribed = json!({"duration": 10, "uris": ["sip:expert99999@lab.test"]});
    assert_eq!(client.post(&client.path("people/presenceSubscriptions"), &subscribed).await.status(), 201);
    let mut client = client;
    client.until("presence", |e| is(e, "contactPresence", "updated")).await;
}
