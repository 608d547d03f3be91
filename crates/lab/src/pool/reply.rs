//! What is answered: a resource, nothing, raw bytes, or a fault with the body of ucwa.md §6.

use std::borrow::Cow;

use bytes::Bytes;

use super::wire::{Resource, json, xml};

/// The body of a reply.
#[derive(Debug)]
pub(crate) enum Body {
    Empty,
    Resource(Box<Resource>),
    Raw(Cow<'static, str>, Bytes),
}

/// A reply before it becomes HTTP.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Body,
}

impl Reply {
    /// Only a status.
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Body::Empty }
    }

    /// 204.
    pub(crate) fn no_content() -> Self {
        Self::empty(204)
    }

    /// 200 with a resource.
    pub(crate) fn resource(resource: Resource) -> Self {
        Self { status: 200, headers: Vec::new(), body: Body::Resource(Box::new(resource)) }
    }

    /// 200 with bytes.
    pub(crate) fn raw(kind: impl Into<Cow<'static, str>>, body: impl Into<Bytes>) -> Self {
        Self { status: 200, headers: Vec::new(), body: Body::Raw(kind.into(), body.into()) }
    }

    /// 201 with the path of what was made.
    pub(crate) fn created(location: impl Into<String>) -> Self {
        Self::empty(201).header("Location", location)
    }

    /// Another status.
    pub(crate) fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// One more header.
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The content type and bytes of the body.
    pub(crate) fn render(self, as_xml: bool) -> (Option<String>, Bytes) {
        match self.body {
            Body::Empty => (None, Bytes::new()),
            Body::Raw(kind, bytes) => (Some(kind.into_owned()), bytes),
            Body::Resource(resource) if as_xml => {
                (Some("application/xml; charset=utf-8".to_owned()), xml::resource(&resource).into())
            }
            Body::Resource(resource) => {
                (Some("application/json; charset=utf-8".to_owned()), json::resource(&resource).into())
            }
        }
    }
}

/// A refusal.
#[derive(Debug)]
pub(crate) enum Fault {
    /// With the UCWA error body.
    Ucwa { status: u16, code: &'static str, subcode: &'static str, parameter: Option<&'static str> },
    /// A refusal with one more header.
    WithHeader(Box<Fault>, &'static str, String),
    /// A reply that has no UCWA body (401, the ticket service, a proxy's page).
    Plain(Box<Reply>),
}

impl Fault {
    /// With code and subcode; the subcode may be empty.
    pub(crate) fn new(status: u16, code: &'static str, subcode: &'static str) -> Self {
        Self::Ucwa { status, code, subcode, parameter: None }
    }

    /// 400 for a parameter.
    pub(crate) fn parameter(name: &'static str) -> Self {
        let (code, subcode) = ("BadRequest", "ParameterValidationFailure");
        Self::Ucwa { status: 400, code, subcode, parameter: Some(name) }
    }

    /// 404 without a better word.
    pub(crate) fn not_found() -> Self {
        Self::new(404, "NotFound", "")
    }

    /// 404: everything below a missing application.
    pub(crate) fn application_not_found() -> Self {
        Self::new(404, "NotFound", "ApplicationNotFound")
    }

    /// 404: the chat is over.
    pub(crate) fn conversation_not_found() -> Self {
        Self::new(404, "NotFound", "ConversationNotFound")
    }

    /// 409 in lurker mode.
    pub(crate) fn lurker() -> Self {
        Self::new(409, "Conflict", "MakeMeAvailableRequired")
    }

    /// One more header.
    pub(crate) fn header(self, name: &'static str, value: impl Into<String>) -> Self {
        Self::WithHeader(Box::new(self), name, value.into())
    }

    /// As a reply.
    pub(crate) fn into_reply(self, as_xml: bool) -> Reply {
        match self {
            Self::Plain(reply) => *reply,
            Self::WithHeader(fault, name, value) => fault.into_reply(as_xml).header(name, value),
            Self::Ucwa { status, code, subcode, parameter } => {
                let body = error_body(code, subcode, parameter, as_xml);
                let kind =
                    if as_xml { "application/xml; charset=utf-8" } else { "application/json; charset=utf-8" };
                Reply::raw(kind, body).status(status)
            }
        }
    }
}

fn error_body(code: &str, subcode: &str, parameter: Option<&str>, as_xml: bool) -> String {
    const MESSAGE: &str =
        "An error occurred. Please retry. If the problem persists, contact your support team.";
    if as_xml {
        return xml::reason(code, subcode, MESSAGE);
    }
    let mut out = String::from("{\"code\":");
    json::write_str(&mut out, code);
    if !subcode.is_empty() {
        out.push_str(",\"subcode\":");
        json::write_str(&mut out, subcode);
    }
    out.push_str(",\"message\":");
    json::write_str(&mut out, MESSAGE);
    if let Some(parameter) = parameter {
        out.push_str(",\"parameters\":[{\"name\":");
        json::write_str(&mut out, parameter);
        out.push_str(",\"reason\":\"Invalid value.\"}]");
    }
    out.push_str(&format!(",\"debugInfo\":{{\"errorReportId\":\"{}\"}}}}", crate::clock::random_hex()));
    out
}
