//! Every way in to the stand-in pool, whose half of NTLM and OAuth is its own, and accounts that may not.

use crate::stage::PoolStage;
use hookflash_connectors::{
    Account, Authoriser, Connector, Credential, LinkState, Secret, SessionEvent, Trouble, TroubleCode,
    conformance::{Agent, Failure, Stage},
    skype::SkypeConnector,
};
use serde_json::json;
use std::time::Duration;
use url::Url;

type Outcome = Result<(), Failure>;

const WINDOWS: &str = "urn:microsoft.rtc:windows";

#[tokio::test]
async fn windows_sign_in_by_both_forms_of_a_name() -> Outcome {
    let stage = PoolStage::start(&["--grants", WINDOWS]).await;
    for number in 1..=2 {
        let account = stage.agent().await?;
        let name = if number == 1 { account.address.clone() } else { format!("LAB\\agent{number}") };
        let account = Account { sign_in_name: Some(name), ..account };
        let mut agent = Agent::start(&stage, account, None);
        agent.expect("up", |event| *event == SessionEvent::Link(LinkState::Up)).await?;
        agent.session.sign_out().await;
    }
    Ok(())
}

#[tokio::test]
async fn accounts_that_may_not_are_told_apart() -> Outcome {
    for grants in [WINDOWS, "password"] {
        let stage = PoolStage::start(&["--grants", grants]).await;
        let cases = [
            (json!({ "account": "disabled" }), TroubleCode::AccountDisabled),
            (json!({ "account": "not_enabled" }), TroubleCode::NotEnabled),
            (json!({ "home": "nowhere" }), TroubleCode::NotHomedHere),
            (json!({ "home": "https://pool.cloud.example/discover/user" }), TroubleCode::NotHomedHere),
        ];
        for (state, code) in cases {
            let account = stage.agent().await?;
            stage.pool.post(&format!("/people/sip:{}/account", account.address), &state).await?;
            let told = refusal(&stage, account).await?;
            assert_eq!(told.code, code, "{grants} {state}: {told:?}");
        }
        let wrong = stage.wrong_password().await.expect("there are passwords");
        assert_eq!(refusal(&stage, wrong).await?.code, TroubleCode::WrongPassword, "{grants}");
    }
    Ok(())
}

async fn refusal(stage: &PoolStage, account: Account) -> Result<Trouble, Failure> {
    let mut agent = Agent::start(stage, account, None);
    let is_end =
        |event: &SessionEvent| matches!(event, SessionEvent::Link(LinkState::SignedOut { trouble: Some(_) }));
    match agent.expect("the refusal", is_end).await? {
        SessionEvent::Link(LinkState::SignedOut { trouble: Some(trouble) }) => Ok(trouble),
        other => Err(Failure(format!("another event: {other:?}"))),
    }
}

/// The pool offers the company's page alone, and access tokens end quickly: they are renewed with the
/// refresh token, which is good once.
#[tokio::test]
async fn the_companys_page_with_proof_of_the_code() -> Outcome {
    let lab = ["--modern-auth", "--require-pkce", "--grants", "", "--access-token-seconds", "2"];
    let stage = PoolStage::start(&lab).await;
    let mut config = stage.config();
    config.oauth_client_id = Some("hookflash".to_owned());
    config.timing.events = Duration::from_secs(1);
    let connector = SkypeConnector::new(config).expect("a sound configuration");
    let account = stage.agent().await?;
    let authoriser = connector.authoriser().expect("it is set up");
    let kept = on_the_page(authoriser, &account.address).await?;
    let (session, mut batches) =
        connector.sign_in(Account { credential: Credential::Authorisation(kept), ..account }, None);
    let mut renewed = 0;
    while let Some(batch) = batches.recv().await {
        for event in &batch.events {
            match event {
                SessionEvent::Authorised { .. } => renewed += 1,
                SessionEvent::Link(LinkState::Connecting | LinkState::Up) => {}
                SessionEvent::Link(other) => return Err(Failure(format!("{other:?}"))),
                _ => {}
            }
        }
        batch.done.confirm();
        if renewed == 3 {
            break;
        }
    }
    assert_eq!(renewed, 3);
    session.sign_out().await;
    Ok(())
}

/// What the agent's browser does.
async fn on_the_page(authoriser: &dyn Authoriser, address: &str) -> Result<Secret, Failure> {
    let words = |error: reqwest::Error| Failure(error.to_string());
    let return_to: Url = "https://desk.lab.test/network-sign-in".parse().expect("a URL");
    let begun = authoriser.begin(address, &return_to, "STATE").await;
    let begun = begun.map_err(|trouble| Failure(trouble.words))?;
    let browser = reqwest::Client::builder()
        .tls_danger_accept_invalid_certs(true)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(words)?;
    let form = [("username", address), ("password", "demo")];
    let back = browser.post(begun.url.clone()).form(&form).send().await.map_err(words)?;
    let location = back.headers().get("location").and_then(|value| value.to_str().ok());
    let back: Url = location.and_then(|url| url.parse().ok()).ok_or(Failure("no way back".to_owned()))?;
    let query =
        |name: &str| back.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned());
    assert_eq!((back.host_str(), query("state").as_deref()), (Some("desk.lab.test"), Some("STATE")));
    let code = Secret::new(query("code").ok_or(Failure("no code".to_owned()))?);
    authoriser.finish(&begun, &code).await.map_err(|trouble| Failure(trouble.words))
}
