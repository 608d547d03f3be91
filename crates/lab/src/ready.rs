//! The ready line: one JSON line on standard output, and the same in a file for whoever waits for it.

use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;

/// Says that the process listens. The file appears complete or not at all.
pub(crate) fn announce(ready: &serde_json::Value, file: Option<&Path>) -> anyhow::Result<()> {
    if let Some(path) = file {
        let partial = path.with_extension("partial");
        std::fs::write(&partial, ready.to_string())
            .with_context(|| format!("cannot write {}", partial.display()))?;
        std::fs::rename(&partial, path).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{ready}")?;
    out.flush()?;
    Ok(())
}
