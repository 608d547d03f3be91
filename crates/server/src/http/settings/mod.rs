//! `/api/v1/settings`

pub(super) mod replace_attached_data;
pub(super) mod replace_demand_rules;
pub(super) mod replace_thresholds;
pub(super) mod show_attached_data;
pub(super) mod show_demand_rules;
pub(super) mod show_thresholds;
