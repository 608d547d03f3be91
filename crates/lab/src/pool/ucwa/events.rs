//! `GET events`: the P-GET (ucwa.md §3). The only resource that waits.

use std::sync::Arc;
use std::time::Duration;

use crate::clock::now_ms;
use crate::pool::Pool;
use crate::pool::call::Call;
use crate::pool::reply::{Fault, Reply};
use crate::pool::state::{AppId, Poll, PollArgs};
use crate::pool::view::application::instance_query;
use crate::pool::wire::{Event, json, xml};

/// Answers a P-GET, at once or when there is something.
pub(crate) async fn poll(pool: &Arc<Pool>, call: &Call, app: AppId) -> Result<Reply, Fault> {
    let args = PollArgs {
        ack: call.query_number("ack").ok_or_else(|| Fault::parameter("ack"))?,
        instance: call.instance(),
        medium_s: call.query_number("medium"),
        low_s: call.query_number("low"),
        timeout_s: call.query_number("timeout"),
        priority: call.query_number("priority").unwrap_or(0),
    };
    let (token, gives_up_at) = pool.core.lock().poll_starts(app, &args).map_err(|refused| {
        if matches!(refused, Poll::Replaced) { replaced() } else { Fault::application_not_found() }
    })?;
    let _pending = Pending { pool, app, instance: &args.instance, token };
    loop {
        let next = pool.core.lock().poll(app, &args, token, gives_up_at);
        match next {
            Poll::Wait { until, notify } => {
                let wait_ms = until.unwrap_or(gives_up_at).saturating_sub(now_ms());
                // Whoever woke, or the time, makes it look again.
                let _ = tokio::time::timeout(Duration::from_millis(wait_ms + 1), notify.notified()).await;
            }
            Poll::Batch { events, resuming } => return Ok(batch(call, app, &args, &events, resuming)),
            Poll::Resync(number) => return Ok(resync(call, app, &args, number)),
            Poll::Replaced => return Err(replaced()),
            Poll::Gone => return Err(Fault::application_not_found()),
        }
    }
}

/// Takes the P-GET off its channel when it is answered or its client hangs up.
struct Pending<'a> {
    pool: &'a Pool,
    app: AppId,
    instance: &'a str,
    token: u64,
}

impl Drop for Pending<'_> {
    fn drop(&mut self) {
        self.pool.core.lock().poll_ends(self.app, self.instance, self.token);
    }
}

fn batch(call: &Call, app: AppId, args: &PollArgs, events: &[Event], resuming: bool) -> Reply {
    let next = if resuming { "resume" } else { "next" };
    let links = [("self", href(app, args, args.ack)), (next, href(app, args, args.ack + 1))];
    body(call, &links, events)
}

fn resync(call: &Call, app: AppId, args: &PollArgs, number: u64) -> Reply {
    let links = [("self", href(app, args, args.ack)), ("resync", href(app, args, number))];
    body(call, &links, &[])
}

fn body(call: &Call, links: &[(&'static str, String)], events: &[Event]) -> Reply {
    if call.wants_xml() {
        return Reply::raw("application/xml; charset=utf-8", xml::events(links, events.iter()));
    }
    Reply::raw("application/json; charset=utf-8", json::events(links, events.iter()))
}

fn href(app: AppId, args: &PollArgs, ack: u64) -> String {
    format!("/ucwa/oauth/v1/applications/{app}/events?ack={ack}{}", instance_query(&args.instance))
}

fn replaced() -> Fault {
    Fault::new(409, "Conflict", "PGetReplaced")
}
