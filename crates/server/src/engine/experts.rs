//! What groups of experts say of single experts.

use hookflash_domain::{NetworkId, PersonId, QuietHours, Timestamp};
use hookflash_store::expert_groups::{ExpertGroup, ExpertGroupMemberRow};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// An expert who is in a group. Of several groups the lowest limit counts, and all their quiet hours do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExpertRule {
    /// Their name.
    pub name: String,
    /// How many consults they may have at once for a hunt to ask them; none: as the network has it.
    pub consult_limit: Option<u32>,
    /// When hunts do not ask them, in place of the network's quiet hours; none: as the network has it.
    quiet_hours: Option<Vec<QuietHours>>,
}

impl ExpertRule {
    /// Whether it is a quiet hour of theirs; none where the network's own count.
    #[must_use]
    pub fn is_quiet(&self, at: Timestamp, zone: &TimeZone) -> Option<bool> {
        Some(self.quiet_hours.as_ref()?.iter().any(|hours| hours.hold(at, zone)))
    }

    fn add(&mut self, member: ExpertGroupMemberRow) {
        self.name = member.name;
        let limit = member.consult_limit.and_then(|limit| u32::try_from(limit).ok());
        self.consult_limit = self.consult_limit.into_iter().chain(limit).min();
        // What is stored was read before; a later version's text says nothing here.
        if let Some(hours) = member.quiet_hours.and_then(|text| QuietHours::parse(&text).ok()) {
            self.quiet_hours.get_or_insert_default().push(hours);
        }
    }
}

/// The rules of everybody who is in a group.
pub(super) fn rules_of(groups: Vec<ExpertGroup>) -> BTreeMap<PersonId, ExpertRule> {
    let mut rules = BTreeMap::<PersonId, ExpertRule>::new();
    for member in groups.into_iter().flat_map(|group| group.members) {
        let person =
            PersonId { network: NetworkId(member.network.0.clone()), address: member.address.clone() };
        rules.entry(person).or_default().add(member);
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;
    use hookflash_store::expert_groups::ExpertGroupRow;

    fn group(limit: Option<i64>, quiet: Option<&str>) -> ExpertGroup {
        let member = ExpertGroupMemberRow {
            network: NetworkId("skype".into()),
            address: "sip:oskar".into(),
            name: "Oskar".into(),
            consult_limit: limit,
            quiet_hours: quiet.map(str::to_owned),
        };
        let (group_id, mode) = (uuid::Uuid::nil(), "one_by_one".to_owned());
        ExpertGroup {
            row: ExpertGroupRow { group_id, name: "Group".into(), mode, within_ms: 5_000 },
            members: vec![member],
        }
    }

    #[test]
    fn groups_say_more_than_the_network() {
        // Midnight.
        let now = Timestamp(0);
        let cases = [
            (vec![group(None, None)], (None, None)),
            (vec![group(Some(5), None), group(Some(2), Some("08:00-09:00"))], (Some(2), Some(false))),
            (vec![group(None, Some("")), group(Some(1), Some("23:00-01:00"))], (Some(1), Some(true))),
            (vec![group(None, Some(""))], (None, Some(false))),
        ];
        for (groups, expected) in cases {
            let rule = rules_of(groups).into_values().next().unwrap();
            assert_eq!((rule.consult_limit, rule.is_quiet(now, &TimeZone::UTC)), expected);
        }
    }
}
