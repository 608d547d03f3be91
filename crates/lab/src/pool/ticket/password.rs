//! The grant `password`: SIP address, UPN or `DOMAIN\user`.

use super::{authenticate, granted, refuse};
use crate::pool::Pool;
use crate::pool::call::Call;
use crate::pool::reply::{Fault, Reply};

pub(super) fn grant(pool: &Pool, call: &Call, username: &str, password: &str) -> Result<Reply, Fault> {
    match authenticate(pool, username, password) {
        Ok(person) => Ok(granted(pool, call, person)),
        Err(diagnostics) => Err(refuse("invalid_grant", Some(diagnostics))),
    }
}
