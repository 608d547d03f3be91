//! Ports for the demo: the usual one, or a free one when that is in use.

use anyhow::Context as _;
use std::net::{Ipv4Addr, TcpListener, UdpSocket};

/// How many free ports are tried.
const TRIES: usize = 20;

/// The port, or a free one.
pub(super) fn tcp(wanted: u16) -> anyhow::Result<u16> {
    let found = TcpListener::bind((Ipv4Addr::LOCALHOST, wanted))
        .or_else(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
        .and_then(|listener| listener.local_addr());
    Ok(found.context("no free port")?.port())
}

/// The port, or one that is free for UDP and TCP.
pub(super) fn udp_and_tcp(wanted: u16) -> anyhow::Result<u16> {
    let free = |port: u16| -> std::io::Result<u16> {
        let udp = UdpSocket::bind((Ipv4Addr::LOCALHOST, port))?;
        let port = udp.local_addr()?.port();
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map(|_| port)
    };
    std::iter::once(wanted).chain([0; TRIES]).find_map(|port| free(port).ok()).context("no free port for SIP")
}
