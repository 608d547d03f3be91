//! A real LDAP server for tests: slapd of Debian, on free ports, in a temporary folder.

use crate::{Account, Config, Limits, Security};
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

const PROGRAM: &str = "/usr/sbin/slapd";
/// Below which entry everything is.
pub const BASE: &str = "dc=uc,dc=test";
/// Who may read it.
pub const ACCOUNT: &str = "cn=reader,dc=uc,dc=test";
/// Their password.
pub const PASSWORD: &str = "read only";
/// How often it is looked whether the server listens.
const STEP: Duration = Duration::from_millis(10);
/// How often at most.
const STEPS: usize = 2000;
/// Attempts with other ports.
const ATTEMPTS: usize = 5;
/// Schema: people as OpenLDAP and as Active Directory have them, and what Skype for Business adds.
const SETTINGS: &str = r#"
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
include /etc/ldap/schema/nis.schema
include /etc/ldap/schema/msuser.schema
attributetype ( 1.2.840.113556.1.6.20.1.2.2 NAME 'msRTCSIP-PrimaryUserSIPAddress' SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
objectclass ( 1.3.6.1.4.1.4203.666.11.1 NAME 'uccUser' AUXILIARY MAY ( msRTCSIP-PrimaryUserSIPAddress ) )
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCertificateFile FOLDER/cert.pem
TLSCertificateKeyFile FOLDER/key.pem
pidfile FOLDER/pid
database mdb
maxsize 67108864
suffix "dc=uc,dc=test"
rootdn "cn=reader,dc=uc,dc=test"
rootpw "read only"
directory FOLDER/database
"#;
const TOP: &str =
    "dn: dc=uc,dc=test\nobjectClass: dcObject\nobjectClass: organization\ndc: uc\no: Example\n\n";

/// A running server; it ends with this value.
#[derive(Debug)]
pub struct Slapd {
    child: Child,
    folder: TempDir,
    /// The port for plain connections and StartTLS.
    pub port: u16,
    /// The port for TLS.
    pub tls_port: u16,
}

impl Slapd {
    /// Starts it with these entries (LDIF) below [`BASE`].
    ///
    /// # Panics
    /// It cannot be started, which fails the test.
    #[must_use]
    pub fn start(ldif: &str) -> Self {
        assert!(fs::exists(PROGRAM).unwrap_or(false), "apt-get install slapd");
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let made = rcgen::generate_simple_self_signed(names).expect("a certificate");
        fs::write(path("cert.pem"), made.cert.pem()).expect("written");
        fs::write(path("key.pem"), made.signing_key.serialize_pem()).expect("written");
        let settings = SETTINGS.replace("FOLDER", &folder.path().display().to_string());
        fs::write(path("slapd.conf"), settings).expect("written");
        fill(&folder, ldif);
        let (child, port, tls_port) =
            (0..ATTEMPTS).find_map(|_| run(&folder, free_port(), free_port())).expect("slapd starts");
        Self { child, folder, port, tls_port }
    }

    /// Ends it and starts it again with other entries on the same ports.
    ///
    /// # Panics
    /// It cannot be started, which fails the test.
    pub fn replace(&mut self, ldif: &str) {
        self.end();
        fill(&self.folder, ldif);
        let ports = (self.port, self.tls_port);
        (self.child, ..) =
            (0..ATTEMPTS).find_map(|_| run(&self.folder, ports.0, ports.1)).expect("slapd starts");
    }

    /// Ends it.
    pub fn end(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// The certificate to trust.
    ///
    /// # Panics
    /// It cannot be read, which fails the test.
    #[must_use]
    pub fn ca_pem(&self) -> String {
        fs::read_to_string(self.folder.path().join("cert.pem")).expect("the certificate")
    }

    /// What reads people and these attributes of it, in the clear.
    #[must_use]
    pub fn config(&self, attributes: &[&str]) -> Config {
        Config {
            host: "localhost".to_owned(),
            port: self.port,
            security: Security::Plain,
            ca_pem: None,
            account: Some(Account { name: ACCOUNT.to_owned(), password: PASSWORD.to_owned() }),
            base: BASE.to_owned(),
            filter: "(objectClass=person)".to_owned(),
            attributes: attributes.iter().map(ToString::to_string).collect(),
            page_size: 50,
            limits: Limits::default(),
        }
    }
}

impl Drop for Slapd {
    fn drop(&mut self) {
        self.end();
    }
}

/// Makes the database anew.
fn fill(folder: &TempDir, ldif: &str) {
    let path = |name: &str| folder.path().join(name);
    let _ = fs::remove_dir_all(path("database"));
    fs::create_dir(path("database")).expect("a folder");
    fs::write(path("people.ldif"), format!("{TOP}{ldif}")).expect("written");
    let done =
        command(["-T", "add", "-q", "-f"], path("slapd.conf")).arg("-l").arg(path("people.ldif")).output();
    let done = done.expect("slapadd runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Runs it on these ports; nothing where one of them is taken.
fn run(folder: &TempDir, port: u16, tls_port: u16) -> Option<(Child, u16, u16)> {
    let urls = format!("ldap://127.0.0.1:{port} ldaps://127.0.0.1:{tls_port}");
    // With a level of debugging it stays in the foreground.
    let mut child = command(["-d", "0", "-h", &urls], PathBuf::from("-f"))
        .arg(folder.path().join("slapd.conf"))
        .spawn()
        .expect("slapd runs");
    for _ in 0..STEPS {
        if child.try_wait().expect("its state").is_some() {
            return None;
        }
        if [port, tls_port].iter().all(|port| TcpStream::connect(("127.0.0.1", *port)).is_ok()) {
            return Some((child, port, tls_port));
        }
        std::thread::sleep(STEP);
    }
    let _ = child.kill();
    None
}

fn command(arguments: [&str; 4], last: PathBuf) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).arg(last).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}
