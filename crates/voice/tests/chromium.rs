//! A line to a real browser: Chromium speaks 2000 Hz and tells what it hears.

mod common;

use std::{path::Path, process::Stdio};

use common::{
    LIMIT, Room,
    caller::Caller,
    config,
    ear::{AGENT, MUSIC},
};
use hookflash_voice::{LineKey, Voice, VoiceEvent};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    process::{Child, Command},
    sync::mpsc,
    time::timeout,
};

const PAGE: &str = r"<!doctype html><audio id=a autoplay></audio><script>
const post = (path, body) => fetch(path, { method: 'POST', body }).then(answer => answer.text());
(async () => {
  const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  const pc = new RTCPeerConnection();
  pc.ontrack = event => {
    const sound = new MediaStream([event.track]);
    a.srcObject = sound;
    const context = new AudioContext(), analyser = context.createAnalyser();
    analyser.fftSize = 4096;
    context.createMediaStreamSource(sound).connect(analyser);
    setInterval(() => {
      const bins = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(bins);
      const loudest = bins.indexOf(Math.max(...bins));
      const hertz = bins[loudest] > -60 ? loudest * context.sampleRate / analyser.fftSize : 0;
      post('/heard', String(Math.round(hertz)));
    }, 200);
  };
  stream.getTracks().forEach(track => pc.addTrack(track, stream));
  await pc.setLocalDescription(await pc.createOffer());
  const sdp = await post('/offer', pc.localDescription.sdp);
  await pc.setRemoteDescription({ type: 'answer', sdp });
})().catch(error => post('/error', String(error)));
</script>";

/// Serves the page and its three requests; what it hears goes to `heard`.
async fn serve(listener: TcpListener, voice: Voice, line: LineKey, heard: mpsc::Sender<u32>) {
    while let Ok((mut stream, _)) = listener.accept().await {
        let Some((path, body)) = read_request(&mut stream).await else { continue };
        let answer = match path.as_str() {
            "/" => PAGE.to_owned(),
            "/offer" => voice.open_line(line, &body).await.expect("an answer"),
            "/heard" => {
                let _ = heard.send(body.parse().expect("hertz")).await;
                String::new()
            }
            "/error" => panic!("the page failed: {body}"),
            _ => String::new(),
        };
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            answer.len()
        );
        let _ = stream.write_all(format!("{head}{answer}").as_bytes()).await;
    }
}

async fn read_request(stream: &mut TcpStream) -> Option<(String, String)> {
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head
            .lines()
            .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
        if body.len() >= length.unwrap_or(0) {
            return Some((head.split(' ').nth(1)?.to_owned(), body.to_owned()));
        }
    }
}

/// One second of the agent's tone, 48 kHz, mono, 16 bit.
fn write_tone(path: &Path) {
    let samples: Vec<u8> = (0..48_000)
        .flat_map(|n| {
            let value = 8_000.0 * (std::f64::consts::TAU * AGENT * f64::from(n) / 48_000.0).sin();
            (value as i16).to_le_bytes()
        })
        .collect();
    let length = u32::try_from(samples.len()).expect("short");
    let mut wave = b"RIFF".to_vec();
    wave.extend((36 + length).to_le_bytes());
    wave.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    wave.extend(48_000u32.to_le_bytes());
    wave.extend(96_000u32.to_le_bytes());
    wave.extend(b"\x02\0\x10\0data");
    wave.extend(length.to_le_bytes());
    wave.extend(samples);
    std::fs::write(path, wave).expect("written");
}

fn chromium(folder: &Path, address: &str) -> Child {
    let tone = folder.join("agent.wav");
    write_tone(&tone);
    let spawned = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"])
        .args(["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"])
        .args(["--autoplay-policy=no-user-gesture-required", "--allow-loopback-in-peer-connection"])
        .arg(format!("--use-file-for-fake-audio-capture={}", tone.display()))
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg("--remote-debugging-port=0")
        .arg(format!("http://{address}/"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn();
    spawned.unwrap_or_else(|error| {
        panic!("cannot run chromium ({error}); install with: apt-get install chromium")
    })
}

#[tokio::test]
async fn chromium_and_a_caller_hear_each_other() {
    let mut room = Room::start(config()).await;
    let line = LineKey(7);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
    let address = listener.local_addr().expect("an address").to_string();
    let (sender, mut heard) = mpsc::channel(64);
    let serving = tokio::spawn(serve(listener, room.voice.clone(), line, sender));
    let folder = tempfile::tempdir().expect("a folder");
    let mut browser = chromium(folder.path(), &address);

    room.wait_for("the line", |event| *event == VoiceEvent::LineUp { line }).await;
    let caller = Caller::call(room.voice.sip_addresses().udp.expect("an address"), 8).await;
    let call = room.answered().await;
    caller.hears(MUSIC).await;
    room.voice.connect(call, line);
    caller.hears(AGENT).await;
    let hears_caller = async { while heard.recv().await.is_none_or(|hertz| hertz.abs_diff(1_000) >= 25) {} };
    assert!(timeout(LIMIT, hears_caller).await.is_ok(), "the page does not hear the caller");
    room.voice.hold(call);
    caller.hears(MUSIC).await;
    let hears_nothing = async { while heard.recv().await.is_some_and(|hertz| hertz != 0) {} };
    assert!(timeout(LIMIT, hears_nothing).await.is_ok(), "the page still hears something");
    caller.assert_one_line();

    browser.kill().await.expect("chromium ends");
    serving.abort();
    room.voice.stop().await;
}
