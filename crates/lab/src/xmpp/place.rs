//! Where a server lives: its folder and its ports.

use super::Presence;
use anyhow::Context as _;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

/// A folder, and ports of the loopback that nobody uses.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) folder: PathBuf,
    pub(super) presence: Presence,
    /// Where clients connect.
    pub(super) clients: u16,
    /// Where components connect.
    pub(super) components: u16,
    /// Where the second one does: ejabberd takes a connection as all the components of its port.
    pub(super) second_components: u16,
    /// Where the server itself is led, if it can be.
    pub(super) control: u16,
}

impl Place {
    pub(super) fn new(folder: &Path, presence: Presence) -> anyhow::Result<Self> {
        // Held until all are known, so that no two are the same.
        let listeners = [(); 4].map(|()| TcpListener::bind("127.0.0.1:0"));
        let mut ports = [0; 4];
        for (port, listener) in ports.iter_mut().zip(&listeners) {
            let listener = listener.as_ref().map_err(|error| anyhow::anyhow!("no free port: {error}"))?;
            *port = listener.local_addr()?.port();
        }
        let [clients, components, second_components, control] = ports;
        Ok(Self { folder: folder.to_owned(), presence, clients, components, second_components, control })
    }

    /// A file in the folder.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes a file in the folder.
    pub(super) fn write(&self, name: &str, text: &str) -> anyhow::Result<()> {
        let path = self.file(name);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    }
}
