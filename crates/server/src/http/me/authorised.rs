//! What is said when a sign-in on a company's page goes no further.

use crate::engine::NotAuthorised;
use crate::http::problem::{Code, Problem};

/// The problem that it is.
pub(super) fn problem(error: NotAuthorised) -> Problem {
    match error {
        NotAuthorised::NotOffered => {
            Problem::new(Code::NoCompanyPage, "Connect the account by password, or ask the administrator.")
        }
        NotAuthorised::Trouble(trouble) => {
            tracing::warn!(
                code = trouble.code.as_str(),
                words = trouble.words,
                "a company sign-in went no further"
            );
            Problem::new(Code::CompanySignInFailed, trouble.words)
        }
    }
}
