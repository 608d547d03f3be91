//! The kinds of values that a setting may have.

use hookflash_voice::{Music, Network};
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::PathBuf;
use toml::Value;
use url::Url;

/// A kind of value: how it is read, shown and explained.
pub(super) trait Kind: Sized {
    /// What is allowed, to stand after "must be".
    const ALLOWED: &'static str;
    /// The value may hold a password, so a mistake does not repeat it.
    const SECRET: bool = false;
    /// Reads it; `is_text` where everything is text (environment, flags).
    fn read(value: &Value, is_text: bool) -> Option<Self>;
    /// As it is written in the file.
    fn shown(&self) -> String;
}

impl Kind for u32 {
    const ALLOWED: &'static str = "a number";
    fn read(value: &Value, is_text: bool) -> Option<Self> {
        match value {
            Value::Integer(number) => Self::try_from(*number).ok(),
            Value::String(text) if is_text => text.trim().parse().ok(),
            _ => None,
        }
    }
    fn shown(&self) -> String {
        self.to_string()
    }
}

/// Kinds that are one text in the file.
macro_rules! text_kind {
    ($($kind:ty, $allowed:literal, $read:expr, $shown:expr;)+) => {$(
        impl Kind for $kind {
            const ALLOWED: &'static str = $allowed;
            fn read(value: &Value, _: bool) -> Option<Self> {
                let read: fn(&str) -> Option<Self> = $read;
                read(value.as_str()?)
            }
            fn shown(&self) -> String {
                let shown: fn(&Self) -> String = $shown;
                format!("\"{}\"", shown(self))
            }
        }
    )+};
}

text_kind! {
    String, "a text of 1 to 500 characters",
        |text| (1..=500).contains(&text.trim().chars().count()).then(|| text.trim().to_owned()), Clone::clone;
    SocketAddr, "an address with a port, such as 127.0.0.1:8080", |text| text.parse().ok(), ToString::to_string;
    IpAddr, "an address, such as 192.0.2.10", |text| text.parse().ok(), ToString::to_string;
    PathBuf, "a path", |text| (!text.is_empty()).then(|| text.into()), |path| path.display().to_string();
    Url, "an address that begins with https:// or http://", read_url, ToString::to_string;
    Music, "piece, or tone: and a number of hertz from 100 to 3000, such as tone:440", read_music, show_music;
    RangeInclusive<u16>, "two ports with a hyphen between them, such as 10000-10999", read_ports,
        |ports| format!("{}-{}", ports.start(), ports.end());
}

/// The address of a database; it may hold a password.
pub(super) struct DatabaseUrl(pub(super) String);

impl Kind for DatabaseUrl {
    const ALLOWED: &'static str = "sqlite:<path> or postgres://<user>:<password>@<host>/<database>";
    const SECRET: bool = true;
    fn read(value: &Value, _: bool) -> Option<Self> {
        let text = value.as_str()?;
        let known = ["sqlite:", "postgres://", "postgresql://"];
        known
            .iter()
            .any(|start| text.len() > start.len() && text.starts_with(start))
            .then(|| Self(text.to_owned()))
    }
    fn shown(&self) -> String {
        format!("\"{}\"", self.0)
    }
}

impl Kind for Vec<Network> {
    const ALLOWED: &'static str = "a list of addresses or ranges, such as [\"192.0.2.7\", \"10.0.0.0/8\"]";
    fn read(value: &Value, is_text: bool) -> Option<Self> {
        read_list(value, is_text)?.iter().map(|text| text.parse().ok()).collect()
    }
    fn shown(&self) -> String {
        show_list(self.iter().map(|network| format!("{}/{}", network.address, network.prefix)))
    }
}

impl Kind for Vec<String> {
    const ALLOWED: &'static str = "a list of at most 100 texts";
    fn read(value: &Value, is_text: bool) -> Option<Self> {
        read_list(value, is_text)
    }
    fn shown(&self) -> String {
        show_list(self.iter().cloned())
    }
}

pub(super) fn read_list(value: &Value, is_text: bool) -> Option<Vec<String>> {
    let texts: Vec<String> = match value {
        Value::Array(items) => {
            items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<_>>()?
        }
        Value::String(text) if is_text => {
            text.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
        }
        _ => return None,
    };
    (texts.len() <= 100).then_some(texts)
}

pub(super) fn show_list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.map(|item| format!("\"{item}\"")).collect::<Vec<_>>().join(", "))
}

fn read_url(text: &str) -> Option<Url> {
    let url: Url = text.parse().ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host() && url.username().is_empty()).then_some(url)
}

fn read_ports(text: &str) -> Option<RangeInclusive<u16>> {
    let (first, last) = text.split_once('-')?;
    let ports: RangeInclusive<u16> = first.trim().parse().ok()?..=last.trim().parse().ok()?;
    (!ports.is_empty()).then_some(ports)
}

fn read_music(text: &str) -> Option<Music> {
    if text == "piece" {
        return Some(Music::Piece);
    }
    let hertz = text.strip_prefix("tone:")?.parse().ok()?;
    (100..=3_000).contains(&hertz).then_some(Music::Tone(hertz))
}

fn show_music(music: &Music) -> String {
    match music {
        Music::Piece => "piece".to_owned(),
        Music::Tone(hertz) => format!("tone:{hertz}"),
    }
}
