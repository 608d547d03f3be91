//! A UCWA client without any cleverness: it follows links and collects events.

use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};

use crate::lab::Lab;

/// See the module.
pub(crate) struct BareClient {
    pub(crate) http: Client,
    pub(crate) base: String,
    pub(crate) token: String,
    endpoint: String,
    /// The application resource.
    pub(crate) app: Value,
    /// The P-GET that comes next.
    pub(crate) next: String,
    /// Events of the last batch that came after the one that was waited for.
    left: Vec<Value>,
}

/// How long a test waits for what has to happen.
const LIMIT: Duration = Duration::from_secs(30);

/// An HTTP client that trusts the lab's CA.
pub(crate) fn http(lab: &Lab) -> Client {
    Client::builder().tls_certs_only([lab.authority()]).timeout(LIMIT).build().unwrap()
}

impl BareClient {
    /// Discovery, ticket, application.
    pub(crate) async fn sign_in(lab: &Lab, user: &str, password: &str) -> Self {
        let (http, base) = (http(lab), lab.address("https"));
        let token = ticket(&http, &base, user, password).await.expect("a ticket");
        Self::with_ticket(http, base, token).await
    }

    /// The same as another endpoint of the user, with password `demo`.
    pub(crate) async fn sign_in_at(lab: &Lab, user: &str, endpoint: &str) -> Self {
        let (http, base) = (http(lab), lab.address("https"));
        let token = ticket(&http, &base, user, "demo").await.expect("a ticket");
        let mut client = Self::bare(http, base, token);
        client.endpoint = endpoint.to_owned();
        client.create_application().await;
        client
    }

    /// An application for a ticket.
    pub(crate) async fn with_ticket(http: Client, base: String, token: String) -> Self {
        let mut client = Self::bare(http, base, token);
        client.create_application().await;
        client
    }

    fn bare(http: Client, base: String, token: String) -> Self {
        let endpoint = "a917c6f4".to_owned();
        Self { http, base, token, endpoint, app: Value::Null, next: String::new(), left: Vec::new() }
    }

    /// Creates the application (again).
    pub(crate) async fn create_application(&mut self) -> u16 {
        let identity = json!({"UserAgent": "Bare/1.0", "endpointid": self.endpoint, "Culture": "en-US"});
        let response = self.post("/ucwa/oauth/v1/applications", &identity).await;
        let status = response.status().as_u16();
        self.app = response.json().await.unwrap();
        let events = self.app["_links"]["events"]["href"].as_str().expect("an application");
        self.next = format!("{events}&medium=1&low=1&timeout=2");
        status
    }

    pub(crate) async fn make_available(&mut self) {
        self.make_available_with(&["Plain"]).await;
    }

    pub(crate) async fn make_available_with(&mut self, formats: &[&str]) {
        let wanted = json!({"signInAs": "Online", "supportedModalities": ["Messaging"], "supportedMessageFormats": formats});
        let path = self.path("me/makeMeAvailable");
        assert_eq!(self.post(&path, &wanted).await.status(), 204);
        self.until("communication updated", |e| is(e, "communication", "updated")).await;
        self.left.clear();
    }

    /// A path below the application.
    pub(crate) fn path(&self, below: &str) -> String {
        format!("{}/{below}", self.app["_links"]["self"]["href"].as_str().unwrap())
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base)).bearer_auth(&self.token)
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.unwrap()
    }

    /// A GET that has to succeed.
    pub(crate) async fn read(&self, path: &str) -> Value {
        let response = self.get(path).await;
        assert_eq!(response.status(), 200, "{path}");
        response.json().await.unwrap()
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Response {
        let request = self.request(Method::POST, path);
        let request = if body.is_null() { request } else { request.json(body) };
        request.send().await.unwrap()
    }

    /// A POST without a body that has to give 204.
    pub(crate) async fn act(&self, path: &str) {
        let response = self.post(path, &Value::Null).await;
        assert_eq!(response.status(), 204, "{path}: {}", response.text().await.unwrap());
    }

    /// Invites; the path of the invitation.
    pub(crate) async fn invite(&self, to: &str, operation: &str, text: &str) -> String {
        let mut body =
            json!({"to": to, "operationId": operation, "importance": "Normal", "subject": "Case 17"});
        if !text.is_empty() {
            body["_links"] = json!({"message": {"href": format!("data:text/plain;charset=utf-8,{text}")}});
        }
        let response = self.post(&self.path("communication/messagingInvitations"), &body).await;
        assert_eq!(response.status(), 201);
        response.headers()["location"].to_str().unwrap().to_owned()
    }

    /// Says something in a conversation.
    pub(crate) async fn say(&self, conversation: &str, context: &str, text: &str) -> Response {
        let path = format!("{conversation}/messaging/messages?operationContext={context}");
        let request = self.request(Method::POST, &path).header("Content-Type", "text/plain; charset=utf-8");
        request.body(text.to_owned()).send().await.unwrap()
    }

    /// One P-GET: the events of the batch in order, each with `sender`.
    pub(crate) async fn poll(&mut self) -> Vec<Value> {
        let path = self.next.clone();
        let body = self.read(&path).await;
        let links = &body["_links"];
        let next = links["next"]["href"].as_str().or_else(|| links["resume"]["href"].as_str());
        self.next = next.unwrap_or_else(|| panic!("no next: {body}")).to_owned();
        flatten(&body)
    }

    /// Collects events up to the one that fits; what came after it is kept for the next wait.
    pub(crate) async fn until(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Vec<Value> {
        let mut all = std::mem::take(&mut self.left);
        let collect = async {
            loop {
                if let Some(at) = all.iter().position(&fits) {
                    return at;
                }
                all.extend(self.poll().await);
            }
        };
        let Ok(at) = tokio::time::timeout(LIMIT, collect).await else {
            panic!("{what} did not come: {all:#?}")
        };
        self.left = all.split_off(at + 1);
        all
    }

    /// Waits for the end of the outgoing invitation.
    pub(crate) async fn invitation_completes(&mut self) -> (Value, Vec<Value>) {
        let mut events =
            self.until("the end of the invitation", |e| is(e, "messagingInvitation", "completed")).await;
        (events.pop().unwrap(), events)
    }

    /// Invites somebody who accepts; the path of the conversation.
    pub(crate) async fn chat_with(&mut self, to: &str, operation: &str) -> String {
        self.invite(to, operation, "").await;
        let (done, _) = self.invitation_completes().await;
        assert_eq!(done["status"], "Success", "{done}");
        href(&done["_embedded"]["messagingInvitation"]["_links"]["conversation"])
    }

    /// Waits for an incoming message; its text.
    pub(crate) async fn hears(&mut self) -> String {
        let mut events = self.until("a message", incoming).await;
        text_of(&events.pop().unwrap())
    }
}

/// A web ticket, or the error.
pub(crate) async fn ticket(http: &Client, base: &str, user: &str, password: &str) -> Result<String, Value> {
    let form = [("grant_type", "password"), ("username", user), ("password", password)];
    let response = http.post(format!("{base}/WebTicket/oauthtoken")).form(&form).send().await.unwrap();
    let fine = response.status() == 200;
    let body: Value = response.json().await.unwrap();
    if fine { Ok(body["access_token"].as_str().unwrap().to_owned()) } else { Err(body) }
}

/// The events of a P-GET's body.
pub(crate) fn flatten(body: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    for sender in body["sender"].as_array().into_iter().flatten() {
        for event in sender["events"].as_array().into_iter().flatten() {
            let mut event = event.clone();
            event["sender"] = sender["rel"].clone();
            all.push(event);
        }
    }
    all
}

/// Whether an event is of this rel and type.
pub(crate) fn is(event: &Value, rel: &str, kind: &str) -> bool {
    event["link"]["rel"] == rel && event["type"] == kind
}

/// Whether an event is a message of the other side.
pub(crate) fn incoming(event: &Value) -> bool {
    is(event, "message", "completed") && event["_embedded"]["message"]["direction"] == "Incoming"
}

/// The text of an incoming message.
pub(crate) fn text_of(event: &Value) -> String {
    let uri = href(&event["_embedded"]["message"]["_links"]["plainMessage"]);
    decode(&uri)
}

/// The text of a plain `data:` URI.
pub(crate) fn decode(uri: &str) -> String {
    let encoded = uri.strip_prefix("data:text/plain;charset=utf-8,").expect("a data URI");
    url::form_urlencoded::parse(format!("t={encoded}").as_bytes()).next().unwrap().1.into_owned()
}

/// The href of a link.
pub(crate) fn href(link: &Value) -> String {
    link["href"].as_str().unwrap_or_else(|| panic!("no href in {link}")).to_owned()
}

/// `rel type` of each event, to compare orders.
pub(crate) fn shape(events: &[Value]) -> Vec<String> {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    events
        .iter()
        .map(|e| format!("{} {} {}", word(&e["sender"]), word(&e["link"]["rel"]), word(&e["type"])))
        .collect()
}
