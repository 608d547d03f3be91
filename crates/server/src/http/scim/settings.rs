//! What is set for a source that provisions.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is set for a source that provisions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct ScimSettings {
    /// Where the addresses on chat networks are.
    #[serde(default)]
    pub(in crate::http) networks: Vec<ScimNetwork>,
}

/// Where the address on a chat network is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct ScimNetwork {
    /// The network's id.
    pub(in crate::http) network: String,
    /// What of a user it is.
    pub(in crate::http) from: AddressFrom,
}

/// What of a user is their address on a chat network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::http) enum AddressFrom {
    /// The e-mail address.
    Email,
    /// The userName, in Entra ID the user principal name.
    UserName,
    /// An instant messaging address whose type is the network's id.
    Ims,
}
