//! `[log]`.

use super::kind::Kind;
use super::reader::Reader;
use toml::Value;

/// What is written to the log, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogConfig {
    /// Lines for people or for machines.
    pub format: LogFormat,
    /// A level, or levels by module.
    pub level: String,
}

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// A level, or levels by module.
struct Level(String);

impl Kind for LogFormat {
    const ALLOWED: &'static str = "text or json";
    fn read(value: &Value, _: bool) -> Option<Self> {
        match value.as_str()? {
            "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
    fn shown(&self) -> String {
        if *self == Self::Json { "\"json\"" } else { "\"text\"" }.to_owned()
    }
}

impl Kind for Level {
    const ALLOWED: &'static str =
        "error, warn, info, debug or trace, or levels by module such as info,hookflash_voice=debug";
    fn read(value: &Value, _: bool) -> Option<Self> {
        let text = value.as_str()?;
        let is_level = |word: &str| word.parse::<tracing::level_filters::LevelFilter>().is_ok();
        let all = text.split(',').all(|part| is_level(part.rsplit('=').next().unwrap_or_default().trim()));
        (all && text.parse::<tracing_subscriber::EnvFilter>().is_ok()).then(|| Self(text.to_owned()))
    }
    fn shown(&self) -> String {
        format!("\"{}\"", self.0)
    }
}

pub(super) fn read(reader: &mut Reader) -> LogConfig {
    LogConfig {
        format: reader.value("log.format", LogFormat::Text, "Lines for people, or one JSON object a line."),
        level: reader.value("log.level", Level("info".to_owned()), "How much is told.").0,
    }
}
