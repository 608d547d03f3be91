//! A new INVITE: refused with a reason, or turned into a call.

use std::{sync::Arc, time::Duration};

use rsipstack::{
    dialog::{dialog::DialogStateReceiver, invite_dialog::InviteDialog},
    sip::{Header, Request, Response, StatusCode, StatusCodeKind, Uri},
    transaction::transaction::Transaction,
};
use tokio::sync::{mpsc, oneshot, watch};

use super::{
    arrival::arrival,
    call::{self, Call},
    edge::{Edge, peer_of},
    session_timer::{self, Agreement, Asked, Limits},
};
use crate::{
    CallKey, VoiceEvent, clock,
    media::{
        frame::FRAMES_WAITING,
        sdp::{self, Local, Offer},
        task::{MediaTask, Report},
    },
    room::Room,
    switchboard::{CallEnds, Wish},
};

/// Keys and reports of a call that may wait.
const WAITING: usize = 32;

/// An INVITE that is not taken.
struct Refused {
    status: StatusCode,
    headers: Vec<Header>,
}

fn refused(status: StatusCode, headers: Vec<Header>) -> Refused {
    Refused { status, headers }
}

fn busy() -> Refused {
    refused(StatusCode::ServiceUnavailable, vec![Header::RetryAfter("5".into())])
}

/// Handles the transaction of an INVITE until its final response is acknowledged.
pub(crate) async fn take_invite(edge: &Arc<Edge>, mut transaction: Transaction) -> rsipstack::Result<()> {
    match prepare(edge, &transaction).await {
        Ok((mut dialog, over)) => {
            let ended = async {
                let rest = over.await.unwrap_or_default();
                tokio::time::sleep(rest).await;
            };
            let handled = tokio::select! {
                handled = dialog.handle(&mut transaction) => Some(handled),
                () = ended => None,
            };
            match handled {
                Some(handled) => handled,
                None if transaction.last_response.as_ref().is_some_and(is_final) => Ok(()),
                None => transaction.reply(StatusCode::RequestTerminated).await,
            }
        }
        Err(refused) => {
            tracing::info!(status = %refused.status, "a call was refused");
            transaction.reply_with(refused.status, refused.headers, None).await?;
            // The stack repeats the response until it is acknowledged.
            while transaction.receive().await.is_some() {}
            Ok(())
        }
    }
}

fn is_final(response: &Response) -> bool {
    response.status_code.kind() != StatusCodeKind::Provisional
}

/// Checks everything before anything is changed, then makes the call.
async fn prepare(
    edge: &Arc<Edge>,
    transaction: &Transaction,
) -> Result<(InviteDialog, oneshot::Receiver<Duration>), Refused> {
    let room = &edge.room;
    let request = &transaction.original;
    if !room.arrivals.lock().take(room.config.max_calls_per_second, clock::now()) {
        return Err(busy());
    }
    check_extensions(request)?;
    let agreement = agree(request, room).map_err(|too_small| {
        refused(
            StatusCode::SessionIntervalTooSmall,
            vec![Header::MinSE(too_small.least_s.to_string().into())],
        )
    })?;
    let offer = read_offer(request)?;
    let peer = peer_of(transaction).ok_or_else(|| refused(StatusCode::ServerInternalError, vec![]))?;
    let connection =
        transaction.connection.as_ref().ok_or_else(|| refused(StatusCode::ServerInternalError, vec![]))?;
    let contact: Uri = edge
        .contact(connection)
        .as_str()
        .try_into()
        .map_err(|_| refused(StatusCode::ServerInternalError, vec![]))?;
    let sockets = room.ports.pair().await.ok_or_else(busy)?;
    let address = sockets.rtp.local_addr().map_err(|_| busy())?;
    let address = (room.config.advertised_ip.unwrap_or(address.ip()), address.port()).into();

    let (peer_end, peer_watch) = watch::channel(None);
    let (frames, frames_in) = mpsc::channel(FRAMES_WAITING);
    let (digits, digits_out) = mpsc::channel(WAITING);
    let (wish, wished) = watch::channel(Wish::Ring);
    let (reports, reported) = mpsc::channel(WAITING);
    let (remote, remote_watch) = watch::channel(None);
    let (sender, states) = edge.dialogs.new_dialog_state_channel();
    let dialog = edge
        .dialogs
        .get_or_create_server_invite(transaction, sender, None, Some(contact))
        .map_err(|_| refused(StatusCode::BadRequest, vec![]))?;
    let ends = CallEnds { peer: peer_end, frames, digits, wish };
    let Some(key) = room.board.add_call(room.config.max_calls, ends) else {
        edge.dialogs.remove_dialog(&dialog.id());
        return Err(busy());
    };
    let media = MediaTask {
        id: u128::from(key.0),
        sockets,
        signalling: peer.ip(),
        tune: room.tune.clone(),
        rtp_timeout: Duration::from_millis(room.config.rtp_timeout_ms),
        remote: remote_watch,
        peer: peer_watch,
        frames: frames_in,
        digits: digits_out,
        reports,
    };
    let arrived =
        VoiceEvent::Arrived { call: key, arrival: arrival(request, &room.config.header_allow_list, peer) };
    let parts = Parts { key, states, wished, remote, reported, agreement, offer };
    let call = parts.into_call(
        room.clone(),
        dialog.clone(),
        request,
        Local::new(address, clock::random::<u32>() >> 1),
    );
    let (ended, over) = oneshot::channel();
    room.tasks.spawn(call::supervise(edge.clone(), call, media, arrived, ended));
    Ok((dialog, over))
}

/// What was made for a call.
struct Parts {
    key: CallKey,
    states: DialogStateReceiver,
    wished: watch::Receiver<Wish>,
    remote: watch::Sender<Option<sdp::Remote>>,
    reported: mpsc::Receiver<Report>,
    agreement: Agreement,
    offer: Option<Offer>,
}

impl Parts {
    fn into_call(self, room: Arc<Room>, dialog: InviteDialog, request: &Request, local: Local) -> Call {
        let update = request
            .headers
            .iter()
            .any(|header| header.name() == "Allow" && header.value().to_ascii_uppercase().contains("UPDATE"));
        Call {
            key: self.key,
            room,
            dialog,
            states: self.states,
            wished: self.wished,
            remote: self.remote,
            reported: self.reported,
            local,
            offer: self.offer,
            agreement: self.agreement,
            update,
            answer_due: None,
            held: false,
        }
    }
}

/// RFC 3261 8.2.2.3: an extension that we do not know must not be required of us.
fn check_extensions(request: &Request) -> Result<(), Refused> {
    let unknown: Vec<&str> = request
        .headers
        .iter()
        .filter(|header| header.name() == "Require")
        .flat_map(|header| header.value().split(','))
        .map(str::trim)
        .filter(|extension| !extension.is_empty() && !extension.eq_ignore_ascii_case("timer"))
        .collect();
    if unknown.is_empty() {
        return Ok(());
    }
    Err(refused(StatusCode::BadExtension, vec![Header::Unsupported(unknown.join(", ").into())]))
}

/// The offer in the body; `None` for a late offer.
fn read_offer(request: &Request) -> Result<Option<Offer>, Refused> {
    if request.body.is_empty() {
        return Ok(None);
    }
    let sdp = request.headers.iter().find(|header| header.name() == "Content-Type").is_some_and(|header| {
        header.value().split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/sdp")
    });
    if !sdp {
        let accept = vec![Header::Accept("application/sdp".into())];
        return Err(refused(StatusCode::UnsupportedMediaType, accept));
    }
    sdp::parse_offer(&request.body).map(Some).map_err(|error| {
        let status = if error == sdp::SdpError::Malformed {
            StatusCode::BadRequest
        } else {
            StatusCode::NotAcceptableHere
        };
        refused(status, vec![Header::Warning(format!("399 hookflash \"{error}\"").into())])
    })
}

/// What the request and we agree on for session timers.
pub(crate) fn agree(request: &Request, room: &Room) -> Result<Agreement, session_timer::TooSmall> {
    let value = |name: &str| {
        request
            .headers
            .iter()
            .find(|header| header.name().eq_ignore_ascii_case(name))
            .map(rsipstack::sip::Header::value)
    };
    let supported = request
        .headers
        .iter()
        .filter(|header| matches!(header.name(), "Supported" | "Require"))
        .flat_map(|header| header.value().split(','))
        .any(|extension| extension.trim().eq_ignore_ascii_case("timer"));
    let asked = Asked { session_expires: value("Session-Expires"), min_se: value("Min-SE"), supported };
    let limits = Limits { interval_s: room.config.session_expires_s, least_s: room.config.session_min_s };
    session_timer::agree(asked, limits)
}
