//! Thresholds of queues' figures.

use crate::rows;
use hookflash_domain::QueueId;
use hookflash_store::queues::Queue;
use hookflash_store::testing::TestDatabase;
use hookflash_store::thresholds::{MAX_THRESHOLDS, ThresholdRow};
use hookflash_store::{Store, StoreError};

on_both!(thresholds_are_replaced_as_a_whole_or_not_at_all);

fn of(figure: &str, queue_id: Option<QueueId>, warning: Option<i64>, critical: Option<i64>) -> ThresholdRow {
    ThresholdRow { figure: figure.to_owned(), queue_id, warning, critical }
}

async fn replaced(store: &Store, rows: &[ThresholdRow]) -> Result<(), StoreError> {
    store.replace_thresholds(rows, &rows::by()).await.map(drop)
}

async fn thresholds_are_replaced_as_a_whole_or_not_at_all(database: TestDatabase) {
    let store = database.store().await;
    let help = Queue { row: rows::queue("Help"), numbers: vec![], member_ids: vec![] };
    store.create_queue(&help, &rows::by()).await.unwrap();
    let here = Some(help.row.queue_id);
    let set = vec![
        of("waiting", here, Some(5), Some(10)),
        of("waiting", None, Some(1), None),
        of("service_level", None, None, Some(60)),
    ];
    replaced(&store, &set).await.unwrap();
    assert_eq!(store.thresholds().await, Ok(set.clone()));
    for (wrong, error) in [
        (
            vec![of("asa", None, Some(1), None), of("asa", None, Some(2), None)],
            StoreError::NameTaken("asa".to_owned()),
        ),
        (
            vec![of("asa", here, Some(1), None), of("asa", here, Some(2), None)],
            StoreError::NameTaken("asa".to_owned()),
        ),
        (vec![of("asa", Some(QueueId(rows::id())), Some(1), None)], StoreError::NotFound("queue")),
        (
            vec![of("asa", None, Some(1), None); MAX_THRESHOLDS + 1],
            StoreError::TooLong("the list of thresholds"),
        ),
    ] {
        assert_eq!(replaced(&store, &wrong).await, Err(error));
        assert_eq!(store.thresholds().await, Ok(set.clone()), "what was refused changed nothing");
    }
    replaced(&store, &[]).await.unwrap();
    assert_eq!(store.thresholds().await, Ok(vec![]));
}
