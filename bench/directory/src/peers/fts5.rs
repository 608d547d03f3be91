//! SQLite's FTS5, in memory: those with exactly the words first, then those that begin so. It knows no
//! errors.

use hookflash_bench_directory::population::Person;
use rusqlite::Connection;

use super::{Peer, append, searchable};
use crate::run::FOUND;

pub(super) struct Fts5(Connection);

pub(super) fn build(people: &[Person]) -> anyhow::Result<(Fts5, f64)> {
    let mut connection = Connection::open_in_memory()?;
    connection.execute_batch(
        "create virtual table people using fts5(name, content='', detail=none, \
         tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')",
    )?;
    let transaction = connection.transaction()?;
    {
        let mut insert = transaction.prepare("insert into people(rowid, name) values (?1, ?2)")?;
        for (place, person) in people.iter().enumerate() {
            insert.execute((place as i64, searchable(person)))?;
        }
    }
    transaction.commit()?;
    connection.execute_batch("insert into people(people) values ('optimize')")?;
    let pages: i64 = connection.query_row("pragma page_count", (), |row| row.get(0))?;
    let size: i64 = connection.query_row("pragma page_size", (), |row| row.get(0))?;
    Ok((Fts5(connection), (pages * size) as f64 / 1e6))
}

impl Peer for Fts5 {
    fn find(&mut self, words: &[String]) -> anyhow::Result<Vec<usize>> {
        let mut found = Vec::new();
        for behind in ["", " *"] {
            if words.is_empty() || found.len() >= FOUND {
                break;
            }
            let terms: Vec<_> = words.iter().map(|word| format!("\"{word}\"{behind}")).collect();
            append(&mut found, self.search(&terms.join(" AND "))?);
        }
        Ok(found)
    }
}

impl Fts5 {
    fn search(&self, query: &str) -> anyhow::Result<Vec<usize>> {
        let mut select = self.0.prepare_cached("select rowid from people where people match ?1 limit ?2")?;
        let rows = select.query_map((query, FOUND as i64), |row| row.get::<_, i64>(0))?;
        rows.map(|row| Ok(row? as usize)).collect()
    }
}
