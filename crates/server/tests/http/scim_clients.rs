//! What Entra ID and Okta send. The shapes are those of Microsoft's "Develop and plan provisioning for a SCIM
//! endpoint in Microsoft Entra ID" and "Known issues and resolutions with SCIM 2.0 protocol compliance of the
//! Microsoft Entra user provisioning service", and of Okta's "Okta and SCIM Version 2.0"; names are others.

use crate::app::TestApp;
use crate::scim::{Source, told};
use serde_json::{Value, json};

const CORE: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// A PATCH as Entra ID wraps it.
fn patch(operations: &Value) -> Value {
    json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": operations })
}

fn of_entra() -> Value {
    json!({
        "schemas": [CORE, ENTERPRISE],
        "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
        "userName": "jm@uc.test",
        "active": true,
        "displayName": "Jürgen Müller",
        "emails": [{ "primary": true, "type": "work", "value": "juergen.mueller@uc.test" }],
        "meta": { "resourceType": "User" },
        "name": { "formatted": "Jürgen Müller", "familyName": "Müller", "givenName": "Jürgen" },
        "roles": [],
        ENTERPRISE: { "department": "Loans", "employeeNumber": "7", "manager": { "value": "8" } },
    })
}

#[tokio::test]
async fn entra_id_provisions_changes_disables_and_enables() {
    let app = TestApp::start().await;
    let source = Source::make(&app, "Entra ID").await;
    let probe = "Users?filter=userName+eq+%22ea5f4b4e-1b0e-4c8f-9d2f-0a4f5f0d1c11%22";
    let probed = source.send(&app, "GET", probe, None).await;
    assert_eq!(
        (probed.status.as_u16(), &probed.json()["totalResults"]),
        (200, &json!(0)),
        "the test of the connection"
    );
    let id = source.add(&app, &of_entra()).await;
    let path = format!("Users/{id}");
    let row = app.store().person_of_source(source.id, &id).await.unwrap().unwrap();
    assert_eq!(
        (row.department.as_deref(), row.email.as_deref()),
        (Some("Loans"), Some("juergen.mueller@uc.test"))
    );

    let plain = json!([
        { "op": "Replace", "path": "displayName", "value": "J. Müller" },
        { "op": "Replace", "path": "emails[type eq \"work\"].value", "value": "jm@uc.test" },
        { "op": "Add", "path": "phoneNumbers[type eq \"mobile\"].value", "value": "+49 170 1" },
        { "op": "Replace", "path": "name.familyName", "value": "Müller-Lüd" },
        { "op": "Add", "path": format!("{ENTERPRISE}:department"), "value": "Cards" },
        { "op": "Replace", "path": format!("{ENTERPRISE}:employeeNumber"), "value": "9" },
        { "op": "Add", "path": format!("{ENTERPRISE}:manager"), "value": "26118915" },
        { "op": "Add", "path": "nickName", "value": "Babs" },
    ]);
    let changed = source.send(&app, "PATCH", &path, Some(&patch(&plain))).await;
    assert_eq!((changed.status.as_u16(), changed.header("etag")), (200, "W/\"2\""), "{changed:?}");
    let row = app.store().person_of_source(source.id, &id).await.unwrap().unwrap();
    assert_eq!((row.department.as_deref(), row.email.as_deref()), (Some("Cards"), Some("jm@uc.test")));
    assert_eq!((row.family.as_deref(), row.phones.as_str()), (Some("Müller-Lüd"), "[\"+49 170 1\"]"));

    let compliant = json!([
        { "op": "replace", "path": "emails[type eq \"work\"].value", "value": "mueller@uc.test" },
        { "op": "replace", "value": {
            "displayName": "Jürgen M.", "name.givenName": "Jörg", (format!("{ENTERPRISE}:department")): "Tax",
        } },
    ]);
    assert_eq!(source.send(&app, "PATCH", &path, Some(&patch(&compliant))).await.status, 200);
    let row = app.store().person_of_source(source.id, &id).await.unwrap().unwrap();
    assert_eq!((row.display.as_str(), row.given.as_deref()), ("Jürgen M.", Some("Jörg")));
    assert_eq!((row.department.as_deref(), row.email.as_deref()), (Some("Tax"), Some("mueller@uc.test")));

    for (active, people) in [(json!("False"), 0), (json!("True"), 1), (json!(false), 0), (json!(true), 1)] {
        let operation = json!([{ "op": "Replace", "path": "active", "value": active }]);
        assert_eq!(source.send(&app, "PATCH", &path, Some(&patch(&operation))).await.status, 200);
        assert_eq!(source.people(&app).await.len(), people, "{active}");
        let found = source.send(&app, "GET", "Users?filter=userName eq \"jm@uc.test\"", None).await.json();
        assert_eq!(found["Resources"][0]["active"], json!(people == 1), "the disabled are still told");
    }
    assert_eq!(source.send(&app, "DELETE", &path, None).await.status, 204);
    assert_eq!(source.people(&app).await, Vec::<String>::new());
    app.stop().await;
}

#[tokio::test]
async fn okta_provisions_replaces_and_deactivates() {
    let app = TestApp::start().await;
    let source = Source::make(&app, "Okta").await;
    let tested = source.send(&app, "GET", "Users?startIndex=1&count=2", None).await;
    assert_eq!((tested.status.as_u16(), &tested.json()["itemsPerPage"]), (200, &json!(0)));
    let exists = "Users?filter=userName%20eq%20%22test.user%40okta.local%22&startIndex=1&count=100";
    assert_eq!(source.send(&app, "GET", exists, None).await.json()["totalResults"], 0);
    let user = json!({
        "schemas": [CORE],
        "userName": "test.user@okta.local",
        "name": { "givenName": "Test", "familyName": "User" },
        "emails": [{ "primary": true, "value": "test.user@okta.local", "type": "work" }],
        "displayName": "Test User",
        "locale": "en-US",
        "externalId": "00ujl29u0le5T6Aj10h7",
        "groups": [],
        "password": "1mz050nq",
        "active": true,
    });
    let id = source.add(&app, &user).await;
    assert_eq!(source.send(&app, "GET", exists, None).await.json()["Resources"][0]["id"], id.as_str());
    assert_eq!(told(&source.send(&app, "POST", "Users", Some(&user)).await), (409, "uniqueness".to_owned()));

    let path = format!("Users/{id}");
    let mut whole = source.send(&app, "GET", &path, None).await.json();
    assert!(!whole.to_string().contains("1mz050nq"), "{whole}");
    whole["name"] = json!({ "givenName": "Another", "middleName": "Excited", "familyName": "User" });
    whole["displayName"] = json!("Another User");
    assert_eq!(source.send(&app, "PUT", &path, Some(&whole)).await.json()["name"]["givenName"], "Another");
    assert_eq!(source.people(&app).await, ["Another User"]);

    let deactivated = patch(&json!([{ "op": "replace", "value": { "active": false } }]));
    assert_eq!(source.send(&app, "PATCH", &path, Some(&deactivated)).await.json()["active"], json!(false));
    assert_eq!(source.people(&app).await, Vec::<String>::new());
    app.stop().await;
}
