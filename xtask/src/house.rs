//! The tree of sources that the rules look at.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use ignore::WalkBuilder;

/// The repository's root and every file in it that git would track.
pub(crate) struct House {
    /// Absolute path of the repository.
    pub(crate) root: PathBuf,
    /// Paths relative to the root, with `/` between the parts, sorted.
    pub(crate) paths: Vec<String>,
}

impl House {
    /// Lists the house that this program was built from. Files named in `.gitignore` are left out, whether
    /// or not there is a `.git` folder.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub(crate) fn open() -> anyhow::Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask has no parent folder")?;
        let mut paths = Vec::new();
        let walk = WalkBuilder::new(root)
            .hidden(false)
            .parents(false)
            .git_global(false)
            .git_exclude(false)
            .require_git(false)
            .filter_entry(|entry| entry.file_name() != ".git")
            .build();
        for entry in walk {
            let entry = entry?;
            if entry.file_type().is_some_and(|kind| kind.is_file()) {
                let path = entry.path().strip_prefix(root)?;
                paths.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
        paths.sort();
        Ok(Self { root: root.to_owned(), paths })
    }

    /// The paths that end in one of `extensions` (given without the dot).
    pub(crate) fn with_extension<'a>(&'a self, extensions: &'a [&str]) -> impl Iterator<Item = &'a str> {
        self.paths.iter().map(String::as_str).filter(|path| {
            path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
        })
    }

    /// The text of a file; `None` when it is not UTF-8, or has gone since the tree was listed.
    ///
    /// # Errors
    /// When the file exists and cannot be read.
    pub(crate) fn text(&self, path: &str) -> anyhow::Result<Option<String>> {
        match fs::read(self.root.join(path)) {
            Ok(bytes) => Ok(String::from_utf8(bytes).ok()),
            Err(trouble) if trouble.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(trouble) => Err(trouble).with_context(|| format!("reading {path}")),
        }
    }
}
