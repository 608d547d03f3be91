//! A real mail server: aiosmtpd as a process of its own, see `crates/lab/mail-server`.

use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use tempfile::TempDir;

/// Debian's own Python: python3-aiosmtpd belongs to it.
const PYTHON: &str = "/usr/bin/python3";
const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../lab/mail-server/serve.py");
const LIBRARY: &str = "/usr/lib/python3/dist-packages/aiosmtpd";

/// The running server; it ends with this value.
pub(crate) struct MailServer {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    folder: TempDir,
    security: &'static str,
    port: u64,
}

impl MailServer {
    /// Starts it with a certificate for `localhost`.
    pub(crate) fn start(security: &'static str) -> Self {
        assert!(Path::new(LIBRARY).exists(), "apt-get install python3-aiosmtpd");
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        std::fs::write(path("cert.pem"), made.cert.pem()).unwrap();
        std::fs::write(path("key.pem"), made.signing_key.serialize_pem()).unwrap();
        std::fs::write(path("password"), "secret\n").unwrap();
        let mut child = Command::new(PYTHON)
            .args([PROGRAM, "--security", security, "--cert", "cert.pem", "--key", "key.pem"])
            .args(["--folder", ".", "--user", "hookflash", "--password", "secret"])
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready: Value = serde_json::from_str(&output.next().unwrap().unwrap()).unwrap();
        let port = ready["port"].as_u64().unwrap();
        Self { child, input, output, folder, security, port }
    }

    /// The settings of a server that sends by it, with more of them.
    pub(crate) fn settings(&self, more: &str) -> String {
        let folder = self.folder.path().display();
        format!(
            "[http]\npublic_url = \"http://desk.test\"\n[mail]\nserver = \"localhost\"\nport = {}\n\
             security = \"{}\"\nca_file = \"{folder}/cert.pem\"\nuser_name = \"hookflash\"\n\
             password_file = \"{folder}/password\"\nfrom = \"Hookflash <reports@desk.test>\"\n{more}",
            self.port, self.security
        )
    }

    /// Writes another password for the settings, which is wrong.
    pub(crate) fn mistake_the_password(&self) {
        std::fs::write(self.folder.path().join("password"), "wrong").unwrap();
    }

    /// Answers so often to a recipient in the place of taking a mail.
    pub(crate) fn refuse(&mut self, address: &str, answer: &str, times: u64) {
        self.tell(&json!({ "do": "refuse", "address": address, "answer": answer, "times": times }));
    }

    /// Takes so many mails and hangs up without a word.
    pub(crate) fn hang_up(&mut self, times: u64) {
        self.tell(&json!({ "do": "hang_up", "times": times }));
    }

    /// Takes so many mails and does not say so.
    pub(crate) fn linger(&mut self, times: u64) {
        self.tell(&json!({ "do": "linger", "times": times }));
    }

    /// The mails that it took, by Python's own parser.
    pub(crate) fn mails(&mut self) -> Vec<Value> {
        self.tell(&json!({ "do": "mails" }))["mails"].as_array().unwrap().clone()
    }

    fn tell(&mut self, command: &Value) -> Value {
        writeln!(self.input, "{command}").unwrap();
        let answer = serde_json::from_str(&self.output.next().unwrap().unwrap()).unwrap();
        assert!(matches!(&answer, Value::Object(told) if !told.contains_key("error")), "{answer}");
        answer
    }

    /// What is in an attachment.
    pub(crate) fn attached(&self, attachment: &Value) -> Vec<u8> {
        std::fs::read(self.folder.path().join(attachment["file"].as_str().unwrap())).unwrap()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The value of a header.
pub(crate) fn header<'a>(mail: &'a Value, name: &str) -> &'a str {
    let headers = mail["headers"].as_array().unwrap();
    let found: Vec<_> = headers.iter().filter(|header| header[0] == name).collect();
    assert_eq!(found.len(), 1, "{name}: {headers:?}");
    found[0][1].as_str().unwrap()
}
