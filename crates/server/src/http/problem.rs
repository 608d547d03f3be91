//! Errors of the API: problem details (RFC 9457) with a stable code.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hookflash_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

/// What went wrong, as a stable word. Its status and title are in one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the table below says what each is")]
pub enum Code {
    BadRequest,
    Invalid,
    PasswordTooShort,
    WrongPassword,
    NotSignedIn,
    NotPermitted,
    LicenceRequired,
    OriginRefused,
    CsrfRefused,
    NotFound,
    UnknownInteraction,
    UnknownNetwork,
    UnknownUser,
    UnknownQueue,
    UnknownDisposition,
    UnknownAbility,
    UnknownReport,
    UnknownReportRun,
    UnknownReportSchedule,
    UnknownSavedView,
    UnknownPeopleSource,
    UnknownPeopleImport,
    UnknownExpertGroup,
    UnknownLink,
    NoReportFile,
    NoPhoto,
    MethodNotAllowed,
    NameTaken,
    NumberTaken,
    TeamAddressTaken,
    NoSeatLeft,
    LastAdministrator,
    SchedulesFull,
    ScheduleBusy,
    ScheduleChanged,
    ViewsFull,
    ViewChanged,
    PeopleSourcesFull,
    ImportRunning,
    EmptyFile,
    MissingNameColumn,
    MissingKeyColumn,
    ColumnTwice,
    UnknownNetworkColumn,
    UnreadableFile,
    SourceBuiltIn,
    NicknamesChanged,
    ExpertGroupsFull,
    MailNotConfigured,
    NoNetwork,
    NoAccountNeeded,
    NoCompanyPage,
    UnknownAuthorisation,
    CompanySignInFailed,
    TooLarge,
    ExportTooLarge,
    NotJson,
    TooManyAttempts,
    ReportsBusy,
    Busy,
    NetworkTrouble,
    NotAvailable,
    NotSaved,
    Internal,
}

impl Code {
    /// The status of this code.
    #[must_use]
    pub fn status(self) -> StatusCode {
        self.row().0
    }

    fn row(self) -> (StatusCode, &'static str) {
        use StatusCode as S;
        match self {
            Self::BadRequest => (S::BAD_REQUEST, "The request is malformed"),
            Self::Invalid => (S::UNPROCESSABLE_ENTITY, "A field is not valid"),
            Self::EmptyFile => (S::UNPROCESSABLE_ENTITY, "The file is empty"),
            Self::MissingNameColumn => (S::UNPROCESSABLE_ENTITY, "The file has no column with names"),
            Self::MissingKeyColumn => (S::UNPROCESSABLE_ENTITY, "The file has no column with keys"),
            Self::ColumnTwice => (S::UNPROCESSABLE_ENTITY, "The file has a column twice"),
            Self::UnknownNetworkColumn => (S::UNPROCESSABLE_ENTITY, "A column is for an unknown network"),
            Self::UnreadableFile => (S::UNPROCESSABLE_ENTITY, "The file cannot be read"),
            Self::PasswordTooShort => (S::UNPROCESSABLE_ENTITY, "The password is too short or too long"),
            Self::WrongPassword => (S::UNAUTHORIZED, "The name or the password is wrong"),
            Self::NotSignedIn => (S::UNAUTHORIZED, "Not signed in"),
            Self::NotPermitted => (S::FORBIDDEN, "Not permitted"),
            Self::LicenceRequired => (S::FORBIDDEN, "A licence is needed"),
            Self::OriginRefused => (S::FORBIDDEN, "The request came from another site"),
            Self::CsrfRefused => (S::FORBIDDEN, "The token against forged requests is missing or wrong"),
            Self::NotFound => (S::NOT_FOUND, "There is nothing here"),
            Self::UnknownInteraction => (S::NOT_FOUND, "There is no such interaction"),
            Self::UnknownNetwork => (S::NOT_FOUND, "There is no such network"),
            Self::UnknownUser => (S::NOT_FOUND, "There is no such user"),
            Self::UnknownQueue => (S::NOT_FOUND, "There is no such queue"),
            Self::UnknownDisposition => (S::NOT_FOUND, "There is no such disposition"),
            Self::UnknownAbility => (S::NOT_FOUND, "There is no such skill or language"),
            Self::UnknownReport => (S::NOT_FOUND, "There is no such report"),
            Self::UnknownReportRun => (S::NOT_FOUND, "There is no such run of a report"),
            Self::UnknownReportSchedule => (S::NOT_FOUND, "There is no such schedule of reports"),
            Self::UnknownSavedView => (S::NOT_FOUND, "There is no such saved view"),
            Self::UnknownPeopleSource => (S::NOT_FOUND, "There is no such source of people"),
            Self::UnknownPeopleImport => (S::NOT_FOUND, "There is no such import of people"),
            Self::UnknownExpertGroup => (S::NOT_FOUND, "There is no such group of experts"),
            Self::UnknownLink => (S::NOT_FOUND, "There is no such link"),
            Self::NoReportFile => (S::NOT_FOUND, "There is no such file of a report"),
            Self::NoPhoto => (S::NOT_FOUND, "There is no photo"),
            Self::MethodNotAllowed => (S::METHOD_NOT_ALLOWED, "This cannot be done here"),
            Self::NameTaken => (S::CONFLICT, "The name is in use"),
            Self::NumberTaken => (S::CONFLICT, "The number belongs to another queue"),
            Self::TeamAddressTaken => (S::CONFLICT, "The address belongs to somebody else"),
            Self::NoSeatLeft => (S::CONFLICT, "All seats are taken"),
            Self::LastAdministrator => (S::CONFLICT, "This is the last administrator"),
            Self::SchedulesFull => (S::CONFLICT, "There are as many schedules as may be"),
            Self::ScheduleBusy => (S::CONFLICT, "The last reports of this schedule are not made yet"),
            Self::ScheduleChanged => (S::CONFLICT, "The schedule was changed meanwhile"),
            Self::ViewsFull => (S::CONFLICT, "There are as many saved views as may be"),
            Self::ViewChanged => (S::CONFLICT, "The view was changed meanwhile"),
            Self::PeopleSourcesFull => (S::CONFLICT, "There are as many sources of people as may be"),
            Self::ImportRunning => (S::CONFLICT, "An import of this source is running"),
            Self::SourceBuiltIn => (S::CONFLICT, "This source of people is built in"),
            Self::NicknamesChanged => (S::CONFLICT, "The nicknames were changed meanwhile"),
            Self::ExpertGroupsFull => (S::CONFLICT, "There are as many groups of experts as may be"),
            Self::MailNotConfigured => (S::CONFLICT, "No mail server is configured"),
            Self::NoNetwork => (S::CONFLICT, "The chat network is not connected"),
            Self::NoAccountNeeded => (S::CONFLICT, "This network needs no account"),
            Self::NoCompanyPage => (S::CONFLICT, "This network has no company sign-in page"),
            Self::UnknownAuthorisation => (S::CONFLICT, "This sign-in was not begun here or took too long"),
            Self::CompanySignInFailed => (S::BAD_GATEWAY, "The company sign-in went no further"),
            Self::TooLarge => (S::PAYLOAD_TOO_LARGE, "The request is too large"),
            Self::ExportTooLarge => (S::UNPROCESSABLE_ENTITY, "There is more than fits into an export"),
            Self::NotJson => (S::UNSUPPORTED_MEDIA_TYPE, "The body is not JSON"),
            Self::TooManyAttempts => (S::TOO_MANY_REQUESTS, "Too many attempts"),
            Self::ReportsBusy => (S::TOO_MANY_REQUESTS, "Too many reports are waiting"),
            Self::Busy => (S::SERVICE_UNAVAILABLE, "The server is busy"),
            Self::NetworkTrouble => (S::BAD_GATEWAY, "The chat network does not answer"),
            Self::NotAvailable => (S::SERVICE_UNAVAILABLE, "The database is not available"),
            Self::NotSaved => (S::SERVICE_UNAVAILABLE, "It is not known whether this was saved"),
            Self::Internal => (S::INTERNAL_SERVER_ERROR, "Something went wrong"),
        }
    }
}

/// An error of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What went wrong.
    pub code: Code,
    /// Words that a person can act on.
    pub detail: String,
    /// What is wrong with which field.
    pub errors: Vec<FieldError>,
    /// After how many seconds to try again.
    pub retry_after_s: Option<u64>,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// The field.
    pub field: String,
    /// What is wrong.
    pub message: String,
}

/// The body of every error.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(super) struct ProblemView {
    /// Always `about:blank`: the code says what it is.
    #[serde(rename = "type")]
    kind: &'static str,
    /// Short words for the code.
    title: &'static str,
    /// The status once more.
    status: u16,
    /// A stable word.
    code: Code,
    /// Words that a person can act on.
    detail: String,
    /// What is wrong with which field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
}

impl Problem {
    /// A problem with words that a person can act on.
    #[must_use]
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), errors: Vec::new(), retry_after_s: None }
    }

    /// Nobody is signed in.
    #[must_use]
    pub fn not_signed_in() -> Self {
        Self::new(Code::NotSignedIn, "Sign in first.")
    }

    /// A page of another site made the browser send this.
    #[must_use]
    pub fn origin_refused() -> Self {
        Self::new(Code::OriginRefused, "Use the desk's own page.")
    }

    /// One field is not valid.
    #[must_use]
    pub fn field(field: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        let errors = vec![FieldError { field: field.to_owned(), message: message.clone() }];
        Self { errors, ..Self::new(Code::Invalid, format!("{field}: {message}")) }
    }
}

/// What the store could not do. Trouble is logged here, once.
impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let words = error.to_string();
        match error {
            StoreError::NameTaken(_) => Self::new(Code::NameTaken, words),
            StoreError::NumberTaken(_) => Self::new(Code::NumberTaken, words),
            StoreError::TeamAddressTaken(_) => Self::new(Code::TeamAddressTaken, words),
            StoreError::NoSeatLeft(_) => Self::new(
                Code::NoSeatLeft,
                format!("{words} Take one from another user first, or set more in the configuration."),
            ),
            StoreError::LastAdministrator => {
                Self::new(Code::LastAdministrator, "Make another user administrator first.")
            }
            StoreError::TooManyRuns => {
                Self::new(Code::ReportsBusy, "Wait until some are made, or cancel some. Nothing was queued.")
            }
            StoreError::TooManySchedules => {
                Self::new(Code::SchedulesFull, "Remove one that is not needed any more. Nothing was changed.")
            }
            StoreError::TooManyViews => {
                Self::new(Code::ViewsFull, "Remove one that is not needed any more. Nothing was saved.")
            }
            StoreError::TooManySources => Self::new(
                Code::PeopleSourcesFull,
                "Remove one that is not needed any more. Nothing was saved.",
            ),
            StoreError::TooManyGroups => Self::new(
                Code::ExpertGroupsFull,
                "Remove one that is not needed any more. Nothing was saved.",
            ),
            StoreError::ScheduleBusy => {
                Self::new(Code::ScheduleBusy, "Wait until they are made, or cancel them. Nothing was queued.")
            }
            StoreError::NotFound("user") => Self::new(Code::UnknownUser, words),
            StoreError::NotFound("queue") => Self::new(Code::UnknownQueue, words),
            StoreError::NotFound("disposition") => Self::new(Code::UnknownDisposition, words),
            StoreError::NotFound("ability") => Self::new(Code::UnknownAbility, words),
            StoreError::NotFound("report schedule") => Self::new(Code::UnknownReportSchedule, words),
            StoreError::NotFound("saved view") => Self::new(Code::UnknownSavedView, words),
            StoreError::NotFound("people source") => Self::new(Code::UnknownPeopleSource, words),
            StoreError::NotFound("expert group") => Self::new(Code::UnknownExpertGroup, words),
            StoreError::NotFound("report run") => Self::new(Code::UnknownReportRun, words),
            StoreError::NotFound(_) => Self::new(Code::NotFound, words),
            StoreError::NulCharacter(_) | StoreError::TooLong(_) => Self::new(Code::Invalid, words),
            StoreError::Busy | StoreError::Closed => Self::new(Code::Busy, "Nothing was changed. Try again."),
            StoreError::Unavailable(_) => {
                tracing::error!(%error, "the database is not available");
                Self::new(Code::NotAvailable, "Nothing was changed. Try again in a moment.")
            }
            StoreError::InDoubt(_) => {
                tracing::error!(%error, "a write is in doubt");
                Self::new(Code::NotSaved, "Look whether the change is there before you try again.")
            }
            _ => {
                tracing::error!(%error, "the store failed");
                Self::new(Code::Internal, "Nothing was changed. The server's log says more.")
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, title) = self.code.row();
        let view = ProblemView {
            kind: "about:blank",
            title,
            status: status.as_u16(),
            code: self.code,
            detail: self.detail,
            errors: self.errors,
        };
        let body = serde_json::to_string(&view).unwrap_or_default();
        let mut response =
            (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
