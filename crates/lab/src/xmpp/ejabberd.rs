//! ejabberd, without its control script: that one changes the account and starts a name server for Erlang
//! nodes, which outlives it. Here the node has no name, and nothing else is started.

use super::place::Place;
use super::server::need;
use super::{COMPONENT, DOMAIN, PASSWORD, Presence, SECOND_COMPONENT, SECRET};
use anyhow::{Context as _, ensure};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const CONFIGURATION: &str = "ejabberd.yml";
/// Debian's own Python, which has SQLite.
const PYTHON: &str = "/usr/bin/python3";
/// The tables of its SQL databases.
const SCHEMA: &str = "/usr/share/ejabberd/sql/lite.sql";
/// With a log the archive takes a sync for each message in place of three.
const MAKE_TABLES: &str = "import sqlite3, sys; database = sqlite3.connect(sys.argv[1]); \
                           database.execute('pragma journal_mode = wal'); \
                           database.executescript(open(sys.argv[2]).read())";

/// Writes what it needs.
pub(super) fn prepare(place: &Place) -> anyhow::Result<()> {
    need("/usr/sbin/ejabberdctl", "ejabberd")?;
    need(SCHEMA, "ejabberd")?;
    need(PYTHON, "python3")?;
    ensure!(has("/usr/lib/erlang/lib", "p1_sqlite3-"), "As root, run: apt-get install erlang-p1-sqlite3");
    ensure!(place.presence == Presence::Granted, "ejabberd's shared rosters take no component's addresses");
    place.write(CONFIGURATION, &configuration(place))?;
    let tables = Command::new(PYTHON).args(["-c", MAKE_TABLES]).arg(database(place)).arg(SCHEMA).status()?;
    ensure!(tables.success(), "the tables of its database cannot be made");
    Ok(fs::create_dir_all(place.file("mnesia"))?)
}

/// Adds how it is started.
pub(super) fn command(place: &Place, command: &mut Command) -> anyhow::Result<()> {
    command
        .args(["erl", "+K", "true", "-noinput", "-mnesia", "dir"])
        .arg(format!("\"{}\"", place.file("mnesia").display()))
        .args(["-s", "ejabberd"])
        .env("ERL_LIBS", libraries()?)
        .env("ERL_CRASH_DUMP", "/dev/null")
        .env("HOME", &place.folder)
        .env("EJABBERD_CONFIG_PATH", place.file(CONFIGURATION))
        .env("EJABBERD_LOG_PATH", place.file("ejabberd.log"));
    Ok(())
}

/// Adds an account, by its API.
pub(super) async fn add(place: &Place, user: &str) -> anyhow::Result<()> {
    let http = reqwest::Client::builder().no_proxy().build()?;
    let account = json!({ "user": user, "host": DOMAIN, "password": PASSWORD });
    let url = format!("http://127.0.0.1:{}/api/register", place.control);
    let answer = http.post(url).json(&account).send().await?;
    answer.error_for_status().with_context(|| format!("{user} is not added"))?;
    Ok(())
}

fn database(place: &Place) -> PathBuf {
    place.file("ejabberd.db")
}

/// Where Debian keeps it for this machine's kind of processor.
fn libraries() -> anyhow::Result<PathBuf> {
    let mut places = fs::read_dir("/usr/lib")?.flatten().map(|entry| entry.path());
    places.find(|place| has(place, "ejabberd-")).context("ejabberd is not below /usr/lib")
}

/// Whether something in a folder begins so.
fn has(folder: impl AsRef<Path>, beginning: &str) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .into_iter()
        .any(|entry| entry.file_name().to_str().is_some_and(|name| name.starts_with(beginning)))
}

/// The configuration of the administrators' guide, on free ports.
fn configuration(place: &Place) -> String {
    let Place { clients, components, second_components, control, .. } = place;
    let database = database(place);
    let database = database.display();
    format!(
        r#"
hosts: ["{DOMAIN}"]
loglevel: info
log_rotate_count: 0
acme: {{auto: false}}
listen:
  - {{port: {clients}, ip: "127.0.0.1", module: ejabberd_c2s, starttls: false}}
  - port: {components}
    ip: "127.0.0.1"
    module: ejabberd_service
    hosts:
      "{COMPONENT}":
        password: "{SECRET}"
  - port: {second_components}
    ip: "127.0.0.1"
    module: ejabberd_service
    hosts:
      "{SECOND_COMPONENT}":
        password: "{SECRET}"
  - {{port: {control}, ip: "127.0.0.1", module: ejabberd_http, request_handlers: {{/api: mod_http_api}}}}
acl:
  assist:
    server: "{COMPONENT}"
  loopback:
    ip: "127.0.0.1"
access_rules:
  privileged:
    allow: assist
api_permissions:
  "accounts":
    who: [{{access: [{{allow: loopback}}]}}]
    what: [register]
auth_method: sql
auth_password_format: plain
default_db: sql
sql_type: sqlite
sql_database: "{database}"
modules:
  mod_admin_extra: {{}}
  mod_blocking: {{}}
  mod_carboncopy: {{}}
  mod_disco: {{}}
  mod_mam: {{default: always}}
  mod_offline: {{}}
  mod_ping: {{}}
  mod_privacy: {{}}
  mod_privilege:
    presence:
      managed_entity: privileged
  mod_roster: {{}}
  mod_stream_mgmt: {{resume_timeout: 10}}
  mod_vcard:
    search: true
    host: "search.{DOMAIN}"
  mod_version: {{}}
"#
    )
}
