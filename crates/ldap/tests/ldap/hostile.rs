//! Servers that answer what no server should.

use crate::code;
use hookflash_ldap::{Config, Limits, Security};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// An element of BER.
fn element(identifier: u8, content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&[identifier, 0x84][..], &size, content].concat()
}

/// The answer to the first request.
fn message(operation: &[u8]) -> Vec<u8> {
    element(0x30, &[&[0x02, 0x01, 0x01][..], operation].concat())
}

/// An end of a search with a control that asks to go on.
fn empty_page(id: u8) -> Vec<u8> {
    let done = [0x65, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00];
    let value = element(0x30, &[0x02, 0x01, 0x00, 0x04, 0x01, b'x']);
    let control = element(0x30, &[element(0x04, b"1.2.840.113556.1.4.319"), element(0x04, &value)].concat());
    element(0x30, &[&[0x02, 0x01, id][..], &done, &element(0xa0, &control)].concat())
}

/// A server that answers each request with the next of these, and the settings to read from it.
async fn server(answers: Vec<Vec<u8>>) -> Config {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        for answer in answers {
            if stream.read(&mut request).await.is_err() || stream.write_all(&answer).await.is_err() {
                return;
            }
        }
        // Waits for the client to go.
        while stream.read(&mut request).await.is_ok_and(|count| count > 0) {}
    });
    let wait = Duration::from_secs(2);
    Config {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::Plain,
        ca_pem: None,
        account: None,
        base: "dc=uc,dc=test".to_owned(),
        filter: "(objectClass=person)".to_owned(),
        attributes: vec!["cn".to_owned()],
        page_size: 10,
        limits: Limits { answer: wait, entry_count: 20, message_bytes: 100_000, ..Limits::default() },
    }
}

#[tokio::test]
async fn what_is_no_ldap_ends_the_reading() {
    let deep = (0..10_000).fold(Vec::new(), |inner, _| element(0x30, &inner));
    for (name, answer) in [
        ("another protocol", b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()),
        ("an endless message", vec![0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x02]),
        ("a deep message", message(&deep)),
        ("an unknown operation", message(&element(0x7e, b""))),
        ("an empty message", element(0x30, b"")),
        ("an entry without a name", message(&element(0x64, b""))),
        ("an entry of nonsense", message(&element(0x64, &element(0x04, &[0xff, 0xfe])))),
        ("an end without a result", message(&element(0x65, b""))),
    ] {
        assert_eq!(code(server(vec![answer]).await).await, "malformed", "{name}");
    }
}

#[tokio::test]
async fn neither_half_a_message_nor_silence_is_an_end() {
    let half = message(&element(0x64, b"abc"));
    for answer in [half[..6].to_vec(), Vec::new()] {
        assert_eq!(code(server(vec![answer]).await).await, "no_answer");
    }
}

#[tokio::test]
async fn empty_pages_without_end_have_an_end() {
    let pages = (1..100).map(empty_page).collect();
    assert_eq!(code(server(pages).await).await, "malformed");
}
