//! Rows of earlier versions are still there in this one.

use crate::rows;
use hookflash_domain::{ConsultId, UserId};
use hookflash_store::testing::TestDatabase;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, query};
use uuid::Uuid;

#[tokio::test]
async fn errands_and_answers_move_into_the_trees_of_their_keys() {
    let database = TestDatabase::sqlite();
    let (errand, user) = (rows::outbox(ConsultId(Uuid::from_u128(1)), 7), UserId(Uuid::from_u128(2)));
    let answered = rows::command(user, "done");
    let before = sqlx::migrate!("migrations/sqlite");
    let before = before.iter().filter(|step| step.version < 21).cloned().collect();
    let options = SqliteConnectOptions::new().filename(database.url().trim_start_matches("sqlite:"));
    let mut conn = options.create_if_missing(true).connect().await.unwrap();
    Migrator::with_migrations(before).run(&mut conn).await.unwrap();
    let outbox = query("insert into outbox values ($1, $2, $3, $4, $5)")
        .bind(errand.outbox_id)
        .bind(errand.consult_id.0)
        .bind(&errand.kind)
        .bind(&errand.payload)
        .bind(errand.created_at.0);
    outbox.execute(&mut conn).await.unwrap();
    let answer = query("insert into command_answer values ($1, $2, $3, $4)")
        .bind(user.0)
        .bind(answered.command_id)
        .bind(answered.at.0)
        .bind(&answered.answer);
    answer.execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();

    let store = database.store().await;
    assert_eq!(store.outbox().await.unwrap(), [errand]);
    let kept = store.command_answer(user, answered.command_id).await.unwrap();
    assert_eq!(kept.as_deref(), Some("done"));
    store.close().await;
}
