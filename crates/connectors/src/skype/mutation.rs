//! What a pool sends, spoilt in every way: nothing of it may make us panic, grow without bound, or
//! pass on what the contract forbids. Runs for a bounded time from the committed corpus; the seed is
//! printed, and `MUTATION_SEED` and `MUTATION_SECONDS` set it and the time.

use super::{
    chats::{Chat, Chats, Phase},
    codec::{decode, multipart, plain, safe, split},
    history,
    news::{Reading, events, unnamed_sender},
    outcome::{Failed, incoming, outgoing},
    people::{People, Shown, person_id, person_of},
    resource::{embeddeds, link, links},
    resume,
};
use crate::{ChatId, ResumePoint, SessionEvent};
use hookflash_domain::{NetworkId, Timestamp};
use serde_json::Value;
use std::{env, fs, path::Path, time::Duration};

/// Longest that the test runs by itself.
const SECONDS: u64 = 4;

struct Corpus {
    events: Vec<String>,
    resources: Vec<String>,
    batches: Vec<String>,
}

impl Corpus {
    fn read() -> Self {
        let texts = |folder: &str| -> Vec<String> {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(folder);
            let mut paths: Vec<_> = fs::read_dir(folder)
                .expect("the corpus")
                .map(|entry| entry.expect("a file").path())
                .collect();
            paths.sort();
            paths.iter().map(|path| fs::read_to_string(path).expect("text")).collect()
        };
        Self { events: texts("events"), resources: texts("resources"), batches: texts("batches") }
    }
}

/// xorshift64: the printed seed is enough to see a history again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound.max(1) as u64).expect("small")
    }

    fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }
}

#[test]
fn spoilt_answers_do_no_harm() {
    let seed: u64 =
        env::var("MUTATION_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(rand::random);
    let seconds = env::var("MUTATION_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(SECONDS);
    println!("MUTATION_SEED={seed}");
    let (corpus, mut dice, began) = (Corpus::read(), Dice(seed | 1), crate::clock::instant());
    let mut rounds = 0_u64;
    let mut chats = open_chat();
    // At least some rounds, however slow the machine.
    while rounds < 200 || began.elapsed() < Duration::from_secs(seconds) {
        rounds += 1;
        if rounds.is_multiple_of(50) {
            chats = open_chat();
        }
        let document = spoilt_json(&mut dice, &corpus.events);
        read_events(&mut chats, &document);
        read_resource(&spoilt_json(&mut dice, &corpus.resources));
        let text = dice.pick(&corpus.batches).clone();
        read_text(&spoilt_text(&mut dice, &text));
    }
    println!("{rounds} rounds");
}

/// A document of the corpus with wrong types, missing and doubled parts; or with spoilt bytes, if
/// it is JSON then.
fn spoilt_json(dice: &mut Dice, corpus: &[String]) -> Value {
    let text = dice.pick(corpus).clone();
    let spoilt = if dice.below(3) == 0 { spoilt_text(dice, &text) } else { text };
    let Ok(mut value) = serde_json::from_str(&spoilt) else { return Value::Null };
    for _ in 0..=dice.below(4) {
        let depth = dice.below(9);
        spoil(dice, &mut value, depth);
    }
    value
}

fn spoil(dice: &mut Dice, value: &mut Value, depth: usize) {
    match value {
        Value::Object(members) if depth > 0 && !members.is_empty() => {
            let name = dice.pick(&members.keys().cloned().collect::<Vec<_>>()).clone();
            match dice.below(12) {
                0 => {
                    members.remove(&name);
                }
                1 => {
                    let member = members.remove(&name).unwrap_or_default();
                    members.insert(name.to_uppercase(), member);
                }
                _ => spoil(dice, members.get_mut(&name).expect("just seen"), depth - 1),
            }
        }
        Value::Array(items) if depth > 0 && !items.is_empty() => {
            let at = dice.below(items.len());
            match dice.below(8) {
                0 => items.push(items[at].clone()),
                1 => items.reverse(),
                2 => {
                    items.remove(at);
                }
                _ => spoil(dice, &mut items[at], depth - 1),
            }
        }
        Value::String(text) if dice.below(2) == 0 => *text = spoilt_text(dice, text),
        other => *other = odd(dice),
    }
}

fn odd(dice: &mut Dice) -> Value {
    let texts = [
        "",
        " ",
        "\u{0}\u{202e}",
        "/Date(-1)/",
        "/Date(99999999999999999999)/",
        "data:text/html,<svg/onload=x>",
        "data:text/plain;base64,////",
        "https://evil.test/",
        "../../x",
        "sip:",
        "\u{d7ff}",
    ];
    match dice.below(9) {
        0 => Value::Null,
        1 => Value::Bool(true),
        2 => serde_json::json!(-1.5e300),
        3 => serde_json::json!([]),
        4 => serde_json::json!({}),
        5 => serde_json::json!([[[[{"href": 7}]]]]),
        6 => Value::String("é".repeat(dice.below(40_000))),
        _ => Value::String((*dice.pick(&texts)).to_owned()),
    }
}

fn spoilt_text(dice: &mut Dice, text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len());
        match dice.below(5) {
            0 if !bytes.is_empty() => bytes[at] = u8::try_from(dice.below(256)).expect("a byte"),
            1 => bytes.truncate(at),
            2 => bytes.insert(at, *dice.pick(b"{}[]\",:%+-\r\n\0<>&;=/")),
            3 if !bytes.is_empty() => {
                let more = bytes[at..bytes.len().min(at + dice.below(200))].to_vec();
                bytes.splice(at..at, more);
            }
            _ => {}
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn open_chat() -> Chats {
    let mut chats = Chats::default();
    let person = person_id(&network(), "sip:erika@lab.test");
    chats.by_id.insert(ChatId("op-1".to_owned()), Chat::new(Phase::Inviting, Some(person)));
    chats
}

fn network() -> NetworkId {
    NetworkId("skype".to_owned())
}

fn read_events(chats: &mut Chats, document: &Value) {
    events(document).for_each(|event| {
        unnamed_sender(&event);
    });
    let network = network();
    let mut reading = Reading::new(&network, Timestamp(1_383_784_870_271), Duration::from_secs(25), chats);
    reading.document(document);
    let told = reading.told;
    assert!(told.len() <= 10_000, "{} events of one document", told.len());
    told.iter().for_each(check);
    let restored = resume::restore(&resume::store(
        &resume::Cursor { application: "/a".to_owned(), next: "/n".to_owned() },
        chats,
    ));
    assert!(restored.is_some_and(|(_, again)| again.by_id.len() == chats.by_id.len()), "not restored");
}

/// What the contract promises of every event.
fn check(event: &SessionEvent) {
    if let SessionEvent::Incoming { chat, from, text, .. } = event {
        assert!(chat.0.len() <= 512, "an id of {} bytes", chat.0.len());
        assert!(from.name.len() <= 1_024 && text.as_ref().is_none_or(|text| text.len() <= 65_536));
    }
    if let SessionEvent::Message { network_message_id, text, html, .. } = event {
        assert!(network_message_id.len() <= 2_048, "an id of {} bytes", network_message_id.len());
        assert!(
            text.len() <= 65_536
                && !text.chars().any(|letter| letter.is_control() && !"\n\t".contains(letter))
        );
        html.iter().for_each(|html| harmless(html));
    }
}

fn harmless(html: &str) {
    let html = html.to_lowercase();
    for bad in ["<script", "<svg", "<img", "<iframe", "<style", "javascript:\""] {
        assert!(!html.contains(bad), "{html}");
    }
}

fn read_resource(resource: &Value) {
    let mut people = People::default();
    for contact in std::iter::once(resource).chain(embeddeds(resource, "contact")) {
        people.learn(&network(), contact);
        if let Some(person) = person_of(&network(), contact) {
            assert!(person.name.chars().count() <= 256 && person.id.address.chars().count() <= 256);
            people.show(&person.id, Shown::Presence, resource, Timestamp(1));
            people.show(&person.id, Shown::Note, resource, Timestamp(2));
            assert!(
                people
                    .shown(&person.id)
                    .and_then(|report| report.note)
                    .is_none_or(|note| note.text.len() <= 2_000)
            );
        }
    }
    history::read_for_test(resource);
    links(resource, "self").len();
    link(resource, "self");
    let chat = || ChatId("c".to_owned());
    outgoing(Failed { chat: chat(), reason: Some(resource), ours: false, rang_long: true });
    incoming(Failed { chat: chat(), reason: Some(resource), ours: false, rang_long: false });
}

fn read_text(text: &str) {
    let answers = multipart::answers("multipart/batching; boundary=4d3f", text.as_bytes());
    assert!(answers.is_some_and(|answers| answers.len() <= 100));
    multipart::answers(text, text.as_bytes());
    decode(text);
    decode(&format!("data:{text}"));
    harmless(&safe(text));
    plain(text);
    let parts = split(text, 100);
    assert!(parts.iter().all(|part| part.len() <= 100));
    resume::restore(&ResumePoint(text.to_owned()));
}
