//! Users as administrators see them, and the checks of their fields.

use crate::config::Config;
use crate::http::me::Language;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use hookflash_domain::{NetworkId, QueueId, UserId};
use hookflash_store::licences::{LicenceGrant, LicenceRow};
use hookflash_store::members::QueueMemberRow;
use hookflash_store::users::{Role, Roles, UserRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Most queues of a user.
const MAX_QUEUES: usize = 500;

/// What a user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Role)]
pub(in crate::http) enum RoleView {
    /// Takes interactions.
    Agent,
    /// Sees what others do.
    Supervisor,
    /// Changes users, queues and settings.
    Administrator,
}

impl RoleView {
    pub(in crate::http) fn of(roles: &Roles) -> Vec<Self> {
        let view = |role: &Role| match role {
            Role::Agent => Self::Agent,
            Role::Supervisor => Self::Supervisor,
            Role::Administrator => Self::Administrator,
        };
        roles.0.iter().map(view).collect()
    }

    pub(super) fn roles(views: &[Self]) -> Roles {
        let role = |view: &Self| match view {
            Self::Agent => Role::Agent,
            Self::Supervisor => Role::Supervisor,
            Self::Administrator => Role::Administrator,
        };
        Roles(views.iter().map(role).collect())
    }
}

/// A user.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct UserView {
    user_id: Uuid,
    sign_in_name: String,
    /// The name shown to people.
    name: String,
    roles: Vec<RoleView>,
    /// Whether the user may sign in.
    active: bool,
    /// The queues that the user serves.
    queue_ids: Vec<Uuid>,
    /// The chat networks for which the user has a licence.
    licences: Vec<String>,
    /// The desk's language; null to follow the browser.
    #[schema(value_type = Option<Language>)]
    language: Option<String>,
}

impl UserView {
    pub(super) fn of(user: UserRow, members: &[QueueMemberRow], licences: &[LicenceRow]) -> Self {
        let own = members.iter().filter(|member| member.user_id == user.user_id);
        let licensed = licences.iter().filter(|licence| licence.user_id == user.user_id);
        Self {
            user_id: user.user_id.0,
            sign_in_name: user.sign_in_name,
            name: user.name,
            roles: RoleView::of(&user.roles),
            active: user.active,
            queue_ids: own.map(|member| member.queue_id.0).collect(),
            licences: licensed.map(|licence| licence.network.0.clone()).collect(),
            language: user.language,
        }
    }
}

/// The user as stored, or 404.
pub(super) async fn stored(state: &AppState, id: UserId) -> Result<UserView, Problem> {
    let user = state.store.user(id).await?.ok_or(hookflash_store::StoreError::NotFound("user"))?;
    Ok(UserView::of(user, &state.store.queue_members().await?, &state.store.licences().await?))
}

pub(super) fn check_sign_in_name(checks: &mut Checks, text: &str) -> String {
    let name = checks.text("sign_in_name", text, 1..=64);
    if name.chars().any(char::is_whitespace) {
        checks.wrong("sign_in_name", "must not hold spaces");
    }
    name
}

pub(super) fn check_name(checks: &mut Checks, text: &str) -> String {
    checks.text("name", text, 1..=100)
}

pub(super) fn check_roles(checks: &mut Checks, roles: &[RoleView]) -> Roles {
    if roles.is_empty() || roles.len() > Role::ALL.len() {
        checks.wrong("roles", "must have 1 to 3 roles");
    }
    RoleView::roles(roles)
}

pub(super) fn check_queues(checks: &mut Checks, queue_ids: &[Uuid]) -> Vec<QueueId> {
    checks.count("queue_ids", queue_ids, MAX_QUEUES);
    queue_ids.iter().copied().map(QueueId).collect()
}

/// The licences of these networks, each with the seats that the configuration sets.
pub(super) fn check_licences(checks: &mut Checks, config: &Config, networks: &[String]) -> Vec<LicenceGrant> {
    let mut grants = Vec::new();
    for network in networks {
        match config.network(network) {
            Some(known) => grants.push(LicenceGrant {
                network: NetworkId(network.clone()),
                seat_count: known.seats.map(i64::from),
            }),
            None => checks.wrong("licences", "no network of this id is configured"),
        }
    }
    grants
}
