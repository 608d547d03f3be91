//! Who may see a page: whoever has its link, not too often.

use crate::engine::PageProblem;
use crate::http::attempts::Attempts;
use crate::http::peer::client_address;
use crate::http::problem::{Code, Problem};
use crate::http::state::AppState;
use axum::extract::{FromRef, FromRequestParts};
use axum::http::{header, request::Parts};
use std::net::IpAddr;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The scheme of the header that carries the token of a link.
const SCHEME: &str = "Handover ";
/// Requests about one link within five minutes.
const PER_LINK: u32 = 600;
/// Requests from one address within five minutes; a company may have one for all its experts.
const PER_ADDRESS: u32 = 20_000;
/// Pages that may wait for news at once; one more is answered at once.
const WAITING: usize = 2_000;

/// Counts requests, and pages that wait.
#[derive(Clone)]
pub(in crate::http) struct Doorkeeper {
    requests: Arc<Attempts>,
    pub(super) waiting: Arc<Semaphore>,
}

impl Default for Doorkeeper {
    fn default() -> Self {
        let requests = Arc::new(Attempts::with_limits(PER_LINK, PER_ADDRESS));
        Self { requests, waiting: Arc::new(Semaphore::new(WAITING)) }
    }
}

/// The token of a link; taking it as an argument is what makes a route ask for it.
pub(in crate::http) struct Ticket {
    pub(super) token: String,
    pub(super) address: IpAddr,
}

impl<S: Send + Sync> FromRequestParts<S> for Ticket
where
    AppState: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let state = AppState::from_ref(state);
        let header = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|value| value.strip_prefix(SCHEME)).ok_or_else(unknown)?.to_owned();
        let address = client_address(&parts.headers, &parts.extensions, &state.config.http.trusted_proxies);
        let counted = state.doorkeeper.requests.begin(&token, address, crate::clock::now());
        // What is asked counts, whether it succeeds or not.
        let _attempt = counted.map_err(|wait_s| Problem {
            retry_after_s: Some(wait_s),
            ..Problem::new(Code::TooManyAttempts, "Too much is asked about this link. Wait a moment.")
        })?;
        Ok(Self { token, address })
    }
}

/// What a page's trouble is on the wire.
pub(super) fn problem(trouble: PageProblem) -> Problem {
    match trouble {
        PageProblem::UnknownLink => unknown(),
        PageProblem::TooManyViews => {
            Problem::new(Code::TooManyAttempts, "The link was opened too often. Ask the agent for another.")
        }
        PageProblem::BadLength => Problem::new(Code::Invalid, "A text is empty or too long."),
        PageProblem::Busy => Problem::new(Code::Busy, "The server was interrupted. Try again."),
        PageProblem::Store(error) => error.into(),
    }
}

fn unknown() -> Problem {
    Problem::new(Code::UnknownLink, "The link is not complete, or not of this server.")
}
