//! Prosody, started for a test in a temporary folder.

use crate::missing::{free_ports, need};
use std::{
    fs,
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

/// The domain of the experts.
pub(crate) const DOMAIN: &str = "uc.test";
/// Our domain.
pub(crate) const COMPONENT: &str = "assist.uc.test";
/// The secret that the server has for us.
pub(crate) const SECRET: &str = "component secret";
/// Every expert's password.
pub(crate) const PASSWORD: &str = "pw";

/// How often, and in which distance, it is looked whether the server listens: a minute.
const LOOKS: usize = 6_000;
const BETWEEN_LOOKS: Duration = Duration::from_millis(10);

/// How presence is learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// The server grants it (XEP-0356).
    Privilege,
    /// A shared roster has the watcher.
    Watcher,
}

/// A running Prosody; it ends with this value.
pub(crate) struct Prosody {
    child: Child,
    folder: TempDir,
    pub(crate) clients: u16,
    pub(crate) components: u16,
}

impl Drop for Prosody {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing left to do about a failure here.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Prosody {
    pub(crate) fn start(presence: Presence) -> Self {
        need("/usr/bin/prosody", "prosody");
        need("/usr/lib/prosody/modules/mod_vjud", "prosody-modules");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [clients, components] = free_ports();
        let config = folder.path().join("prosody.cfg.lua");
        fs::write(&config, configuration(folder.path(), clients, components, presence))
            .expect("its configuration");
        let group = format!("[+Contact centre]\nwatch@{COMPONENT}=Contact centre\n");
        fs::write(folder.path().join("groups.txt"), group).expect("its groups");
        fs::create_dir_all(accounts(folder.path())).expect("its accounts");
        let child = start(&config, folder.path());
        let prosody = Self { child, folder, clients, components };
        prosody.wait();
        prosody
    }

    /// Adds an account.
    pub(crate) fn add(&self, name: &str) {
        let account = accounts(self.folder.path()).join(format!("{name}.dat"));
        fs::write(account, format!("return {{ [\"password\"] = \"{PASSWORD}\" }};\n")).expect("an account");
    }

    /// Ends it and starts it again on the same ports.
    pub(crate) fn restart(&mut self) {
        self.child.kill().and_then(|()| self.child.wait()).expect("Prosody ends");
        self.child = start(&self.folder.path().join("prosody.cfg.lua"), self.folder.path());
        self.wait();
    }

    /// Has it stand still: it reads and answers nothing.
    pub(crate) fn freeze(&self) {
        let status = Command::new("kill").arg("-STOP").arg(self.child.id().to_string()).status();
        assert!(status.expect("kill runs").success(), "Prosody stands still");
    }

    /// How often it has noticed so far that its component has gone.
    pub(crate) fn partings(&self) -> usize {
        self.log().matches("component disconnected").count()
    }

    fn wait(&self) {
        for port in [self.clients, self.components] {
            let listens = (0..LOOKS).any(|_| {
                let listens = TcpStream::connect(("127.0.0.1", port)).is_ok();
                if !listens {
                    std::thread::sleep(BETWEEN_LOOKS);
                }
                listens
            });
            assert!(listens, "Prosody did not start:\n{}", self.log());
        }
    }

    fn log(&self) -> String {
        let read = |name: &str| fs::read_to_string(self.folder.path().join(name)).unwrap_or_default();
        read("prosody.log") + &read("output.txt")
    }
}

fn start(config: &Path, folder: &Path) -> Child {
    let output =
        fs::File::options().create(true).append(true).open(folder.join("output.txt")).expect("its output");
    Command::new("/usr/bin/prosody")
        .arg("--config")
        .arg(config)
        .arg("-F")
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(output.try_clone().expect("its output"))
        .stderr(output)
        .spawn()
        .expect("Prosody starts")
}

fn accounts(folder: &Path) -> PathBuf {
    folder.join("data").join(DOMAIN.replace('.', "%2e")).join("accounts")
}

/// The configuration of the administrators' guide, on this test's ports.
fn configuration(folder: &Path, clients: u16, components: u16, presence: Presence) -> String {
    let granted = match presence {
        Presence::Privilege => {
            format!("privileged_entities = {{ [\"{COMPONENT}\"] = {{ presence = \"managed_entity\" }} }}")
        }
        Presence::Watcher => String::new(),
    };
    let groups = if presence == Presence::Watcher { "\"groups\";" } else { "" };
    let folder = folder.display();
    format!(
        r#"
run_as_root = true
pidfile = "{folder}/prosody.pid"
data_path = "{folder}/data"
log = {{ {{ levels = {{ min = "info" }}; to = "file"; filename = "{folder}/prosody.log" }} }}
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {clients} }}
c2s_direct_tls_ports = {{}}
s2s_ports = {{}}
component_ports = {{ {components} }}
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

Component "search.{DOMAIN}" "vjud"
  vjud_mode = "all"
  allow_remote_searches = true
  vjud_search_domain = "{DOMAIN}"
"#
    )
}
