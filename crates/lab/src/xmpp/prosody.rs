//! Prosody.

use super::place::Place;
use super::server::need;
use super::{COMPONENT, DOMAIN, PASSWORD, Presence, SECOND_COMPONENT, SECRET};
use std::fs;
use std::process::Command;

const PROGRAM: &str = "/usr/bin/prosody";
const CONFIGURATION: &str = "prosody.cfg.lua";

/// Writes what it needs.
pub(super) fn prepare(place: &Place) -> anyhow::Result<()> {
    need(PROGRAM, "prosody")?;
    need("/usr/lib/prosody/modules/mod_vjud", "prosody-modules")?;
    place.write(CONFIGURATION, &configuration(place))?;
    place.write("groups.txt", &format!("[+Contact centre]\nwatch@{COMPONENT}=Contact centre\n"))?;
    Ok(fs::create_dir_all(place.file(&accounts()))?)
}

/// Adds how it is started.
pub(super) fn command(place: &Place, command: &mut Command) {
    command.arg(PROGRAM).arg("--config").arg(place.file(CONFIGURATION)).arg("-F");
}

/// Adds an account; it is read when somebody signs in.
pub(super) fn add(place: &Place, user: &str) -> anyhow::Result<()> {
    place.write(
        &format!("{}/{}.dat", accounts(), file_name(user)),
        &format!("return {{ [\"password\"] = \"{PASSWORD}\" }};\n"),
    )
}

fn accounts() -> String {
    format!("data/{}/accounts", file_name(DOMAIN))
}

/// What its data are called on disk: everything but letters and digits is written as its number.
fn file_name(name: &str) -> String {
    let letter = |byte: u8| match byte.is_ascii_alphanumeric() {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02x}"),
    };
    name.bytes().map(letter).collect()
}

/// The configuration of the administrators' guide, on free ports.
fn configuration(place: &Place) -> String {
    let Place { folder, clients, components, second_components, presence, .. } = place;
    let granted = match presence {
        Presence::Granted => {
            format!("privileged_entities = {{ [\"{COMPONENT}\"] = {{ presence = \"managed_entity\" }} }}")
        }
        Presence::Watcher => String::new(),
    };
    let groups = if *presence == Presence::Watcher { "\"groups\";" } else { "" };
    let folder = folder.display();
    format!(
        r#"
run_as_root = true
pidfile = "{folder}/prosody.pid"
data_path = "{folder}/data"
log = {{ {{ levels = {{ min = "info" }}; to = "console" }} }}
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {clients} }}
c2s_direct_tls_ports = {{}}
s2s_ports = {{}}
component_ports = {{ {components}, {second_components} }}
component_interfaces = {{ "127.0.0.1" }}
http_ports = {{}}
https_ports = {{}}
modules_enabled = {{
  "posix"; "disco"; "roster"; "saslauth"; "ping"; "version"; "carbons"; "smacks"; "mam"; "vcard"; "blocklist";
  "offline"; "privilege"; {groups}
}}
modules_disabled = {{ "s2s"; "tls" }}
groups_file = "{folder}/groups.txt"
smacks_hibernation_time = 10
storage = "internal"
authentication = "internal_plain"
c2s_require_encryption = false
allow_unencrypted_plain_auth = true

VirtualHost "{DOMAIN}"
  {granted}

Component "{COMPONENT}"
  component_secret = "{SECRET}"
  modules_enabled = {{ "privilege" }}

Component "{SECOND_COMPONENT}"
  component_secret = "{SECRET}"

Component "search.{DOMAIN}" "vjud"
  vjud_mode = "all"
  allow_remote_searches = true
  vjud_search_domain = "{DOMAIN}"
"#
    )
}
