//! Programs that these tests start.

use std::path::Path;

/// Ends the test with the command that installs what is missing.
pub(crate) fn need(path: &str, package: &str) {
    assert!(Path::new(path).exists(), "{path} is missing. As root, run: apt-get install {package}");
}

/// Ports of the loopback that nobody uses at this moment.
pub(crate) fn free_ports<const COUNT: usize>() -> [u16; COUNT] {
    let listeners = [(); COUNT].map(|()| std::net::TcpListener::bind("127.0.0.1:0").expect("a free port"));
    listeners.map(|listener| listener.local_addr().expect("its address").port())
}
