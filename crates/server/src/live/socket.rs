//! The loop of one window: frames in, commands out, changes and answers back.

use super::commands::{Frame, Op};
use super::frames::{
    Hello, answer_frame, bad_frame, event_frame, resumed_frame, snapshot_frame, volatile_frame,
};
use super::lanes::Lanes;
use super::rate::Rate;
use super::snapshot::Snapshot;
use crate::engine::Engine;
use crate::engine::command::Refused;
use crate::engine::feed::{CloseReason, Told};
use crate::http::session::{self, SignedIn};
use crate::http::state::AppState;
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::{FutureExt as _, SinkExt as _};
use hookflash_domain::UserId;
use hookflash_store::users::Role;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;
use uuid::Uuid;

/// Time for the first frame.
const HELLO_WITHIN: Duration = Duration::from_secs(10);
/// Time for the client to take a frame.
const WRITE_WITHIN: Duration = Duration::from_secs(30);
/// Between two pings.
const PING_EVERY: Duration = Duration::from_secs(20);
/// Without a frame for so long the client is gone.
const SILENT_FOR: Duration = Duration::from_secs(60);
/// Frames that go out at one go.
const AT_ONCE: usize = 32;
/// Windows that a user may have open at once.
const MAX_WINDOWS: usize = 20;

const POLICY: u16 = 1008;
const TRY_AGAIN: u16 = 1013;
const GOING_AWAY: u16 = 1001;
const SIGNED_OUT: u16 = 4401;

static LAST_WINDOW: AtomicU64 = AtomicU64::new(0);

/// Why a window ends; none where the client went.
type End = Option<(u16, &'static str)>;

/// Runs one window until either side closes it.
pub(super) async fn run(state: AppState, me: SignedIn, mut socket: WebSocket) {
    let engine = state.engine.clone();
    let number = LAST_WINDOW.fetch_add(1, Ordering::Relaxed);
    let end = serve(&state, &me, number, &mut socket).await;
    engine.close_window(me.user_id, number).await;
    if let Some((code, reason)) = end {
        let frame = CloseFrame { code, reason: reason.into() };
        let close = socket.send(Message::Close(Some(frame)));
        // A client that does not take the close frame is cut off by the drop.
        let _ = tokio::time::timeout(Duration::from_secs(1), close).await;
    }
}

async fn serve(state: &AppState, me: &SignedIn, number: u64, socket: &mut WebSocket) -> End {
    let engine = &state.engine;
    let hello = match hello(socket).await {
        Ok(hello) => hello,
        Err(end) => return end,
    };
    if engine.window_count(me.user_id) >= MAX_WINDOWS {
        return Some((POLICY, "too many windows are open"));
    }
    let after = hello.resume_from.map(|from| (from.epoch, from.seq));
    let mut feed = engine.open_window(me.user_id, number, me.has(Role::Agent), after).await;
    let mut greeting = Vec::new();
    match feed.missed.take() {
        Some(missed) => {
            greeting.push(resumed_frame(engine, feed.seq));
            greeting.extend(missed.iter().map(|(seq, change)| event_frame(engine, *seq, change)));
        }
        None => match Snapshot::take(engine, &me.into(), feed.seq).await {
            Ok(snapshot) => greeting.push(snapshot_frame(engine, &snapshot)),
            Err(error) => {
                tracing::warn!(%error, "no snapshot could be taken");
                return Some((TRY_AGAIN, "the database is not available"));
            }
        },
    }
    greeting.extend(engine.trouble().map(|news| volatile_frame(me.user_id, &news)));
    if let Err(end) = write_all(socket, greeting).await {
        return end;
    }
    converse(state, me, number, socket, feed.told).await
}

async fn converse(
    state: &AppState,
    me: &SignedIn,
    number: u64,
    socket: &mut WebSocket,
    mut told: mpsc::Receiver<Told>,
) -> End {
    let engine = &state.engine;
    let mut lanes = Lanes::new(engine, me.user_id, number);
    let mut rate = Rate::new(50, 200);
    let mut ping = tokio::time::interval(PING_EVERY);
    let mut heard = crate::clock::monotonic();
    loop {
        let out = tokio::select! {
            // What a command changed is told before its answer.
            biased;
            news = told.recv() => match told_frame(engine, me.user_id, news) {
                Ok(frame) => frame,
                Err(end) => return end,
            },
            answer = lanes.next(), if !lanes.is_empty() => match answer {
                Some(answer) => answer,
                None => continue,
            },
            frame = socket.recv(), if lanes.has_room() => {
                heard = crate::clock::monotonic();
                match frame {
                    None | Some(Err(_) | Ok(Message::Close(_))) => return None,
                    Some(Ok(Message::Text(text))) => {
                        if !rate.take(heard) {
                            return Some((POLICY, "too many frames"));
                        }
                        engine.is_active(me.user_id);
                        match take_frame(me, text.as_str(), &mut lanes) {
                            Some(refusal) => refusal,
                            None => continue,
                        }
                    }
                    Some(Ok(Message::Binary(_))) => return Some((POLICY, "frames are text")),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                }
            }
            _ = ping.tick() => {
                if crate::clock::monotonic().duration_since(heard) > SILENT_FOR {
                    return None;
                }
                // While the store cannot say, the session counts as it did.
                if matches!(session::is_valid(state, &me.session).await, Ok(false)) {
                    return Some((SIGNED_OUT, "the session has ended"));
                }
                if let Err(end) = write(socket, Message::Ping(Default::default())).await {
                    return end;
                }
                continue;
            }
        };
        let mut out = vec![out];
        let end = take_ready(engine, me.user_id, &mut told, &mut lanes, &mut out).err();
        if let Err(end) = write_all(socket, out).await {
            return end;
        }
        if let Some(end) = end {
            return end;
        }
    }
}

/// What is told, as a frame; the end of the window where that is told.
fn told_frame(engine: &Engine, user: UserId, told: Option<Told>) -> Result<String, End> {
    match told {
        Some(Told::Change { seq, change }) => Ok(event_frame(engine, seq, &change)),
        Some(Told::Volatile(news)) => Ok(volatile_frame(user, &news)),
        Some(Told::Close(CloseReason::SignedOut)) => Err(Some((SIGNED_OUT, "the session has ended"))),
        Some(Told::Close(CloseReason::RolesChanged)) => Err(Some((TRY_AGAIN, "the roles have changed"))),
        Some(Told::Close(CloseReason::Stopping)) => Err(Some((GOING_AWAY, "the server stops"))),
        None => Err(Some((TRY_AGAIN, "too far behind"))),
    }
}

/// Takes what is ready beside the first frame, so that it goes out with it.
fn take_ready(
    engine: &Engine,
    user: UserId,
    told: &mut mpsc::Receiver<Told>,
    lanes: &mut Lanes,
    out: &mut Vec<String>,
) -> Result<(), End> {
    while out.len() < AT_ONCE {
        match told.try_recv() {
            Ok(news) => out.push(told_frame(engine, user, Some(news))?),
            Err(_) if lanes.is_empty() => return Ok(()),
            Err(_) => match lanes.next().now_or_never() {
                Some(answer) => out.extend(answer),
                None => return Ok(()),
            },
        }
    }
    Ok(())
}

/// Starts a command; gives the refusal of what is none.
fn take_frame(me: &SignedIn, text: &str, lanes: &mut Lanes) -> Option<String> {
    let Frame { id, op } = match serde_json::from_str(text) {
        Ok(frame) => frame,
        Err(error) => return Some(bad_frame(id_of(text), &error.to_string())),
    };
    if let Err(refused) = may_ask(me, &op) {
        return Some(answer_frame(id.unwrap_or_default(), Err(refused)));
    }
    match id {
        None if op.is_answered() => Some(bad_frame(None, "A command needs an id.")),
        id => {
            lanes.start(id.unwrap_or_default(), op);
            None
        }
    }
}

fn may_ask(me: &SignedIn, op: &Op) -> Result<(), Refused> {
    let (may, words) = if op.is_for_supervisors() {
        let may = me.has(Role::Supervisor) || me.has(Role::Administrator);
        (may, "Only supervisors and administrators may do that.")
    } else {
        (me.has(Role::Agent), "Only agents may do that.")
    };
    if may { Ok(()) } else { Err(Refused::new("not_permitted", words)) }
}

/// The id of a frame that cannot be read otherwise, so that its sender knows which was refused.
fn id_of(text: &str) -> Option<Uuid> {
    let frame: serde_json::Value = serde_json::from_str(text).ok()?;
    frame.get("id")?.as_str()?.parse().ok()
}

async fn hello(socket: &mut WebSocket) -> Result<Hello, End> {
    let first = tokio::time::timeout(HELLO_WITHIN, async {
        loop {
            match socket.recv().await {
                Some(Ok(Message::Text(text))) => return Some(text),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                _ => return None,
            }
        }
    });
    let Ok(first) = first.await else { return Err(Some((POLICY, "the first frame did not come"))) };
    let text = first.ok_or(None)?;
    let hello: Option<Hello> = serde_json::from_str(text.as_str()).ok();
    hello.filter(|hello| hello.op == "hello").ok_or(Some((POLICY, "the first frame must be hello")))
}

async fn write(socket: &mut WebSocket, message: Message) -> Result<(), End> {
    in_time(socket.send(message)).await
}

/// Writes frames at one go.
async fn write_all(socket: &mut WebSocket, frames: Vec<String>) -> Result<(), End> {
    in_time(async {
        for frame in frames {
            socket.feed(Message::text(frame)).await?;
        }
        socket.flush().await
    })
    .await
}

async fn in_time(writing: impl Future<Output = Result<(), axum::Error>>) -> Result<(), End> {
    match tokio::time::timeout(WRITE_WITHIN, writing).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(None),
        Err(_) => Err(Some((TRY_AGAIN, "the client does not read"))),
    }
}
