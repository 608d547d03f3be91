//! The script of one consult.

use std::time::Duration;

use hookflash_bench::clock;
use hookflash_bench::desk::{Desk, Refused};
use hookflash_bench::pool;
use rand::RngExt as _;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use crate::Worker;
use crate::ledger::text;

/// Between two steps of a script.
const LONGEST_PAUSE_MS: u64 = 2_500;
const OUTCOMES: [&str; 3] = ["solved", "partly", "not_solved"];
const REASONS: [&str; 4] = ["break", "meal", "meeting", "training"];

/// Plays one script; what goes wrong is noted, so that the others go on.
pub(crate) async fn script(worker: &Worker, n: usize, begin: Duration, random: StdRng) {
    if let Err(error) = play(worker, n, begin, random).await {
        worker.ledger.note(format!("consult {n}: {error:#}"));
    }
}

/// Asks the `n`th expert, talks, judges; now and then the agent's state changes too. Half of the consults
/// end here, the others stay open for the verdict.
async fn play(worker: &Worker, n: usize, begin: Duration, mut random: StdRng) -> anyhow::Result<()> {
    tokio::time::sleep(begin).await;
    let desk = &worker.desk;
    let consult = start(worker, n, None).await?;
    let mut answers = Vec::new();
    for m in 0..random.random_range(4..9) {
        pause(&mut random).await;
        let said = say(desk, &consult, &format!("{n}.{m}"));
        if random.random_ratio(1, 3) {
            answers.push(said);
        } else {
            said.await?;
        }
        if random.random_ratio(1, 8) {
            change_state(desk, n, &mut random).await?;
        }
        if random.random_ratio(1, 5) {
            judge(desk, &consult, &mut random).await?;
        }
    }
    futures_util::future::try_join_all(answers).await?;
    if n.is_multiple_of(2) {
        judge(desk, &consult, &mut random).await?;
        all_answered(desk, &consult).await?;
        let facts = worker.ledger.facts().consults.remove(&consult).unwrap_or_default();
        let faults = desk.look(|view| facts.check(&consult, &view.transcript(&consult)));
        anyhow::ensure!(faults.is_empty(), "before the end: {faults:?}");
        command(desk, "consult.end", json!({ "consult_id": consult, "outcome": null })).await?;
    }
    Ok(())
}

/// Starts a consult with the `n`th expert and waits until he is there.
pub(crate) async fn start(worker: &Worker, n: usize, interaction: Option<&str>) -> anyhow::Result<String> {
    let desk = &worker.desk;
    let person = json!({ "network": "skype", "address": pool::address("echo", n + 1) });
    let mut question = format!("question {n}");
    let asked = json!({
        "interaction_id": interaction, "person": person.clone(), "question": question, "share": [],
    });
    let consult = text(&command(desk, "consult.start", asked).await?["consult_id"]);
    for again in 1.. {
        let settled = settled(desk, &consult).await?;
        if settled["state"] == "talking" {
            break;
        }
        // Every expert accepts at once: only a server that is down for too long can miss that.
        let last = settled["invitations"].as_array().and_then(|all| all.last());
        let is_missed = last.is_some_and(|last| match last["state"].as_str() {
            Some("no_answer") => true,
            Some("unreachable") => last["reason"] == "network_trouble",
            _ => false,
        });
        anyhow::ensure!(is_missed, "the desk says {settled}");
        worker.ledger.given_up(&question);
        question = format!("question {n}, {again} times");
        let asked = json!({ "consult_id": consult, "person": person, "question": question, "share": [] });
        command(desk, "consult.ask", asked).await?;
    }
    Ok(consult)
}

/// The consult once its invitation is settled.
async fn settled(desk: &Desk, consult: &str) -> anyhow::Result<Value> {
    desk.sees("the invitation is settled", |view| {
        let consult = view.consults.get(consult)?;
        (consult["state"] != "inviting").then(|| consult.clone())
    })
    .await
}

/// Says something; what comes back is done when it is acknowledged.
pub(crate) fn say<'a>(
    desk: &'a Desk,
    consult: &str,
    words: &str,
) -> impl Future<Output = anyhow::Result<()>> + use<'a> {
    let said = json!({ "consult_id": consult, "message_id": clock::new_id(), "text": words });
    let first = desk.ask("consult.say", said.clone());
    async move {
        match first.await? {
            Ok(_) => Ok(()),
            Err(refused) if may_pass(&refused) => command(desk, "consult.say", said).await.map(drop),
            Err(refused) => Err(refused.into()),
        }
    }
}

/// Waits until every message of the agent has its echo, and none is under way.
pub(crate) async fn all_answered(desk: &Desk, consult: &str) -> anyhow::Result<()> {
    desk.sees("every message is answered", |view| {
        let transcript = view.transcript(consult);
        let (own, echoes): (Vec<&Value>, Vec<&Value>) =
            transcript.iter().partition(|message| message["by"] == "agent");
        let settled = own.iter().all(|message| message["state"] != "sending");
        let has_echo = |own: &Value| {
            let echo = format!("echo: {}", text(&own["text"]));
            echoes.iter().any(|message| message["text"] == *echo)
        };
        (settled && !own.is_empty() && own.iter().all(|own| has_echo(own))).then_some(())
    })
    .await
}

/// A command, again while the server asks for patience.
pub(crate) async fn command(desk: &Desk, op: &str, fields: Value) -> anyhow::Result<Value> {
    loop {
        match desk.command(op, fields.clone()).await {
            Err(error) if error.downcast_ref().is_some_and(may_pass) => {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            answer => return answer,
        }
    }
}

fn may_pass(refused: &Refused) -> bool {
    ["no_network", "network_trouble", "not_saved", "busy"].contains(&refused.code.as_str())
}

async fn judge(desk: &Desk, consult: &str, random: &mut StdRng) -> anyhow::Result<()> {
    let outcome = OUTCOMES.get(random.random_range(0..OUTCOMES.len()));
    command(desk, "consult.outcome", json!({ "consult_id": consult, "outcome": outcome })).await.map(drop)
}

/// Only one of an agent's scripts does so: which state is the last would not be known otherwise.
async fn change_state(desk: &Desk, n: usize, random: &mut StdRng) -> anyhow::Result<()> {
    if n >= crate::AGENTS {
        return Ok(());
    }
    match REASONS.get(random.random_range(0..=REASONS.len())) {
        Some(reason) => command(desk, "agent.not_ready", json!({ "reason": reason })).await.map(drop),
        None => command(desk, "agent.ready", json!({})).await.map(drop),
    }
}

async fn pause(random: &mut StdRng) {
    tokio::time::sleep(Duration::from_millis(random.random_range(0..LONGEST_PAUSE_MS))).await;
}
