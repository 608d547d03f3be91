//! Statements on their way to the database. SQLite takes them as one text that begins the transaction and ends it,
//! because a round to its thread costs more than a row; PostgreSQL takes one statement at a time.

use crate::StoreError;
use crate::tx::{COMMIT, SQLITE_BEGIN};
use futures_util::TryStreamExt as _;
use sqlx::error::BoxDynError;
use sqlx::{
    Arguments, AssertSqlSafe, Database, Executor, IntoArguments, PgConnection, Postgres, Sqlite,
    SqliteConnection, query_with,
};

/// Most rows of one statement.
const MAX_ROWS: usize = 64;
/// Most rows of a prepared statement whose every number of rows has a text of its own.
const MAX_EXACT: usize = 16;

/// How many statements an engine takes in one text.
pub(super) trait Texts: Database {
    /// All of them, in a transaction that the text itself begins.
    const TOGETHER: bool;

    /// How many rows a statement touched, and the number that SQLite gave to the last.
    fn touched(result: &Self::QueryResult) -> (u64, i64);

    /// Adds a number of rows.
    fn add_count(arguments: &mut Self::Arguments, count: usize) -> Result<(), BoxDynError>;
}

impl Texts for Sqlite {
    const TOGETHER: bool = true;

    fn touched(result: &Self::QueryResult) -> (u64, i64) {
        (result.rows_affected(), result.last_insert_rowid())
    }

    fn add_count(arguments: &mut Self::Arguments, count: usize) -> Result<(), BoxDynError> {
        arguments.add(i64::try_from(count)?)
    }
}

impl Texts for Postgres {
    const TOGETHER: bool = false;

    fn touched(result: &Self::QueryResult) -> (u64, i64) {
        (result.rows_affected(), 0)
    }

    fn add_count(arguments: &mut Self::Arguments, count: usize) -> Result<(), BoxDynError> {
        arguments.add(i64::try_from(count)?)
    }
}

/// A connection that knows its engine.
pub(super) trait OfEngine {
    /// The engine.
    type Engine: Texts;
}

impl OfEngine for SqliteConnection {
    type Engine = Sqlite;
}

impl OfEngine for PgConnection {
    type Engine = Postgres;
}

/// A script for a connection, with nothing in it but the beginning of a transaction where that is the script's.
pub(super) fn script_for<C: OfEngine>(_: &C) -> Script<C::Engine> {
    Script::new()
}

/// Statements with their arguments, in order.
pub(super) struct Script<D: Texts> {
    texts: Vec<(String, D::Arguments)>,
    /// For each statement how many rows it must touch; none where that does not matter.
    expected: Vec<Option<usize>>,
}

/// What a script did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ran {
    /// The number that SQLite gave to the last row.
    pub(super) last_row: i64,
    /// Every statement touched as many rows as it must.
    pub(super) as_expected: bool,
    /// It has ended its transaction.
    pub(super) is_committed: bool,
}

impl<D: Texts> Script<D> {
    fn new() -> Self {
        let mut script = Self { texts: Vec::new(), expected: Vec::new() };
        if D::TOGETHER {
            script.add(SQLITE_BEGIN);
        }
        script
    }

    /// Writes all rows by a statement for one, `… values ($1, $2) …`.
    pub(super) fn put<R>(
        &mut self,
        sql: &str,
        rows: &[R],
        bind: impl Fn(&R, &mut D::Arguments) -> Result<(), BoxDynError>,
    ) -> Result<(), StoreError> {
        let mut rest = rows;
        while !rest.is_empty() {
            let (part, others) = rest.split_at(part_count(rest.len()));
            rest = others;
            let (from, all) = self.open(None);
            all.0.push_str(&for_rows::<D>(sql, part.len(), from));
            for row in part {
                bind(row, &mut all.1).map_err(sqlx::Error::Encode)?;
            }
        }
        Ok(())
    }

    /// Does to all ids what a statement does to one, `… in ($3)`, where `lead` arguments come before the ids. Where
    /// there is a `guard` each id must be there: a text that goes to its end has the guard behind the statement, which
    /// fails unless it counts them all, `… $1 <> … in ($2)`.
    pub(super) fn each<R>(
        &mut self,
        sql: &str,
        ids: &[R],
        guard: Option<&str>,
        lead: impl Fn(&mut D::Arguments) -> Result<usize, BoxDynError>,
        bind: impl Fn(&R, &mut D::Arguments) -> Result<(), BoxDynError>,
    ) -> Result<(), StoreError> {
        for part in ids.chunks(MAX_ROWS) {
            let must = guard.filter(|_| !D::TOGETHER).map(|_| part.len());
            self.about(sql, part, must, &lead, &bind)?;
            if let Some(guard) = guard.filter(|_| D::TOGETHER) {
                let count = |arguments: &mut D::Arguments| D::add_count(arguments, part.len()).map(|()| 1);
                self.about(guard, part, None, count, &bind)?;
            }
        }
        Ok(())
    }

    /// Adds a statement about some ids, of which it touches as many as it must.
    fn about<R>(
        &mut self,
        sql: &str,
        ids: &[R],
        must: Option<usize>,
        lead: impl Fn(&mut D::Arguments) -> Result<usize, BoxDynError>,
        bind: impl Fn(&R, &mut D::Arguments) -> Result<(), BoxDynError>,
    ) -> Result<(), StoreError> {
        let (from, all) = self.open(must);
        let leading = lead(&mut all.1).map_err(sqlx::Error::Encode)?;
        all.0.push_str(&for_ids::<D>(sql, leading, ids.len(), from));
        for id in ids {
            bind(id, &mut all.1).map_err(sqlx::Error::Encode)?;
        }
        Ok(())
    }

    /// Carries the statements out until one fails. A text that is the whole transaction ends it.
    pub(super) async fn run(mut self, conn: &mut D::Connection) -> sqlx::Result<Ran>
    where
        for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
        D::Arguments: IntoArguments<D>,
        D: sqlx::database::HasStatementCache,
    {
        if D::TOGETHER {
            self.add(COMMIT);
        }
        let mut ran = Ran { last_row: 0, as_expected: true, is_committed: D::TOGETHER };
        let mut to_come = self.expected.len();
        let mut expected = self.expected.into_iter();
        for (text, arguments) in self.texts {
            let mut results = (&mut *conn).execute_many(query_with(AssertSqlSafe(text), arguments));
            // SQLite's thread tells once more that it has told all: not worth being woken for.
            while !(D::TOGETHER && to_come == 0)
                && let Some(result) = results.try_next().await?
            {
                to_come = to_come.saturating_sub(1);
                let (rows, last_row) = D::touched(&result);
                let wanted = expected.next().flatten();
                ran.as_expected &= wanted.is_none_or(|wanted| u64::try_from(wanted) == Ok(rows));
                ran.last_row = last_row;
            }
        }
        Ok(ran)
    }

    /// Adds a statement without places.
    fn add(&mut self, sql: &str) {
        self.open(None).1.0.push_str(sql);
    }

    /// Where the next statement goes, and after how many places.
    fn open(&mut self, expected: Option<usize>) -> (usize, &mut (String, D::Arguments)) {
        self.expected.push(expected);
        if !D::TOGETHER || self.texts.is_empty() {
            self.texts.push((String::new(), D::Arguments::default()));
        }
        let last = self.texts.len() - 1;
        let all = &mut self.texts[last];
        if !all.0.is_empty() {
            all.0.push_str(";\n");
        }
        (all.1.len(), all)
    }
}

/// How many of so many rows go into the next statement. Each number has a text of its own that may be kept
/// prepared, so there are few: all small ones, then powers of two.
fn part_count(rows: usize) -> usize {
    if rows <= MAX_EXACT { rows.max(1) } else { 1 << rows.min(MAX_ROWS).ilog2() }
}

/// The statement for one row, `… values ($1, $2) …`, made to take several, with places after the first `from`.
fn for_rows<D: Texts>(sql: &str, rows: usize, from: usize) -> String {
    let Some((head, rest)) = sql.split_once("values (") else { return sql.to_owned() };
    let Some((places, tail)) = rest.split_once(')') else { return sql.to_owned() };
    let columns = places.split(',').count();
    let row = |row: usize| format!("({})", places_from::<D>(from + row * columns, columns));
    let rows: Vec<_> = (0..rows).map(row).collect();
    format!("{head}values {}{tail}", rows.join(", "))
}

/// The statement about one id, `… in ($3)`, made to take several, with places after the first `from`; `lead`
/// places come before the ids.
fn for_ids<D: Texts>(sql: &str, lead: usize, ids: usize, from: usize) -> String {
    // From the last place on, so that none is taken for another that was put in before.
    let mut text = sql.replace(&format!("${}", lead + 1), &places_from::<D>(from + lead, ids));
    for place in (1..=lead).rev() {
        text = text.replacen(&format!("${place}"), &places_from::<D>(from + place - 1, 1), 1);
    }
    text
}

/// SQLite looks a name up among all names of its statement, so it gets none.
fn places_from<D: Texts>(from: usize, count: usize) -> String {
    if D::TOGETHER {
        return vec!["?"; count].join(", ");
    }
    let places: Vec<_> = (from + 1..=from + count).map(|place| format!("${place}")).collect();
    places.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_takes_several_rows_and_ids() {
        let one = "insert into t (a, b) values ($1, $2) on conflict (a) do nothing";
        assert_eq!(for_rows::<Postgres>(one, 1, 0), one);
        let three = "insert into t (a, b) values ($6, $7), ($8, $9), ($10, $11) on conflict (a) do nothing";
        assert_eq!(for_rows::<Postgres>(one, 3, 5), three);
        assert_eq!(
            for_ids::<Postgres>("delete from t where a in ($1)", 0, 3, 4),
            "delete from t where a in ($5, $6, $7)"
        );
        assert_eq!(
            for_ids::<Postgres>("a = $1, b = $2 where c in ($3)", 2, 1, 0),
            "a = $1, b = $2 where c in ($3)"
        );
        assert_eq!(
            for_ids::<Postgres>("a = $1, b = $2 where c in ($3)", 2, 2, 1),
            "a = $2, b = $3 where c in ($4, $5)"
        );
        for (rows, part) in [(1, 1), (3, 3), (16, 16), (17, 16), (63, 32), (64, 64), (1_000, 64)] {
            assert_eq!(part_count(rows), part);
        }
    }

    #[test]
    fn sqlite_gets_one_text_and_postgres_several() {
        let bind = |row: &i64, arguments: &mut sqlx::sqlite::SqliteArguments| arguments.add(*row);
        let mut script = Script::<Sqlite>::new();
        script.put("insert into a values ($1)", &[1, 2], bind).expect("bound");
        script
            .each("delete from b where c in ($1)", &[3], Some("guard $1 in ($2)"), |_| Ok(0), bind)
            .expect("bound");
        let texts: Vec<_> = script.texts.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "begin immediate;\ninsert into a values (?), (?);\ndelete from b where c in (?);\nguard ? in (?)"
            ]
        );

        let bind = |row: &i64, arguments: &mut sqlx::postgres::PgArguments| arguments.add(*row);
        let mut script = Script::<Postgres>::new();
        script.put("insert into a values ($1)", &[1, 2], bind).expect("bound");
        script
            .each("delete from b where c in ($1)", &[3], Some("guard $1 in ($2)"), |_| Ok(0), bind)
            .expect("bound");
        let texts: Vec<_> = script.texts.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(texts, ["insert into a values ($1), ($2)", "delete from b where c in ($1)"]);
    }
}
