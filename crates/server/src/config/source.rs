//! Where settings come from.

use std::path::{Path, PathBuf};

/// The three sources, not yet understood.
#[derive(Clone, Default)]
pub struct Sources {
    /// The file's name and text, if there is one.
    pub text: Option<(PathBuf, String)>,
    /// Variables of the environment; those that begin with `HOOKFLASH_` and hold `__` are settings.
    pub env: Vec<(String, String)>,
    /// Keys with values from the command line.
    pub flags: Vec<(&'static str, String)>,
}

impl Sources {
    /// Reads the file, or `hookflash.toml` in the working folder where none is named, and the
    /// environment.
    ///
    /// # Errors
    /// The file that was named cannot be read.
    pub fn gather(file: Option<&Path>, flags: Vec<(&'static str, String)>) -> std::io::Result<Self> {
        let path = file.unwrap_or(Path::new("hookflash.toml"));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => Some((path.to_owned(), text)),
            Err(error) if file.is_none() && error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => {
                return Err(std::io::Error::new(error.kind(), format!("{}: {error}", path.display())));
            }
        };
        let env = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .filter(|(name, _)| name.starts_with("HOOKFLASH_"))
            .collect();
        Ok(Self { text, env, flags })
    }
}
