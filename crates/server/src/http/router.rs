//! All routes and what happens to every request.

use super::extract::BODY_BYTES;
use super::layers::{add_headers, answer_panics, note};
use super::problem::{Code, Problem};
use super::state::AppState;
use super::{
    abilities, assets, directory, dispositions, expert_groups, exports, figures, handover, interactions, me,
    networks, nicknames, people, people_sources, queues, reports, scim, session, settings, users, views,
    watch,
};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The whole server as one service.
pub fn router(state: AppState) -> Router {
    let (api, _) = api().split_for_parts();
    api.merge(crate::live::router())
        .merge(scim::router())
        .merge(watch::router())
        .merge(assets::router())
        .method_not_allowed_fallback(async || {
            Problem::new(Code::MethodNotAllowed, "See the API's description for what can be done here.")
        })
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(CompressionLayer::new().compress_when(is_worth_it()))
        .layer(CatchPanicLayer::custom(answer_panics))
        .layer(from_fn_with_state(state.clone(), add_headers))
        .layer(from_fn(note))
        .with_state(state)
}

/// What is worth to be compressed: files of reports but CSV are compressed already.
fn is_worth_it() -> impl Predicate {
    DefaultPredicate::new()
        .and(NotForContentType::const_new("application/pdf"))
        .and(NotForContentType::const_new("application/vnd.openxmlformats"))
        .and(NotForContentType::const_new("application/zip"))
}

/// The routes of the API, with their descriptions.
pub(super) fn api() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(session::sign_in::sign_in, session::show::show, session::end::end))
        .routes(routes!(session::end_all::end_all))
        .routes(routes!(me::password::set_password))
        .routes(routes!(me::language::set_language))
        .routes(routes!(me::choices::show, me::choices::set))
        .routes(routes!(me::networks::list))
        .routes(routes!(me::connect_network::connect, me::disconnect_network::disconnect))
        .routes(routes!(me::begin_authorisation::begin))
        .routes(routes!(me::finish_authorisation::finish))
        .routes(routes!(me::consults::list))
        .routes(routes!(interactions::list::list))
        .routes(routes!(interactions::show::show))
        .routes(routes!(interactions::export::export))
        .routes(routes!(exports::table::export))
        .routes(routes!(figures::metrics::list))
        .routes(routes!(figures::queues::list))
        .routes(routes!(figures::series::list))
        .routes(routes!(figures::agents::list))
        .routes(routes!(figures::agent_states::list))
        .routes(routes!(figures::wrap_up::list))
        .routes(routes!(figures::experts::list))
        .routes(routes!(reports::library::list))
        .routes(routes!(reports::request::request))
        .routes(routes!(reports::list::list))
        .routes(routes!(reports::show::show, reports::remove::remove))
        .routes(routes!(reports::cancel::cancel))
        .routes(routes!(reports::download::download))
        .routes(routes!(reports::archive::archive))
        .routes(routes!(reports::schedules::list::list, reports::schedules::create::create))
        .routes(routes!(
            reports::schedules::show::show,
            reports::schedules::change::change,
            reports::schedules::remove::remove
        ))
        .routes(routes!(reports::schedules::run::run))
        .routes(routes!(handover::show::show))
        .routes(routes!(handover::open::open))
        .routes(routes!(handover::act::act))
        .routes(routes!(handover::show_skills::show, handover::tell_skills::tell))
        .routes(routes!(views::list::list, views::create::create))
        .routes(routes!(views::show::show, views::change::change, views::remove::remove))
        .routes(routes!(directory::show))
        .routes(routes!(users::list::list, users::create::create))
        .routes(routes!(users::show::show, users::change::change))
        .routes(routes!(users::show_abilities::show, users::replace_abilities::replace))
        .routes(routes!(queues::list::list, queues::create::create))
        .routes(routes!(queues::change::change))
        .routes(routes!(queues::show_routing::show, queues::replace_routing::replace))
        .routes(routes!(abilities::list::list, abilities::create::create))
        .routes(routes!(abilities::change::change))
        .routes(routes!(dispositions::list::list, dispositions::create::create))
        .routes(routes!(dispositions::change::change))
        .routes(routes!(expert_groups::list::list, expert_groups::create::create))
        .routes(routes!(expert_groups::replace::replace, expert_groups::remove::remove))
        .routes(routes!(settings::show_attached_data::show, settings::replace_attached_data::replace))
        .routes(routes!(settings::show_demand_rules::show, settings::replace_demand_rules::replace))
        .routes(routes!(settings::show_thresholds::show, settings::replace_thresholds::replace))
        .routes(routes!(networks::list))
        .routes(routes!(people::photo::show))
        .merge(sources_of_people())
}

/// The routes of sources of people.
fn sources_of_people() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(people_sources::list::list, people_sources::create::create))
        .routes(routes!(people_sources::change::change, people_sources::remove::remove))
        .routes(routes!(people_sources::ldap::create::create))
        .routes(routes!(people_sources::ldap::try_out::try_out))
        .routes(routes!(people_sources::ldap::show::show, people_sources::ldap::replace::replace))
        .routes(routes!(people_sources::ldap::import::import))
        .routes(routes!(people_sources::scim::create::create))
        .routes(routes!(people_sources::scim::replace_token::replace_token))
        .routes(routes!(people_sources::imports::list))
        .routes(routes!(people_sources::import::import))
        .routes(routes!(people_sources::refused::list))
        .routes(routes!(nicknames::show::show, nicknames::replace::replace))
}
