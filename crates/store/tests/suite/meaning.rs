//! Writing together means the same as writing one after the other.

use crate::rows;
use hookflash_domain::{NetworkId, Timestamp, UserId};
use hookflash_store::testing::TestDatabase;
use hookflash_store::{ConsultRow, MessageRow, ResumePointRow, Store, StoreError, Write};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use uuid::Uuid;

on_both!(a_batch_means_its_writes_in_order);

/// The few rows that a random history is about, so that writes meet.
struct World {
    random: StdRng,
    consults: Vec<ConsultRow>,
    messages: Vec<MessageRow>,
    outbox: Vec<hookflash_store::OutboxRow>,
}

impl World {
    fn new(seed: u64) -> Self {
        let consults: Vec<_> = (0..3).map(|_| rows::consult(None, UserId(rows::id()))).collect();
        let mut messages: Vec<_> = (0..6).map(|n| rows::message(consults[n % 3].consult_id, 1)).collect();
        // Two of one consult are the same news.
        messages[0].network_message_id = Some("same".to_owned());
        messages[3].network_message_id = Some("same".to_owned());
        let outbox = (0..40).map(|n| rows::outbox(consults[0].consult_id, n)).collect();
        Self { random: StdRng::seed_from_u64(seed), consults, messages, outbox }
    }

    fn word(&mut self) -> String {
        format!("w{}", self.random.random_range(0..1_000))
    }

    fn write(&mut self) -> Write {
        let word = self.word();
        match self.random.random_range(0..9) {
            0 => {
                let mut row = self.consults[self.random.random_range(0..3)].clone();
                row.last_text = word;
                if self.random.random_bool(0.5) {
                    Write::Consult(Box::new(row))
                } else {
                    Write::ConsultTalk(Box::new(row))
                }
            }
            1 | 2 => {
                let mut row = self.messages[self.random.random_range(0..6)].clone();
                row.text = word;
                Write::Message(Box::new(row))
            }
            3 | 4 => {
                let message_id = self.messages[self.random.random_range(0..6)].message_id;
                let reason = self.random.random_bool(0.5).then(|| word.clone());
                Write::MessageState { message_id, state: word, reason }
            }
            5 => self.outbox.pop().map_or_else(|| rows::event("nothing left"), Write::OutboxAdd),
            6 => {
                let n = self.random.random_range(0..40);
                Write::OutboxDone(self.outbox.get(n).map_or_else(Uuid::nil, |row| row.outbox_id))
            }
            7 => {
                let (user_id, network) = (self.consults[0].agent_id, NetworkId("n".to_owned()));
                let row = |value| ResumePointRow { user_id, network: network.clone(), value };
                match self.random.random_range(0..10) {
                    0..4 => Write::ResumePoint(row(word)),
                    4..7 => Write::ResumePointSoon(row(word)),
                    _ => Write::ResumePointGone { user_id, network },
                }
            }
            _ => rows::event(&word),
        }
    }
}

/// One after the other; gives those that the store took.
async fn one_by_one(store: &Store, writes: Vec<Write>) -> Vec<Write> {
    let mut taken = Vec::new();
    for write in writes {
        match store.commit(vec![write.clone()]).await {
            Ok(_) => taken.push(write),
            Err(StoreError::NotFound(_) | StoreError::Duplicate(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }
    taken
}

async fn a_batch_means_its_writes_in_order(database: TestDatabase) {
    let seed = rows::seed();
    let mut world = World::new(seed);
    let (other, together) = (TestDatabase::sqlite(), database.store().await);
    let apart = other.store().await;
    let consults: Vec<_> = world.consults.iter().map(|row| Write::Consult(Box::new(row.clone()))).collect();
    for store in [&apart, &together] {
        store.commit(consults.clone()).await.unwrap();
    }
    for round in 0..30 {
        let count = world.random.random_range(1..40);
        let writes = (0..count).map(|_| world.write()).collect();
        let taken = one_by_one(&apart, writes).await;
        together.commit(taken).await.unwrap();
        let (apart, together) = (apart.live().await.unwrap(), together.live().await.unwrap());
        assert_eq!(together, apart, "seed {seed}, round {round}");
    }
    let (apart, together) = (apart.events_after(0, 10_000).await, together.events_after(0, 10_000).await);
    assert_eq!(together, apart);
    assert!(apart.is_ok_and(|events| events.iter().all(|of| of.event.at == Timestamp(1_000))));
}
