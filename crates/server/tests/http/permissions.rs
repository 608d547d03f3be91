//! Who may call what. Every route of the API's description must be in the table.

use crate::app::{PASSWORD, Session, TestApp};
use hookflash::http::openapi;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A route: method, path template, who may call it (`None`: anybody; empty: anybody who is signed in),
/// path and body of a good request, and its status.
type Route = (&'static str, &'static str, Option<&'static [&'static str]>, String, Option<Value>, u16);

const ALL: Option<&[&str]> = Some(&[]);
const AGENT: Option<&[&str]> = Some(&["agent"]);
const ABOVE: Option<&[&str]> = Some(&["supervisor", "administrator"]);
const ADMINISTRATOR: Option<&[&str]> = Some(&["administrator"]);
const WORKING: Option<&[&str]> = Some(&["agent", "supervisor", "administrator"]);

/// A stretch of time for figures.
const A_DAY: &str = "from_at=1772409600000&to_at=1772496000000";

struct Ids {
    user: String,
    queue: String,
    disposition: String,
    ability: String,
    interaction: String,
}

/// What ends the session comes last.
fn routes(ids: &Ids) -> Vec<Route> {
    let mut all = own(ids);
    all.extend(administration(ids));
    all.extend(reports());
    all.extend(views());
    all.extend(people());
    all.extend([
        ("DELETE", "/api/v1/session", ALL, "/api/v1/session".to_owned(), None, 204),
        ("DELETE", "/api/v1/sessions", ALL, "/api/v1/sessions".to_owned(), None, 204),
    ]);
    all
}

fn own(ids: &Ids) -> Vec<Route> {
    let v1 = |path: &str| format!("/api/v1/{path}");
    let sign_in = json!({ "sign_in_name": "ben", "password": PASSWORD });
    let password = json!({ "old": PASSWORD, "new": PASSWORD });
    let language = json!({ "language": "de" });
    let choices = json!({ "incoming": "ask", "shows_calls": false });
    let account = json!({ "sign_in_name": "sip:dana@lab.test", "password": "demo" });
    let company = json!({ "sign_in_name": "dana@lab.test" });
    let answer = json!({ "state": "of nobody", "code": "x" });
    let interaction = v1(&format!("interactions/{}", ids.interaction));
    vec![
        ("GET", "/api/v1/session", ALL, v1("session"), None, 200),
        ("POST", "/api/v1/session", None, v1("session"), Some(sign_in), 200),
        ("PUT", "/api/v1/me/password", ALL, v1("me/password"), Some(password), 204),
        ("PUT", "/api/v1/me/language", ALL, v1("me/language"), Some(language), 204),
        ("GET", "/api/v1/me/choices", AGENT, v1("me/choices"), None, 200),
        ("PUT", "/api/v1/me/choices", AGENT, v1("me/choices"), Some(choices), 204),
        ("GET", "/api/v1/people/photo", AGENT, v1("people/photo?network=skype&address=a"), None, 409),
        ("GET", "/api/v1/me/networks", AGENT, v1("me/networks"), None, 200),
        ("PUT", "/api/v1/me/networks/{network}", AGENT, v1("me/networks/skype"), Some(account), 204),
        ("DELETE", "/api/v1/me/networks/{network}", AGENT, v1("me/networks/skype"), None, 204),
        (
            "POST",
            "/api/v1/me/networks/{network}/authorisation",
            AGENT,
            v1("me/networks/skype/authorisation"),
            Some(company),
            409,
        ),
        ("POST", "/api/v1/me/authorisation", AGENT, v1("me/authorisation"), Some(answer), 409),
        ("GET", "/api/v1/me/consults", AGENT, v1("me/consults?state=ended&limit=5"), None, 200),
        ("GET", "/api/v1/interactions", WORKING, v1("interactions?limit=5&with_consult=false"), None, 200),
        ("GET", "/api/v1/interactions/{id}", WORKING, interaction, None, 200),
        ("GET", "/api/v1/handover", None, v1("handover"), None, 404),
        ("POST", "/api/v1/handover/views", None, v1("handover/views"), None, 404),
        ("POST", "/api/v1/handover/acts", None, v1("handover/acts"), Some(json!({ "act": "accept" })), 404),
        ("GET", "/api/v1/handover/skills", None, v1("handover/skills"), None, 404),
        (
            "POST",
            "/api/v1/handover/skills",
            None,
            v1("handover/skills"),
            Some(json!({ "kept": [], "removed": [] })),
            404,
        ),
        ("GET", "/api/v1/directory", ALL, v1("directory"), None, 200),
    ]
}

fn administration(ids: &Ids) -> Vec<Route> {
    let v1 = |path: &str| format!("/api/v1/{path}");
    let new_user = json!({ "sign_in_name": "eve", "name": "Eve", "password": PASSWORD, "roles": ["agent"] });
    let (renamed, cards, lost) =
        (json!({ "name": "B" }), json!({ "name": "Cards" }), json!({ "name": "Lost" }));
    let keys = json!({ "keys": [{ "key": "X-Case", "label": "Case", "private": false, "hidden": false }] });
    let (user, queue) = (v1(&format!("users/{}", ids.user)), v1(&format!("queues/{}", ids.queue)));
    let disposition = v1(&format!("dispositions/{}", ids.disposition));
    let (attached, demand) = (v1("settings/attached-data"), v1("settings/demand-rules"));
    let thresholds = v1("settings/thresholds");
    let (can, routing) = (format!("{user}/abilities"), format!("{queue}/routing"));
    let ability = v1(&format!("abilities/{}", ids.ability));
    let skill = json!({ "kind": "skill", "name": "Cards" });
    let usual = json!({ "evaluation": "all", "scoring": "priority", "priority": 0, "asks": [], "rings": [] });
    let no_group = v1("expert-groups/00000000-0000-0000-0000-000000000000");
    let oskar = json!({ "network": "skype", "address": "sip:oskar@lab.test", "name": "Oskar" });
    let group =
        |members| json!({ "name": "Cards", "mode": "one_by_one", "within_ms": 30_000, "members": members });
    let (experts, nobody) = (group(json!([oskar])), group(json!([])));
    let states = v1(&format!("figures/agents/{}/states?{A_DAY}", ids.user));
    vec![
        ("GET", "/api/v1/users", ADMINISTRATOR, v1("users"), None, 200),
        ("POST", "/api/v1/users", ADMINISTRATOR, v1("users"), Some(new_user), 201),
        ("GET", "/api/v1/users/{id}", ADMINISTRATOR, user.clone(), None, 200),
        ("PATCH", "/api/v1/users/{id}", ADMINISTRATOR, user, Some(renamed), 200),
        ("GET", "/api/v1/queues", ABOVE, v1("queues"), None, 200),
        ("POST", "/api/v1/queues", ADMINISTRATOR, v1("queues"), Some(cards), 201),
        ("PATCH", "/api/v1/queues/{id}", ADMINISTRATOR, queue, Some(json!({})), 200),
        ("GET", "/api/v1/figures/metrics", ABOVE, v1("figures/metrics"), None, 200),
        ("GET", "/api/v1/figures/queues", ABOVE, v1(&format!("figures/queues?{A_DAY}")), None, 200),
        (
            "GET",
            "/api/v1/figures/queues/series",
            ABOVE,
            v1(&format!("figures/queues/series?{A_DAY}&grain=interval")),
            None,
            200,
        ),
        ("GET", "/api/v1/figures/agents", ABOVE, v1(&format!("figures/agents?{A_DAY}")), None, 200),
        ("GET", "/api/v1/figures/wrap-up", ABOVE, v1(&format!("figures/wrap-up?{A_DAY}")), None, 200),
        ("GET", "/api/v1/figures/experts", ABOVE, v1(&format!("figures/experts?{A_DAY}")), None, 200),
        ("GET", "/api/v1/figures/agents/{id}/states", ABOVE, states, None, 200),
        ("GET", "/api/v1/dispositions", ABOVE, v1("dispositions"), None, 200),
        ("POST", "/api/v1/dispositions", ADMINISTRATOR, v1("dispositions"), Some(lost), 201),
        ("PATCH", "/api/v1/dispositions/{id}", ADMINISTRATOR, disposition, Some(json!({})), 200),
        ("GET", "/api/v1/settings/attached-data", ADMINISTRATOR, attached.clone(), None, 200),
        ("PUT", "/api/v1/settings/attached-data", ADMINISTRATOR, attached, Some(keys), 200),
        ("GET", "/api/v1/settings/demand-rules", ADMINISTRATOR, demand.clone(), None, 200),
        ("PUT", "/api/v1/settings/demand-rules", ADMINISTRATOR, demand, Some(json!({ "rules": [] })), 200),
        ("GET", "/api/v1/settings/thresholds", ABOVE, thresholds.clone(), None, 200),
        ("PUT", "/api/v1/settings/thresholds", ABOVE, thresholds, Some(json!({ "thresholds": [] })), 200),
        ("GET", "/api/v1/abilities", ABOVE, v1("abilities"), None, 200),
        ("POST", "/api/v1/abilities", ADMINISTRATOR, v1("abilities"), Some(skill), 201),
        ("PATCH", "/api/v1/abilities/{id}", ADMINISTRATOR, ability, Some(json!({})), 200),
        ("GET", "/api/v1/users/{id}/abilities", ADMINISTRATOR, can.clone(), None, 200),
        ("PUT", "/api/v1/users/{id}/abilities", ADMINISTRATOR, can, Some(json!({ "abilities": [] })), 200),
        ("GET", "/api/v1/queues/{id}/routing", ADMINISTRATOR, routing.clone(), None, 200),
        ("PUT", "/api/v1/queues/{id}/routing", ADMINISTRATOR, routing, Some(usual), 200),
        ("GET", "/api/v1/networks", ADMINISTRATOR, v1("networks"), None, 200),
        ("GET", "/api/v1/expert-groups", ALL, v1("expert-groups"), None, 200),
        ("POST", "/api/v1/expert-groups", ABOVE, v1("expert-groups"), Some(nobody), 422),
        ("PUT", "/api/v1/expert-groups/{id}", ABOVE, no_group.clone(), Some(experts), 404),
        ("DELETE", "/api/v1/expert-groups/{id}", ABOVE, no_group, None, 404),
    ]
}

/// There is no view of this id.
fn people() -> Vec<Route> {
    let sources = "/api/v1/people-sources".to_owned();
    let nobody = "00000000-0000-0000-0000-000000000000";
    let source = format!("{sources}/{nobody}");
    let refused = format!("/api/v1/people-imports/{nobody}/refused");
    let imports = format!("{source}/imports");
    let (ldap, scim) = (format!("{sources}/ldap"), format!("{sources}/scim"));
    let (own, token) = (format!("{source}/ldap"), format!("{source}/scim/token"));
    // Nobody listens there.
    let settings = json!({ "host": "127.0.0.1", "port": 1, "protection": "plain", "base": "dc=x" });
    let of_ldap = json!({ "name": "LDAP", "settings": settings });
    let (trial, change) = (json!({ "settings": settings }), json!({ "settings": settings }));
    let of_scim = json!({ "name": "SCIM", "settings": {} });
    let (nicknames, table) = ("/api/v1/nicknames".to_owned(), json!({ "revision": 0, "names": [] }));
    vec![
        ("GET", "/api/v1/nicknames", ADMINISTRATOR, nicknames.clone(), None, 200),
        ("PUT", "/api/v1/nicknames", ADMINISTRATOR, nicknames, Some(table), 200),
        ("GET", "/api/v1/people-sources", ADMINISTRATOR, sources.clone(), None, 200),
        ("POST", "/api/v1/people-sources", ADMINISTRATOR, sources, Some(json!({ "name": "HR" })), 201),
        ("PATCH", "/api/v1/people-sources/{id}", ADMINISTRATOR, source.clone(), Some(json!({})), 404),
        ("DELETE", "/api/v1/people-sources/{id}", ADMINISTRATOR, source, None, 404),
        ("GET", "/api/v1/people-sources/{id}/imports", ADMINISTRATOR, imports.clone(), None, 404),
        ("POST", "/api/v1/people-sources/{id}/imports", ADMINISTRATOR, imports, Some(json!({})), 404),
        ("GET", "/api/v1/people-imports/{id}/refused", ADMINISTRATOR, refused, None, 200),
        ("POST", "/api/v1/people-sources/ldap", ADMINISTRATOR, ldap.clone(), Some(of_ldap.clone()), 201),
        ("POST", "/api/v1/people-sources/ldap/try", ADMINISTRATOR, format!("{ldap}/try"), Some(trial), 200),
        ("GET", "/api/v1/people-sources/{id}/ldap", ADMINISTRATOR, own.clone(), None, 404),
        ("PUT", "/api/v1/people-sources/{id}/ldap", ADMINISTRATOR, own.clone(), Some(change), 404),
        (
            "POST",
            "/api/v1/people-sources/{id}/ldap/imports",
            ADMINISTRATOR,
            format!("{own}/imports"),
            None,
            404,
        ),
        ("POST", "/api/v1/people-sources/scim", ADMINISTRATOR, scim, Some(of_scim), 201),
        ("PUT", "/api/v1/people-sources/{id}/scim/token", ADMINISTRATOR, token, None, 404),
    ]
}

fn views() -> Vec<Route> {
    let view = "/api/v1/views/00000000-0000-0000-0000-000000000000".to_owned();
    let of = "/api/v1/views?page=interactions".to_owned();
    let layout = json!({ "order": [], "shown": {}, "sort": null });
    let new = json!({ "page": "interactions", "name": "Mine", "filters": "", "layout": layout });
    let file = json!({ "title": "A page", "format": "csv" });
    let table =
        json!({ "file": file, "columns": [{ "name": "Queue", "kind": "text" }], "rows": [["Billing"]] });
    let found = json!({ "file": file, "columns": ["started"], "filters": {} });
    vec![
        ("GET", "/api/v1/views", WORKING, of, None, 200),
        ("POST", "/api/v1/views", WORKING, "/api/v1/views".to_owned(), Some(new), 201),
        ("GET", "/api/v1/views/{id}", WORKING, view.clone(), None, 404),
        ("PATCH", "/api/v1/views/{id}", WORKING, view.clone(), Some(json!({})), 404),
        ("DELETE", "/api/v1/views/{id}", WORKING, view, None, 404),
        ("POST", "/api/v1/exports", WORKING, "/api/v1/exports".to_owned(), Some(table), 200),
        (
            "POST",
            "/api/v1/interactions/export",
            WORKING,
            "/api/v1/interactions/export".to_owned(),
            Some(found),
            200,
        ),
    ]
}

/// No role gives a right to runs of others; there is none of this id, and no such schedule.
fn reports() -> Vec<Route> {
    let v1 = |path: &str| format!("/api/v1/reports{path}");
    let run = v1("/runs/00000000-0000-0000-0000-000000000000");
    let schedule = v1("/schedules/00000000-0000-0000-0000-000000000000");
    let asked = json!({ "period": "yesterday", "formats": ["csv"] });
    let again = json!({
        "name": "Mornings",
        "when": { "kind": "daily", "at": "07:30" },
        "reports": [{ "report": "abandons", "period": "yesterday" }],
        "formats": ["csv"],
    });
    let archive = v1("/archive?run_ids=00000000-0000-0000-0000-000000000000");
    vec![
        ("GET", "/api/v1/reports", ABOVE, v1(""), None, 200),
        ("POST", "/api/v1/reports/{name}/runs", ABOVE, v1("/queue-summary/runs"), Some(asked), 201),
        ("GET", "/api/v1/reports/runs", ABOVE, v1("/runs"), None, 200),
        ("GET", "/api/v1/reports/runs/{id}", ABOVE, run.clone(), None, 404),
        ("DELETE", "/api/v1/reports/runs/{id}", ABOVE, run.clone(), None, 404),
        ("POST", "/api/v1/reports/runs/{id}/cancel", ABOVE, format!("{run}/cancel"), None, 404),
        ("GET", "/api/v1/reports/runs/{id}/files/{format}", ABOVE, format!("{run}/files/csv"), None, 404),
        ("GET", "/api/v1/reports/archive", ABOVE, archive, None, 404),
        ("GET", "/api/v1/reports/schedules", ABOVE, v1("/schedules"), None, 200),
        ("POST", "/api/v1/reports/schedules", ABOVE, v1("/schedules"), Some(again), 201),
        ("GET", "/api/v1/reports/schedules/{id}", ABOVE, schedule.clone(), None, 404),
        ("PATCH", "/api/v1/reports/schedules/{id}", ABOVE, schedule.clone(), Some(json!({})), 404),
        ("DELETE", "/api/v1/reports/schedules/{id}", ABOVE, schedule.clone(), None, 404),
        ("POST", "/api/v1/reports/schedules/{id}/run", ABOVE, format!("{schedule}/run"), None, 404),
    ]
}

#[tokio::test]
async fn each_role_may_call_what_the_table_says_and_nothing_else() {
    let app = TestApp::start().await;
    let ids = prepare(&app).await;
    let nobody = Session::default();
    for (method, template, who, path, body, good) in routes(&ids) {
        let anonymous = app.call(&nobody, method, &path, body.as_ref()).await;
        let expected =
            if who.is_none() { (good, code_of(template, good)) } else { (401, "not_signed_in".to_owned()) };
        assert_eq!(anonymous.outcome(), expected, "nobody: {method} {template}");
        // The permitted come last, since what they do may be done only once.
        let mut users = [("dana", "agent"), ("sara", "supervisor"), ("admin", "administrator")];
        let may = |role: &str| who.is_none_or(|roles| roles.is_empty() || roles.contains(&role));
        users.sort_by_key(|(_, role)| may(role));
        for (name, role) in users {
            let session = app.sign_in(name).await;
            let answer = app.call(&session, method, &path, body.as_ref()).await;
            let expected =
                if may(role) { (good, code_of(template, good)) } else { (403, "not_permitted".to_owned()) };
            assert_eq!(answer.outcome(), expected, "{name}: {method} {template} {}", answer.text);
        }
    }
    app.stop().await;
}

/// What a right alone does not give: a photo needs a session on the network, a company's page one that is
/// set up, its answer a sign-in that was begun, a run to have asked for it, a group somebody in it, a page its
/// link.
fn code_of(template: &str, status: u16) -> String {
    let code = match template {
        _ if status < 400 => "",
        "/api/v1/expert-groups" => "invalid",
        "/api/v1/people/photo" => "no_network",
        "/api/v1/me/networks/{network}/authorisation" => "no_company_page",
        "/api/v1/me/authorisation" => "unknown_authorisation",
        "/api/v1/expert-groups/{id}" => "unknown_expert_group",
        template if template.starts_with("/api/v1/people-sources/{id}") => "unknown_people_source",
        "/api/v1/views/{id}" => "unknown_saved_view",
        template if template.starts_with("/api/v1/handover") => "unknown_link",
        "/api/v1/reports/archive" => "unknown_report_run",
        template if template.starts_with("/api/v1/reports/runs/{id}") => "unknown_report_run",
        template if template.starts_with("/api/v1/reports/schedules/{id}") => "unknown_report_schedule",
        _ => "",
    };
    code.to_owned()
}

#[test]
fn the_table_and_the_description_name_the_same_routes_and_roles() {
    let ids = ["user", "queue", "disposition", "ability", "interaction"].map(str::to_owned);
    let [user, queue, disposition, ability, interaction] = ids;
    let table = routes(&Ids { user, queue, disposition, ability, interaction });
    let ours: BTreeSet<_> = table
        .iter()
        .map(|(method, template, who, ..)| {
            let roles = who.map(|roles| roles.iter().map(|role| (*role).to_owned()).collect::<BTreeSet<_>>());
            (method.to_lowercase(), (*template).to_owned(), roles)
        })
        .collect();
    let document: Value = serde_json::from_str(&openapi::text().unwrap()).unwrap();
    let theirs: BTreeSet<_> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| item.as_object().unwrap().iter().map(move |(method, op)| (path, method, op)))
        .map(|(path, method, operation)| (method.clone(), path.clone(), roles_of(operation)))
        .collect();
    assert_eq!(ours, theirs);
}

/// The roles of an operation; none where its security requirement is empty.
fn roles_of(operation: &Value) -> Option<BTreeSet<String>> {
    let roles = operation["security"][0].get("session")?.as_array().unwrap();
    Some(roles.iter().map(|role| role.as_str().unwrap().to_owned()).collect())
}

async fn prepare(app: &TestApp) -> Ids {
    let admin = app.sign_in("admin").await;
    let created = async |path: &str, body: Value, id: &str| {
        let answer = app.call(&admin, "POST", path, Some(&body)).await;
        answer.json()[id].as_str().unwrap_or_else(|| panic!("{answer:?}")).to_owned()
    };
    let queue =
        created("/api/v1/queues", json!({ "name": "Billing", "numbers": ["billing"] }), "queue_id").await;
    let disposition = created("/api/v1/dispositions", json!({ "name": "Sold" }), "disposition_id").await;
    let skill = json!({ "kind": "skill", "name": "Billing" });
    let ability = created("/api/v1/abilities", skill, "ability_id").await;
    let dana = app.user_id("dana").await;
    let interaction = crate::interactions::add(app, dana, queue.parse().unwrap(), 1_000).await.to_string();
    Ids { user: app.user_id("ben").await.to_string(), queue, disposition, ability, interaction }
}
