//! What is told of one person: fields, picture, note, location, modalities (ucwa.md §4.1 to §4.3), and the
//! signed-in person's own.

use serde_json::{Value, json};

use crate::bare_client::{BareClient, is};
use crate::lab::Lab;

#[tokio::test]
async fn a_contact_has_all_fields_and_a_picture_of_the_asked_size() {
    let lab = Lab::pool(&[]);
    let client = lab.client("dana@lab.test").await;
    let contact = client.read(&client.path("people/priya.raman@lab.test")).await;
    for (field, expected) in [
        ("company", json!("Lab Bank")),
        ("office", json!("Pune 7.01")),
        ("emailAddresses", json!(["priya.raman@mail.lab.test"])),
        ("workPhoneNumber", json!("tel:+49305550104;ext=104")),
        ("mobilePhoneNumber", json!("tel:+491715550104")),
        ("sourceNetwork", json!("SameEnterprise")),
    ] {
        assert_eq!(contact[field], expected, "{field}");
    }
    let photo = client.path("photos/priya.raman@lab.test");
    for (query, height, width) in [("", 48, 48), ("?size=HR64X64", 64, 64), ("?size=hr648x96", 648, 96)] {
        let answer = client.get(&format!("{photo}{query}")).await;
        assert_eq!(answer.headers()["content-type"], "image/jpeg");
        let bytes = answer.bytes().await.unwrap();
        let frame = bytes.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a frame header");
        let number = |at: usize| u32::from(bytes[frame + at]) << 8 | u32::from(bytes[frame + at + 1]);
        assert_eq!((number(5), number(7)), (height, width), "{query}");
        assert!(bytes.ends_with(&[0xff, 0xd9]));
    }
    assert_eq!(client.get(&format!("{photo}?size=9000")).await.status(), 400);
    assert_eq!(client.get(&client.path("photos/mia.krueger@lab.test")).await.status(), 200);
    assert_eq!(client.get(&client.path("photos/michael.mueller@lab.test")).await.status(), 404);
    let strict = Lab::pool(&["--policy", "photos=Disabled"]);
    let client = strict.client("dana@lab.test").await;
    assert_eq!(client.read(&client.path("policies")).await["photos"], "Disabled");
    assert_eq!(client.get(&client.path("photos/priya.raman@lab.test")).await.status(), 403);
}

#[tokio::test]
async fn notes_and_places_are_told_to_those_who_watch() {
    let lab = Lab::pool(&[]);
    let mut agent = lab.client("dana@lab.test").await;
    let mut expert = lab.client("sven.olsen@lab.test").await;
    let watch = json!({"duration": 10, "uris": ["sip:sven.olsen@lab.test"]});
    agent.post(&agent.path("people/presenceSubscriptions"), &watch).await;
    for (own, watched, field) in
        [("note", "contactNote", "message"), ("location", "contactLocation", "location")]
    {
        let path = expert.path(&format!("me/{own}"));
        assert_eq!(expert.post(&path, &json!({field: "By the beach"})).await.status(), 204);
        expert.until("the own change", |e| is(e, own, "updated")).await;
        let events = agent.until("the change", |e| is(e, watched, "updated")).await;
        let seen = agent.read(events.last().unwrap()["link"]["href"].as_str().unwrap()).await;
        assert_eq!(seen[field], "By the beach");
        assert_eq!(expert.read(&path).await[field], "By the beach");
        assert_eq!(expert.post(&path, &Value::Null).await.status(), 204);
        assert_eq!(expert.read(&path).await[field], "");
    }
    let away = json!({"message": "On leave", "out_of_office": true});
    lab.control("POST", "/people/sven.olsen@lab.test/note", away).await;
    assert_eq!(agent.read(&agent.path("people/sven.olsen@lab.test/note")).await["type"], "OutOfOffice");
    let media = |who: &str| agent.path(&format!("people/{who}@lab.test/supportedMedia"));
    assert_eq!(agent.read(&media("sven.olsen")).await["modalities"], json!(["Messaging"]));
    assert_eq!(agent.read(&media("michael.mueller")).await["modalities"], json!([]));
}

#[tokio::test]
async fn lurkers_search_and_chat_but_have_no_presence_of_their_own() {
    let lab = Lab::pool(&[]);
    let mut lurker = BareClient::sign_in(&lab, "dana@lab.test", "demo").await;
    let links = &lurker.app["_embedded"]["me"]["_links"];
    assert!(links["makeMeAvailable"].is_object() && links["presence"].is_null(), "{links}");
    for what in ["presence", "note", "location"] {
        for response in [
            lurker.get(&lurker.path(&format!("me/{what}"))).await,
            lurker.post(&lurker.path(&format!("me/{what}")), &Value::Null).await,
        ] {
            assert_eq!(
                (response.status().as_u16(), response.json::<Value>().await.unwrap()["subcode"].clone()),
                (409, json!("MakeMeAvailableRequired")),
                "{what}"
            );
        }
    }
    assert_eq!(lurker.post(&lurker.path("me/reportMyActivity"), &Value::Null).await.status(), 409);
    let here = lurker.chat_with("sip:echo@lab.test", "op-1").await;
    assert_eq!(lurker.say(&here, "m1", "Hi").await.status(), 201);
    assert_eq!(lurker.hears().await, "echo: Hi");
    let colleague = lab.client("ben@lab.test").await;
    colleague.invite("sip:dana@lab.test", "op-1", "").await;
    assert_eq!(
        lurker.post(&lurker.path("me/makeMeAvailable"), &json!({"signInAs": "Busy"})).await.status(),
        204
    );
    let events = lurker.until("the end of lurking", |e| is(e, "communication", "updated")).await;
    assert!(!events.iter().any(|e| is(e, "messagingInvitation", "started")), "{events:#?}");
    assert!(lurker.read(&lurker.path("me")).await["_links"]["presence"].is_object());
    assert_eq!(lurker.post(&lurker.path("me/makeMeAvailable"), &json!({})).await.status(), 409);
}
