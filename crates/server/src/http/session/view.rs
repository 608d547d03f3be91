//! The session as the desk sees it.

use super::SignedIn;
use crate::http::users::RoleView;
use hookflash_domain::UserId;
use jiff::tz::TimeZone;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Who is signed in.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct SessionView {
    /// The user.
    user: SessionUser,
    /// To be sent as `X-Hookflash-Csrf` with everything that changes something.
    csrf: String,
    /// The server's version.
    version: &'static str,
    /// Where the server is and its days begin, such as `Europe/Berlin`; null where that is not known.
    time_zone: Option<String>,
}

/// The user of a session.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct SessionUser {
    user_id: Uuid,
    /// The name shown to people.
    name: String,
    sign_in_name: String,
    roles: Vec<RoleView>,
    /// The desk's language; null to follow the browser.
    #[schema(value_type = Option<crate::http::me::Language>)]
    language: Option<String>,
}

impl SessionView {
    pub(super) fn of(user: SignedIn) -> Self {
        let UserId(user_id) = user.user_id;
        Self {
            user: SessionUser {
                user_id,
                name: user.name,
                sign_in_name: user.sign_in_name,
                roles: RoleView::of(&user.roles),
                language: user.language,
            },
            csrf: user.csrf.0,
            version: env!("CARGO_PKG_VERSION"),
            time_zone: TimeZone::system().iana_name().map(str::to_owned),
        }
    }
}
