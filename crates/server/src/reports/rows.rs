//! Rows of a report, read once from the store for all of its files.

use hookflash_reports::Row;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Seek as _, Write as _};

/// As many rows are in memory; what has more is in a file without a name, which is gone with the process.
const MOST_HELD: usize = 10_000;

/// The rows; so many files may be written of them, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    held: Vec<Row>,
    more: Option<BufWriter<File>>,
    count: usize,
}

impl Rows {
    /// How many.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// Adds one.
    ///
    /// # Errors
    /// The temporary folder cannot be written.
    pub(super) fn push(&mut self, row: Row) -> io::Result<()> {
        self.count += 1;
        if self.count <= MOST_HELD {
            self.held.push(row);
            return Ok(());
        }
        let mut more = match self.more.take() {
            Some(more) => more,
            None => BufWriter::new(tempfile::tempfile()?),
        };
        serde_json::to_writer(&mut more, &row)?;
        more.write_all(b"\n")?;
        self.more = Some(more);
        Ok(())
    }

    /// All of them, in order, from the first on.
    ///
    /// # Errors
    /// The file cannot be read; each row may meet the same.
    pub(super) fn iter(&mut self) -> io::Result<impl Iterator<Item = io::Result<Row>> + '_> {
        let more = match &mut self.more {
            Some(more) => {
                more.flush()?;
                let mut file = more.get_ref().try_clone()?;
                file.rewind()?;
                Some(BufReader::new(file).lines())
            }
            None => None,
        };
        let more = more.into_iter().flatten().map(|line| Ok(serde_json::from_str(&line?)?));
        Ok(self.held.iter().cloned().map(Ok).chain(more))
    }
}

impl From<Vec<Row>> for Rows {
    fn from(held: Vec<Row>) -> Self {
        Self { count: held.len(), held, more: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hookflash_domain::Timestamp;
    use hookflash_reports::Cell;

    #[test]
    fn rows_come_back_as_they_were_and_as_often_as_they_are_wanted() {
        let row = |number: usize| {
            let text = Cell::text(format!("{number}\n\"ü\""));
            vec![Cell::None, text, Cell::At(Timestamp(-1)), Cell::Number(number as f64 / 2.0)]
        };
        let mut rows = Rows::default();
        let count = MOST_HELD + 7;
        for number in 0..count {
            rows.push(row(number)).unwrap();
        }
        assert_eq!(rows.len(), count);
        for _ in 0..2 {
            let all: Vec<_> = rows.iter().unwrap().map(Result::unwrap).collect();
            assert!(all.into_iter().eq((0..count).map(row)));
        }
    }
}
