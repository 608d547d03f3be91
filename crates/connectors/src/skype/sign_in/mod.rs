//! From an agent's account to tickets for their pool (UCWA 1): discovery, trust, challenges, grants.

mod authority;
mod challenge;
mod discovery;
mod password;
mod pool_address;
mod signer;
mod ticket;
mod trust;
mod windows;

pub(super) use authority::CompanyPage;
pub(super) use discovery::discover;
pub(super) use pool_address::PoolAddress;
pub(super) use signer::Signer;
pub(super) use trust::Trust;
