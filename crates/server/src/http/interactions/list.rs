//! `GET /api/v1/interactions`

use super::cursor;
use super::row::RowView;
use crate::http::extract::QueryOf;
use crate::http::problem::{Code, Problem};
use crate::http::session::SignedIn;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use hookflash_domain::{DispositionId, QueueId, Timestamp, UserId};
use hookflash_store::interactions::{Filter, Range};
use hookflash_store::users::Role;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Longest text of a filter, in characters.
const TEXT_CHARS: usize = 200;
/// Rows of a page where nothing is said.
const LIMIT: u32 = 50;
/// Most rows of a page.
const MAX_LIMIT: u32 = 200;

/// Which interactions; what is absent lets all pass.
#[derive(Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
#[schema(as = InteractionFilters)]
pub(in crate::http) struct Filters {
    /// Arrived at this moment or later.
    from_at: Option<i64>,
    /// Arrived before this moment.
    to_at: Option<i64>,
    agent_id: Option<Uuid>,
    queue_id: Option<Uuid>,
    disposition_id: Option<Uuid>,
    /// That asked for this skill.
    skill_id: Option<Uuid>,
    /// That asked for this language.
    language_id: Option<Uuid>,
    /// With or without a consult.
    with_consult: Option<bool>,
    /// Answered by an agent or not.
    answered: Option<bool>,
    /// Put on hold or not.
    held: Option<bool>,
    /// With or without a note.
    with_note: Option<bool>,
    /// Time in the queue, at least and at most; the others likewise.
    wait_least_ms: Option<i64>,
    wait_most_ms: Option<i64>,
    talk_least_ms: Option<i64>,
    talk_most_ms: Option<i64>,
    hold_least_ms: Option<i64>,
    hold_most_ms: Option<i64>,
    wrap_up_least_ms: Option<i64>,
    wrap_up_most_ms: Option<i64>,
    /// Part of the caller's or the dialled number, at most 200 characters.
    number: Option<String>,
    /// Part of the note or of the caller's name, at most 200 characters.
    text: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// 1 to 200, 50 where absent.
    limit: Option<u32>,
}

/// A page of interactions.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct InteractionsPage {
    /// Newest first.
    rows: Vec<RowView>,
    /// Where the next page begins; null on the last.
    next_cursor: Option<String>,
    /// Interactions from this moment on were searched, and there may be older ones: ask for the next page.
    searched_to_at: Option<i64>,
}

/// Interactions, newest first. Agents see their own alone. Where a filter is searched row by row, a page may
/// have fewer rows than `limit`, or none, and still be followed by another.
#[utoipa::path(get, path = "/api/v1/interactions", operation_id = "interactions_list", tag = "interactions",
    params(Filters), security(("session" = ["agent", "supervisor", "administrator"])),
    responses((status = 200, body = InteractionsPage, description = "A page")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    user: SignedIn,
    QueryOf(filters): QueryOf<Filters>,
) -> Result<Json<InteractionsPage>, Problem> {
    let limit = filters.limit.unwrap_or(LIMIT);
    if !(1..=MAX_LIMIT).contains(&limit) {
        return Err(wrong("limit", "must be from 1 to 200"));
    }
    let Some(filter) = permitted(filters, &user)? else {
        return Ok(Json(InteractionsPage { rows: Vec::new(), next_cursor: None, searched_to_at: None }));
    };
    let page = state.store.interactions(&filter, limit).await?;
    let rows = page.rows.into_iter().map(RowView::from).collect();
    let searched_to_at = page.searched_to_at.map(|at| at.0);
    Ok(Json(InteractionsPage { rows, next_cursor: page.next.map(cursor::encode), searched_to_at }))
}

/// What the user may look for; none where nothing of it is the user's to see.
pub(super) fn permitted(filters: Filters, user: &SignedIn) -> Result<Option<Filter>, Problem> {
    let filter = check(filters)?;
    match only_own(user)? {
        Some(own) if filter.agent_id.is_some_and(|agent| agent != own) => Ok(None),
        Some(own) => Ok(Some(Filter { agent_id: Some(own), ..filter })),
        None => Ok(Some(filter)),
    }
}

/// The agent to whose interactions the user is limited, if at all.
pub(in crate::http) fn only_own(user: &SignedIn) -> Result<Option<UserId>, Problem> {
    if user.has(Role::Supervisor) || user.has(Role::Administrator) {
        Ok(None)
    } else if user.has(Role::Agent) {
        Ok(Some(user.user_id))
    } else {
        Err(Problem::new(Code::NotPermitted, "This is for agents, supervisors and administrators."))
    }
}

impl Filters {
    /// Whether they are about a page of the list.
    pub(super) fn has_page(&self) -> bool {
        self.cursor.is_some() || self.limit.is_some()
    }
}

fn check(filters: Filters) -> Result<Filter, Problem> {
    let after = match &filters.cursor {
        Some(text) => Some(cursor::decode(text).ok_or_else(|| wrong("cursor", "is not one of this server"))?),
        None => None,
    };
    if let (Some(from), Some(to)) = (filters.from_at, filters.to_at)
        && from > to
    {
        return Err(wrong("from_at", "must not be after to_at"));
    }
    Ok(Filter {
        from_at: filters.from_at.map(Timestamp),
        to_at: filters.to_at.map(Timestamp),
        agent_id: filters.agent_id.map(UserId),
        queue_id: filters.queue_id.map(QueueId),
        disposition_id: filters.disposition_id.map(DispositionId),
        asked: filters.skill_id.into_iter().chain(filters.language_id).collect(),
        with_consult: filters.with_consult,
        answered: filters.answered,
        held: filters.held,
        with_note: filters.with_note,
        wait_ms: Range { least: filters.wait_least_ms, most: filters.wait_most_ms },
        talk_ms: Range { least: filters.talk_least_ms, most: filters.talk_most_ms },
        hold_ms: Range { least: filters.hold_least_ms, most: filters.hold_most_ms },
        wrap_up_ms: Range { least: filters.wrap_up_least_ms, most: filters.wrap_up_most_ms },
        number: search_text("number", filters.number)?,
        text: search_text("text", filters.text)?,
        after,
    })
}

fn search_text(field: &str, text: Option<String>) -> Result<Option<String>, Problem> {
    let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    match &text {
        Some(long) if long.chars().count() > TEXT_CHARS => {
            Err(wrong(field, "must have at most 200 characters"))
        }
        Some(odd) if odd.contains('\0') => Err(wrong(field, "must not hold control characters")),
        _ => Ok(text),
    }
}

fn wrong(field: &str, words: &str) -> Problem {
    Problem::new(Code::BadRequest, format!("{field}: {words}"))
}
