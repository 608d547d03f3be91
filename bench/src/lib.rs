//! Drives the built programs `hookflash` and `hookflash-lab` as processes and speaks their protocols. It
//! uses none of the house's crates, so that what it measures and checks is what an outsider sees.

#[cfg(feature = "protocols")]
pub mod bare;
pub mod clock;
pub mod commits;
pub mod database;
#[cfg(feature = "protocols")]
pub mod desk;
pub mod drive;
#[cfg(feature = "protocols")]
pub mod faults;
pub mod figures;
pub mod group_log;
#[cfg(feature = "protocols")]
pub mod http;
pub mod machine;
#[cfg(feature = "protocols")]
pub mod pool;
pub mod probe;
pub mod process;
pub mod programs;
#[cfg(feature = "protocols")]
pub mod server;
pub mod sides;
#[cfg(feature = "protocols")]
pub mod staff;
#[cfg(feature = "protocols")]
pub mod talk;
pub mod tally;
pub mod wait;
#[cfg(feature = "protocols")]
pub mod xmpp;
