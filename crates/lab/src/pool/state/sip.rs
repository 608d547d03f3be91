//! SIP endpoints among the population: what the state hands to their connections (ucwa.md §9). They sit in
//! chats like applications; their wire is in `pool::sip`.

use tokio::sync::mpsc;

use super::Core;
use super::chat::{Chat, ChatKey, Endpoint};
use crate::pool::people::PersonIndex;
use crate::pool::wire::Reason;
use crate::pool::wire::data_uri::Text;

/// The number of a SIP endpoint; never on the wire.
pub(crate) type SipId = u64;

/// What a connection has to tell its client.
#[derive(Debug, Clone)]
pub(crate) enum News {
    /// Somebody invites: INVITE.
    Invited {
        chat: ChatKey,
        from: String,
        name: String,
        thread: String,
        subject: String,
        first: Option<Text>,
    },
    /// The client's own invitation was accepted: 200.
    Accepted { chat: ChatKey },
    /// The client's own invitation failed: a final response.
    Failed { chat: ChatKey, reason: Reason },
    /// The invitation is no longer for this endpoint: CANCEL.
    Withdrawn { chat: ChatKey },
    /// Something was said: MESSAGE. Its response settles the message.
    Message { chat: ChatKey, id: u64, text: Text },
    /// The other side types, or stopped: INFO.
    Typing { chat: ChatKey, begins: bool },
    /// The messaging ended: BYE.
    Ended { chat: ChatKey },
    /// Presence, note or name of a watched person changed: BENOTIFY.
    Presence { person: PersonIndex },
    /// What the client's own user publishes changed, perhaps from another endpoint: BENOTIFY.
    Own,
}

/// One registered endpoint.
pub(crate) struct SipEndpoint {
    pub(crate) person: PersonIndex,
    pub(crate) watching: Vec<PersonIndex>,
    news: mpsc::Sender<News>,
}

/// One published category instance of a person ([MS-PRES] section 3.2).
#[derive(Debug, Clone)]
pub(crate) struct Publication {
    /// The endpoint that it ends with.
    pub(crate) by: SipId,
    pub(crate) name: String,
    pub(crate) instance: String,
    pub(crate) container: String,
    pub(crate) version: u64,
    /// The XML inside, as the client wrote it.
    pub(crate) content: String,
}

/// Category instances of one person; more are refused.
const MAX_PUBLICATIONS: usize = 200;

impl Core {
    /// A client registers.
    pub(crate) fn sip_enter(&mut self, person: PersonIndex, news: mpsc::Sender<News>) -> SipId {
        let id = self.next_key();
        self.sips.insert(id, SipEndpoint { person, watching: Vec::new(), news });
        self.sips_of.entry(person).or_default().push(id);
        self.tell_own(person);
        id
    }

    /// A client is gone: its chats end, its invitations go on without it.
    pub(crate) fn sip_leave(&mut self, id: SipId) {
        let Some(endpoint) = self.sips.remove(&id) else { return };
        let person = endpoint.person;
        if let Some(mine) = self.sips_of.get_mut(&person) {
            mine.retain(|other| *other != id);
        }
        for watched in endpoint.watching {
            self.forget_sip_watcher(id, watched);
        }
        if let Some(publications) = self.publications.get_mut(&person) {
            publications.retain(|publication| publication.by != id);
        }
        let seat = Endpoint::Sip(id);
        let sits =
            |chat: &Chat| (0..2).find(|side| chat.parties[*side].seats.iter().any(|s| s.endpoint == seat));
        let left: Vec<(ChatKey, usize)> =
            self.chats.values().filter_map(|chat| Some((chat.key, sits(chat)?))).collect();
        for (chat, side) in left {
            self.terminate(chat, side, seat);
        }
        self.tell_own(person);
        self.refresh_presence(person);
    }

    /// The client watches these people too.
    pub(crate) fn sip_watch(&mut self, id: SipId, people: &[PersonIndex]) {
        let Some(endpoint) = self.sips.get_mut(&id) else { return };
        for person in people {
            if !endpoint.watching.contains(person) {
                endpoint.watching.push(*person);
                self.sip_watchers.entry(*person).or_default().push(id);
            }
        }
    }

    /// The client publishes; version numbers are not compared, the last one counts.
    pub(crate) fn sip_publish(&mut self, id: SipId, new: Vec<Publication>) {
        let Some(person) = self.sips.get(&id).map(|endpoint| endpoint.person) else { return };
        let all = self.publications.entry(person).or_default();
        for mut publication in new {
            let same = |known: &Publication| {
                (&known.name, &known.instance, &known.container)
                    == (&publication.name, &publication.instance, &publication.container)
            };
            let before = all.iter().position(same);
            publication.version = before.and_then(|at| all.get(at)).map_or(0, |known| known.version) + 1;
            match before {
                Some(at) => all[at] = publication,
                None if all.len() < MAX_PUBLICATIONS => all.push(publication),
                None => {}
            }
        }
        if let Some(presence) = self.presence.get_mut(person as usize) {
            presence.unforce();
        }
        self.tell_own(person);
        self.refresh_presence(person);
    }

    /// The note that the client published; nothing when it published none.
    pub(crate) fn published_note(&self, person: PersonIndex) -> Option<String> {
        let all = self.publications.get(&person)?;
        let note = all.iter().rev().find(|one| one.name == "note" && one.container == "200")?;
        let (_, after) = note.content.split_once("<body")?;
        let (_, body) = after.split_once('>')?;
        body.split_once("</body>").map(|(text, _)| text.to_owned())
    }

    /// Availabilities that the person's SIP clients publish: what a user chose comes before what a machine
    /// tells ([MS-PRES] section 3.2.5).
    pub(crate) fn sip_availabilities(&self, person: PersonIndex) -> Vec<u32> {
        let ids = self.sips_of.get(&person).map(Vec::as_slice).unwrap_or_default();
        let all = self.publications.get(&person).map(Vec::as_slice).unwrap_or_default();
        let of = |id: &SipId, kind: &str| {
            let states =
                all.iter().filter(|one| one.by == *id && one.name == "state" && one.container == "2");
            states.filter(|one| one.content.contains(kind)).find_map(|one| availability(&one.content))
        };
        ids.iter().filter_map(|id| of(id, "userState").or_else(|| of(id, "machineState"))).collect()
    }

    /// News for the SIP seats of a side of a chat.
    pub(crate) fn sip_tell(&self, chat: &Chat, side: usize, news: impl Fn() -> News) {
        for seat in &chat.parties[side].seats {
            self.sip_tell_seat(seat.endpoint, &news);
        }
    }

    /// News for one seat.
    pub(crate) fn sip_tell_seat(&self, endpoint: Endpoint, news: impl FnOnce() -> News) {
        if let Endpoint::Sip(id) = endpoint
            && let Some(endpoint) = self.sips.get(&id)
        {
            // The connection may be closing, or its client may have stopped reading: then news are lost.
            let _ = endpoint.news.try_send(news());
        }
    }

    /// A watched person changed.
    pub(crate) fn sip_tell_watchers(&self, person: PersonIndex) {
        for id in self.sip_watchers.get(&person).map(Vec::as_slice).unwrap_or_default() {
            self.sip_tell_seat(Endpoint::Sip(*id), || News::Presence { person });
        }
        self.tell_own(person);
    }

    fn tell_own(&self, person: PersonIndex) {
        for id in self.sips_of.get(&person).map(Vec::as_slice).unwrap_or_default() {
            self.sip_tell_seat(Endpoint::Sip(*id), || News::Own);
        }
    }

    fn forget_sip_watcher(&mut self, id: SipId, person: PersonIndex) {
        if let Some(watchers) = self.sip_watchers.get_mut(&person) {
            watchers.retain(|watcher| *watcher != id);
            if watchers.is_empty() {
                self.sip_watchers.remove(&person);
            }
        }
    }
}

fn availability(content: &str) -> Option<u32> {
    let (_, after) = content.split_once("<availability")?;
    let (_, value) = after.split_once('>')?;
    value.split('<').next()?.trim().parse().ok()
}

/// The word and idleness (0 active, 1 idle, 2 away) of a number ([MS-PRES], ucwa.md §4.2).
pub(crate) fn word_of(number: u32) -> (&'static str, u8) {
    match number {
        0..=4_499 => ("Online", 0),
        4_500..=5_999 => ("IdleOnline", 1),
        6_000..=7_499 => ("Busy", 0),
        7_500..=8_999 => ("IdleBusy", 1),
        9_000..=11_999 => ("DoNotDisturb", 0),
        12_000..=14_999 => ("BeRightBack", 1),
        15_000..=17_999 => ("Away", 2),
        _ => ("Offline", 3),
    }
}

/// The number of a word.
pub(crate) fn number_of(word: &str) -> u32 {
    match word {
        "Online" => 3_500,
        "IdleOnline" => 5_000,
        "Busy" => 6_500,
        "IdleBusy" => 7_500,
        "DoNotDisturb" => 9_500,
        "BeRightBack" => 12_500,
        "Away" => 15_500,
        _ => 18_500,
    }
}
