//! `GET /api/v1/figures/experts`

use super::stretch::Asked;
use super::view::FiguresView;
use crate::http::extract::QueryOf;
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use crate::reports::Load;
use axum::Json;
use axum::extract::State;
use hookflash_domain::NetworkId;
use hookflash_domain::figures::Figures;
use hookflash_store::users::Role;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// An expert, or all of a network, over the stretch.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct ExpertFiguresView {
    network: String,
    network_name: String,
    /// Null for all experts of the network.
    address: Option<String>,
    /// Null for all experts of the network.
    name: Option<String>,
    /// How many were asked.
    people_count: usize,
    /// Null where they are too few to be shown together.
    figures: Option<FiguresView>,
    /// Time in chats with agents, those at the same time counted once, in milliseconds; summed over people.
    consult_ms: Option<i64>,
    /// Most chats of one expert at the same time.
    peak_count: Option<usize>,
}

/// Figures of experts.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct ExpertFiguresPage {
    /// By network; for administrators each expert too, by name.
    rows: Vec<ExpertFiguresView>,
    /// All experts as one; null where they are too few.
    summary: Option<FiguresView>,
}

/// What experts were asked and did, the whole stretch as one: `grain` says nothing here. Single people are
/// shown to administrators alone, groups of fewer than five without figures.
#[utoipa::path(get, path = "/api/v1/figures/experts", operation_id = "figures_experts", tag = "figures",
    params(Asked), security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = ExpertFiguresPage, description = "By network, and by expert")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    SupervisorOrAbove(user): SupervisorOrAbove,
    QueryOf(asked): QueryOf<Asked>,
) -> Result<Json<ExpertFiguresPage>, Problem> {
    let question = asked.check()?;
    let sees_people = user.has(Role::Administrator);
    let mut people = BTreeMap::<(String, String), Load>::new();
    for part in state.store.invitations(question.stretch).await? {
        people.entry((part.network.clone(), part.expert_address.clone())).or_default().add(&part);
    }
    let mut networks = BTreeMap::<String, Load>::new();
    let mut all = Load::default();
    for ((network, _), load) in &people {
        networks.entry(network.clone()).or_default().join(load);
        all.join(load);
    }
    let name_of = |network: &str| state.engine.network_name(&NetworkId(network.to_owned()));
    let row = |network: &str, person: Option<(&str, &str)>, load: &Load| {
        let shown = person.is_some() || is_shown(sees_people, load);
        ExpertFiguresView {
            network: network.to_owned(),
            network_name: name_of(network),
            address: person.map(|(address, _)| address.to_owned()),
            name: person.map(|(_, name)| name.to_owned()),
            people_count: load.people_count,
            figures: shown.then(|| view(load)),
            consult_ms: shown.then_some(load.consult_ms()),
            peak_count: shown.then_some(load.peak_count()),
        }
    };
    let mut rows: Vec<_> = networks.iter().map(|(network, load)| row(network, None, load)).collect();
    if sees_people {
        rows.extend(people.iter().map(|((network, address), load)| {
            row(network, Some((address.as_str(), load.name.as_str())), load)
        }));
    }
    let summary = is_shown(sees_people, &all).then(|| view(&all));
    Ok(Json(ExpertFiguresPage { rows, summary }))
}

fn is_shown(sees_people: bool, load: &Load) -> bool {
    sees_people || load.is_group()
}

fn view(load: &Load) -> FiguresView {
    FiguresView::from(&Figures { totals: load.totals, ..Figures::default() })
}
