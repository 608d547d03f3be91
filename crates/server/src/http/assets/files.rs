//! Where a file of the desk comes from.

use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The built desk; empty where it was not built before the server.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Embedded;

/// Largest file that is served from a folder.
const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// The desk's files.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    folder: Option<Arc<PathBuf>>,
}

/// A file with what the browser must know of it.
pub(super) struct File {
    pub(super) bytes: Vec<u8>,
    pub(super) mime: String,
    pub(super) etag: String,
}

impl Assets {
    /// Those of a folder, or the built-in ones.
    #[must_use]
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder: folder.map(Arc::new) }
    }

    /// The file of this name, if there is one.
    pub(super) async fn file(&self, name: &str) -> Option<File> {
        if name.is_empty() {
            return None;
        }
        match &self.folder {
            Some(folder) => from_folder(folder, name).await,
            None => embedded(name),
        }
    }
}

fn embedded(name: &str) -> Option<File> {
    let file = Embedded::get(name)?;
    let etag = etag(&file.metadata.sha256_hash());
    Some(File { mime: file.metadata.mimetype().to_owned(), etag, bytes: file.data.into_owned() })
}

/// Only plain names below the folder: no `..`, no absolute path, no link that leads out.
async fn from_folder(folder: &Path, name: &str) -> Option<File> {
    let relative = Path::new(name);
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let root = tokio::fs::canonicalize(folder).await.ok()?;
    let path =
        tokio::fs::canonicalize(root.join(relative)).await.ok().filter(|path| path.starts_with(&root))?;
    let about = tokio::fs::metadata(&path).await.ok()?;
    if !about.is_file() || about.len() > MAX_BYTES {
        return None;
    }
    let bytes = tokio::fs::read(&path).await.ok()?;
    Some(File { mime: mime(name), etag: etag(&Sha256::digest(&bytes)), bytes })
}

fn mime(name: &str) -> String {
    mime_guess::from_path(name).first_or_octet_stream().to_string()
}

fn etag(hash: &[u8]) -> String {
    let hex: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}
