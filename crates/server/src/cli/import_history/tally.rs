//! What came of the lines, and telling of it.

use anyhow::Context as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

/// Most refusals that are told on standard error.
const MAX_TOLD: u64 = 1_000;
/// Between two words of progress.
const PACE: Duration = Duration::from_secs(2);

/// Counts.
pub(super) struct Tally {
    pub(super) imported: u64,
    pub(super) there: u64,
    refused: u64,
    file: Option<BufWriter<File>>,
    told_at: Instant,
}

impl Tally {
    pub(super) fn open(refused: Option<&Path>) -> anyhow::Result<Self> {
        let create = |path: &Path| {
            File::create(path).map(BufWriter::new).with_context(|| format!("cannot write {}", path.display()))
        };
        let file = refused.map(create).transpose()?;
        Ok(Self { imported: 0, there: 0, refused: 0, file, told_at: crate::clock::monotonic() })
    }

    pub(super) fn refuse(&mut self, number: u64, reason: &str) -> anyhow::Result<()> {
        self.refused += 1;
        if self.refused <= MAX_TOLD {
            eprintln!("line {number}: {reason}");
        }
        if let Some(file) = &mut self.file {
            writeln!(file, "line {number}: {reason}")?;
        }
        Ok(())
    }

    pub(super) fn progress(&mut self, lines: u64) {
        let now = crate::clock::monotonic();
        if now.duration_since(self.told_at) >= PACE {
            self.told_at = now;
            eprintln!("{lines} lines read; {}", self.words());
        }
    }

    pub(super) fn finish(mut self, lines: u64) -> anyhow::Result<()> {
        if let Some(file) = &mut self.file {
            file.flush()?;
        }
        println!("{lines} lines: {}.", self.words());
        anyhow::ensure!(self.refused == 0, "{} lines were refused", self.refused);
        Ok(())
    }

    fn words(&self) -> String {
        format!("{} imported, {} were there already, {} refused", self.imported, self.there, self.refused)
    }
}
