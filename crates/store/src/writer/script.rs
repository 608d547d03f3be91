//! Statements on their way to the database. SQLite takes them as one text, because a round to its thread costs
//! more than a row; PostgreSQL takes one statement at a time.

use crate::StoreError;
use sqlx::error::BoxDynError;
use sqlx::{Arguments, AssertSqlSafe, Database, Executor, IntoArguments, Postgres, Sqlite, query_with};

/// Most rows of one statement.
const MAX_ROWS: usize = 64;
/// Most rows of a prepared statement whose every number of rows has a text of its own.
const MAX_EXACT: usize = 16;

/// How many statements an engine takes in one text.
pub(super) trait Texts: Database {
    /// All of them; such a text is not kept prepared, since hardly any comes twice.
    const TOGETHER: bool;
}

impl Texts for Sqlite {
    const TOGETHER: bool = true;
}

impl Texts for Postgres {
    const TOGETHER: bool = false;
}

/// Statements with their arguments, in order.
pub(super) struct Script<D: Texts>(Vec<(String, D::Arguments)>);

impl<D: Texts> Script<D> {
    /// For the engine of a connection.
    pub(super) fn on(_: &D::Connection) -> Self {
        Self(Vec::new())
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
            self.add(|from| for_rows(sql, part.len(), from), part, &bind)?;
        }
        Ok(())
    }

    /// Does to all ids what a statement does to one, `… in ($1)`.
    pub(super) fn each<R>(
        &mut self,
        sql: &str,
        ids: &[R],
        bind: impl Fn(&R, &mut D::Arguments) -> Result<(), BoxDynError>,
    ) -> Result<(), StoreError> {
        for part in ids.chunks(MAX_ROWS) {
            self.add(|from| for_ids(sql, part.len(), from), part, &bind)?;
        }
        Ok(())
    }

    /// Carries the statements out until one fails.
    pub(super) async fn run(self, conn: &mut D::Connection) -> sqlx::Result<()>
    where
        for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
        D::Arguments: IntoArguments<D>,
        D: sqlx::database::HasStatementCache,
    {
        for (text, arguments) in self.0 {
            query_with(AssertSqlSafe(text), arguments).persistent(!D::TOGETHER).execute(&mut *conn).await?;
        }
        Ok(())
    }

    fn add<R>(
        &mut self,
        text: impl FnOnce(usize) -> String,
        rows: &[R],
        bind: &impl Fn(&R, &mut D::Arguments) -> Result<(), BoxDynError>,
    ) -> Result<(), StoreError> {
        if !D::TOGETHER || self.0.is_empty() {
            self.0.push((String::new(), D::Arguments::default()));
        }
        let Some((all, arguments)) = self.0.last_mut() else { return Ok(()) };
        if !all.is_empty() {
            all.push_str(";\n");
        }
        all.push_str(&text(arguments.len()));
        for row in rows {
            bind(row, arguments).map_err(sqlx::Error::Encode)?;
        }
        Ok(())
    }
}

/// How many of so many rows go into the next statement. Each number has a text of its own that may be kept
/// prepared, so there are few: all small ones, then powers of two.
fn part_count(rows: usize) -> usize {
    if rows <= MAX_EXACT { rows.max(1) } else { 1 << rows.min(MAX_ROWS).ilog2() }
}

/// The statement for one row, `… values ($1, $2) …`, made to take several, with places after the first `from`.
fn for_rows(sql: &str, rows: usize, from: usize) -> String {
    let Some((head, rest)) = sql.split_once("values (") else { return sql.to_owned() };
    let Some((places, tail)) = rest.split_once(')') else { return sql.to_owned() };
    let columns = places.split(',').count();
    let row = |row: usize| format!("({})", places_from(from + row * columns, columns));
    let rows: Vec<_> = (0..rows).map(row).collect();
    format!("{head}values {}{tail}", rows.join(", "))
}

/// The statement about one id, `… in ($1)`, made to take several, with places after the first `from`.
fn for_ids(sql: &str, ids: usize, from: usize) -> String {
    sql.replace("$1", &places_from(from, ids))
}

fn places_from(from: usize, count: usize) -> String {
    let places: Vec<_> = (from + 1..=from + count).map(|place| format!("${place}")).collect();
    places.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_takes_several_rows_and_ids() {
        let one = "insert into t (a, b) values ($1, $2) on conflict (a) do nothing";
        assert_eq!(for_rows(one, 1, 0), one);
        let three = "insert into t (a, b) values ($6, $7), ($8, $9), ($10, $11) on conflict (a) do nothing";
        assert_eq!(for_rows(one, 3, 5), three);
        assert_eq!(for_ids("delete from t where a in ($1)", 1, 0), "delete from t where a in ($1)");
        assert_eq!(for_ids("delete from t where a in ($1)", 3, 4), "delete from t where a in ($5, $6, $7)");
        for (rows, part) in [(1, 1), (3, 3), (16, 16), (17, 16), (63, 32), (64, 64), (1_000, 64)] {
            assert_eq!(part_count(rows), part);
        }
    }

    #[test]
    fn sqlite_gets_one_text_and_postgres_several() {
        let bind = |row: &i64, arguments: &mut sqlx::sqlite::SqliteArguments| arguments.add(*row);
        let mut script = Script::<Sqlite>(Vec::new());
        script.put("insert into a values ($1)", &[1, 2], bind).expect("bound");
        script.each("delete from b where c in ($1)", &[3], bind).expect("bound");
        let texts: Vec<_> = script.0.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(texts, ["insert into a values ($1), ($2);\ndelete from b where c in ($3)"]);

        let bind = |row: &i64, arguments: &mut sqlx::postgres::PgArguments| arguments.add(*row);
        let mut script = Script::<Postgres>(Vec::new());
        script.put("insert into a values ($1)", &[1, 2], bind).expect("bound");
        script.each("delete from b where c in ($1)", &[3], bind).expect("bound");
        let texts: Vec<_> = script.0.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(texts, ["insert into a values ($1), ($2)", "delete from b where c in ($1)"]);
    }
}
