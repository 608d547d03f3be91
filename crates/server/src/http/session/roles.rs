//! Extractors that ask for a role.

use super::SignedIn;
use crate::http::problem::{Code, Problem};
use crate::http::state::AppState;
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use hookflash_store::users::Role;

macro_rules! asks_for {
    ($($(#[$doc:meta])* $name:ident: [$($role:ident),+], $words:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name(pub SignedIn);

        impl<S: Send + Sync> FromRequestParts<S> for $name
        where
            AppState: FromRef<S>,
        {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
                let user = SignedIn::from_request_parts(parts, state).await?;
                let permitted = [$(Role::$role),+].into_iter().any(|role| user.has(role));
                if permitted { Ok(Self(user)) } else { Err(Problem::new(Code::NotPermitted, $words)) }
            }
        }
    )+};
}

asks_for! {
    /// A user who takes interactions.
    Agent: [Agent], "This is for agents.";
    /// A supervisor or an administrator.
    SupervisorOrAbove: [Supervisor, Administrator], "This is for supervisors and administrators.";
    /// An administrator.
    Administrator: [Administrator], "This is for administrators.";
}
