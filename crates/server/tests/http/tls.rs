//! HTTPS by the server itself.

use crate::app::{PASSWORD, TestApp};
use std::fs;

#[tokio::test]
async fn with_a_certificate_https_is_served_and_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let (cert, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    fs::write(&cert, made.cert.pem()).unwrap();
    fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let settings = format!("[http]\ntls_cert = \"{}\"\ntls_key = \"{}\"", cert.display(), key.display());
    let app = TestApp::with(&settings).await;
    assert!(app.url.starts_with("https://"));
    let answer = app.try_sign_in("dana", PASSWORD).await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("set-cookie").contains("; Secure"));
    assert!(answer.header("strict-transport-security").starts_with("max-age="));
    let plain = reqwest::get(format!("http://{}/healthz", app.app.address)).await;
    assert!(plain.is_err(), "{plain:?}");
    app.stop().await;
}
