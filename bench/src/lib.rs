//! Drives the built programs `hookflash` and `hookflash-lab` as processes and speaks their protocols. It
//! uses none of the house's crates, so that what it measures and checks is what an outsider sees.

pub mod bare;
pub mod clock;
pub mod commits;
pub mod database;
pub mod desk;
pub mod drive;
pub mod figures;
pub mod machine;
pub mod pool;
pub mod process;
pub mod programs;
pub mod server;
pub mod staff;
pub mod wait;
