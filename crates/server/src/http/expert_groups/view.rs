//! Groups of experts as they are shown.

use crate::http::problem::Problem;
use crate::http::state::AppState;
use hookflash_domain::consult::HuntMode;
use hookflash_store::StoreError;
use hookflash_store::expert_groups::{ExpertGroup, ExpertGroupMemberRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A group of experts.
#[derive(Serialize, ToSchema)]
#[schema(as = ExpertGroup)]
pub(in crate::http) struct ExpertGroupView {
    group_id: Uuid,
    name: String,
    mode: ModeView,
    /// How long each may think.
    within_ms: i64,
    /// Who is asked first in front.
    members: Vec<MemberView>,
}

/// In which way the members of a group are asked, where the agent does not choose otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = HuntMode)]
pub(in crate::http) enum ModeView {
    /// The next when the last has said no or nothing.
    OneByOne,
    /// All together; who accepts first is talked to.
    AllAtOnce,
}

/// Somebody who is in a group of experts.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ExpertGroupMember)]
pub(in crate::http) struct MemberView {
    /// The network's id.
    pub(super) network: String,
    /// The person's key on the network, 1 to 512 characters, as the search gives it: `sip:oskar@example.com`,
    /// `oskar@example.com`.
    pub(super) address: String,
    /// 1 to 200 characters.
    pub(super) name: String,
    /// How many consults they may have at once to be asked, 1 to 100; null: as the network has it.
    pub(super) consult_limit: Option<i64>,
    /// When they are not to be asked, as `quiet_hours` of a network; empty: never; null: as the network has it.
    pub(super) quiet_hours: Option<String>,
}

impl From<ExpertGroup> for ExpertGroupView {
    fn from(group: ExpertGroup) -> Self {
        Self {
            group_id: group.row.group_id,
            name: group.row.name,
            mode: ModeView::of_word(&group.row.mode),
            within_ms: group.row.within_ms,
            members: group.members.into_iter().map(MemberView::from).collect(),
        }
    }
}

impl ModeView {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::OneByOne => HuntMode::OneByOne.word(),
            Self::AllAtOnce => HuntMode::AllAtOnce.word(),
        }
    }

    fn of_word(word: &str) -> Self {
        if word == HuntMode::AllAtOnce.word() { Self::AllAtOnce } else { Self::OneByOne }
    }
}

impl From<ExpertGroupMemberRow> for MemberView {
    fn from(row: ExpertGroupMemberRow) -> Self {
        Self {
            network: row.network.0,
            address: row.address,
            name: row.name,
            consult_limit: row.consult_limit,
            quiet_hours: row.quiet_hours,
        }
    }
}

/// The group as stored, or 404.
pub(super) async fn stored(state: &AppState, group_id: Uuid) -> Result<ExpertGroupView, Problem> {
    let found = state.store.expert_groups().await?.into_iter().find(|one| one.row.group_id == group_id);
    Ok(found.map(ExpertGroupView::from).ok_or(StoreError::NotFound("expert group"))?)
}
