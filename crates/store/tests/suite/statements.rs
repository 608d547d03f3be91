//! Both engines understand every statement.

use hookflash_store::testing::{TestDatabase, statements};
use sqlx::{Connection as _, Executor as _, SqlSafeStr as _};

on_both!(every_statement_is_understood);

async fn every_statement_is_understood(database: TestDatabase) {
    database.store().await.close().await;
    let list = statements();
    assert!(list.len() > 60, "{}", list.len());
    let mut misunderstood = Vec::new();
    if let Some(path) = database.url().strip_prefix("sqlite:") {
        let mut conn = sqlx::SqliteConnection::connect(path).await.unwrap();
        for (name, sql) in list {
            if let Err(error) = conn.prepare(sql.into_sql_str()).await {
                misunderstood.push(format!("{name}: {error}"));
            }
        }
    } else {
        let mut conn = sqlx::PgConnection::connect(database.url()).await.unwrap();
        for (name, sql) in list {
            if let Err(error) = conn.prepare(sql.into_sql_str()).await {
                misunderstood.push(format!("{name}: {error}"));
            }
        }
    }
    assert!(misunderstood.is_empty(), "{misunderstood:#?}");
}
