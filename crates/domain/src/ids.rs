//! Identifiers. They are UUIDs (version 7) that come in from outside; nothing here makes one.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

id! {
    /// One customer's contact from arrival to disposition.
    InteractionId;
    /// An agent asking experts beside an interaction, with its own chat.
    ConsultId;
    /// One message of a consult's chat; also its idempotency key on the network.
    MessageId;
    /// An interaction presented to an agent once.
    OfferId;
    /// Where interactions wait.
    QueueId;
    /// The code chosen at the end of an interaction.
    DispositionId;
    /// An account that signs in.
    UserId;
    /// Something that agents can do and interactions ask for.
    SkillId;
    /// A language that agents speak and interactions ask for.
    LanguageId;
}
