//! The task of one call's signalling: ringing, answered, renegotiated, over.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use rsipstack::{
    dialog::{
        dialog::{DialogState, DialogStateReceiver, TerminatedReason, TransactionHandle},
        invite_dialog::InviteDialog,
    },
    sip::{Header, HeadersExt as _, Method, Request, Response, StatusCode, StatusCodeKind},
};
use tokio::{
    sync::{mpsc, oneshot, watch},
    task::JoinHandle,
    time::{sleep, sleep_until, timeout},
};

use super::{
    edge::{ALLOW, Edge},
    intake::agree,
    session_timer::{Agreement, Due, Refresher},
};
use crate::{
    CallKey, EndReason, VoiceEvent, clock,
    media::{
        digits,
        sdp::{self, Local, Offer, Remote},
        task::{MediaTask, Report},
    },
    room::Room,
    switchboard::Wish,
};

/// How long a BYE may take before the call is forgotten anyway.
const FAREWELL: Duration = Duration::from_secs(4);

/// How long the INVITE's transaction goes on after the call: 64*T1 for the last
/// response to be acknowledged (RFC 3261 17.2.1), and some.
const LAST_WORDS: Duration = Duration::from_secs(40);

/// After a refresh that failed for a passing reason (491, 5xx).
const REFRESH_AGAIN: Duration = Duration::from_secs(5);

/// One call's signalling.
pub(crate) struct Call {
    pub(crate) key: CallKey,
    pub(crate) room: Arc<Room>,
    pub(crate) dialog: InviteDialog,
    pub(crate) states: DialogStateReceiver,
    pub(crate) wished: watch::Receiver<Wish>,
    /// What was negotiated, for the media task.
    pub(crate) remote: watch::Sender<Option<Remote>>,
    pub(crate) reported: mpsc::Receiver<Report>,
    pub(crate) local: Local,
    /// The INVITE's offer, until it is answered; `None` when ours goes first.
    pub(crate) offer: Option<Offer>,
    pub(crate) agreement: Agreement,
    /// Whether the caller allows UPDATE.
    pub(crate) update: bool,
    /// The CSeq number of the INVITE whose ACK must bring an answer.
    pub(crate) answer_due: Option<u32>,
    pub(crate) held: bool,
}

/// Runs a call with its media, and cleans up after it whatever happens. `over`
/// says how long the INVITE's transaction may go on.
pub(crate) async fn supervise(
    edge: Arc<Edge>,
    call: Call,
    media: MediaTask,
    arrived: VoiceEvent,
    over: oneshot::Sender<Duration>,
) {
    let (key, dialog, room) = (call.key, call.dialog.clone(), call.room.clone());
    room.tell(arrived).await;
    let media = tokio::spawn(media.run());
    let outcome = tokio::spawn(call.run()).await;
    media.abort();
    let (reason, answered) = outcome.unwrap_or_else(|error| {
        tracing::error!(call = key.0, %error, "a call's task failed");
        (EndReason::Failed("an internal error".to_owned()), true)
    });
    // A BYE while it rings leaves the INVITE without a final response.
    let unanswered = !answered && reason == EndReason::CallerHungUp;
    tracing::info!(call = key.0, ?reason, "a call ended");
    room.board.remove_call(key);
    room.tell(VoiceEvent::Ended { call: key, reason: reason.clone() }).await;
    farewell(&dialog, &reason).await;
    edge.dialogs.remove_dialog(&dialog.id());
    let _ = over.send(if unanswered { Duration::ZERO } else { LAST_WORDS });
}

/// Tells the caller's side that the call is over, if it does not know.
async fn farewell(dialog: &InviteDialog, reason: &EndReason) {
    let state = dialog.state();
    if state.is_terminated() {
        return;
    }
    if state.can_cancel() {
        let status = match reason {
            EndReason::AgentHungUp => StatusCode::Decline,
            _ => StatusCode::ServiceUnavailable,
        };
        let _ = dialog.reject(Some(status), None);
        return;
    }
    // A BYE must wait for the ACK (RFC 3261 15), but not for ever.
    for _ in 0..20 {
        if dialog.state().is_confirmed() {
            break;
        }
        sleep(Duration::from_millis(50)).await;
    }
    let cause = match reason {
        EndReason::MediaTimeout => "SIP;cause=408;text=\"RTP timeout\"",
        EndReason::SessionExpired => "SIP;cause=408;text=\"Session expired\"",
        EndReason::Failed(_) => "Q.850;cause=41",
        _ => "Q.850;cause=16;text=\"Normal call clearing\"",
    };
    match timeout(FAREWELL, dialog.bye_with_reason(cause.to_owned())).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::info!(%error, "a BYE failed"),
        Err(_) => tracing::info!("a BYE got no answer"),
    }
}

impl Call {
    /// Why it ended, and whether it had been answered.
    async fn run(mut self) -> (EndReason, bool) {
        if let Err(reason) = self.ring().await {
            return (reason, false);
        }
        match self.answer() {
            Ok(()) => (self.talk().await, true),
            Err(reason) => (reason, false),
        }
    }

    async fn ring(&mut self) -> Result<(), EndReason> {
        let answer_at = clock::now() + Duration::from_millis(self.room.config.ring_ms);
        loop {
            match *self.wished.borrow_and_update() {
                Wish::Ring => {}
                // The stack answers in order only once it has begun with the INVITE.
                Wish::Answer if matches!(self.dialog.state(), DialogState::Early(..)) => return Ok(()),
                Wish::Answer => {}
                wish => return Err(end_of(wish)),
            }
            tokio::select! {
                state = self.states.recv() => match state {
                    Some(DialogState::Calling(_)) => {
                        self.dialog.ringing(None, None).map_err(|error| EndReason::Failed(error.to_string()))?;
                    }
                    Some(DialogState::Terminated(_, why)) => return Err(ended(&why)),
                    Some(_) => {}
                    None => return Err(EndReason::Failed("the dialog was lost".to_owned())),
                },
                changed = self.wished.changed() => {
                    if changed.is_err() {
                        return Err(EndReason::Stopped);
                    }
                },
                () = sleep_until(answer_at.into()) => return Ok(()),
            }
        }
    }

    fn answer(&mut self) -> Result<(), EndReason> {
        if self.dialog.state().is_terminated() {
            return Err(EndReason::CallerCancelled);
        }
        let failed = |error: rsipstack::Error| EndReason::Failed(error.to_string());
        let request = self.dialog.initial_request();
        let body = match self.offer.take() {
            Some(offer) => {
                let answer = self.local.answer(&offer);
                self.held = offer.remote.holds();
                self.remote.send_replace(Some(offer.remote));
                answer
            }
            None => {
                self.answer_due = request.cseq_header().and_then(rsipstack::sip::CSeq::seq).ok();
                self.local.offer(None)
            }
        };
        self.dialog.accept(Some(self.headers(true)), Some(body)).map_err(failed)
    }

    async fn talk(&mut self) -> EndReason {
        let mut answered = false;
        let mut due = self.agreement.due(clock::now());
        let mut refresh: Option<JoinHandle<Option<Response>>> = None;
        loop {
            match *self.wished.borrow_and_update() {
                Wish::Ring | Wish::Answer => {}
                wish => return end_of(wish),
            }
            tokio::select! {
                state = self.states.recv() => {
                    let Some(state) = state else { return EndReason::Failed("the dialog was lost".to_owned()) };
                    let refreshed = matches!(state, DialogState::Updated(..));
                    if let Err(reason) = self.handle(state, &mut answered).await {
                        return reason;
                    }
                    if refreshed {
                        due = self.agreement.due(clock::now());
                    }
                },
                report = self.reported.recv() => match report {
                    Some(Report::Digit(digit)) => self.tell(|call| VoiceEvent::Digit { call, digit }).await,
                    Some(Report::TimedOut) => return EndReason::MediaTimeout,
                    None => return EndReason::Failed("the sound failed".to_owned()),
                },
                changed = self.wished.changed() => {
                    if changed.is_err() {
                        return EndReason::Stopped;
                    }
                },
                () = sleep_until(due.0.into()), if refresh.is_none() => match due.1 {
                    Due::End => return EndReason::SessionExpired,
                    Due::Refresh => refresh = Some(self.start_refresh()),
                },
                response = async { refresh.as_mut()?.await.ok().flatten() }, if refresh.is_some() => {
                    refresh = None;
                    match self.refreshed(response) {
                        Some(next) => due = next,
                        None => return EndReason::SessionExpired,
                    }
                },
            }
        }
    }

    async fn handle(&mut self, state: DialogState, answered: &mut bool) -> Result<(), EndReason> {
        match state {
            DialogState::Confirmed(..) => {
                if !std::mem::replace(answered, true) {
                    self.tell(|call| VoiceEvent::Answered { call }).await;
                }
                self.take_late_answer().await?;
            }
            DialogState::Updated(_, request, handle) => self.renegotiate(&request, &handle).await,
            DialogState::Info(_, request, handle) => self.take_info(&request, &handle).await,
            DialogState::Options(_, _, handle) => {
                let _ = handle.respond(StatusCode::OK, Some(vec![Header::Allow(ALLOW.into())]), None).await;
            }
            DialogState::Refer(_, _, handle)
            | DialogState::Message(_, _, handle)
            | DialogState::Notify(_, _, handle)
            | DialogState::Publish(_, _, handle) => {
                let allow = vec![Header::Allow(ALLOW.into())];
                let _ = handle.respond(StatusCode::MethodNotAllowed, Some(allow), None).await;
            }
            DialogState::Terminated(_, why) => return Err(ended(&why)),
            DialogState::Calling(_)
            | DialogState::Trying(_)
            | DialogState::Early(..)
            | DialogState::WaitAck(..) => {}
        }
        Ok(())
    }

    /// The answer in the ACK, where the offer was ours (RFC 3264 4).
    async fn take_late_answer(&mut self) -> Result<(), EndReason> {
        let (Some(due), Some(ack)) = (self.answer_due, self.dialog.last_remote_ack()) else { return Ok(()) };
        if ack.cseq_header().and_then(rsipstack::sip::CSeq::seq).ok() != Some(due) {
            return Ok(());
        }
        self.answer_due = None;
        match sdp::parse_answer(&ack.body) {
            Ok(remote) => {
                self.negotiated(remote).await;
                Ok(())
            }
            // A re-INVITE that fails leaves the session as it was (RFC 3261 14.1).
            Err(_) if self.remote.borrow().is_some() => Ok(()),
            Err(error) => Err(EndReason::Failed(format!("the caller's answer: {error}"))),
        }
    }

    /// A re-INVITE or UPDATE.
    async fn renegotiate(&mut self, request: &Request, handle: &TransactionHandle) {
        match agree(request, &self.room) {
            Ok(agreement) => self.agreement = agreement,
            Err(too_small) => {
                let headers = vec![Header::MinSE(too_small.least_s.to_string().into())];
                let _ = handle.respond(StatusCode::SessionIntervalTooSmall, Some(headers), None).await;
                return;
            }
        }
        if request.body.is_empty() {
            let body = (request.method == Method::Invite).then(|| {
                let in_use = self.remote.borrow().clone();
                self.answer_due = request.cseq_header().and_then(rsipstack::sip::CSeq::seq).ok();
                self.local.offer(in_use.as_ref())
            });
            let _ = handle.respond(StatusCode::OK, Some(self.headers(body.is_some())), body).await;
            return;
        }
        match sdp::parse_offer(&request.body) {
            Ok(offer) => {
                let answer = self.local.answer(&offer);
                let _ = handle.respond(StatusCode::OK, Some(self.headers(true)), Some(answer)).await;
                self.negotiated(offer.remote).await;
            }
            Err(error) => {
                let warning = Header::Warning(format!("399 hookflash \"{error}\"").into());
                let _ = handle.respond(StatusCode::NotAcceptableHere, Some(vec![warning]), None).await;
            }
        }
    }

    async fn negotiated(&mut self, remote: Remote) {
        let holds = remote.holds();
        self.remote.send_replace(Some(remote));
        if std::mem::replace(&mut self.held, holds) != holds {
            self.tell(|call| {
                if holds { VoiceEvent::CallerHeld { call } } else { VoiceEvent::CallerResumed { call } }
            })
            .await;
        }
    }

    async fn take_info(&self, request: &Request, handle: &TransactionHandle) {
        let _ = handle.reply(StatusCode::OK).await;
        let content_type = request.headers.iter().find(|header| header.name() == "Content-Type");
        let digit = content_type.and_then(|header| digits::digit_of_info(header.value(), &request.body));
        if let Some(digit) = digit {
            self.tell(|call| VoiceEvent::Digit { call, digit }).await;
        }
    }

    /// Sends UPDATE where the caller allows it, else a re-INVITE with the session as it is.
    fn start_refresh(&mut self) -> JoinHandle<Option<Response>> {
        let dialog = self.dialog.clone();
        let mut headers = vec![
            Header::Supported("timer".into()),
            Header::SessionExpires(format!("{};refresher=uac", self.agreement.interval_s).into()),
        ];
        if self.update {
            return tokio::spawn(async move { dialog.update(Some(headers), None).await.ok().flatten() });
        }
        let in_use = self.remote.borrow().clone();
        let offer = self.local.offer(in_use.as_ref());
        headers.push(Header::ContentType("application/sdp".into()));
        tokio::spawn(async move { dialog.reinvite(Some(headers), Some(offer)).await.ok().flatten() })
    }

    /// What is due after a refresh; `None` when the session is gone.
    fn refreshed(&mut self, response: Option<Response>) -> Option<(Instant, Due)> {
        let response = response?;
        match (response.status_code.kind(), response.status_code.code()) {
            (StatusCodeKind::Successful, _) => {
                let session_expires = response
                    .headers
                    .iter()
                    .find(|header| header.name() == "Session-Expires")
                    .map(|header| header.value().to_owned());
                self.agreement = self.agreement.renewed(session_expires.as_deref());
                if let Ok(remote) = sdp::parse_answer(&response.body) {
                    self.remote.send_replace(Some(remote));
                }
                Some(self.agreement.due(clock::now()))
            }
            (_, 408 | 481) => None,
            _ => Some((clock::now() + REFRESH_AGAIN, Due::Refresh)),
        }
    }

    /// The headers of our 2xx to an INVITE or UPDATE.
    fn headers(&self, with_body: bool) -> Vec<Header> {
        let mut headers = vec![
            Header::Allow(ALLOW.into()),
            Header::Supported("timer".into()),
            Header::SessionExpires(self.agreement.header().into()),
        ];
        if self.agreement.supported && self.agreement.refresher == Refresher::Caller {
            headers.push(Header::Require("timer".into()));
        }
        if with_body {
            headers.push(Header::ContentType("application/sdp".into()));
        }
        headers
    }

    async fn tell(&self, event: impl FnOnce(CallKey) -> VoiceEvent) {
        self.room.tell(event(self.key)).await;
    }
}

fn end_of(wish: Wish) -> EndReason {
    if wish == Wish::Stop { EndReason::Stopped } else { EndReason::AgentHungUp }
}

fn ended(why: &TerminatedReason) -> EndReason {
    match why {
        TerminatedReason::UacBye => EndReason::CallerHungUp,
        TerminatedReason::UacCancel => EndReason::CallerCancelled,
        TerminatedReason::Timeout => EndReason::Failed("the answer was never acknowledged".to_owned()),
        other => EndReason::Failed(format!("the dialog ended: {other:?}")),
    }
}
