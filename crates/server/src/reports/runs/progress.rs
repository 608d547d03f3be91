//! How far a run is, and whether it is still wanted.

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering::Relaxed};

/// Of the whole, what reading takes.
const READING: usize = 20;

/// Shared by the thread that makes the files and the task that watches it.
#[derive(Debug, Default)]
pub(super) struct Progress {
    percent: AtomicU8,
    is_stopped: AtomicBool,
}

impl Progress {
    /// 0 to 100.
    pub(super) fn percent(&self) -> i64 {
        self.percent.load(Relaxed).into()
    }

    /// Tells the thread that nobody wants the files any more.
    pub(super) fn stop(&self) {
        self.is_stopped.store(true, Relaxed);
    }

    pub(super) fn is_wanted(&self) -> bool {
        !self.is_stopped.load(Relaxed)
    }

    /// So many of these rows are written, in so many of these files.
    pub(super) fn written(&self, rows: (usize, usize), files: (usize, usize)) {
        let whole = (rows.1.max(1)) * files.1.max(1);
        let done = files.0 * rows.1.max(1) + rows.0;
        let percent = READING + (100 - READING) * done / whole;
        self.percent.store(u8::try_from(percent.min(99)).unwrap_or(99), Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_has_its_share_and_only_the_end_is_the_whole() {
        let progress = Progress::default();
        let mut told = vec![progress.percent()];
        for (rows, files) in [((0, 10), (0, 2)), ((5, 10), (0, 2)), ((5, 10), (1, 2)), ((10, 10), (1, 2))] {
            progress.written(rows, files);
            told.push(progress.percent());
        }
        progress.written((0, 0), (0, 1));
        told.push(progress.percent());
        assert_eq!(told, [0, 20, 40, 80, 99, 20]);
    }
}
