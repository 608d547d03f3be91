//! Groups and contacts of the signed-in user (ucwa.md §4.5).

use reqwest::Method;
use serde_json::{Value, json};

use crate::bare_client::{BareClient, href, is};
use crate::lab::Lab;

fn names(resource: &Value) -> Vec<String> {
    let contacts = resource["_embedded"]["contact"].as_array().cloned().unwrap_or_default();
    contacts.iter().map(|contact| contact["name"].as_str().unwrap().to_owned()).collect()
}

async fn subscribed(lab: &Lab) -> BareClient {
    let mut client = lab.client("dana@lab.test").await;
    let list = client.read(&client.path("people/contactsAndGroupsSubscription")).await;
    assert_eq!(list["state"], "Disconnected");
    let start = href(&list["_links"]["startOrRefreshSubscriptionToContactsAndGroups"]);
    let started = client.post(&format!("{start}?duration=20"), &Value::Null).await;
    assert_eq!(started.status(), 201);
    assert_eq!(started.json::<Value>().await.unwrap()["state"], "Connected");
    assert_eq!(client.post(&start, &json!({"duration": 30})).await.status(), 200);
    assert_eq!(client.post(&start, &json!({"duration": 31})).await.status(), 400);
    let listed = |e: &Value| is(e, "contact", "added") && e["in"]["rel"] == "myContacts";
    let all = client.until("the contacts", listed).await;
    assert!(all.iter().any(|e| is(e, "defaultGroup", "added")), "{all:#?}");
    client.until("their groups", |e| is(e, "contact", "added") && e["in"]["title"] == "Payments").await;
    client
}

#[tokio::test]
async fn groups_are_embedded_or_linked_and_have_contacts() {
    let lab = Lab::pool(&[]);
    let client = lab.client("dana@lab.test").await;
    let people = &client.app["_embedded"]["people"]["_links"];
    assert_eq!(
        (&people["myGroups"]["revision"], &people["myGroupMemberships"]["revision"]),
        (&json!("2"), &json!("2"))
    );
    let groups = client.read(&href(&people["myGroups"])).await;
    assert_eq!(groups["_embedded"]["defaultGroup"]["name"], "Other Contacts");
    let payments = &groups["_embedded"]["group"][0];
    assert_eq!(payments["name"], "Payments");
    let members = client.read(&href(&payments["_links"]["groupContacts"])).await;
    assert_eq!(names(&members), ["Oskar Lindqvist", "Priya Raman", "Mira Patel"]);
    assert_eq!(names(&client.read(&href(&people["myContacts"])).await).len(), 5);
    let watched =
        client.post(&href(&payments["_links"]["subscribeToGroupPresence"]), &json!({"duration": 10})).await;
    assert_eq!(watched.status(), 201);
    let links = client.read(&client.path("people/groups?expand=false")).await;
    assert_eq!(links["_links"]["group"][0]["title"], "Payments");
    assert!(links["_embedded"].is_null());
    assert_eq!(client.get(&client.path("people/contacts?groupId=99")).await.status(), 404);
}

#[tokio::test]
async fn contacts_are_added_and_removed_and_subscribers_hear_of_it() {
    let lab = Lab::pool(&["--max-contacts", "6"]);
    let mut client = subscribed(&lab).await;
    let memberships = client.path("people/groupMemberships");
    let echo = json!({"contactUri": "sip:emil.novak@lab.test", "groupId": "1"});
    let added = client.post(&memberships, &echo).await;
    assert_eq!(added.status(), 201);
    let own = href(&added.json::<Value>().await.unwrap()["_links"]["self"]);
    let of_emil = |e: &Value| href(&e["link"]).ends_with("/people/emil.novak@lab.test");
    let events = client.until("the contact", |e| of_emil(e) && e["in"]["rel"] == "myContacts").await;
    assert!(events.iter().any(|e| of_emil(e) && e["in"]["rel"] == "defaultGroup"), "{events:#?}");
    let again = client.post(&memberships, &echo).await;
    assert_eq!(again.json::<Value>().await.unwrap()["subcode"], "AlreadyExists");
    let seventh = client
        .post(&format!("{memberships}?contactUri=sip:mira.patel@lab.test&groupId=1"), &Value::Null)
        .await;
    assert_eq!(seventh.status(), 201, "she is on the list already, in another group");
    let over = client.post(&memberships, &json!({"contactUri": "sip:klaus.brandt@lab.test"})).await;
    assert_eq!(
        (over.status().as_u16(), over.json::<Value>().await.unwrap()["subcode"].clone()),
        (409, json!("LimitExceeded"))
    );
    assert_eq!(client.request(Method::DELETE, &own).send().await.unwrap().status(), 204);
    let gone = |e: &Value| of_emil(e) && e["type"] == "deleted" && e["in"]["rel"] == "myContacts";
    client.until("the removal", gone).await;
    assert_eq!(client.request(Method::DELETE, &own).send().await.unwrap().status(), 404);
    let everywhere = format!("{memberships}?contactUri=sip:mira.patel@lab.test");
    assert_eq!(client.request(Method::DELETE, &everywhere).send().await.unwrap().status(), 204);
    let left = client.read(&memberships).await;
    assert!(!left.to_string().contains("mira.patel"), "{left}");
}

#[tokio::test]
async fn groups_are_made_renamed_and_deleted() {
    let lab = Lab::pool(&[]);
    let mut client = subscribed(&lab).await;
    let groups = client.path("people/groups");
    assert_eq!(client.post(&groups, &json!({"displayName": "Night shift"})).await.status(), 204);
    let added =
        client.until("the group", |e| is(e, "group", "added") && e["link"]["title"] == "Night shift").await;
    let own = href(&added.last().unwrap()["link"]);
    let twice = client.post(&groups, &json!({"displayName": "night shift"})).await;
    assert_eq!(twice.json::<Value>().await.unwrap()["subcode"], "AlreadyExists");
    let etag = client.get(&own).await.headers()["etag"].clone();
    let rename = |etag: Option<&str>| {
        let request = client.request(Method::PUT, &own).json(&json!({"name": "Late shift"}));
        etag.map_or(request.try_clone().unwrap(), |etag| request.header("If-Match", etag)).send()
    };
    assert_eq!(rename(None).await.unwrap().status(), 428);
    assert_eq!(rename(Some("\"1\"")).await.unwrap().status(), 412);
    assert_eq!(rename(Some(etag.to_str().unwrap())).await.unwrap().status(), 200);
    assert_eq!(client.read(&own).await["name"], "Late shift");
    assert_eq!(client.request(Method::DELETE, &own).send().await.unwrap().status(), 204);
    client.until("the end of the group", |e| is(e, "group", "deleted")).await;
    let fixed = client.request(Method::DELETE, client.path("people/groups/1").as_str()).send().await.unwrap();
    assert_eq!(fixed.status(), 403);
    let patch = client.request(Method::PATCH, &groups).send().await.unwrap();
    assert_eq!((patch.status().as_u16(), patch.headers()["allow"].to_str().unwrap()), (405, "GET, POST"));
}
