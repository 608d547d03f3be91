//! A real XMPP server, which `hookflash-lab xmpp` starts in a temporary folder.

use crate::lab;
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

/// The domain of the experts.
pub(crate) const DOMAIN: &str = "uc.test";
/// Our domain.
pub(crate) const COMPONENT: &str = "assist.uc.test";
/// The secret that the server has for us.
pub(crate) const SECRET: &str = "component secret";
/// Every expert's password.
pub(crate) const PASSWORD: &str = "pw";

/// Which server, and how presence is learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Site {
    /// Prosody grants it (XEP-0356).
    Prosody,
    /// A shared roster of Prosody has the watcher.
    ProsodyWatcher,
    /// ejabberd grants it, and tells changes only.
    Ejabberd,
}

/// A running server; it ends with this value.
pub(crate) struct Server {
    child: Child,
    pipe: Mutex<Option<(ChildStdin, BufReader<ChildStdout>)>>,
    /// Where clients connect.
    pub(crate) clients: u64,
    /// Where components connect.
    pub(crate) components: u64,
}

impl Drop for Server {
    fn drop(&mut self) {
        // The end of its input is the end of the program, which ends the server and removes its folder. It may
        // have ended by itself; there is nothing left to do about a failure here.
        self.pipe.lock().take();
        let _ = self.child.wait();
    }
}

impl Server {
    pub(crate) fn start(site: Site) -> Self {
        let (server, presence) = match site {
            Site::Prosody => ("prosody", "granted"),
            Site::ProsodyWatcher => ("prosody", "watcher"),
            Site::Ejabberd => ("ejabberd", "granted"),
        };
        let mut child = Command::new(lab::program())
            .args(["xmpp", "--server", server, "--presence", presence])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("hookflash-lab starts");
        let input = child.stdin.take().expect("its input");
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        let ready = read(&mut output);
        let port = |name: &str| ready.get(name).and_then(Value::as_u64).expect("a port");
        let (clients, components) = (port("clients"), port("components"));
        Self { child, pipe: Mutex::new(Some((input, output))), clients, components }
    }

    /// Adds an account.
    pub(crate) fn add(&self, name: &str) {
        self.tell(&json!({ "do": "add", "user": name }));
    }

    /// Ends it and starts it again on the same ports.
    pub(crate) fn restart(&self) {
        self.tell(&json!({ "do": "restart" }));
    }

    /// Has it stand still: it reads and answers nothing.
    pub(crate) fn freeze(&self) {
        self.tell(&json!({ "do": "freeze" }));
    }

    fn tell(&self, command: &Value) {
        let mut pipe = self.pipe.lock();
        let (input, output) = pipe.as_mut().expect("its pipes");
        writeln!(input, "{command}").expect("it reads");
        let answer = read(output);
        assert_eq!(answer, json!({}), "{command}");
    }
}

fn read(output: &mut BufReader<ChildStdout>) -> Value {
    let mut line = String::new();
    output.read_line(&mut line).expect("its output");
    serde_json::from_str(&line).unwrap_or_else(|_| panic!("the server does not run; it said {line:?}"))
}
