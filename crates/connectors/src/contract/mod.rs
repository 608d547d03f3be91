//! What a chat network offers to Hookflash: find people, see presence, invite, talk, leave.
//!
//! A [`Connector`] is one configured network; a [`Session`] is one signed-in agent on it. What the
//! engine asks are calls; what the network tells are [`SessionEvent`]s in [`Batch`]es. Trouble with
//! the connection is told as [`LinkState`], so a call during an outage waits a bounded time and
//! then answers [`ConnectorError::TryLater`].

mod account;
mod authoriser;
mod batch;
mod capabilities;
mod connector;
mod error;
mod event;
mod history;
mod link;
mod people;
mod team;

pub use account::{Account, Credential, Secret};
pub use authoriser::{Authoriser, Begun};
pub use batch::{Batch, Confirmation, Done, ResumePoint};
pub use capabilities::{AnswerSupport, Capabilities, FavouritesSupport, PresenceSupport};
pub use connector::{ChatId, Connector, Opening, Outgoing, OwnPresence, Session};
pub use error::ConnectorError;
pub use event::{SessionEvent, Unreachable};
pub use history::EarlierMessage;
pub use link::{LinkState, Trouble, TroubleCode};
pub use people::{Favourite, Found, Page, Photo};
pub use team::{Duty, Team};
