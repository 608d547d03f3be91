//! The agent who answers calls, writes notes and asks experts about them.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use hookflash_bench::desk::{Desk, Refused};
use hookflash_bench::process::Running;
use hookflash_bench::programs::Programs;
use hookflash_bench::wait::until;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::watch;

use crate::consult::{all_answered, command, say, start};
use crate::ledger::text;
use crate::{CONSULTS, Worker};

/// A browser's offer of G.711. Nobody is behind it: the caller is heard by nobody, and that does not matter.
const OFFER: &str = "v=0\r\no=- 6446456129446712281 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n\
    a=group:BUNDLE 0\r\na=msid-semantic: WMS\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0 8 126\r\nc=IN IP4 0.0.0.0\r\n\
    a=rtcp:9 IN IP4 0.0.0.0\r\na=ice-ufrag:4mAS\r\na=ice-pwd:vbTILGaWyRpVsw9s/sgX0ogV\r\na=fingerprint:sha-256 \
    05:29:F2:AE:D2:E9:30:52:BD:7A:84:2C:B1:E0:3E:12:E3:26:C3:3C:58:E8:E3:8C:C9:F5:D3:62:22:76:CB:A2\r\n\
    a=setup:actpass\r\na=mid:0\r\na=sendrecv\r\na=msid:- 25e9e9ad\r\na=rtcp-mux\r\na=rtpmap:0 PCMU/8000\r\n\
    a=rtpmap:8 PCMA/8000\r\na=rtpmap:126 telephone-event/8000\r\na=ssrc:689566512 cname:Qfl2pFxwdaDMRggH\r\n";

/// A call that takes longer to ring, or to be connected, died with the server.
const RINGS_WITHIN: Duration = Duration::from_secs(5);

/// A call that was worked on to its end.
pub(crate) struct Finished {
    pub(crate) interaction_id: String,
    pub(crate) consult_id: String,
    pub(crate) note: String,
}

/// Takes one call after the other until told to stop.
pub(crate) async fn answer_calls(
    worker: &Worker,
    programs: &Programs,
    sip: &str,
    disposition: &str,
    stop: watch::Receiver<bool>,
) -> Vec<Finished> {
    let mut finished = Vec::new();
    if let Err(error) = take_calls(worker, programs, sip, disposition, stop, &mut finished).await {
        worker.ledger.note(format!("call {}: {error:#}", finished.len()));
    }
    finished
}

/// Calls taken at most: the agent's history gives 200 consults, and each call has one.
const MAX_CALLS: usize = 150;

async fn take_calls(
    worker: &Worker,
    programs: &Programs,
    sip: &str,
    disposition: &str,
    stop: watch::Receiver<bool>,
    finished: &mut Vec<Finished>,
) -> anyhow::Result<()> {
    let folder = TempDir::new()?;
    while !*stop.borrow() && finished.len() < MAX_CALLS {
        let caller = call(programs, sip, folder.path())?;
        if let Some(interaction) = answered(&worker.desk).await? {
            let n = finished.len();
            finished.push(work(worker, interaction, n, disposition).await?);
        }
        drop(caller);
    }
    Ok(())
}

fn call(programs: &Programs, sip: &str, folder: &Path) -> anyhow::Result<Running> {
    let mut command = Command::new(&programs.lab);
    command.args(["caller", "--to", &format!("sip:100@{sip}"), "--seconds", "60"]);
    Running::start(&mut command, &folder.join("caller.log"))
}

/// Becomes ready and takes the offer; none where the call died before.
async fn answered(desk: &Desk) -> anyhow::Result<Option<String>> {
    command(desk, "agent.ready", json!({})).await?;
    let rings = until(RINGS_WITHIN, "a call rings", async || {
        desk.look(|view| view.offer["offer_id"].as_str().map(str::to_owned))
    });
    let Ok(offer) = rings.await else { return Ok(None) };
    command(desk, "line.offer", json!({ "sdp": OFFER })).await?;
    let interaction = match desk.command("offer.accept", json!({ "offer_id": offer })).await {
        Ok(result) => text(&result["interaction_id"]),
        Err(error) if died(&error) => return Ok(None),
        Err(error) => return Err(error),
    };
    // The call reaches the desk a moment later, unless it dies before.
    let shown = until(RINGS_WITHIN, "the call is here", async || {
        desk.look(|view| view.interactions.contains_key(&interaction).then_some(()))
    });
    Ok(shown.await.ok().map(|()| interaction))
}

/// Notes, an expert, a disposition; the call may die at any time.
async fn work(worker: &Worker, interaction: String, n: usize, disposition: &str) -> anyhow::Result<Finished> {
    let desk = &worker.desk;
    save(desk, &interaction, None, "first words").await?;
    let consult = start(worker, CONSULTS + n, Some(&interaction)).await?;
    for m in 0..3 {
        say(desk, &consult, &format!("call {n}.{m}")).await?;
        save(desk, &interaction, None, &format!("{m} questions asked")).await?;
    }
    all_answered(desk, &consult).await?;
    command(desk, "consult.outcome", json!({ "consult_id": consult, "outcome": "solved" })).await?;
    command(desk, "consult.end", json!({ "consult_id": consult, "outcome": null })).await?;
    match desk.command("call.hang_up", json!({ "interaction_id": interaction })).await {
        Err(error) if !died(&error) => return Err(error),
        _ => {}
    }
    let note = format!("call {n}: three questions, all answered");
    save(desk, &interaction, Some(disposition), &note).await?;
    desk.sees("the call is over", |view| {
        (view.interactions.get(&interaction)?["state"] == "wrap_up").then_some(())
    })
    .await?;
    command(desk, "wrap_up.done", json!({ "interaction_id": interaction })).await?;
    Ok(Finished { interaction_id: interaction, consult_id: consult, note })
}

async fn save(
    desk: &Desk,
    interaction: &str,
    disposition: Option<&str>,
    note: &str,
) -> anyhow::Result<Value> {
    let saved = json!({ "interaction_id": interaction, "disposition_id": disposition, "note": note });
    command(desk, "wrap_up.save", saved).await
}

fn died(error: &anyhow::Error) -> bool {
    let refused: Option<&Refused> = error.downcast_ref();
    refused.is_some_and(|refused| ["offer_gone", "no_line", "call_ended"].contains(&refused.code.as_str()))
}
