//! A voice room in this process, and sipp against it.

#![allow(dead_code, unreachable_pub, reason = "each test file uses its part")]

pub mod browser;
pub mod caller;
pub mod ear;

use std::{
    net::{SocketAddr, TcpListener, UdpSocket},
    path::Path,
    process::Stdio,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use hookflash_voice::{CallKey, Music, Voice, VoiceConfig, VoiceEvent};
use tokio::{process::Command, sync::mpsc, time::timeout};

/// Longest wait for anything.
pub const LIMIT: Duration = Duration::from_secs(30);

pub struct Room {
    pub voice: Voice,
    pub events: mpsc::Receiver<VoiceEvent>,
}

/// Settings for tests: loopback, free ports, a short ring, a tone for music.
pub fn config() -> VoiceConfig {
    VoiceConfig {
        sip_udp: Some(SocketAddr::from(([127, 0, 0, 1], 0))),
        sip_tcp: Some(SocketAddr::from(([127, 0, 0, 1], 0))),
        ring_ms: 100,
        music: Music::Tone(440),
        ..VoiceConfig::default()
    }
}

impl Room {
    pub async fn start(config: VoiceConfig) -> Self {
        let (sender, events) = mpsc::channel(1_024);
        Self { voice: Voice::start(config, sender).await.expect("the room starts"), events }
    }

    /// The next event that fits; others before it are skipped.
    pub async fn wait_for(&mut self, what: &str, fits: impl Fn(&VoiceEvent) -> bool) -> VoiceEvent {
        let mut seen = Vec::new();
        let found = timeout(LIMIT, async {
            while let Some(event) = self.events.recv().await {
                if fits(&event) {
                    return Some(event);
                }
                seen.push(event);
            }
            None
        });
        match found.await {
            Ok(Some(event)) => event,
            _ => panic!("{what} did not come; seen: {seen:#?}"),
        }
    }

    pub async fn arrived(&mut self) -> CallKey {
        match self.wait_for("a call", |event| matches!(event, VoiceEvent::Arrived { .. })).await {
            VoiceEvent::Arrived { call, .. } => call,
            other => panic!("{other:?}"),
        }
    }

    pub async fn answered(&mut self) -> CallKey {
        match self.wait_for("an answer", |event| matches!(event, VoiceEvent::Answered { .. })).await {
            VoiceEvent::Answered { call } => call,
            other => panic!("{other:?}"),
        }
    }

    /// All that has been told, without what must come first (`Arrived`), as short text.
    pub fn drain(&mut self) -> Vec<String> {
        let mut told = Vec::new();
        while let Ok(event) = self.events.try_recv() {
            told.push(match event {
                VoiceEvent::Arrived { .. } => "arrived".to_owned(),
                VoiceEvent::Answered { .. } => "answered".to_owned(),
                VoiceEvent::Digit { digit, .. } => format!("digit {digit}"),
                VoiceEvent::CallerHeld { .. } => "held".to_owned(),
                VoiceEvent::CallerResumed { .. } => "resumed".to_owned(),
                VoiceEvent::Ended { reason, .. } => format!("{reason:?}"),
                VoiceEvent::LineUp { .. } => "line up".to_owned(),
                VoiceEvent::LineDown { .. } => "line down".to_owned(),
            });
        }
        told
    }
}

/// One run of a scenario.
pub struct Sipp<'a> {
    pub scenario: &'a str,
    pub tcp: bool,
    pub calls: u32,
}

impl Sipp<'_> {
    /// Runs it to its end and gives its trace of messages; panics with sipp's own words when it fails.
    pub async fn run(&self, room: &Room) -> String {
        let addresses = room.voice.sip_addresses();
        let target = if self.tcp { addresses.tcp } else { addresses.udp }.expect("an address");
        let folder = tempfile::tempdir().expect("a folder");
        let scenario =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sipp").join(format!("{}.xml", self.scenario));
        let mut command = Command::new("sipp");
        command
            .current_dir(folder.path())
            .arg("-sf")
            .arg(scenario)
            .arg(target.to_string())
            .args(["-i", "127.0.0.1", "-mi", "127.0.0.1", "-t", if self.tcp { "t1" } else { "u1" }])
            .args(["-p", &free_port().to_string(), "-mp", &free_port().to_string()])
            .args(["-m", &self.calls.to_string(), "-l", &self.calls.to_string(), "-r", "25"])
            .args(["-timeout", "25s", "-timeout_error", "-nostdin"])
            .args(["-trace_err", "-error_file", "errors", "-trace_msg", "-message_file", "messages"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        let mut sipp = match command.spawn() {
            Ok(sipp) => sipp,
            Err(error) => panic!("cannot run sipp ({error}); install with: apt-get install sip-tester"),
        };
        let status = timeout(LIMIT, sipp.wait()).await.expect("sipp ends by itself").expect("sipp ran");
        let read = |name: &str| {
            let bytes = std::fs::read(folder.path().join(name)).unwrap_or_default();
            String::from_utf8_lossy(&bytes).into_owned()
        };
        assert!(
            status.success(),
            "{} failed: {status}\n{}\n{}",
            self.scenario,
            read("errors"),
            read("messages")
        );
        read("messages")
    }
}

/// The first of four ports that nobody uses, below those that the system hands
/// out, so that nobody gets them meanwhile.
pub fn free_port() -> u16 {
    static LAST: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = std::process::id().wrapping_mul(37).wrapping_add(LAST.fetch_add(1, Ordering::Relaxed));
        let first = 10_000 + u16::try_from(number % 5_000).expect("small") * 4;
        let free = |port| {
            UdpSocket::bind(("127.0.0.1", port)).is_ok() && TcpListener::bind(("127.0.0.1", port)).is_ok()
        };
        if (first..first + 4).all(free) {
            return first;
        }
    }
}
