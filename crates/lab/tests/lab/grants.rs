//! Every way to sign in, and accounts that cannot (ucwa.md §1.2 to §1.4).

use std::process::Command;

use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde_json::{Value, json};

use crate::bare_client::{BareClient, href, http, ticket};
use crate::lab::Lab;

const WINDOWS: &str = "urn:microsoft.rtc:windows";
const PASSIVE: &str = "urn:microsoft.rtc:passive";

fn header(response: &Response, name: &str) -> String {
    let all = response.headers().get_all(name).iter();
    all.map(|value| value.to_str().unwrap()).collect::<Vec<_>>().join(" | ")
}

/// The link that a pool's root gives for the user.
async fn user_link(http: &Client, base: &str) -> String {
    let root: Value = http.get(base).send().await.unwrap().json().await.unwrap();
    href(&root["_links"]["user"])
}

/// curl's own NTLM against the ticket service: the status and the body.
fn curl_ntlm(lab: &Lab, scheme: &str, user: &str) -> (String, Value) {
    let output = Command::new("curl")
        .args(["--silent", "--cacert", lab.authority_file().to_str().unwrap(), scheme, "--user", user])
        .args(["--data", &format!("grant_type={WINDOWS}"), "--write-out", "\n%{http_code}"])
        .arg(format!("{}/WebTicket/oauthtoken", lab.address("https")))
        .output()
        .expect("curl runs (apt-get install curl)");
    let text = String::from_utf8(output.stdout).unwrap();
    let (body, status) = text.rsplit_once('\n').expect("a status");
    (status.to_owned(), serde_json::from_str(body).unwrap_or_default())
}

#[tokio::test]
async fn curl_signs_in_with_ntlm() {
    let lab = Lab::pool(&["--grants", WINDOWS]);
    let offer = http(&lab).post(format!("{}/WebTicket/oauthtoken", lab.address("https")));
    let offer = offer.form(&[("grant_type", WINDOWS)]).send().await.unwrap();
    assert_eq!(
        (offer.status().as_u16(), header(&offer, "www-authenticate").as_str()),
        (401, "Negotiate | NTLM")
    );
    for user in ["LAB\\dana:demo", "dana@lab.test:demo"] {
        let (status, body) = curl_ntlm(&lab, "--ntlm", user);
        assert_eq!(status, "200", "{user}");
        let token = body["access_token"].as_str().unwrap().to_owned();
        let client = BareClient::with_ticket(http(&lab), lab.address("https"), token).await;
        assert_eq!(client.app["_embedded"]["me"]["uri"], "sip:dana@lab.test");
    }
    for user in ["LAB\\dana:wrong", "LAB\\nobody:demo"] {
        assert_eq!(curl_ntlm(&lab, "--ntlm", user).0, "401", "{user}");
    }
    lab.control("POST", "/people/dana@lab.test/account", json!({"account": "disabled"})).await;
    assert_eq!(curl_ntlm(&lab, "--ntlm", "LAB\\dana:demo").0, "401");
}

#[tokio::test]
async fn the_passive_grant_asks_for_a_cookie_of_the_page() {
    let lab = Lab::pool(&["--grants", PASSIVE]);
    let http = Client::builder().tls_certs_only([lab.authority()]).build().unwrap();
    let service = format!("{}/WebTicket/oauthtoken", lab.address("https"));
    let ask =
        |cookie: &str| http.post(&service).header("Cookie", cookie).form(&[("grant_type", PASSIVE)]).send();
    let refused = ask("other=1").await.unwrap();
    assert!(header(&refused, "x-ms-diagnostics").starts_with("28020;"), "{refused:?}");
    assert_eq!(refused.status(), 400);
    let page = refused.json::<Value>().await.unwrap()["ms_rtc_passiveauthuri"].as_str().unwrap().to_owned();
    let form = http.get(&page).send().await.unwrap().text().await.unwrap();
    assert!(form.contains("name=\"password\""), "{form}");
    let wrong =
        http.post(&page).form(&[("username", "dana@lab.test"), ("password", "no")]).send().await.unwrap();
    assert_eq!(header(&wrong, "set-cookie"), "");
    let right =
        http.post(&page).form(&[("username", "dana@lab.test"), ("password", "demo")]).send().await.unwrap();
    let cookie = header(&right, "set-cookie").split(';').next().unwrap().to_owned();
    let granted = ask(&format!("other=1; {cookie}")).await.unwrap();
    assert!(granted.json::<Value>().await.unwrap()["access_token"].as_str().unwrap().starts_with("cwt="));
    let password = ticket(&http, &lab.address("https"), "dana@lab.test", "demo").await;
    assert_eq!(password, Err(json!({"error": "unsupported_grant_type"})));
}

#[tokio::test]
async fn modern_authentication_gives_a_token_for_a_code_and_a_verifier() {
    let lab = Lab::pool(&["--grants", "", "--modern-auth", "--require-pkce"]);
    let http = Client::builder().tls_certs_only([lab.authority()]).redirect(Policy::none()).build().unwrap();
    let base = lab.address("https");
    let user = user_link(&http, &base).await;
    let challenge = header(&http.get(&user).send().await.unwrap(), "www-authenticate");
    assert!(!challenge.contains("MsRtcOAuth"), "{challenge}");
    let authorize =
        challenge.split("authorization_uri=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    // The verifier and challenge of RFC 7636, appendix B.
    let (verifier, hash) =
        ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    let query = format!(
        "{authorize}?response_type=code&client_id=desk&redirect_uri=https%3A%2F%2Fdesk.test%2Fback%3Fa%3D1&resource={base}&state=s%201"
    );
    let bare = header(&http.get(&query).send().await.unwrap(), "location");
    assert_eq!(bare, "https://desk.test/back?a=1&error=invalid_request&state=s+1");
    let query = format!("{query}&code_challenge={hash}&code_challenge_method=S256");
    let page = http.get(&query).send().await.unwrap();
    assert!(page.text().await.unwrap().contains("<form method=\"post\">"));
    let signed_in =
        http.post(&query).form(&[("username", "dana@lab.test"), ("password", "demo")]).send().await.unwrap();
    assert_eq!(signed_in.status(), 302);
    let back = url::Url::parse(&header(&signed_in, "location")).unwrap();
    let value = |name: &str| back.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
    assert_eq!((value("a"), value("state")), ("1".to_owned(), "s 1".to_owned()));

    let token_uri = authorize.replace("/authorize", "/token");
    let exchange = |verifier: &str, code: String| {
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", "desk"),
            ("code", code.as_str()),
            ("redirect_uri", "https://desk.test/back?a=1"),
            ("code_verifier", verifier),
        ];
        http.post(&token_uri).form(&form).send()
    };
    assert_eq!(exchange("wrong", value("code")).await.unwrap().status(), 400);
    assert_eq!(exchange(verifier, value("code")).await.unwrap().status(), 400, "a code is good once");
    let again =
        http.post(&query).form(&[("username", "dana@lab.test"), ("password", "demo")]).send().await.unwrap();
    let back = url::Url::parse(&header(&again, "location")).unwrap();
    let code = back.query_pairs().find(|(key, _)| key == "code").unwrap().1.into_owned();
    let tokens: Value = exchange(verifier, code).await.unwrap().json().await.unwrap();
    let refresh = [
        ("grant_type", "refresh_token"),
        ("client_id", "desk"),
        ("refresh_token", tokens["refresh_token"].as_str().unwrap()),
    ];
    let fresh: Value = http.post(&token_uri).form(&refresh).send().await.unwrap().json().await.unwrap();
    for access in [&tokens["access_token"], &fresh["access_token"]] {
        let token = access.as_str().unwrap().to_owned();
        let found = http.get(&user).bearer_auth(&token).send().await.unwrap();
        assert_eq!(found.status(), 200);
        BareClient::with_ticket(http.clone(), base.clone(), token).await;
    }
}

#[tokio::test]
async fn people_of_the_second_pool_need_a_ticket_of_it() {
    let lab = Lab::pool(&["--second-listen", "127.0.0.1:0"]);
    lab.control("POST", "/people/sven.olsen@lab.test/account", json!({"home": "second"})).await;
    let (http, first, second) = (http(&lab), lab.address("https"), lab.address("https2"));
    let token = ticket(&http, &first, "sven.olsen@lab.test", "demo").await.unwrap();
    let user = user_link(&http, &first).await;
    let found: Value = http.get(&user).bearer_auth(&token).send().await.unwrap().json().await.unwrap();
    let there = href(&found["_links"]["redirect"]);
    assert!(there.starts_with(&second) && there.contains("oauth/user"), "{there}");
    let foreign = http.get(&there).bearer_auth(&token).send().await.unwrap();
    assert_eq!(foreign.status(), 500);
    assert!(header(&foreign, "x-ms-diagnostics").starts_with("28032;source="), "{foreign:?}");
    let challenge = header(&http.get(&there).send().await.unwrap(), "www-authenticate");
    assert!(challenge.contains(&format!("href=\"{second}/WebTicket/oauthtoken\"")), "{challenge}");
    let token = ticket(&http, &second, "sven.olsen@lab.test", "demo").await.unwrap();
    let mut expert = BareClient::with_ticket(http, second, token).await;
    expert.make_available().await;
    let mut agent = lab.client("dana@lab.test").await;
    agent.invite("sip:sven.olsen@lab.test", "op-1", "Across").await;
    let rung =
        expert.until("the ring", |e| crate::bare_client::is(e, "messagingInvitation", "started")).await;
    expert.act(&href(&rung.last().unwrap()["_embedded"]["messagingInvitation"]["_links"]["accept"])).await;
    assert_eq!(expert.hears().await, "Across");
    assert_eq!(agent.invitation_completes().await.0["status"], "Success");
}

#[tokio::test]
async fn accounts_that_cannot_sign_in_are_told_apart() {
    let lab = Lab::pool(&[]);
    let (http, base) = (http(&lab), lab.address("https"));
    let change = |change: Value| lab.control("POST", "/people/ben@lab.test/account", change);
    let service = format!("{base}/WebTicket/oauthtoken");
    let form = [("grant_type", "password"), ("username", "ben@lab.test"), ("password", "demo")];
    change(json!({"account": "disabled"})).await;
    let refused = http.post(&service).form(&form).send().await.unwrap();
    assert!(header(&refused, "x-ms-diagnostics").contains("disabled"), "{refused:?}");

    change(json!({"account": "not_enabled"})).await;
    let token = ticket(&http, &base, "ben@lab.test", "demo").await.unwrap();
    let identity = json!({"userAgent": "Bare/1.0", "endpointId": "1", "culture": "en-US"});
    let create =
        || http.post(format!("{base}/ucwa/oauth/v1/applications")).bearer_auth(&token).json(&identity).send();
    let refused = create().await.unwrap();
    assert_eq!(
        (refused.status().as_u16(), refused.json::<Value>().await.unwrap()["code"].clone()),
        (403, json!("Forbidden"))
    );

    let user = user_link(&http, &base).await;
    change(json!({"account": "enabled", "home": "nowhere"})).await;
    let lost = http.get(&user).bearer_auth(&token).send().await.unwrap();
    assert_eq!(lost.status(), 404);
    assert!(header(&lost, "x-ms-diagnostics").contains("not homed"), "{lost:?}");
    assert_eq!(create().await.unwrap().json::<Value>().await.unwrap()["subcode"], "CannotRedirect");
    change(json!({"home": "https://elsewhere.example/root"})).await;
    let sent: Value = http.get(&user).bearer_auth(&token).send().await.unwrap().json().await.unwrap();
    assert_eq!(href(&sent["_links"]["redirect"]), "https://elsewhere.example/root");
}
