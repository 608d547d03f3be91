//! A group of experts as it comes, and the checks of its fields.

use super::view::{MemberView, ModeView};
use crate::config::Config;
use crate::http::problem::Problem;
use crate::http::valid::Checks;
use hookflash_domain::consult::HUNT_WITHIN_MS;
use hookflash_domain::{NetworkId, QuietHours};
use hookflash_store::expert_groups::{ExpertGroup, ExpertGroupMemberRow, ExpertGroupRow, MAX_MEMBERS};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A group of experts to be kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct ExpertGroupRequest {
    /// 1 to 100 characters; unique, case does not count.
    name: String,
    mode: ModeView,
    /// How long each may think: 5,000 to 120,000.
    within_ms: i64,
    /// 1 to 20, each once, who is asked first in front.
    members: Vec<MemberView>,
}

impl ExpertGroupRequest {
    /// The group, if all of it makes sense.
    pub(super) fn check(self, group_id: Uuid, config: &Config) -> Result<ExpertGroup, Problem> {
        let mut checks = Checks::default();
        let name = checks.text("name", &self.name, 1..=100);
        checks.number("within_ms", self.within_ms, &HUNT_WITHIN_MS);
        if self.members.is_empty() {
            checks.wrong("members", "must name somebody");
        }
        checks.count("members", &self.members, MAX_MEMBERS);
        let mut members: Vec<ExpertGroupMemberRow> = Vec::new();
        for member in self.members.into_iter().take(MAX_MEMBERS) {
            let member = check_member(&mut checks, member, config);
            if members.iter().any(|one| one.network == member.network && one.address == member.address) {
                checks.wrong("address", format!("{} is there twice", member.address));
            }
            members.push(member);
        }
        checks.finish()?;
        let mode = self.mode.word().to_owned();
        Ok(ExpertGroup { row: ExpertGroupRow { group_id, name, mode, within_ms: self.within_ms }, members })
    }
}

fn check_member(checks: &mut Checks, member: MemberView, config: &Config) -> ExpertGroupMemberRow {
    if config.network(&member.network).is_none() {
        checks.wrong("network", format!("there is no network {}", member.network));
    }
    if let Some(limit) = member.consult_limit {
        checks.number("consult_limit", limit, &(1..=100));
    }
    let quiet_hours = member.quiet_hours.map(|text| text.trim().to_owned());
    if let Some(Err(error)) = quiet_hours.as_deref().map(QuietHours::parse) {
        checks.wrong("quiet_hours", error.to_string());
    }
    ExpertGroupMemberRow {
        network: NetworkId(member.network),
        address: checks.text("address", &member.address, 1..=512),
        name: checks.text("name", &member.name, 1..=200),
        consult_limit: member.consult_limit,
        quiet_hours,
    }
}
