//! `[store]` and `[secrets]`.

use super::kind::DatabaseUrl;
use super::reader::Reader;
use std::fmt;
use std::path::{Path, PathBuf};

/// Where facts are kept.
#[derive(Clone)]
pub struct StoreConfig {
    /// `sqlite:<path>` or `postgres://…`; may hold a password.
    pub url: String,
}

impl StoreConfig {
    /// The file of a SQLite database.
    #[must_use]
    pub fn sqlite_file(&self) -> Option<&Path> {
        self.url.strip_prefix("sqlite:").map(|path| Path::new(path.trim_start_matches("//")))
    }
}

impl fmt::Debug for StoreConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.url.split(':').next().unwrap_or_default();
        f.debug_struct("StoreConfig").field("url", &format_args!("{kind}:…")).finish()
    }
}

/// How secrets at rest are protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretsConfig {
    /// The file with the key of 32 bytes.
    pub key_file: PathBuf,
    /// The file with the key before this one, while the key is being changed.
    pub old_key_file: Option<PathBuf>,
}

pub(super) fn read(reader: &mut Reader) -> StoreConfig {
    let default = DatabaseUrl("sqlite:data/hookflash.db".to_owned());
    let url = reader.value(
        "store.url",
        default,
        "The database: a SQLite file, which is made where it does not exist, or a PostgreSQL database.",
    );
    StoreConfig { url: url.0 }
}

pub(super) fn read_secrets(reader: &mut Reader, store: &StoreConfig) -> SecretsConfig {
    let beside = store.sqlite_file().unwrap_or(Path::new("data/hookflash.db")).with_extension("key");
    let key_file = reader.value(
        "secrets.key_file",
        beside,
        "The key with which passwords of chat networks are encrypted. Made at the first start, beside the database. \
         Keep a copy apart from the backups: without it agents must connect their accounts again.",
    );
    let old_key_file = reader.optional(
        "secrets.old_key_file",
        "The key before, while the key is being changed: at the start every secret is encrypted anew with key_file. \
         Take this setting out when the log says that it is done.",
    );
    if old_key_file.as_ref() == Some(&key_file) {
        reader.wrong("secrets.old_key_file", "must be another file than secrets.key_file");
    }
    SecretsConfig { key_file, old_key_file }
}
