//! A scripted network in memory, for tests of what stands on the contract.
//!
//! [`FakeNetwork`] is the network with its people: it lives on when sessions come and go, keeps
//! events until they were confirmed, and is driven by the test. [`FakeNetwork::connector`] is the
//! agent's way in.

mod connector;
mod network;
mod people;
mod pump;
mod session;
mod state;

pub use connector::FakeConnector;
pub use network::FakeNetwork;
pub use people::{FakeAnswer, FakeMessage, FakePerson};
