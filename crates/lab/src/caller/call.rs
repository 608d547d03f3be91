//! One outgoing call: INVITE, CANCEL, ACK, BYE and what the other side asks in the dialog.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::Context as _;
use tokio::net::UdpSocket;
use tokio::sync::{mpsc, watch};

use super::media::{self, Counters};
use super::offer::{self, Direction, Remote};
use super::plan::{CallPlan, CallView, Command};
use super::sip::{self, Message};
use crate::clock::{now_ms, random_hex};

/// RFC 3261 timers: T1, and the time after which a request without any answer is given up.
const T1_MS: u64 = 500;
const GIVE_UP_MS: u64 = 64 * T1_MS;

/// Makes the call and keeps it until it ends.
pub(crate) async fn run(
    plan: CallPlan,
    mut commands: mpsc::Receiver<Command>,
    view: watch::Sender<CallView>,
) -> anyhow::Result<()> {
    let peer = sip::address_of(&plan.to).with_context(|| format!("{} has no IP address to call", plan.to))?;
    let socket = UdpSocket::bind(SocketAddr::new(plan.local, 0)).await?;
    let rtp = UdpSocket::bind(SocketAddr::new(plan.local, 0)).await?;
    let rtp_port = rtp.local_addr()?.port();
    let (session, watched) = watch::channel(None);
    let counters = Arc::new(Counters::default());
    let audio = tokio::spawn(media::run(rtp, watched, counters.clone(), plan.tone_hz, plan.record.clone()));
    let mut call = Call::new(plan, peer, socket, rtp_port, session, view);
    call.invite().await?;
    let mut buffer = vec![0_u8; 65_536];
    let mut tick = tokio::time::interval(Duration::from_millis(100));
    while call.stage != Stage::Over {
        tokio::select! {
            got = call.socket.recv_from(&mut buffer) => {
                if let Ok((length, from)) = got
                    && let Some(message) = Message::parse(buffer.get(..length).unwrap_or_default())
                {
                    call.handle(&message, from).await?;
                }
            }
            Some(Command::HangUp) = commands.recv() => call.hang_up().await?,
            _ = tick.tick() => call.passes(&counters).await?,
        }
    }
    drop(call);
    audio.await?
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Inviting,
    Cancelling,
    Up,
    Leaving,
    Over,
}

struct Call {
    plan: CallPlan,
    peer: SocketAddr,
    socket: UdpSocket,
    rtp_port: u16,
    session: watch::Sender<Option<Remote>>,
    view: watch::Sender<CallView>,
    stage: Stage,
    call_id: String,
    tag: String,
    branch: String,
    sequence: u32,
    remote_to: String,
    target: String,
    routes: Vec<String>,
    /// The request that waits for an answer, when it was last sent, the next wait, and when it is given up.
    pending: Option<(Message, u64, u64, u64)>,
    provisional: bool,
    cancel_asked: bool,
    version: u32,
    /// The last re-INVITE and its answer, for a repeated one.
    answered: Option<(u32, Message)>,
}

impl Call {
    fn new(
        plan: CallPlan,
        peer: SocketAddr,
        socket: UdpSocket,
        rtp_port: u16,
        session: watch::Sender<Option<Remote>>,
        view: watch::Sender<CallView>,
    ) -> Self {
        let (to, target) = (format!("<{}>", plan.to), plan.to.clone());
        Self {
            plan,
            peer,
            socket,
            rtp_port,
            session,
            view,
            stage: Stage::Inviting,
            call_id: random_hex(),
            tag: random_hex(),
            branch: String::new(),
            sequence: 1,
            remote_to: to,
            target,
            routes: Vec::new(),
            pending: None,
            provisional: false,
            cancel_asked: false,
            version: 1,
            answered: None,
        }
    }

    async fn invite(&mut self) -> anyhow::Result<()> {
        self.branch = format!("z9hG4bK{}", random_hex());
        let mut invite = self.request("INVITE", &self.branch, self.sequence)?;
        for (name, value) in &self.plan.headers {
            invite = invite.with(name, value.clone());
        }
        if let Some(text) = &self.plan.user_to_user {
            let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
            invite = invite.with("User-to-User", format!("{hex};encoding=hex"));
        }
        let sdp = offer::write(self.plan.local, self.rtp_port, self.version, Direction::SendRecv);
        self.expect(invite.with_sdp(sdp)).await
    }

    fn request(&self, method: &str, branch: &str, sequence: u32) -> anyhow::Result<Message> {
        let local = self.socket.local_addr()?;
        let mut request =
            Message { start: format!("{method} {} SIP/2.0", self.target), ..Message::default() }
                .with("Via", format!("SIP/2.0/UDP {local};branch={branch};rport"))
                .with("Max-Forwards", "70");
        for route in &self.routes {
            request = request.with("Route", route.clone());
        }
        let name = self.plan.name.replace(['"', '\\'], "");
        Ok(request
            .with("From", format!("\"{name}\" <{}>;tag={}", self.plan.from, self.tag))
            .with("To", self.remote_to.clone())
            .with("Call-ID", self.call_id.clone())
            .with("CSeq", format!("{sequence} {method}"))
            .with("Contact", format!("<sip:caller@{local}>"))
            .with("Allow", "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE")
            .with("User-Agent", "hookflash-lab caller"))
    }

    /// Sends a request and repeats it until it is answered.
    async fn expect(&mut self, request: Message) -> anyhow::Result<()> {
        let now = now_ms();
        self.send(&request).await?;
        self.pending = Some((request, now, T1_MS, now + GIVE_UP_MS));
        Ok(())
    }

    async fn send(&self, message: &Message) -> anyhow::Result<()> {
        // A full socket buffer or an ICMP error is loss; retransmission mends it.
        if let Err(error) = self.socket.send_to(&message.bytes(), self.next_hop()).await {
            tracing::debug!(%error, "not sent");
        }
        Ok(())
    }

    fn next_hop(&self) -> SocketAddr {
        let next = self.routes.first().map_or(self.target.as_str(), |route| sip::uri_of(route));
        sip::address_of(next).unwrap_or(self.peer)
    }

    async fn handle(&mut self, message: &Message, from: SocketAddr) -> anyhow::Result<()> {
        if message.header("Call-ID") != self.call_id {
            if message.status().is_none() && message.method() != "ACK" {
                let status = if message.method() == "OPTIONS" { "200 OK" } else { "481 Call Does Not Exist" };
                self.socket.send_to(&message.answer(status, &self.tag).bytes(), from).await?;
            }
            return Ok(());
        }
        match message.status() {
            Some(status) if message.method() == "INVITE" => self.invite_answered(status, message).await,
            Some(status) => self.answered(status, message.method()),
            None => self.asked(message, from).await,
        }
    }

    async fn invite_answered(&mut self, status: u16, response: &Message) -> anyhow::Result<()> {
        match status {
            100..=199 => {
                self.pending = None;
                self.provisional = true;
                if status > 100 {
                    self.remember(response);
                    self.show(|view| "ringing".clone_into(&mut view.state));
                }
                if self.cancel_asked && self.stage == Stage::Inviting {
                    self.cancel().await?;
                }
                Ok(())
            }
            200..=299 => self.answered_with_audio(response).await,
            _ => {
                self.pending = None;
                self.remote_to = response.header("To").to_owned();
                let ack = self.request("ACK", &self.branch, 1)?;
                self.send(&ack).await?;
                let reason = if self.cancel_asked {
                    "cancelled".to_owned()
                } else {
                    format!("{status} {}", response.phrase())
                };
                self.over(&reason);
                Ok(())
            }
        }
    }

    async fn answered_with_audio(&mut self, response: &Message) -> anyhow::Result<()> {
        self.pending = None;
        self.remote_to = response.header("To").to_owned();
        self.target = sip::uri_of(response.header("Contact")).to_owned();
        self.routes = response
            .all("Record-Route")
            .into_iter()
            .flat_map(|r| r.split(','))
            .map(|r| r.trim().to_owned())
            .collect();
        self.routes.reverse();
        let ack = self.request("ACK", &format!("z9hG4bK{}", random_hex()), response.sequence())?;
        self.send(&ack).await?;
        if self.stage == Stage::Up || self.stage == Stage::Leaving {
            return Ok(());
        }
        self.stage = Stage::Up;
        self.remember(response);
        self.show(|view| {
            "connected".clone_into(&mut view.state);
            view.answered_at = Some(now_ms());
        });
        if self.cancel_asked { self.bye("cancelled").await } else { Ok(()) }
    }

    /// Takes the audio address of a response.
    fn remember(&self, response: &Message) {
        if let Some(remote) = offer::read(&response.body) {
            self.session.send_replace(Some(remote));
        }
    }

    fn answered(&mut self, status: u16, method: &str) -> anyhow::Result<()> {
        if status >= 200 {
            self.pending = None;
            if method == "BYE" {
                self.stage = Stage::Over;
            }
        }
        Ok(())
    }

    async fn asked(&mut self, request: &Message, from: SocketAddr) -> anyhow::Result<()> {
        let answer = match request.method() {
            "ACK" => return Ok(()),
            "INVITE" | "UPDATE" => self.renegotiate(request)?,
            "BYE" => {
                let answer = request.answer("200 OK", &self.tag);
                self.socket.send_to(&answer.bytes(), from).await?;
                self.over("other side hung up");
                return Ok(());
            }
            "OPTIONS" | "INFO" | "NOTIFY" | "MESSAGE" => request.answer("200 OK", &self.tag),
            _ => request.answer("501 Not Implemented", &self.tag),
        };
        self.socket.send_to(&answer.bytes(), from).await?;
        Ok(())
    }

    fn renegotiate(&mut self, request: &Message) -> anyhow::Result<Message> {
        if let Some((sequence, answer)) = &self.answered
            && *sequence == request.sequence()
        {
            return Ok(answer.clone());
        }
        let local = self.socket.local_addr()?;
        let mut answer = request.answer("200 OK", &self.tag).with("Contact", format!("<sip:caller@{local}>"));
        if !request.body.is_empty() || request.method() == "INVITE" {
            // Without an offer in it (late offer) this side offers.
            let remote = offer::read(&request.body);
            let direction = remote.map_or(Direction::SendRecv, |remote| remote.direction);
            self.version += 1;
            answer = answer.with_sdp(offer::write(self.plan.local, self.rtp_port, self.version, direction));
            if remote.is_some() {
                self.session.send_replace(remote);
            }
            self.show(|view| view.on_hold = direction != Direction::SendRecv);
        }
        self.answered = Some((request.sequence(), answer.clone()));
        Ok(answer)
    }

    async fn hang_up(&mut self) -> anyhow::Result<()> {
        match self.stage {
            Stage::Inviting => {
                let again = std::mem::replace(&mut self.cancel_asked, true);
                if self.provisional {
                    self.cancel().await?;
                } else if again {
                    // Nobody is there to be told; whoever asks twice does not want to wait.
                    self.over("cancelled");
                }
                Ok(())
            }
            Stage::Up => self.bye("hung up").await,
            Stage::Cancelling | Stage::Leaving | Stage::Over => Ok(()),
        }
    }

    /// CANCEL has the branch and the To of the INVITE (RFC 3261 §9.1).
    async fn cancel(&mut self) -> anyhow::Result<()> {
        self.stage = Stage::Cancelling;
        self.remote_to = format!("<{}>", self.plan.to);
        let cancel = self.request("CANCEL", &self.branch, 1)?;
        self.expect(cancel).await
    }

    async fn bye(&mut self, reason: &str) -> anyhow::Result<()> {
        self.sequence += 1;
        let bye = self.request("BYE", &format!("z9hG4bK{}", random_hex()), self.sequence)?;
        self.over(reason);
        self.stage = Stage::Leaving;
        self.expect(bye).await
    }

    /// Time passes: repeats what was not answered, ends what lasts too long.
    async fn passes(&mut self, counters: &Counters) -> anyhow::Result<()> {
        let now = now_ms();
        let (sent, received) =
            (counters.sent.load(Ordering::Relaxed), counters.received.load(Ordering::Relaxed));
        let level = counters.level.load(Ordering::Relaxed);
        self.view.send_if_modified(|view| {
            let changed = view.packets_sent != sent || view.packets_received != received;
            (view.packets_sent, view.packets_received, view.level) = (sent, received, level);
            changed
        });
        if let Some((request, sent_at, wait_ms, gives_up_at)) = self.pending.take() {
            if now >= gives_up_at {
                self.over("the other side does not answer");
                return Ok(());
            }
            let due = now >= sent_at + wait_ms;
            if due {
                self.send(&request).await?;
            }
            let (sent_at, wait_ms) = if due { (now, (wait_ms * 2).min(4_000)) } else { (sent_at, wait_ms) };
            self.pending = Some((request, sent_at, wait_ms, gives_up_at));
        }
        let answered_at = self.view.borrow().answered_at;
        if let (Stage::Up, Some(seconds), Some(at)) = (self.stage, self.plan.seconds, answered_at)
            && now >= at + seconds * 1_000
        {
            return self.bye("hung up").await;
        }
        Ok(())
    }

    fn over(&mut self, reason: &str) {
        self.stage = Stage::Over;
        self.show(|view| {
            if view.ended_at.is_none() {
                "ended".clone_into(&mut view.state);
                reason.clone_into(&mut view.reason);
                view.ended_at = Some(now_ms());
            }
        });
    }

    fn show(&self, change: impl FnOnce(&mut CallView)) {
        self.view.send_modify(change);
    }
}
