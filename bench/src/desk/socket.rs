//! The desk's WebSocket.

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::{HeaderValue, header};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::Session;

/// An open socket.
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Socket {
    /// Connects and says hello; `seen` is the epoch and number of the last event.
    ///
    /// # Errors
    /// The server refuses, or is not there.
    pub async fn open(session: &Session, seen: Option<&(String, i64)>) -> anyhow::Result<Self> {
        let url = format!("{}/api/v1/desk/socket", session.base.replacen("http", "ws", 1));
        let mut request = url.into_client_request()?;
        request.headers_mut().insert(header::COOKIE, HeaderValue::from_str(&session.cookie)?);
        request.headers_mut().insert(header::ORIGIN, HeaderValue::from_str(&session.base)?);
        let (stream, _) = tokio_tungstenite::connect_async_with_config(request, None, true).await?;
        let mut socket = Self { stream };
        let hello = match seen {
            Some((epoch, seq)) => json!({ "op": "hello", "resume_from": { "epoch": epoch, "seq": seq } }),
            None => json!({ "op": "hello" }),
        };
        socket.send(&hello).await?;
        Ok(socket)
    }

    /// Sends a frame.
    ///
    /// # Errors
    /// The connection is gone.
    pub async fn send(&mut self, frame: &Value) -> anyhow::Result<()> {
        Ok(self.stream.send(Message::text(frame.to_string())).await?)
    }

    /// The next frame as text.
    ///
    /// # Errors
    /// The connection is gone.
    pub async fn next_text(&mut self) -> anyhow::Result<String> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => return Ok(text.as_str().to_owned()),
                Some(Ok(Message::Close(frame))) => anyhow::bail!("closed: {frame:?}"),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error.into()),
                None => anyhow::bail!("the connection ended"),
            }
        }
    }

    /// The next frame.
    ///
    /// # Errors
    /// The connection is gone, or the frame is no JSON.
    pub async fn next(&mut self) -> anyhow::Result<Value> {
        Ok(serde_json::from_str(&self.next_text().await?)?)
    }
}
