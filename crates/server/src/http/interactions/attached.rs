//! Attached data as people see it.

use hookflash_domain::attached::AttachedData;
use hookflash_store::attached_keys::AttachedKeyRow;
use serde::Serialize;
use utoipa::ToSchema;

/// One key with its value.
#[derive(Serialize, ToSchema)]
#[schema(as = AttachedView)]
pub(super) struct AttachedView {
    key: String,
    /// What people read.
    label: String,
    /// Empty when the administrator has hidden it.
    value: String,
    /// May not be handed over to an expert.
    private: bool,
}

/// The data by the rules of the administrator.
pub(super) fn views(attached: &AttachedData, keys: &[AttachedKeyRow]) -> Vec<AttachedView> {
    let view = |(key, value): (&str, &str)| {
        let rule = keys.iter().find(|rule| rule.key == key);
        let label = rule.map(|rule| rule.label.as_str()).filter(|label| !label.is_empty());
        let hidden = rule.is_some_and(|rule| rule.hidden);
        AttachedView {
            key: key.to_owned(),
            label: label.unwrap_or(key).to_owned(),
            value: if hidden { String::new() } else { value.to_owned() },
            private: hidden || rule.is_some_and(|rule| rule.private),
        }
    };
    attached.iter().map(view).collect()
}
