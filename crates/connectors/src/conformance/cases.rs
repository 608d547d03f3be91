//! The list of cases and how it is run.

use super::{
    Failure, Stage, answers, chatting, favourites, incoming, link, own_presence, people, restart, teams,
};
use crate::{Capabilities, FavouritesSupport, PresenceSupport};
use futures_util::future::BoxFuture;

type Play = for<'a> fn(&'a dyn Stage) -> BoxFuture<'a, Result<(), Failure>>;

/// One case of the suite.
pub struct Case {
    /// What holds, as a sentence.
    pub name: &'static str,
    /// Whether a network with these capabilities has to pass it.
    pub applies: fn(&Capabilities) -> bool,
    /// Plays it.
    pub play: Play,
}

/// What the suite has found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Names of the cases that hold.
    pub passed: Vec<&'static str>,
    /// Names of the cases that a capability leaves out.
    pub left_out: Vec<&'static str>,
    /// The cases that do not hold, and why.
    pub failed: Vec<(&'static str, Failure)>,
}

/// Plays every case that applies, one after the other, whose name contains `only`.
pub async fn run(stage: &dyn Stage, only: &str) -> Outcome {
    let capabilities = stage.connector().capabilities();
    let mut outcome = Outcome::default();
    for case in cases().into_iter().filter(|case| case.name.contains(only)) {
        if !(case.applies)(&capabilities) {
            outcome.left_out.push(case.name);
            continue;
        }
        match (case.play)(stage).await {
            Ok(()) => outcome.passed.push(case.name),
            Err(failure) => outcome.failed.push((case.name, failure)),
        }
    }
    outcome
}

macro_rules! case {
    ($name:literal, $applies:expr, $play:path) => {
        Case { name: $name, applies: $applies, play: |stage| Box::pin($play(stage)) }
    };
}

/// Every case of the suite.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut all = of_people();
    all.extend(invitations());
    all.extend(to_teams());
    all.extend(talk());
    all.extend(trouble());
    all
}

fn of_people() -> Vec<Case> {
    vec![
        case!("search finds people by the beginning of a name", |c| c.search, people::search_finds),
        case!("a search of 10,000 characters harms nothing", |c| c.search, people::search_survives),
        case!(
            "a search says whether there are more and gives the next page",
            |c| c.search,
            people::search_pages
        ),
        case!("watched presence comes at once and on change", sees_presence, people::presence_is_told),
        case!("a watched person's note is told", |c| c.notes, people::note_is_told),
        case!("favourites are told with their groups", reads_favourites, favourites::told),
        case!("favourites are added and taken off", writes_favourites, favourites::changed),
        case!("a photo is given where there is one", |c| c.photos, favourites::photo),
        case!("a call is shown and what was before comes back", |c| c.own_presence, own_presence::in_a_call),
        case!(
            "a call is not shown over a chosen do not disturb",
            |c| c.own_presence,
            own_presence::undisturbed
        ),
    ]
}

fn invitations() -> Vec<Case> {
    vec![
        case!("an invitation is accepted", |_| true, answers::accepted),
        case!("an invitation is declined", |_| true, answers::declined),
        case!("an offline expert is unreachable", |_| true, answers::offline),
        case!("a pending invitation is withdrawn", |c| c.withdraws, answers::withdrawn),
        case!("a chat is opened for an expert who said yes elsewhere", |c| c.opens, answers::elsewhere),
        case!("an invitation with the same key rings once", |_| true, answers::rings_once),
        case!("an invitation is urgent", |c| c.importance, answers::importance),
        case!("an expert starts a chat", |c| c.incoming_chats, incoming::taken),
        case!("an incoming chat is declined", |c| c.incoming_chats, incoming::refused),
        case!("an incoming chat is missed", |c| c.incoming_chats, incoming::missed),
        case!("an incoming chat is answered elsewhere", elsewhere, incoming::answered_elsewhere),
    ]
}

fn to_teams() -> Vec<Case> {
    vec![
        case!(
            "a team's chat rings its agents and is the first one's",
            |c| c.team_addresses,
            teams::first_has_it
        ),
        case!("a team's chat is declined by the last", |c| c.team_addresses, teams::last_declines),
        case!("a team rings who is free, or all where nobody is", |c| c.team_addresses, teams::free_first),
        case!("a team's chat ends for who leaves the team", |c| c.team_addresses, teams::left_the_team),
        case!("a team's chat is missed by all", |c| c.team_addresses, teams::given_up),
        case!("a team's chat goes on after a restart", teams_keep_chats, teams::goes_on),
    ]
}

fn talk() -> Vec<Case> {
    vec![
        case!("messages arrive in order, both ways, as written", |_| true, chatting::both_ways),
        case!("a message with the same key is sent once", |_| true, chatting::sent_once),
        case!("an over-long message is refused", |_| true, chatting::too_long),
        case!("a delivery is told", |c| c.delivery_receipts, chatting::delivered),
        case!("a message that is not delivered is told", |c| c.delivery_failures, chatting::lost),
        case!("what was said before is told", |c| c.history, chatting::kept),
        case!("the expert sees typing", |c| c.sends_typing, chatting::sends_typing),
        case!("the agent sees typing", |c| c.sees_typing, chatting::sees_typing),
        case!("the expert leaves", |_| true, chatting::expert_leaves),
        case!("the agent leaves with a farewell", |_| true, chatting::agent_leaves),
    ]
}

fn trouble() -> Vec<Case> {
    vec![
        case!("unconfirmed events come again after a restart", |c| c.resumes, restart::nothing_is_lost),
        case!("dropped batches come again", |_| true, restart::dropped_comes_again),
        case!("a chat goes on after a restart", |c| c.keeps_chats, restart::chat_goes_on),
        case!("an unknown chat is left", |_| true, restart::unknown_is_left),
        case!("a cut is told and heals without loss", |_| true, link::cut_heals),
        case!("a wrong password is told", |c| c.accounts, link::wrong_password),
        case!("signing out ends the session", |_| true, link::sign_out),
    ]
}

fn elsewhere(capabilities: &Capabilities) -> bool {
    capabilities.incoming_chats && capabilities.other_clients
}

fn teams_keep_chats(capabilities: &Capabilities) -> bool {
    capabilities.team_addresses && capabilities.keeps_chats
}

fn reads_favourites(capabilities: &Capabilities) -> bool {
    capabilities.favourites >= FavouritesSupport::Read
}

fn writes_favourites(capabilities: &Capabilities) -> bool {
    capabilities.favourites == FavouritesSupport::Write
}

fn sees_presence(capabilities: &Capabilities) -> bool {
    capabilities.presence != PresenceSupport::None
}
