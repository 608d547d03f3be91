//! One connection of a SIP client: reads its messages, and tells it the news of the pool.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc;

use super::dialog::Dialog;
use super::message::{Message, Start};
use super::register::Registration;
use super::subscribe::Subscriptions;
use super::{dialog, register, service, subscribe};
use crate::pool::Pool;
use crate::pool::state::sip::News;

/// News that wait for a client that does not read; more are lost.
const MAX_NEWS: usize = 10_000;

/// What a connection knows.
pub(super) struct Connection {
    pub(super) pool: Arc<Pool>,
    /// The client, once it has registered.
    pub(super) registration: Option<Registration>,
    pub(super) subscriptions: Subscriptions,
    /// Dialogs by Call-ID.
    pub(super) dialogs: HashMap<String, Dialog>,
    /// Messages on their way, by Call-ID and CSeq.
    pub(super) on_the_way: HashMap<(String, u32), u64>,
    pub(super) news: mpsc::Sender<News>,
    out: Vec<u8>,
}

impl Connection {
    /// Queues a message for the client.
    pub(super) fn send(&mut self, message: &Message) {
        tracing::trace!(message = %String::from_utf8_lossy(&message.to_bytes()), "to the SIP client");
        self.out.extend(message.to_bytes());
    }

    /// Answers a request.
    pub(super) fn answer(&mut self, request: &Message, code: u16, phrase: &str) {
        self.send(&Message::response(request, code, phrase, "lab"));
    }

    fn take(&mut self, message: &Message) {
        tracing::trace!(message = %String::from_utf8_lossy(&message.to_bytes()), "from the SIP client");
        match &message.start {
            Start::Response { code, .. } => dialog::answered(self, message, *code),
            Start::Request { method, .. } if method == "REGISTER" => register::register(self, message),
            Start::Request { .. } if self.registration.is_none() => self.answer(message, 403, "Forbidden"),
            Start::Request { method, .. } => match method.as_str() {
                "SUBSCRIBE" => subscribe::subscribe(self, message),
                "SERVICE" => service::service(self, message),
                "INVITE" => dialog::invited(self, message),
                "MESSAGE" => dialog::said(self, message),
                "INFO" => dialog::typed(self, message),
                "BYE" | "CANCEL" => dialog::ended(self, message),
                "ACK" => {}
                _ => self.answer(message, 200, "OK"),
            },
        }
    }

    fn tell(&mut self, news: News) {
        match news {
            News::Presence { person } => subscribe::notify_presence(self, person),
            News::Own => subscribe::notify_own(self),
            other => dialog::tell(self, other),
        }
    }
}

/// Runs until the client hangs up, or says something that cannot be read.
pub(super) async fn run(mut stream: TcpStream, pool: Arc<Pool>) {
    let _ = stream.set_nodelay(true);
    let (news, mut heard) = mpsc::channel(MAX_NEWS);
    let mut connection = Connection {
        pool,
        registration: None,
        subscriptions: Subscriptions::default(),
        dialogs: HashMap::new(),
        on_the_way: HashMap::new(),
        news,
        out: Vec::new(),
    };
    let mut buffer = Vec::with_capacity(16 * 1024);
    loop {
        let read = tokio::select! {
            read = stream.read_buf(&mut buffer) => read.unwrap_or(0),
            Some(news) = heard.recv() => {
                connection.tell(news);
                usize::MAX
            }
        };
        let mut malformed = read == 0;
        while !malformed {
            match Message::take(&mut buffer) {
                Ok(Some(message)) => connection.take(&message),
                Ok(None) => break,
                Err(_) => malformed = true,
            }
        }
        let written = stream.write_all(&std::mem::take(&mut connection.out)).await;
        if malformed || written.is_err() {
            break;
        }
    }
    if let Some(registration) = connection.registration {
        connection.pool.core.lock().sip_leave(registration.id);
    }
}
