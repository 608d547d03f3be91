//! PostgreSQL's pg_trgm: those with a word that begins so, exact words first; with too few found, those
//! with similar words.

use std::io::Write as _;
use std::path::Path;

use hookflash_bench::database::{Cluster, Database};
use hookflash_bench_directory::population::Person;
use postgres::{Client, NoTls};

use super::{Peer, append, searchable};
use crate::run::FOUND;

pub(super) struct PgTrgm {
    client: Client,
    // Ends with the last of its clients.
    _server: Database,
}

pub(super) fn build(people: &[Person]) -> anyhow::Result<(PgTrgm, f64)> {
    let runtime = tokio::runtime::Runtime::new()?;
    let server = Database::Postgres(Box::new(runtime.block_on(Cluster::start())?));
    let mut client = Client::connect(&server.url(Path::new("")), NoTls)?;
    client.batch_execute(
        "create extension pg_trgm; create table people (number bigint not null, name text not null)",
    )?;
    let mut copy = client.copy_in("copy people (number, name) from stdin")?;
    for (place, person) in people.iter().enumerate() {
        writeln!(copy, "{place}\t{}", searchable(person))?;
    }
    copy.finish()?;
    client.batch_execute(
        "set maintenance_work_mem = '512MB'; \
         create index on people using gin (name gin_trgm_ops); analyze people",
    )?;
    let size = "select pg_total_relation_size('people')";
    let bytes: i64 = client.query_one(size, &[])?.get(0);
    Ok((PgTrgm { client, _server: server }, bytes as f64 / 1e6))
}

impl Peer for PgTrgm {
    fn find(&mut self, words: &[String]) -> anyhow::Result<Vec<usize>> {
        let mut found = Vec::new();
        if words.is_empty() {
            return Ok(found);
        }
        for end in ["\\M", ""] {
            let patterns: Vec<_> = words.iter().map(|word| format!("\\m{word}{end}")).collect();
            if found.len() < FOUND {
                append(&mut found, self.beginning(&patterns)?);
            }
        }
        if found.len() < FOUND && words.iter().any(|word| word.chars().count() >= 4) {
            append(&mut found, self.similar(words)?);
        }
        Ok(found)
    }
}

impl PgTrgm {
    fn beginning(&mut self, patterns: &[String]) -> anyhow::Result<Vec<usize>> {
        let all: Vec<_> = (1..=patterns.len()).map(|number| format!("name ~ ${number}")).collect();
        let select = format!("select number from people where {} limit {FOUND}", all.join(" and "));
        let values: Vec<&(dyn postgres::types::ToSql + Sync)> = patterns.iter().map(|one| one as _).collect();
        let rows = self.client.query(&select, &values)?;
        Ok(rows.iter().map(|row| row.get::<_, i64>(0) as usize).collect())
    }

    /// Every word must be similar to a word of the name; the most similar first.
    fn similar(&mut self, words: &[String]) -> anyhow::Result<Vec<usize>> {
        let all: Vec<_> = (1..=words.len()).map(|number| format!("${number} <% name")).collect();
        let order: Vec<_> = (1..=words.len()).map(|number| format!("(${number} <<-> name)")).collect();
        let select = format!(
            "select number from people where {} order by {} limit {FOUND}",
            all.join(" and "),
            order.join(" + ")
        );
        let values: Vec<&(dyn postgres::types::ToSql + Sync)> = words.iter().map(|one| one as _).collect();
        let rows = self.client.query(&select, &values)?;
        Ok(rows.iter().map(|row| row.get::<_, i64>(0) as usize).collect())
    }
}
