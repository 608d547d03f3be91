//! What a network can do, as data: the desk shows only that.

/// What a network can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each shown by itself")]
pub struct Capabilities {
    /// Each agent signs in with an account of their own; otherwise the connector speaks for all.
    pub accounts: bool,
    /// Whether and how presence is learnt.
    pub presence: PresenceSupport,
    /// How an invitation is answered.
    pub answers: AnswerSupport,
    /// People can be found by name.
    pub search: bool,
    /// The expert sees that the agent types.
    pub sends_typing: bool,
    /// The agent sees that the expert types.
    pub sees_typing: bool,
    /// [`crate::SessionEvent::Delivered`] comes for each message that arrived.
    pub delivery_receipts: bool,
    /// [`crate::SessionEvent::Failed`] comes for a message that was taken and did not arrive.
    pub delivery_failures: bool,
    /// Whether the network keeps a list of the agent's favourites.
    pub favourites: FavouritesSupport,
    /// People have photos.
    pub photos: bool,
    /// Watched people's notes are told with their presence.
    pub notes: bool,
    /// What was said in earlier chats can be asked for. An account may still be without.
    pub history: bool,
    /// Experts can start a chat.
    pub incoming_chats: bool,
    /// Experts can write to a team, whose agents are rung; see [`crate::Session::answer_for`].
    pub team_addresses: bool,
    /// The agent may use the network in another client beside this one, and answer there.
    pub other_clients: bool,
    /// A pending invitation can be taken back.
    pub withdraws: bool,
    /// A pending invitation becomes an open chat when the expert has said yes elsewhere; see
    /// [`crate::Session::open`].
    pub opens: bool,
    /// The agent's own presence can be set, and is shown as engaged during a call.
    pub own_presence: bool,
    /// A subject travels with the invitation.
    pub subjects: bool,
    /// An importance travels with the invitation.
    pub importance: bool,
    /// Chats survive a restart of this process.
    pub keeps_chats: bool,
    /// Events that were not confirmed survive it, too.
    pub resumes: bool,
    /// The same message key twice is shown once by the network itself.
    pub deduplicates: bool,
    /// Longest message in bytes of UTF-8. The connector sends it in parts where the network takes
    /// less at a time; their outcome is told as one.
    pub longest_message: usize,
    /// Longest opening message in bytes of UTF-8.
    pub longest_opening: usize,
    /// Most people whose presence one session may watch.
    pub most_watched: usize,
}

/// Whether and how presence is learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PresenceSupport {
    /// Not at all.
    None,
    /// The connector asks now and then.
    Polled,
    /// The network tells changes.
    Pushed,
}

/// Whether the network keeps a list of favourites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FavouritesSupport {
    /// It does not.
    None,
    /// They can be read.
    Read,
    /// They can be read and changed.
    Write,
}

/// How an invitation is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerSupport {
    /// The first reply counts as a yes; a no is a link, button or agreed word; silence is the
    /// engine's timer.
    Soft,
    /// The network has accept and decline.
    Explicit,
}
