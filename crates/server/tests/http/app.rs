//! A server for a test, and a client with a session.

use hookflash::app::App;
use hookflash::config::{Config, Sources};
use hookflash::http::passwords::Passwords;
use hookflash::{clock, ids};
use hookflash_connectors::Secret;
use hookflash_domain::{NetworkId, UserId};
use hookflash_store::licences::LicenceGrant;
use hookflash_store::users::{Role, UserRow};
use hookflash_store::{By, Store};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, StatusCode};
use serde_json::Value;
use tempfile::TempDir;

/// Everybody's password.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// Where the chat network of most tests is: nobody listens.
const NOWHERE: &str = "address = \"https://127.0.0.1:1/\"";

/// Sign-in name and role of those who are there.
const USERS: [(&str, Role); 4] =
    [("dana", Role::Agent), ("ben", Role::Agent), ("sara", Role::Supervisor), ("admin", Role::Administrator)];

/// A running server. It is stopped by [`TestApp::stop`].
pub(crate) struct TestApp {
    pub(crate) app: App,
    pub(crate) client: Client,
    pub(crate) url: String,
    /// Holds the database until the end of the test.
    _folder: TempDir,
}

/// A signed-in client.
#[derive(Clone, Default)]
pub(crate) struct Session {
    pub(crate) cookie: String,
    pub(crate) csrf: String,
}

/// What the server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// The body as JSON, or null.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// The status, and the code of a problem or nothing.
    pub(crate) fn outcome(&self) -> (u16, String) {
        (self.status.as_u16(), self.json()["code"].as_str().unwrap_or_default().to_owned())
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl TestApp {
    pub(crate) async fn start() -> Self {
        Self::with("").await
    }

    /// With more settings, as TOML sections.
    pub(crate) async fn with(settings: &str) -> Self {
        Self::configured(settings, NOWHERE).await
    }

    /// With more settings of its chat network.
    pub(crate) async fn with_network(settings: &str) -> Self {
        Self::configured("", &format!("{NOWHERE}\n{settings}")).await
    }

    /// With more settings, and these of the network `skype`.
    pub(crate) async fn configured(settings: &str, network: &str) -> Self {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let text = format!("{settings}\n[[network]]\nid = \"skype\"\n{network}\n");
        let url = format!("sqlite:{}", folder.path().join("hookflash.db").display());
        let flags = vec![("store.url", url), ("http.listen", "127.0.0.1:0".to_owned())];
        let config =
            Config::load(&Sources { text: Some(("test".into(), text)), env: Vec::new(), flags }).unwrap();
        let scheme = if config.http.tls.is_some() { "https" } else { "http" };
        let app = Box::pin(App::start(config)).await.unwrap();
        add_users(&app.state.store).await;
        app.state.engine.apply_directory().await;
        let url = format!("{scheme}://{}", app.address);
        Self {
            app,
            client: Client::builder().tls_danger_accept_invalid_certs(true).build().unwrap(),
            url,
            _folder: folder,
        }
    }

    pub(crate) async fn stop(self) {
        self.app.stop().await;
    }

    pub(crate) fn store(&self) -> &Store {
        &self.app.state.store
    }

    /// Sends a request as it is given.
    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Answer {
        let mut request = self
            .client
            .request(Method::from_bytes(method.as_bytes()).unwrap(), format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        Answer { status, headers, text: answer.text().await.unwrap() }
    }

    /// Sends a request of a session with its token against forged requests.
    pub(crate) async fn call(
        &self,
        session: &Session,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Answer {
        let headers = [
            ("cookie", session.cookie.as_str()),
            ("x-hookflash-csrf", session.csrf.as_str()),
            ("content-type", "application/json"),
        ];
        let headers = if session.cookie.is_empty() { &headers[2..] } else { &headers[..] };
        self.send(method, path, headers, body.map(Value::to_string)).await
    }

    pub(crate) async fn get(&self, session: &Session, path: &str) -> Answer {
        self.call(session, "GET", path, None).await
    }

    /// Tries to sign in.
    pub(crate) async fn try_sign_in(&self, name: &str, password: &str) -> Answer {
        let body = serde_json::json!({ "sign_in_name": name, "password": password });
        self.call(&Session::default(), "POST", "/api/v1/session", Some(&body)).await
    }

    /// Signs in.
    pub(crate) async fn sign_in(&self, name: &str) -> Session {
        let answer = self.try_sign_in(name, PASSWORD).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        Session { cookie, csrf: answer.json()["csrf"].as_str().unwrap().to_owned() }
    }

    pub(crate) async fn user_id(&self, name: &str) -> UserId {
        self.store().user_by_sign_in_name(name).await.unwrap().unwrap().user_id
    }
}

async fn add_users(store: &Store) {
    let hash = Passwords::default().hash(Secret::new(PASSWORD)).await.unwrap();
    let by = By { at: clock::now(), user_id: None, name: "the test".to_owned() };
    for (sign_in_name, role) in USERS {
        let user = UserRow {
            user_id: UserId(ids::new_id()),
            sign_in_name: sign_in_name.to_owned(),
            name: format!("{sign_in_name} of the test"),
            password_hash: hash.clone(),
            roles: [role].into(),
            language: None,
            active: true,
            created_at: by.at,
        };
        let licence = LicenceGrant { network: NetworkId("skype".to_owned()), seat_count: None };
        let licences = if role == Role::Agent { vec![licence] } else { Vec::new() };
        store.create_user(&user, &[], &licences, &by).await.unwrap();
    }
}

/// Sends bytes as they are, which a client library would tidy, and reads until the connection ends.
pub(crate) async fn raw(app: &TestApp, request: &str) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut stream = tokio::net::TcpStream::connect(app.app.address).await.unwrap();
    let mut answer = Vec::new();
    // A server that refuses early closes while the rest is on its way.
    if stream.write_all(request.as_bytes()).await.is_ok() {
        let _ = stream.read_to_end(&mut answer).await;
    }
    String::from_utf8_lossy(&answer).into_owned()
}
