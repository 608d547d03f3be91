//! How the pool's state looks on the wire: one file a resource.

pub(crate) mod application;
pub(crate) mod contact;
pub(crate) mod conversation;
pub(crate) mod group;
pub(crate) mod invitation;
pub(crate) mod log;
pub(crate) mod me;
pub(crate) mod message;
pub(crate) mod messaging;
pub(crate) mod participant;
pub(crate) mod subscription;

use super::state::chat::{Chat, Party, Seat};
use super::wire::Sender;

/// A chat as one application sees it.
pub(crate) struct Scene<'a> {
    /// The application's path.
    pub(crate) path: &'a str,
    pub(crate) chat: &'a Chat,
    /// The side on which the application sits.
    pub(crate) side: usize,
    pub(crate) seat: &'a Seat,
}

impl Scene<'_> {
    /// The path of the conversation.
    pub(crate) fn conversation(&self) -> String {
        format!("{}/communication/conversations/{}", self.path, self.seat.conversation)
    }

    /// A path below the conversation.
    pub(crate) fn below(&self, rest: &str) -> String {
        format!("{}/{rest}", self.conversation())
    }

    /// The path of the invitation.
    pub(crate) fn invitation(&self) -> String {
        format!("{}/communication/messagingInvitations/{}", self.path, self.seat.invitation)
    }

    /// The one who looks.
    pub(crate) fn me(&self) -> &Party {
        &self.chat.parties[self.side]
    }

    /// The one on the other side.
    pub(crate) fn other(&self) -> &Party {
        &self.chat.parties[1 - self.side]
    }

    /// The participant resource of a party.
    pub(crate) fn participant(&self, party: &Party) -> String {
        self.below(&format!("participants/{}", party.address()))
    }

    /// The path of a person.
    pub(crate) fn person(&self, party: &Party) -> String {
        format!("{}/people/{}", self.path, party.address())
    }

    /// Events about communication as a whole.
    pub(crate) fn communication_sender(&self) -> Sender {
        Sender { rel: "communication", href: format!("{}/communication", self.path) }
    }

    /// Events about this conversation.
    pub(crate) fn conversation_sender(&self) -> Sender {
        Sender { rel: "conversation", href: self.conversation() }
    }
}
