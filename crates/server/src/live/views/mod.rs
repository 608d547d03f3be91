//! What the desk is shown: the shapes of `docs/integrators/desk-socket.md`.

mod agent;
mod consult;
mod floor;
mod hunt;
mod interaction;
mod person;
mod queue;

pub use agent::{AgentView, OfferView, agent_view, offer_view};
pub use consult::{ConsultView, MessageView, consult_view, message_view};
pub use floor::floor_frame;
pub use interaction::{InteractionView, interaction_view};
pub use person::{PersonView, PresenceView, person_view, presence_view};
pub use queue::{QueueView, queue_views};
