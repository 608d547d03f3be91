//! The server is killed while it hands mails to a mail server. SMTP cannot be asked whether a mail was taken (RFC 1047),
//! so none is lost, one comes twice where the kill fell between the taking and our note of it, and the two are the same.

use super::history;
use super::mail_server::{MailServer, header};
use super::process::Server;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Enough that the last kill finds some that were not sent.
const ADDRESSES: usize = 20;
/// Fewer than the tries that a mail has.
const KILLS: usize = 6;
/// Longer than all of it takes.
const LIMIT: Duration = Duration::from_secs(300);

#[tokio::test]
async fn mails_outlive_the_process_and_none_is_lost() {
    tokio::time::timeout(LIMIT, killed()).await.unwrap();
}

async fn killed() {
    let folder = history();
    let folder = folder.path();
    let mut post = MailServer::start("tls");
    std::fs::write(folder.join("hookflash.toml"), post.settings("")).unwrap();
    let mut server = Server::start(folder).await;
    let schedule = server.post("schedules", &schedule()).await;
    let schedule = schedule["schedule_id"].as_str().unwrap_or_else(|| panic!("{schedule}"));
    post.linger(1);
    server.post(&format!("schedules/{schedule}/run"), &json!({})).await;
    let (mut taken, mut unsaid, mut last) = (0, BTreeSet::new(), BTreeSet::new());
    for kill in 0..KILLS {
        // Each second time one was taken and nobody has told us; otherwise more of them, and anything may be under way.
        let is_unsaid = kill % 2 == 0;
        let more = if is_unsaid { 1 } else { 1 + kill };
        while post.mails().len() < taken + more {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        server.kill();
        // What had arrived with it is taken all the same.
        post.linger(0);
        let mails = post.mails();
        taken = mails.len();
        // They go one after the other: of the last one alone we may not know.
        let id = mails.last().map(|mail| header(mail, "message-id").to_owned());
        last.extend(id.clone());
        unsaid.extend(id.filter(|_| is_unsaid));
        post.linger(u64::from(!is_unsaid));
        server.start_again(folder).await;
    }
    post.linger(0);
    while !are_sent(&server).await {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let mut copies = BTreeMap::<String, Vec<String>>::new();
    for mail in post.mails() {
        let to = mail["recipients"][0].as_str().unwrap().to_owned();
        copies.entry(header(&mail, "message-id").to_owned()).or_default().push(to);
    }
    let to: BTreeSet<_> = copies.values().flatten().cloned().collect();
    assert_eq!((copies.len(), to), (ADDRESSES, addresses().collect()), "none is lost");
    assert!(copies.values().all(|to| to.iter().all(|one| *one == to[0])), "{copies:#?}");
    let doubled: BTreeSet<_> =
        copies.iter().filter(|(_, to)| to.len() > 1).map(|(id, _)| id.clone()).collect();
    assert!(unsaid.len() == 3 && unsaid.is_subset(&doubled), "{unsaid:?} {doubled:?}");
    assert!(doubled.is_subset(&last), "{doubled:?} {last:?}");
}

fn addresses() -> impl Iterator<Item = String> {
    (0..ADDRESSES).map(|no| format!("anna{no}@firm.test"))
}

/// A schedule that is not due by itself as long as this test runs.
fn schedule() -> Value {
    let month = (hookflash::clock::now().0 / 2_629_746_000 + 6) % 12 + 1;
    json!({
        "name": "Killed",
        "when": { "kind": "cron", "line": format!("0 0 1 {month} *") },
        "reports": [{ "report": "queue-summary", "period": "last_month" }],
        "formats": ["csv"],
        "mail": { "addresses": addresses().collect::<Vec<_>>(), "form": "attachment" },
    })
}

async fn are_sent(server: &Server) -> bool {
    let schedules: Value = server.get("schedules").await.json().await.unwrap();
    let mails = schedules[0]["last_fire"]["mails"].as_array().unwrap_or_else(|| panic!("{schedules:#}"));
    assert!(mails.iter().all(|mail| mail["state"] != "failed"), "{mails:#?}");
    mails.iter().all(|mail| mail["state"] == "sent")
}
