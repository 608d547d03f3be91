//! A customer with a telephone: a small SIP user agent over UDP (RFC 3261) with PCMU audio (RFC 3551), and
//! a little web page that makes it call. Written by hand; it uses no SIP library.

mod call;
mod customers;
mod media;
mod offer;
mod plan;
mod serve;
mod sip;
mod tone;

use std::net::SocketAddr;
use std::path::PathBuf;

use tokio::sync::{mpsc, watch};

use plan::{CallPlan, CallView, Command};

/// A customer who calls over SIP.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct CallerArgs {
    /// Whom to call; with --serve only its host and port count.
    #[arg(long, default_value = "sip:billing@127.0.0.1:5060")]
    to: String,
    /// The caller's address.
    #[arg(long, default_value = "sip:+493055501234@lab.test")]
    from: String,
    /// The caller's display name.
    #[arg(long, default_value = "Anna Müller")]
    name: String,
    /// A further header of the INVITE, for example "X-Customer-Number: DE-2098113".
    #[arg(long = "header", value_parser = parse_header)]
    headers: Vec<(String, String)>,
    /// Text for a User-to-User header (RFC 7433); it is sent in hexadecimal.
    #[arg(long)]
    user_to_user: Option<String>,
    /// Hang up so many seconds after the answer; without it only the other side or Ctrl-C ends the call.
    #[arg(long)]
    seconds: Option<u64>,
    /// Play a pure tone of this frequency in place of the chime.
    #[arg(long)]
    tone_hz: Option<f32>,
    /// Write what is heard here (WAV, 8 kHz, at most ten minutes).
    #[arg(long)]
    record: Option<PathBuf>,
    /// The local address for SIP and RTP.
    #[arg(long, default_value = "127.0.0.1")]
    local: std::net::IpAddr,
    /// Serve the demo's caller page and its JSON API here and call only when told to.
    #[arg(long)]
    serve: Option<SocketAddr>,
    /// Write the addresses here (JSON) once the page is served.
    #[arg(long)]
    ready_file: Option<PathBuf>,
}

fn parse_header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("write Name: value")?;
    let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
    if sip::is_token(&name) && sip::is_line(&value) {
        Ok((name, value))
    } else {
        Err("not a SIP header".to_owned())
    }
}

/// Runs `hookflash-lab caller`.
pub(crate) async fn run(args: CallerArgs) -> anyhow::Result<()> {
    let mut plan = CallPlan {
        to: args.to,
        from: args.from,
        name: args.name,
        headers: args.headers,
        user_to_user: args.user_to_user,
        seconds: args.seconds,
        tone_hz: args.tone_hz,
        record: args.record,
        local: args.local,
    };
    if let Some(listen) = args.serve {
        plan.headers.clear();
        return serve::serve(listen, plan, args.ready_file.as_deref()).await;
    }
    one_call(plan).await
}

/// One call from the command line: each state is a JSON line; Ctrl-C cancels or hangs up.
async fn one_call(plan: CallPlan) -> anyhow::Result<()> {
    let (commands, inbox) = mpsc::channel(8);
    let (view, mut watched) = watch::channel(CallView::new(0, &plan));
    let call = tokio::spawn(call::run(plan, inbox, view));
    let mut shown = String::new();
    loop {
        tokio::select! {
            changed = watched.changed() => if changed.is_err() { break },
            _ = tokio::signal::ctrl_c() => { let _ = commands.send(Command::HangUp).await; }
        }
        let view = watched.borrow_and_update().clone();
        if view.state != shown {
            println!("{}", serde_json::to_string(&view)?);
            shown.clone_from(&view.state);
        }
    }
    call.await?
}
