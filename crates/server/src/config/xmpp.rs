//! What a `[[network]]` of kind `xmpp` needs besides the rest.

use super::kind::Kind;
use super::reader::Reader;
use std::path::PathBuf;
use toml::Value;

/// How Hookflash is a component of an XMPP server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmppSettings {
    /// Where the server listens for components: host and port.
    pub server: String,
    /// Our own domain there.
    pub component: String,
    /// A file with the secret that the server has for us.
    pub secret_file: PathBuf,
    /// The domain of the experts.
    pub domain: String,
    /// The address of the search service.
    pub search: Option<String>,
    /// The local part of the watcher in everybody's contact list.
    pub watcher: Option<String>,
    /// The language in which experts are spoken to whose own is not known: `en` or `de`.
    pub language: String,
}

/// Reads the keys; `is_kind`: the network is one of this kind.
pub(super) fn read(reader: &mut Reader, is_kind: bool) -> Option<XmppSettings> {
    let component: Option<String> =
        reader.optional("component", "xmpp: our own domain on the server, such as assist.example.com.");
    let secret_file: Option<PathBuf> = reader.optional(
        "component_secret_file",
        "xmpp: a file with the secret that the server has for this domain.",
    );
    let domain: Option<String> =
        reader.optional("domain", "xmpp: the domain of the experts, such as example.com.");
    let server = reader.value(
        "server",
        "127.0.0.1:5347".to_owned(),
        "xmpp: where the server listens for components. The connection is not encrypted: this machine, or a tunnel.",
    );
    let search = reader
        .optional("search", "xmpp: the address of the search service. Left out: no search on this network.");
    let watcher = reader.optional(
        "watcher",
        "xmpp: the local part of the address that a shared roster puts into everybody's contact list. Left out: presence \
         where the server grants it.",
    );
    let language = reader.value(
        "language",
        Language("en".to_owned()),
        "xmpp: the language in which experts are spoken to whose own is not known.",
    );
    if !is_kind {
        return None;
    }
    let (Some(component), Some(secret_file), Some(domain)) = (component, secret_file, domain) else {
        reader.wrong("component", "kind xmpp needs component, component_secret_file and domain");
        return None;
    };
    Some(XmppSettings { server, component, secret_file, domain, search, watcher, language: language.0 })
}

/// A language that the connector speaks.
struct Language(String);

impl Kind for Language {
    const ALLOWED: &'static str = "en or de";
    fn read(value: &Value, _: bool) -> Option<Self> {
        let language = value.as_str().filter(|language| ["en", "de"].contains(language))?;
        Some(Self(language.to_owned()))
    }
    fn shown(&self) -> String {
        format!("\"{}\"", self.0)
    }
}
