//! A small HTTP server that answers as a test says, to play servers that no stand-in pool would be.

use rcgen::{CertificateParams, DnType, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader},
    net::TcpListener,
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;

/// A request as it came in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    headers: HashMap<String, String>,
    pub(crate) body: String,
    /// Which connection it came over, counted from 0.
    pub(crate) connection: usize,
}

impl Seen {
    /// A header, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The path alone.
    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// A field of a form.
    pub(crate) fn field(&self, name: &str) -> String {
        let mut fields = form_urlencoded::parse(self.body.as_bytes());
        fields.find(|(known, _)| known == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
    }
}

/// What is answered.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Reply {
    pub(crate) fn new(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: String::new() }
    }

    pub(crate) fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::new(status).text("application/json", body.to_string())
    }

    pub(crate) fn text(mut self, kind: &str, body: String) -> Self {
        self.body = body;
        self.header("Content-Type", kind)
    }

    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} Words\r\nContent-Length: {}\r\n", self.status, self.body.len());
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        format!("{head}\r\n{}", self.body).into_bytes()
    }

    fn closes(&self) -> bool {
        self.headers.iter().any(|(name, value)| name == "Connection" && value == "close")
    }
}

type Answer = dyn Fn(&Seen) -> Reply + Send + Sync;

/// The server; it ends with this value.
pub(crate) struct Stub {
    pub(crate) address: SocketAddr,
    /// The authority of its certificate, where it has one.
    pub(crate) ca_pem: Option<String>,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: JoinHandle<()>,
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Stub {
    /// Without encryption.
    pub(crate) async fn plain(answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        Self::start(None, answer).await
    }

    /// With a certificate for these names, of an authority of its own.
    pub(crate) async fn tls(names: &[&str], answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        Self::start(Some(names), answer).await
    }

    async fn start(names: Option<&[&str]>, answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        let (acceptor, ca_pem) = names.map(certificate).unzip();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let task = tokio::spawn(serve(listener, acceptor, Arc::new(answer), Arc::clone(&seen)));
        Self { address, ca_pem, seen, task }
    }

    /// The address without encryption.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// All requests up to now.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("not poisoned").clone()
    }

    /// How many requests for this path there were.
    pub(crate) fn count(&self, path: &str) -> usize {
        self.seen().iter().filter(|seen| seen.path() == path).count()
    }
}

/// A certificate for these names, and the PEM of the authority that issued it.
fn certificate(names: &[&str]) -> (TlsAcceptor, String) {
    crate::pool::provide_crypto();
    let ca_key = KeyPair::generate().expect("a key");
    let mut ca = CertificateParams::default();
    ca.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    ca.distinguished_name.push(DnType::CommonName, format!("Authority of {}", names.join(" and ")));
    let ca_pem = ca.self_signed(&ca_key).expect("an authority").pem();
    let issuer = rcgen::Issuer::new(ca, ca_key);
    let key = KeyPair::generate().expect("a key");
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let leaf = CertificateParams::new(names).expect("names").signed_by(&key, &issuer).expect("a certificate");
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], key)
        .expect("they fit");
    (TlsAcceptor::from(Arc::new(config)), ca_pem)
}

async fn serve(
    listener: TcpListener,
    acceptor: Option<TlsAcceptor>,
    answer: Arc<Answer>,
    seen: Arc<Mutex<Vec<Seen>>>,
) {
    for connection in 0.. {
        let Ok((stream, _)) = listener.accept().await else { return };
        let (answer, seen, acceptor) = (Arc::clone(&answer), Arc::clone(&seen), acceptor.clone());
        tokio::spawn(async move {
            match acceptor {
                Some(acceptor) => {
                    let Ok(stream) = acceptor.accept(stream).await else { return };
                    talk(stream, connection, &*answer, &seen).await;
                }
                None => talk(stream, connection, &*answer, &seen).await,
            }
        });
    }
}

async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    connection: usize,
    answer: &Answer,
    seen: &Mutex<Vec<Seen>>,
) {
    let mut stream = BufReader::new(stream);
    while let Some(mut request) = read(&mut stream).await {
        request.connection = connection;
        let reply = answer(&request);
        seen.lock().expect("not poisoned").push(request);
        if stream.write_all(&reply.bytes()).await.is_err() || stream.flush().await.is_err() || reply.closes()
        {
            return;
        }
    }
}

async fn read<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> Option<Seen> {
    let mut line = String::new();
    stream.read_line(&mut line).await.ok().filter(|count| *count > 0)?;
    let mut words = line.split(' ').map(str::to_owned);
    let mut seen = Seen { method: words.next()?, target: words.next()?, ..Seen::default() };
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        seen.headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let mut body = vec![0; seen.header("content-length").parse().unwrap_or(0)];
    stream.read_exact(&mut body).await.ok()?;
    seen.body = String::from_utf8(body).ok()?;
    Some(seen)
}
