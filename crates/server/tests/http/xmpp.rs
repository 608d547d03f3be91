//! A network on which agents need no account of their own.

use crate::app::TestApp;
use hookflash_domain::NetworkId;
use serde_json::{Value, json};
use std::time::Duration;

const PATH: &str = "/api/v1/me/networks/xmpp";
/// Longest wait for the connection to fail.
const LIMIT: Duration = Duration::from_secs(20);

/// A network whose server listens nowhere; the secret is in a file.
fn settings(secret: &std::path::Path) -> String {
    format!(
        "[[network]]\nid = \"xmpp\"\nkind = \"xmpp\"\nname = \"Jabber\"\nserver = \"127.0.0.1:1\"\n\
         component = \"assist.uc.test\"\ncomponent_secret_file = {secret:?}\ndomain = \"uc.test\"\n"
    )
}

async fn mine(app: &TestApp, session: &crate::app::Session) -> Value {
    app.get(session, "/api/v1/me/networks").await.json()[0].clone()
}

#[tokio::test]
async fn the_component_speaks_for_everybody_with_a_licence() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "component secret\n").unwrap();
    let app = TestApp::with(&settings(&secret)).await;
    let (dana, admin) = (app.sign_in("dana").await, app.sign_in("admin").await);
    let shown = mine(&app, &dana).await;
    assert_eq!((&shown["kind"], &shown["name"]), (&json!("xmpp"), &json!("Jabber")));
    assert_eq!((&shown["connected"], &shown["takes_password"]), (&json!(true), &json!(false)));
    assert_eq!(shown["needs_account"], json!(false));
    assert_eq!(shown["state"], json!("not_licensed"));

    let path = format!("/api/v1/users/{}", app.user_id("dana").await);
    let licences = json!({ "licences": ["skype", "xmpp"] });
    assert_eq!(app.call(&admin, "PATCH", &path, Some(&licences)).await.status, 200);
    app.app.state.engine.network_connected(app.user_id("dana").await, NetworkId("xmpp".into()));
    let down = tokio::time::timeout(LIMIT, async {
        while mine(&app, &dana).await["state"] != json!("down") {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    down.await.unwrap();
    assert_eq!(mine(&app, &dana).await["code"], json!("server_unreachable"));
    let networks = app.get(&admin, "/api/v1/networks").await.json();
    assert_eq!((&networks[0]["kind"], &networks[0]["address"]), (&json!("xmpp"), &json!("127.0.0.1:1")));
    app.stop().await;
}

#[tokio::test]
async fn an_account_of_ones_own_is_neither_connected_nor_disconnected() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "component secret").unwrap();
    let app = TestApp::with(&settings(&secret)).await;
    let (dana, admin) = (app.sign_in("dana").await, app.sign_in("admin").await);
    let path = format!("/api/v1/users/{}", app.user_id("dana").await);
    app.call(&admin, "PATCH", &path, Some(&json!({ "licences": ["xmpp"] }))).await;
    let body = json!({ "sign_in_name": "dana@uc.test", "password": "demo" });
    let refused = app.call(&dana, "PUT", PATH, Some(&body)).await;
    let expected = (409, "no_account_needed".to_owned());
    assert_eq!(refused.outcome(), expected);
    assert_eq!(app.call(&dana, "DELETE", PATH, None).await.outcome(), expected);
    let body = json!({ "sign_in_name": "dana@uc.test" });
    let refused = app.call(&dana, "POST", &format!("{PATH}/authorisation"), Some(&body)).await;
    assert_eq!(refused.outcome(), expected);
    app.stop().await;
}

#[tokio::test]
async fn a_secret_that_cannot_be_read_ends_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let text = settings(&folder.path().join("nothing"));
    let url = format!("sqlite:{}", folder.path().join("hookflash.db").display());
    let flags = vec![("store.url", url), ("http.listen", "127.0.0.1:0".to_owned())];
    let sources = hookflash::config::Sources { text: Some(("test".into(), text)), env: Vec::new(), flags };
    let config = hookflash::config::Config::load(&sources).unwrap();
    let error = Box::pin(hookflash::app::App::start(config)).await.err().unwrap();
    assert!(format!("{error:#}").starts_with("network xmpp: component_secret_file"), "{error:#}");
}
