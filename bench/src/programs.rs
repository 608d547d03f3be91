//! Where the programs under test are.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// The built programs.
#[derive(Debug, Clone)]
pub struct Programs {
    /// The server.
    pub hookflash: PathBuf,
    /// The stand-ins.
    pub lab: PathBuf,
}

impl Programs {
    /// Those of `HOOKFLASH_BIN` and `HOOKFLASH_LAB_BIN`, otherwise those built beside this program.
    ///
    /// # Errors
    /// One is not there; the error says how to build it.
    pub fn find() -> anyhow::Result<Self> {
        let this = std::env::current_exe().context("where this program is")?;
        // target/<profile>/deps/<test>, or target/<profile>/<binary>
        let folder = this.parent().context("a program is in a folder")?;
        let folder = if folder.ends_with("deps") { folder.parent().unwrap_or(folder) } else { folder };
        Ok(Self {
            hookflash: find("HOOKFLASH_BIN", folder, "hookflash")?,
            lab: find("HOOKFLASH_LAB_BIN", folder, "hookflash-lab")?,
        })
    }
}

fn find(variable: &str, folder: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let path = std::env::var_os(variable).map_or_else(|| folder.join(name), PathBuf::from);
    anyhow::ensure!(
        path.is_file(),
        "{} is not built: cargo build -p hookflash -p hookflash-lab (with --release for benches)",
        path.display()
    );
    Ok(path)
}
