//! What is true at the end: at the desks, at the pool, in the history.

use std::collections::BTreeMap;
use std::sync::Arc;

use hookflash_bench::desk::{Desk, Unwatched};
use hookflash_bench::pool::{Pool, address};
use hookflash_bench::server::Server;
use serde_json::Value;

use crate::consult::all_answered;
use crate::ledger::{Facts, text};
use crate::phone::Finished;
use crate::{CONSULTS, KILLS, Worker};

/// What an expert reads whose answer was learned of too late.
const TURNED_AWAY: &str = "Thank you! Somebody else is helping already.";

#[derive(Debug, Default)]
struct Count {
    messages: usize,
    echoes: usize,
    states: usize,
    snapshots: usize,
    faults: Vec<String>,
    lost: usize,
    doubled: usize,
}

/// Compares everything with what was promised, prints the figures.
pub(crate) async fn judge(
    server: &Server,
    pool: &Pool,
    workers: &[Worker],
    phone: &Worker,
    calls: Vec<Finished>,
) -> anyhow::Result<()> {
    let mut count = Count::default();
    let waits = workers.iter().chain([phone]).map(unanswered);
    for fault in futures_util::future::join_all(waits).await.into_iter().flatten() {
        count.fault(fault);
    }
    for worker in workers.iter().chain([phone]) {
        compare_views(worker, &mut count).await?;
        compare_history(worker, &mut count).await?;
        count.add(worker.ledger.facts());
    }
    compare_calls(phone, &calls, &mut count).await?;
    compare_inboxes(pool, workers, phone, calls.len(), &mut count).await?;
    println!(
        "kills {KILLS}, consults {CONSULTS}, calls {}, messages acknowledged {}, echoes shown {}, \
         agent states {}, snapshots compared {}: lost={} doubled={}",
        calls.len(),
        count.messages,
        count.echoes,
        count.states,
        count.snapshots,
        count.lost,
        count.doubled
    );
    let panics: Vec<_> =
        server.log().lines().filter(|line| line.contains("panicked")).map(str::to_owned).collect();
    anyhow::ensure!(panics.is_empty(), "the server panicked: {panics:?}");
    anyhow::ensure!(count.faults.is_empty(), "{} faults:\n{}", count.faults.len(), count.faults.join("\n"));
    anyhow::ensure!(!calls.is_empty(), "no call was worked on to its end");
    Ok(())
}

/// The open consults of a desk in which a message stays without its echo.
async fn unanswered(worker: &Worker) -> Vec<String> {
    let facts = worker.ledger.facts();
    let open = facts.consults.iter().filter(|(_, facts)| !facts.is_ending);
    let waits = open.map(|(id, _)| async move {
        let answered = all_answered(&worker.desk, id).await;
        answered.err().map(|error| format!("consult {id}: {error:#}"))
    });
    futures_util::future::join_all(waits).await.into_iter().flatten().collect()
}

impl Count {
    fn add(&mut self, facts: Facts) {
        self.messages += facts.consults.values().map(|consult| consult.said.len()).sum::<usize>();
        self.echoes += facts.consults.values().map(|consult| consult.heard.len()).sum::<usize>();
        self.states += facts.state_count;
        self.snapshots += facts.snapshot_count;
        for fault in facts.faults {
            self.fault(fault);
        }
    }

    fn fault(&mut self, fault: String) {
        self.doubled += usize::from(fault.contains("twice"));
        self.lost += usize::from(fault.contains("lacks") || fault.contains("missing"));
        self.faults.push(fault);
    }
}

/// A desk that applied events knows what a fresh one is told.
async fn compare_views(worker: &Worker, count: &mut Count) -> anyhow::Result<()> {
    let fresh = Desk::open(worker.desk.session.clone(), Arc::new(Unwatched));
    fresh.sees("a snapshot", |view| view.seen.clone()).await?;
    let (fresh, known) = (fresh.view(), worker.desk.view());
    for (what, fresh, known) in [
        ("consult", &fresh.consults, &known.consults),
        ("message", &fresh.messages, &known.messages),
        ("interaction", &fresh.interactions, &known.interactions),
    ] {
        for id in fresh.keys().chain(known.keys()) {
            let (fresh, known) = (fresh.get(id).map(still), known.get(id).map(still));
            if fresh != known {
                count.fault(format!("{what} {id} differs: fresh {fresh:?}, applied {known:?}"));
            }
        }
    }
    Ok(())
}

/// Without presence, which is volatile.
fn still(value: &Value) -> Value {
    let mut value = value.clone();
    for invitation in value["invitations"].as_array_mut().into_iter().flatten() {
        invitation["person"]["presence"] = Value::Null;
    }
    value
}

/// Consults that ended are found with their outcome.
async fn compare_history(worker: &Worker, count: &mut Count) -> anyhow::Result<()> {
    let past = worker.desk.session.get("me/consults?limit=200").await?;
    let past: BTreeMap<String, &Value> =
        past.as_array().into_iter().flatten().map(|one| (text(&one["consult_id"]), one)).collect();
    for (id, facts) in worker.ledger.facts().consults.iter().filter(|(_, facts)| facts.is_ending) {
        match past.get(id) {
            None => count.fault(format!("consult {id} is missing in the history")),
            Some(consult) if !facts.outcome.allows(&consult["outcome"]) || consult["state"] != "ended" => {
                count.fault(format!("consult {id} ended as {consult}: {:?}", facts.outcome));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Interactions are found with their last note, disposition and transcript.
async fn compare_calls(phone: &Worker, calls: &[Finished], count: &mut Count) -> anyhow::Result<()> {
    let facts = phone.ledger.facts();
    for call in calls {
        let detail = phone.desk.session.get(&format!("interactions/{}", call.interaction_id)).await?;
        if detail["note"] != call.note || detail["disposition_name"] != "Solved by phone" {
            count.fault(format!("interaction {} lacks its note: {detail}", call.interaction_id));
        }
        let consults: Vec<_> = detail["consults"].as_array().into_iter().flatten().collect();
        let transcript = consults.first().map(|consult| &consult["messages"]);
        let transcript: Vec<_> = transcript.and_then(Value::as_array).into_iter().flatten().collect();
        let promised = facts.consults.get(&call.consult_id).cloned().unwrap_or_default();
        for fault in promised.check(&call.consult_id, &transcript) {
            count.fault(fault);
        }
        if consults.len() != 1 || consults.first().is_none_or(|consult| consult["outcome"] != "solved") {
            count.fault(format!("interaction {} lacks its consult's outcome", call.interaction_id));
        }
    }
    Ok(())
}

/// Every acknowledged message and every question that was not given up reached its expert once; none is there that
/// nobody sent.
async fn compare_inboxes(
    pool: &Pool,
    workers: &[Worker],
    phone: &Worker,
    calls: usize,
    count: &mut Count,
) -> anyhow::Result<()> {
    let facts: Vec<_> = workers.iter().chain([phone]).map(|worker| worker.ledger.facts()).collect();
    let said = facts.iter().flat_map(|facts| facts.consults.values()).flat_map(|consult| &consult.said);
    let mut promised: BTreeMap<String, usize> = said.map(|(_, text)| (text.clone(), 0)).collect();
    promised.extend(facts.iter().flat_map(|facts| &facts.questions).map(|question| (question.clone(), 0)));
    for n in 1..=CONSULTS + calls {
        for seen in pool.control.inbox(&address("echo", n)).await?.messages {
            match promised.get_mut(&seen.text) {
                Some(times) => *times += 1,
                None if seen.text == TURNED_AWAY => {}
                None => count.fault(format!("the expert has {:?}, which nobody was promised", seen.text)),
            }
        }
    }
    for (text, times) in promised {
        match times {
            0 if facts.iter().any(|facts| facts.given_up.contains(&text)) => {}
            0 => count.fault(format!("the pool lacks {text:?}")),
            1 => {}
            times => count.fault(format!("the expert has {text:?} twice ({times})")),
        }
    }
    Ok(())
}
