//! Opening a line, and telling the server of its coming and going.

use std::{net::SocketAddr, sync::Arc};

use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::task::LineTask;
use crate::{
    LineKey, VoiceError, VoiceEvent, media::frame::FRAMES_WAITING, room::Room, switchboard::LineEnds,
};

/// Answers a browser's offer and starts the line's task.
pub(crate) async fn open(room: &Arc<Room>, line: LineKey, offer: &str) -> Result<String, VoiceError> {
    let socket = room.ports.single().await.ok_or(VoiceError::NoPort)?;
    let port = socket.local_addr().map_err(|_| VoiceError::NoPort)?.port();
    let local = SocketAddr::new(room.config.advertised_ip.unwrap_or(room.config.media_ip), port);
    let (rtc, answer) = room.identity.answer(offer, local).map_err(VoiceError::Offer)?;
    let (peer, peer_watch) = watch::channel(None);
    let (muted, muted_watch) = watch::channel(false);
    let (frames, frames_in) = mpsc::channel(FRAMES_WAITING);
    let (up, up_watch) = watch::channel(false);
    let close = CancellationToken::new();
    let ends = LineEnds { peer, muted, frames, close: close.clone() };
    let generation = room.board.open_line(line, ends).ok_or(VoiceError::Stopped)?;
    let task = LineTask {
        id: line.0,
        rtc,
        socket,
        local,
        peer: peer_watch,
        muted: muted_watch,
        frames: frames_in,
        close,
        up,
    };
    room.tasks.spawn(supervise(room.clone(), line, generation, task, up_watch));
    Ok(answer)
}

/// Runs the line's task; a panic in it is the end of this line only.
async fn supervise(
    room: Arc<Room>,
    line: LineKey,
    generation: u64,
    task: LineTask,
    mut up_watch: watch::Receiver<bool>,
) {
    let running = tokio::spawn(task.run());
    let mut was_up = false;
    // The sender goes with the task, however it ends.
    while up_watch.changed().await.is_ok() {
        let up = *up_watch.borrow_and_update();
        if up != was_up {
            was_up = up;
            room.board.line_is_up(line, generation, up);
            room.tell(if up { VoiceEvent::LineUp { line } } else { VoiceEvent::LineDown { line } }).await;
        }
    }
    if let Err(error) = running.await {
        tracing::error!(%error, "a line's task failed");
    }
    room.board.close_line(line, Some(generation));
    if was_up {
        room.tell(VoiceEvent::LineDown { line }).await;
    }
}
