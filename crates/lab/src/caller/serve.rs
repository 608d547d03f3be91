//! The demo's caller page and its JSON API: `GET /customers`, `GET /calls`, `POST /calls`
//! `{"customer":"anna"}` or `{"to","from","name","headers":[["X-A","b"]]}`, `GET /calls/{id}`,
//! `POST /calls/{id}/hangup`. For a loopback port: it asks nobody who they are.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use axum::extract::{Path as UrlPath, State};
use axum::http::StatusCode;
use axum::response::Html;
use axum::routing::{get, post};
use axum::{Json, Router};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

use super::customers::{self, Customer};
use super::{CallPlan, CallView, Command, call, sip};

/// Calls at a time; more are refused.
const MAX_CALLS: usize = 200;
/// Ended calls that are remembered.
const MAX_ENDED: usize = 50;

struct Line {
    view: watch::Receiver<CallView>,
    commands: mpsc::Sender<Command>,
}

struct Desk {
    plan: CallPlan,
    lines: Mutex<Vec<Line>>,
    last_id: Mutex<u64>,
}

#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Wanted {
    customer: String,
    to: String,
    from: String,
    name: String,
    headers: Vec<(String, String)>,
    seconds: Option<u64>,
    tone_hz: Option<f32>,
}

/// Serves until the process ends.
pub(super) async fn serve(
    listen: SocketAddr,
    plan: CallPlan,
    ready_file: Option<&Path>,
) -> anyhow::Result<()> {
    let listener = TcpListener::bind(listen).await?;
    let desk = Arc::new(Desk { plan, lines: Mutex::default(), last_id: Mutex::default() });
    let service = Router::new()
        .route("/", get(|| async { Html(include_str!("page.html")) }))
        .route("/customers", get(|| async { Json(customers::all()) }))
        .route("/calls", get(list).post(place))
        .route("/calls/{id}", get(read))
        .route("/calls/{id}/hangup", post(hang_up))
        .with_state(desk);
    let page = format!("http://{}", listener.local_addr()?);
    crate::ready::announce(&json!({ "ready": true, "caller": page }), ready_file)?;
    axum::serve(listener, service).await?;
    Ok(())
}

async fn place(
    State(desk): State<Arc<Desk>>,
    Json(wanted): Json<Wanted>,
) -> Result<Json<CallView>, (StatusCode, String)> {
    let plan = plan_of(&desk.plan, wanted)?;
    let id = {
        let mut last = desk.last_id.lock();
        *last += 1;
        *last
    };
    let (commands, inbox) = mpsc::channel(8);
    let first = CallView::new(id, &plan);
    let (sender, view) = watch::channel(first.clone());
    {
        let mut lines = desk.lines.lock();
        let up = lines.iter().filter(|line| line.view.borrow().ended_at.is_none()).count();
        if up >= MAX_CALLS {
            return Err((StatusCode::TOO_MANY_REQUESTS, "too many calls".to_owned()));
        }
        if lines.len() - up >= MAX_ENDED
            && let Some(at) = lines.iter().position(|line| line.view.borrow().ended_at.is_some())
        {
            lines.remove(at);
        }
        lines.push(Line { view, commands });
    }
    tokio::spawn(async move {
        let failed = sender.clone();
        if let Err(error) = call::run(plan, inbox, sender).await {
            failed.send_modify(|view| {
                "ended".clone_into(&mut view.state);
                view.reason = error.to_string();
                view.ended_at = Some(crate::clock::now_ms());
            });
        }
    });
    Ok(Json(first))
}

fn plan_of(base: &CallPlan, wanted: Wanted) -> Result<CallPlan, (StatusCode, String)> {
    let refuse = |what: &str| (StatusCode::UNPROCESSABLE_ENTITY, what.to_owned());
    let mut plan = base.clone();
    plan.seconds = wanted.seconds.or(base.seconds);
    plan.tone_hz = wanted.tone_hz.or(base.tone_hz);
    if !wanted.customer.is_empty() {
        let all = customers::all();
        let found = all.iter().find(|customer| customer.id == wanted.customer);
        return Ok(plan_for(plan, found.ok_or_else(|| refuse("there is no such customer"))?));
    }
    let fields = [(&mut plan.to, wanted.to), (&mut plan.from, wanted.from), (&mut plan.name, wanted.name)];
    for (field, value) in fields {
        if !value.is_empty() {
            *field = value;
        }
    }
    let lines = [&plan.to, &plan.from, &plan.name];
    let fine = lines.iter().all(|line| sip::is_line(line))
        && wanted.headers.iter().all(|(name, value)| sip::is_token(name) && sip::is_line(value));
    if !fine {
        return Err(refuse("names and values have to fit on one line"));
    }
    plan.headers = wanted.headers;
    Ok(plan)
}

fn plan_for(mut plan: CallPlan, customer: &Customer) -> CallPlan {
    let host = sip::address_of(&plan.to).map_or_else(|| "127.0.0.1:5060".to_owned(), |a| a.to_string());
    plan.to = format!("sip:{}@{host}", customer.queue);
    plan.from = match customer.number {
        "anonymous" => "sip:anonymous@anonymous.invalid".to_owned(),
        number => format!("sip:{number}@lab.test"),
    };
    customer.name.clone_into(&mut plan.name);
    plan.headers = customer.headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    plan.user_to_user = Some(customer.user_to_user.to_owned()).filter(|text| !text.is_empty());
    plan
}

async fn list(State(desk): State<Arc<Desk>>) -> Json<Vec<CallView>> {
    Json(desk.lines.lock().iter().map(|line| line.view.borrow().clone()).collect())
}

async fn read(
    State(desk): State<Arc<Desk>>,
    UrlPath(id): UrlPath<u64>,
) -> Result<Json<CallView>, StatusCode> {
    let lines = desk.lines.lock();
    let found = lines.iter().map(|line| line.view.borrow().clone()).find(|view| view.id == id);
    found.map(Json).ok_or(StatusCode::NOT_FOUND)
}

async fn hang_up(
    State(desk): State<Arc<Desk>>,
    UrlPath(id): UrlPath<u64>,
) -> Result<Json<Value>, StatusCode> {
    let commands = {
        let lines = desk.lines.lock();
        lines.iter().find(|line| line.view.borrow().id == id).map(|line| line.commands.clone())
    };
    // A call that has ended already needs no hanging up.
    let _ = commands.ok_or(StatusCode::NOT_FOUND)?.send(Command::HangUp).await;
    Ok(Json(json!({ "ok": true })))
}
