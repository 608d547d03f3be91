//! What is set for a source that is an LDAP directory.

use hookflash_domain::NetworkId;
use hookflash_ldap::{Account, Config, Limits, Security};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::time::Duration;
use utoipa::ToSchema;

/// Longest wait for an answer: less than the minute after which a silent import counts as dead.
const ANSWER: Duration = Duration::from_secs(30);
/// Entries a page. Active Directory gives at most 1000.
const PAGE_SIZE: u16 = 500;

/// What is set for a source that is an LDAP directory. The password is kept elsewhere, encrypted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LdapSettings {
    /// The server's name, for which its certificate is.
    pub host: String,
    /// The server's port.
    pub port: u16,
    /// How the connection is protected.
    pub protection: Protection,
    /// Certificates to trust besides the system's, PEM.
    #[serde(default)]
    pub ca_pem: Option<String>,
    /// The distinguished name to sign in with; without one the directory is asked as nobody in particular.
    #[serde(default)]
    pub account: Option<String>,
    /// Below which entry people are.
    pub base: String,
    /// Which entries are people (RFC 4515).
    #[serde(default = "people")]
    pub filter: String,
    /// Which attributes mean what.
    #[serde(default)]
    pub attributes: AttributesOf,
    /// Minutes between two imports; without, people are imported when somebody asks for it.
    #[serde(default)]
    pub every_minutes: Option<u32>,
}

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// TLS from the first byte: ldaps, usually on port 636.
    Tls,
    /// TLS after StartTLS, usually on port 389.
    StartTls,
    /// None: the password and all entries can be read on the way.
    Plain,
}

/// Which attributes mean what. Of several names the first that an entry has counts, but for lists, which have all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AttributesOf {
    /// What stays when everything else about a person changes.
    pub key: Vec<String>,
    /// Given names.
    pub given: Vec<String>,
    /// Family names.
    pub family: Vec<String>,
    /// The name shown to people.
    pub display: Vec<String>,
    /// Company.
    pub company: Vec<String>,
    /// Department.
    pub department: Vec<String>,
    /// Job title.
    pub title: Vec<String>,
    /// Office or site.
    pub location: Vec<String>,
    /// E-mail address.
    pub email: Vec<String>,
    /// Telephone numbers.
    pub phones: Vec<String>,
    /// Skills and topics.
    pub skills: Vec<String>,
    /// Addresses on chat networks.
    pub networks: Vec<NetworkAttributes>,
}

/// Which attributes hold the address on a chat network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NetworkAttributes {
    /// The network's id.
    pub network: String,
    /// Attributes, or patterns with an attribute in braces, such as `{uid}@example.com`.
    pub from: Vec<String>,
}

impl Default for AttributesOf {
    /// As Active Directory and OpenLDAP (RFC 4519, RFC 2798) name them.
    fn default() -> Self {
        let names = |names: &[&str]| names.iter().map(ToString::to_string).collect();
        Self {
            key: names(&["objectGUID", "entryUUID"]),
            given: names(&["givenName"]),
            family: names(&["sn"]),
            display: names(&["displayName", "cn"]),
            company: names(&["company", "o"]),
            department: names(&["department", "ou"]),
            title: names(&["title"]),
            location: names(&["physicalDeliveryOfficeName", "l"]),
            email: names(&["mail"]),
            phones: names(&["telephoneNumber", "mobile"]),
            skills: Vec::new(),
            networks: Vec::new(),
        }
    }
}

/// People of Active Directory, and no computers; people of OpenLDAP, which finds nobody where a filter denies a
/// class that it does not know (RFC 4511 4.5.1.7: undefined stays undefined).
fn people() -> String {
    "(|(&(objectCategory=person)(objectClass=user))(objectClass=inetOrgPerson))".to_owned()
}

impl NetworkAttributes {
    /// Where Skype for Business keeps its addresses.
    #[must_use]
    pub fn of_skype(network: &NetworkId) -> Self {
        let from = ["msRTCSIP-PrimaryUserSIPAddress", "proxyAddresses"].map(ToOwned::to_owned).to_vec();
        Self { network: network.0.clone(), from }
    }
}

impl LdapSettings {
    /// What reads the directory with this password.
    #[must_use]
    pub fn config(&self, password: Option<String>) -> Config {
        let account =
            self.account.clone().map(|name| Account { name, password: password.unwrap_or_default() });
        Config {
            host: self.host.clone(),
            port: self.port,
            security: match self.protection {
                Protection::Tls => Security::Tls,
                Protection::StartTls => Security::StartTls,
                Protection::Plain => Security::Plain,
            },
            ca_pem: self.ca_pem.clone(),
            account,
            base: self.base.clone(),
            filter: self.filter.clone(),
            attributes: self.attributes.asked(),
            page_size: PAGE_SIZE,
            limits: Limits { answer: ANSWER, ..Limits::default() },
        }
    }

    /// Whether the password would go to the same server, under the same name and as well protected.
    #[must_use]
    pub fn takes_the_same_password(&self, other: &Self) -> bool {
        let of = |one: &Self| {
            (one.host.to_lowercase(), one.port, one.protection, one.ca_pem.clone(), one.account.clone())
        };
        of(self) == of(other)
    }
}

impl AttributesOf {
    /// All attributes to ask the server for.
    fn asked(&self) -> Vec<String> {
        let lists = [
            &self.key,
            &self.given,
            &self.family,
            &self.display,
            &self.company,
            &self.department,
            &self.title,
            &self.location,
            &self.email,
            &self.phones,
            &self.skills,
        ];
        let named = lists.into_iter().flatten().cloned();
        let of_networks =
            self.networks.iter().flat_map(|one| &one.from).flat_map(|from| super::mapping::named(from));
        let always = [super::mapping::ACCOUNT_CONTROL.to_owned()];
        named.chain(of_networks).chain(always).collect::<BTreeSet<_>>().into_iter().collect()
    }
}
