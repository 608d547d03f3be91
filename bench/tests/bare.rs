//! The bare client against the pool: what it says arrives once, and the answer comes back.

use std::sync::Arc;

use hookflash_bench::bare::BareClient;
use hookflash_bench::clock;
use hookflash_bench::pool::{People, Pool, address};
use hookflash_bench::programs::Programs;
use parking_lot::Mutex;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_and_two_messages_are_echoed() {
    let people = People::default().with_accounts("bare", 1).with_echoes("echo", 1);
    let pool = Pool::start(&Programs::find().unwrap(), &people).await.unwrap();
    let heard = Arc::<Mutex<Vec<String>>>::default();
    let ears = Arc::clone(&heard);
    let listen = Arc::new(move |_: &str, text: &str| ears.lock().push(text.to_owned()));
    let client = BareClient::sign_in(&pool, &address("bare", 1), listen).await.unwrap();

    let chat = client.invite(&address("echo", 1), "Can you help?").await.unwrap();
    for text in ["one & 1 + 1", "zwei ß"] {
        client.send(&chat, &clock::new_id().to_string(), text.to_owned()).await.unwrap();
    }

    let all = ["echo: Can you help?", "echo: one & 1 + 1", "echo: zwei ß"];
    hookflash_bench::wait::until(std::time::Duration::from_secs(10), "three echoes", async || {
        (heard.lock().len() >= all.len()).then_some(())
    })
    .await
    .unwrap();
    assert_eq!(*heard.lock(), all);
    let texts: Vec<_> = pool.control.inbox(&address("echo", 1)).await.unwrap().messages;
    assert_eq!(
        texts.iter().map(|seen| seen.text.as_str()).collect::<Vec<_>>(),
        ["Can you help?", "one & 1 + 1", "zwei ß"]
    );
}
