//! Sign-in on a company's page: begun and finished by the same session, the code exchanged by the server.

use crate::app::{Session, TestApp};
use axum::Router;
use axum::extract::Form;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use hookflash::http::server::Listening;
use hookflash_connectors::{Credential, Secret};
use hookflash_domain::NetworkId;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use url::Url;

const BEGIN: &str = "/api/v1/me/networks/skype/authorisation";
const FINISH: &str = "/api/v1/me/authorisation";

/// A pool that names the page of a company, and that company's service; both end with this value.
struct Company {
    url: String,
    folder: TempDir,
    stop: CancellationToken,
}

impl Drop for Company {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl Company {
    async fn start() -> Self {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        std::fs::write(folder.path().join("ca.pem"), made.cert.pem()).unwrap();
        let key = made.signing_key.serialize_der().try_into().unwrap();
        let tls = rustls::ServerConfig::builder().with_no_client_auth();
        let tls = tls.with_single_cert(vec![made.cert.der().clone()], key).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let stop = CancellationToken::new();
        let tls = Some(TlsAcceptor::from(Arc::new(tls)));
        tokio::spawn(Listening { listener, tls, router: routes(), connections: 100 }.run(stop.clone()));
        Self { url, folder, stop }
    }

    async fn app(&self) -> TestApp {
        let ca = self.folder.path().join("ca.pem");
        let network = format!(
            "address = \"{}/\"\nca_file = \"{}\"\noauth_client_id = \"hookflash\"",
            self.url,
            ca.display()
        );
        TestApp::configured("[http]\npublic_url = \"http://desk.test\"", &network).await
    }
}

fn routes() -> Router {
    let root = get(async || axum::Json(json!({ "_links": { "user": { "href": "/user" } } })));
    let user = get(async || {
        let page = "Bearer authorization_uri=\"/oauth2/authorize\"";
        (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, page)]).into_response()
    });
    let tokens = post(async |Form(form): Form<HashMap<String, String>>| {
        if form.get("code").map(String::as_str) == Some("the code") {
            axum::Json(json!({ "access_token": "a", "refresh_token": "the refresh token" })).into_response()
        } else {
            (StatusCode::BAD_REQUEST, axum::Json(json!({ "error": "invalid_grant" }))).into_response()
        }
    });
    Router::new().route("/", root).route("/user", user).route("/oauth2/token", tokens)
}

/// Begins a sign-in and gives the state that the page would send back.
async fn begin(app: &TestApp, session: &Session) -> String {
    let answer = app.call(session, "POST", BEGIN, Some(&json!({ "sign_in_name": "dana@lab.test" }))).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let url: Url = answer.json()["url"].as_str().unwrap().parse().unwrap();
    let asked: HashMap<String, String> = url.query_pairs().into_owned().collect();
    assert_eq!(
        (url.path(), asked["redirect_uri"].as_str()),
        ("/oauth2/authorize", "http://desk.test/network-sign-in")
    );
    asked["state"].clone()
}

async fn finish(app: &TestApp, session: &Session, state: &str, code: &str) -> (u16, String) {
    let body = json!({ "state": state, "code": code });
    app.call(session, "POST", FINISH, Some(&body)).await.outcome()
}

#[tokio::test]
async fn an_account_is_connected_without_a_password() {
    let company = Company::start().await;
    let app = company.app().await;
    let dana = app.sign_in("dana").await;
    let shown = app.get(&dana, "/api/v1/me/networks").await.json();
    assert_eq!((&shown[0]["has_company_page"], &shown[0]["takes_password"]), (&json!(true), &json!(true)));
    let state = begin(&app, &dana).await;
    assert_eq!(finish(&app, &dana, &state, "the code").await, (204, String::new()));
    let user = app.user_id("dana").await;
    let row = app.store().network_accounts_of(user).await.unwrap().remove(0);
    assert_eq!(row.sign_in_name, "dana@lab.test");
    assert!(!row.secret.0.windows(7).any(|part| part == b"refresh"), "it is encrypted");
    let opened = app.app.state.vault.open_sealed(&row.secret.0, user, &NetworkId("skype".into())).unwrap();
    let Credential::Authorisation(kept) = opened else { panic!("another credential") };
    assert!(kept.expose().contains("the refresh token"));
    assert!(!app.get(&dana, "/api/v1/me/networks").await.text.contains("refresh token"));
    assert_eq!(
        finish(&app, &dana, &state, "the code").await.1,
        "unknown_authorisation",
        "a state is good once"
    );
    app.stop().await;
}

/// Neither another user nor another session of the same one can finish it.
#[tokio::test]
async fn a_sign_in_belongs_to_the_session_that_began_it() {
    let company = Company::start().await;
    let app = company.app().await;
    let (dana, other_window, ben) =
        (app.sign_in("dana").await, app.sign_in("dana").await, app.sign_in("ben").await);
    let state = begin(&app, &dana).await;
    for session in [&other_window, &ben] {
        assert_eq!(
            finish(&app, session, &state, "the code").await,
            (409, "unknown_authorisation".to_owned())
        );
    }
    assert_eq!(finish(&app, &dana, "another state", "the code").await.0, 409);
    assert_eq!(finish(&app, &dana, &state, "").await, (422, "invalid".to_owned()));
    assert_eq!(finish(&app, &dana, &state, "a wrong code").await, (502, "company_sign_in_failed".to_owned()));
    assert!(app.store().network_accounts_of(app.user_id("dana").await).await.unwrap().is_empty());
    let old = begin(&app, &dana).await;
    begin(&app, &dana).await;
    assert_eq!(
        finish(&app, &dana, &old, "the code").await.0,
        409,
        "a new one takes the place of the old one"
    );
    app.stop().await;
}

#[tokio::test]
async fn a_pool_that_is_not_there_is_told() {
    let company = Company::start().await;
    let app = company.app().await;
    let dana = app.sign_in("dana").await;
    drop(company);
    let body = json!({ "sign_in_name": "dana@lab.test" });
    let mut answer = app.call(&dana, "POST", BEGIN, Some(&body)).await;
    // The connection of before may be answered once more.
    for _ in 0..100 {
        if answer.status != 200 {
            break;
        }
        answer = app.call(&dana, "POST", BEGIN, Some(&body)).await;
    }
    assert_eq!(answer.outcome(), (502, "company_sign_in_failed".to_owned()), "{}", answer.text);
    assert_ne!(answer.json()["detail"], Value::Null);
    app.stop().await;
}

#[tokio::test]
async fn a_renewed_authorisation_replaces_the_stored_one_and_no_password() {
    use hookflash::engine::AccountSource as _;
    let company = Company::start().await;
    let app = company.app().await;
    let dana = app.sign_in("dana").await;
    let (user, network) = (app.user_id("dana").await, NetworkId("skype".into()));
    let (store, vault) = (app.store().clone(), app.app.state.vault.clone());
    let accounts = hookflash::secrets::StoredAccounts { store, vault, components: Default::default() };
    let stored = async || accounts.account(user, &network).await.unwrap().unwrap().credential;
    let state = begin(&app, &dana).await;
    finish(&app, &dana, &state, "the code").await;
    accounts.renewed(user, &network, Secret::new("fresh")).await.unwrap();
    assert_eq!(stored().await, Credential::Authorisation(Secret::new("fresh")));
    let by_password = json!({ "sign_in_name": "dana@lab.test", "password": "demo" });
    app.call(&dana, "PUT", "/api/v1/me/networks/skype", Some(&by_password)).await;
    accounts.renewed(user, &network, Secret::new("late")).await.unwrap();
    assert_eq!(stored().await, Credential::Password(Secret::new("demo")));
    app.stop().await;
}
