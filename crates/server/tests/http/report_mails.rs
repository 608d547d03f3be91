//! Reports by e-mail, to a real mail server: in the mail or by a link, over TLS, tried again, refused; nothing of what
//! people type becomes a header.

use crate::app::{Session, TestApp};
use crate::mail_server::{MailServer, header};
use hookflash_domain::Timestamp;
use hookflash_store::report_mails::Settled;
use serde_json::{Value, json};
use std::process::Command;
use std::time::Duration;

const SCHEDULES: &str = "/api/v1/reports/schedules";
/// Longer than any report of these tests takes, and its mail.
const LIMIT: Duration = Duration::from_secs(60);

fn schedule(addresses: &[&str], form: &str) -> Value {
    json!({
        "name": "Müllers Morgen ☀",
        "when": { "kind": "cron", "line": "0 0 1 1 *" },
        "reports": [
            { "report": "queue-daily", "period": "yesterday" },
            { "report": "queue-daily", "period": "yesterday" },
        ],
        "formats": ["pdf", "csv"],
        "language": "de",
        "mail": { "addresses": addresses, "form": form },
    })
}

/// Makes a schedule and runs it.
async fn run(app: &TestApp, session: &Session, body: &Value) -> String {
    let made = app.call(session, "POST", SCHEDULES, Some(body)).await;
    assert_eq!(made.status, 201, "{made:?}");
    let path = format!("{SCHEDULES}/{}", made.json()["schedule_id"].as_str().unwrap());
    assert_eq!(app.call(session, "POST", &format!("{path}/run"), None).await.status, 200);
    path
}

/// Waits until each mail of a schedule is as the check wants it, and gives them.
async fn mails(app: &TestApp, session: &Session, path: &str, check: impl Fn(&Value) -> bool) -> Vec<Value> {
    let wanted = async {
        loop {
            let mails = app.get(session, path).await.json()["last_fire"]["mails"].as_array().unwrap().clone();
            if mails.iter().all(&check) {
                return mails;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(LIMIT, wanted).await.unwrap()
}

async fn sent(app: &TestApp, session: &Session, path: &str) -> Vec<Value> {
    mails(app, session, path, |mail| mail["state"] == "sent").await
}

fn has_failed(mail: &Value) -> bool {
    mail["error_code"].is_string()
}

/// Lets the mail of a schedule that waits for another try have it at once.
async fn try_again(app: &TestApp) {
    let later = hookflash::clock::now().plus_ms(3_600_000);
    let mail = app.store().claim_report_mail(later, later).await.unwrap().unwrap();
    let settled = Settled {
        state: "waiting",
        next_try_at: Timestamp(0),
        error_code: None,
        error_words: None,
        sent_at: None,
    };
    assert!(app.store().settle_report_mail(mail.mail_id, mail.attempt, &settled).await.unwrap());
}

#[tokio::test]
async fn each_gets_a_mail_with_the_files_over_both_kinds_of_tls() {
    for security in ["starttls", "tls"] {
        let mut server = MailServer::start(security);
        let app = TestApp::with(&server.settings("")).await;
        let sara = app.sign_in("sara").await;
        let path = run(
            &app,
            &sara,
            &schedule(&["anna@firm.test", " ben@firm.test", "ANNA@firm.test"], "attachment"),
        )
        .await;
        let told = sent(&app, &sara, &path).await;
        assert!(told.len() == 2 && told.iter().all(|mail| mail["attempt"] == 1 && mail["sent_at"].is_i64()));
        let mails = server.mails();
        let recipients: Vec<_> = mails.iter().map(|mail| &mail["recipients"]).collect();
        assert_eq!(recipients, [&json!(["anna@firm.test"]), &json!(["ben@firm.test"])]);
        for mail in &mails {
            assert_eq!(
                (&mail["encrypted"], &mail["signed_in"], &mail["defects"]),
                (&json!(true), &json!(true), &json!([]))
            );
            assert_eq!(mail["sender"], json!("reports@desk.test"));
            let day =
                jiff::Timestamp::from_millisecond(hookflash::clock::now().0).unwrap().strftime("%Y-%m-%d");
            assert_eq!(header(mail, "subject"), format!("Müllers Morgen ☀, {day}"));
            assert_eq!(header(mail, "to"), mail["recipients"][0].as_str().unwrap());
            assert!(header(mail, "from").contains("<reports@desk.test>"));
            assert!(header(mail, "message-id").ends_with("@desk.test>"));
            assert_eq!(header(mail, "auto-submitted"), "auto-generated");
            assert!(mail["text"].as_str().unwrap().contains("http://desk.test/reports"), "{mail}");
        }
        files_are_whole(&app, &sara, &server, &mails[0]).await;
        app.stop().await;
    }
}

/// The files of a mail are those that can be downloaded, under names that differ.
async fn files_are_whole(app: &TestApp, session: &Session, server: &MailServer, mail: &Value) {
    let attachments = mail["attachments"].as_array().unwrap();
    let kinds: Vec<_> = attachments.iter().map(|one| one["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["text/csv", "application/pdf", "text/csv", "application/pdf"]);
    assert!(attachments[2]["name"].as_str().unwrap().ends_with("_2.csv"), "{attachments:?}");
    let runs = app.get(session, "/api/v1/reports/runs").await.json();
    let run = runs["rows"][1]["run_id"].as_str().unwrap();
    let url = format!("{}/api/v1/reports/runs/{run}/files/pdf", app.url);
    let downloaded = app.client.get(url).header("cookie", &session.cookie).send().await.unwrap();
    let pdf = server.attached(&attachments[1]);
    assert_eq!(pdf, downloaded.bytes().await.unwrap());
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.pdf"), pdf).unwrap();
    let read = Command::new("pdftotext").args(["a.pdf", "-"]).current_dir(folder.path()).output();
    let read = read.expect("apt-get install poppler-utils");
    assert!(String::from_utf8_lossy(&read.stdout).contains("Warteschlangen nach Tagen"));
}

#[tokio::test]
async fn a_mail_leads_to_files_where_it_shall_or_where_they_are_too_large() {
    for (form, more) in [("link", ""), ("attachment", "longest_attachment_kb = 1")] {
        let mut server = MailServer::start("starttls");
        let app = TestApp::with(&server.settings(more)).await;
        let sara = app.sign_in("sara").await;
        let path = run(&app, &sara, &schedule(&["anna@firm.test"], form)).await;
        sent(&app, &sara, &path).await;
        let mail = &server.mails()[0];
        assert_eq!(mail["attachments"], json!([]));
        let text = mail["text"].as_str().unwrap();
        assert!(text.contains("queue-daily_") && text.contains("http://desk.test/reports"), "{text}");
        assert_eq!(text.contains("zu groß"), form == "attachment", "{text}");
        app.stop().await;
    }
}

#[tokio::test]
async fn what_may_go_better_is_tried_again_and_what_is_refused_is_not() {
    let mut server = MailServer::start("tls");
    let app = TestApp::with(&server.settings("")).await;
    let sara = app.sign_in("sara").await;
    server.refuse("anna@firm.test", "550 5.1.1 No such mailbox", 9);
    server.refuse("ben@firm.test", "451 4.7.1 Greylisted", 1);
    let path = run(&app, &sara, &schedule(&["anna@firm.test", "ben@firm.test"], "link")).await;
    let told = mails(&app, &sara, &path, has_failed).await;
    let states: Vec<_> = told.iter().map(|mail| (&mail["state"], &mail["error_code"])).collect();
    assert_eq!(states, [(&json!("failed"), &json!("refused")), (&json!("waiting"), &json!("deferred"))]);
    assert!(told[0]["error_words"].as_str().unwrap().contains("No such mailbox"), "{told:?}");
    let wait_ms = told[1]["next_try_at"].as_i64().unwrap() - hookflash::clock::now().0;
    assert!((0..=60_000).contains(&wait_ms), "{wait_ms}");
    // The next time the server takes it and hangs up, so that nobody can tell; then it comes once more, as the same.
    server.hang_up(1);
    try_again(&app).await;
    mails(&app, &sara, &path, |mail| mail["error_code"] == "unreachable" || mail["state"] == "failed").await;
    try_again(&app).await;
    mails(&app, &sara, &path, |mail| mail["state"] == "sent" || mail["state"] == "failed").await;
    let mails = server.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(header(&mails[0], "message-id"), header(&mails[1], "message-id"));
    app.stop().await;
}

#[tokio::test]
async fn nothing_is_said_to_a_server_that_is_not_believed_and_a_wrong_password_is_told() {
    let mut server = MailServer::start("starttls");
    let other = MailServer::start("starttls");
    let settings = server.settings("");
    let foreign = settings.replace(&path_of(&settings), &path_of(&other.settings("")));
    server.mistake_the_password();
    for (settings, code) in [(foreign, "unreachable"), (settings, "sign_in")] {
        let app = TestApp::with(&settings).await;
        let sara = app.sign_in("sara").await;
        let path = run(&app, &sara, &schedule(&["anna@firm.test"], "link")).await;
        let told = mails(&app, &sara, &path, has_failed).await;
        assert_eq!(
            (&told[0]["state"], &told[0]["error_code"]),
            (&json!("waiting"), &json!(code)),
            "{told:?}"
        );
        assert!(!told[0]["error_words"].as_str().unwrap().contains("secret"));
        app.stop().await;
    }
    assert_eq!(server.mails(), Vec::<Value>::new());
}

/// The certificates that settings name.
fn path_of(settings: &str) -> String {
    settings.lines().find(|line| line.starts_with("ca_file")).unwrap().to_owned()
}

#[tokio::test]
async fn who_cannot_be_written_to_is_refused() {
    let mut server = MailServer::start("tls");
    let app = TestApp::with(&server.settings("domains = [\"firm.test\"]")).await;
    let sara = app.sign_in("sara").await;
    let many: Vec<_> = (0..21).map(|no| format!("a{no}@firm.test")).collect();
    let many: Vec<_> = many.iter().map(String::as_str).collect();
    for (addresses, words) in [
        (&[][..], "mail: must have at least one address"),
        (&["anna"], "mail: must have addresses such as"),
        (&["a@firm.test\r\nBcc: eve@evil.test"], "mail: must have addresses such as"),
        (&["Anna <anna@firm.test>"], "mail: must have addresses such as"),
        (&["a@firm.test, eve@evil.test"], "mail: must have addresses such as"),
        (&["eve@evil.test"], "mail: must not have addresses at evil.test"),
        (&many, "mail: must have at most 20"),
    ] {
        let answer = app.call(&sara, "POST", SCHEDULES, Some(&schedule(addresses, "link"))).await;
        assert_eq!(answer.outcome(), (422, "invalid".to_owned()), "{addresses:?}");
        assert!(answer.json()["detail"].as_str().unwrap().contains(words), "{}", answer.text);
    }
    assert_eq!(server.mails(), Vec::<Value>::new());
    app.stop().await;
    let app = TestApp::start().await;
    let sara = app.sign_in("sara").await;
    let answer = app.call(&sara, "POST", SCHEDULES, Some(&schedule(&["anna@firm.test"], "link"))).await;
    assert_eq!(answer.outcome(), (409, "mail_not_configured".to_owned()));
    app.stop().await;
}
