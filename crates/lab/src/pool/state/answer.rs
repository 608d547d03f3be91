//! What becomes of an invitation: accepted, declined, failed, cancelled (ucwa.md §5.1 to §5.4).

use super::chat::{Chat, ChatKey, Endpoint, Invite, Messaging, Seat};
use super::sip::News;
use super::{Core, Cue};
use crate::clock::now_ms;
use crate::pool::view::{conversation, invitation, messaging, participant};
use crate::pool::wire::Reason;

/// Why an answer came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AnswerError {
    /// The invitation is over, or was never this endpoint's.
    Gone,
}

impl Core {
    /// An endpoint accepts. Exactly one wins; the others learn that it was answered elsewhere.
    pub(crate) fn accept(&mut self, key: ChatKey, endpoint: Endpoint) -> Result<(), AnswerError> {
        let mut chat = self.take(key).ok_or(AnswerError::Gone)?;
        let Some(invite) = chat.invite().cloned() else {
            self.put(chat);
            return Err(AnswerError::Gone);
        };
        let other = 1 - invite.by;
        if chat.seat_mut(other, endpoint).is_none() || invite.declined.contains(&endpoint) {
            self.put(chat);
            return Err(AnswerError::Gone);
        }
        self.dismiss_others(&mut chat, other, endpoint);
        self.stats.accepted += 1;
        self.tell(&chat, other, |scene| vec![invitation::no_longer_acceptable(scene)]);
        self.forget_invitations(&chat);
        chat.messaging = Messaging::Open;
        chat.html = chat.parties.iter().all(|party| party.seats.iter().all(|seat| seat.html));
        chat.spoken_at = now_ms();
        self.sip_tell(&chat, invite.by, || News::Accepted { chat: key });
        self.tell_accepted(&chat, &invite);
        if let Some(first) = invite.first {
            self.split_batch(&chat, other);
            self.deliver_first(&mut chat, other, invite.operation.as_deref(), first);
        }
        self.put(chat);
        Ok(())
    }

    fn tell_accepted(&mut self, chat: &Chat, invite: &Invite) {
        self.tell(chat, 1 - invite.by, |scene| {
            let mut events = vec![messaging::updated(scene, "Connected", None)];
            events.push(conversation::updated(scene, "Connected"));
            events.extend(participant::messaging_added(scene));
            events.push(participant::other_updated(scene));
            events.push(invitation::completed(scene, invite, None));
            events
        });
        self.tell(chat, invite.by, |scene| {
            let mut events = vec![conversation::updated(scene, "Connected")];
            if !scene.chat.reopened {
                events.push(participant::other_added(scene, false));
            }
            events.extend(participant::messaging_added(scene));
            events.push(messaging::updated(scene, "Connected", None));
            events.push(invitation::completed(scene, invite, None));
            events
        });
    }

    /// An endpoint declines: `global` for all endpoints of the person, otherwise only for itself; the last
    /// one decides.
    pub(crate) fn decline(
        &mut self,
        key: ChatKey,
        endpoint: Endpoint,
        global: bool,
        cause: &str,
    ) -> Result<(), AnswerError> {
        let mut chat = self.take(key).ok_or(AnswerError::Gone)?;
        let other = chat.invite().map_or(1, |invite| 1 - invite.by);
        let sits = chat.seat_mut(other, endpoint).is_some();
        let all = chat.parties[other].seats.len();
        let Messaging::Inviting(invite) = &mut chat.messaging else {
            self.put(chat);
            return Err(AnswerError::Gone);
        };
        if !sits || invite.declined.contains(&endpoint) {
            self.put(chat);
            return Err(AnswerError::Gone);
        }
        invite.declined.push(endpoint);
        let last = global || invite.declined.len() >= all;
        if last {
            let (reason, here) = (self.reasons.of(cause), self.reasons.of("declined_here"));
            self.fail(chat, &reason, &here);
            return Ok(());
        }
        let here = self.reasons.of("declined_here");
        let declined: Vec<Seat> =
            chat.parties[other].seats.iter().filter(|seat| seat.endpoint == endpoint).cloned().collect();
        for seat in &declined {
            self.dismiss(&chat, other, seat, &here);
        }
        self.put(chat);
        Ok(())
    }

    /// The invitation of this round fails for a cause of the network.
    pub(crate) fn fail_round(&mut self, key: ChatKey, round: u32, cause: &str) {
        let Some(chat) = self.take(key) else { return };
        if chat.round != round || chat.invite().is_none() {
            return self.put(chat);
        }
        let (reason, missed) = (self.reasons.of(cause), self.reasons.of("missed"));
        self.missed(&chat);
        self.fail(chat, &reason, &missed);
    }

    /// The inviter gives up.
    pub(crate) fn cancel(&mut self, chat: Chat) {
        let (reason, given_up) = (self.reasons.of("canceled"), self.reasons.of("given_up"));
        self.missed(&chat);
        self.fail(chat, &reason, &given_up);
    }

    fn missed(&mut self, chat: &Chat) {
        self.archive_missed(chat);
        let Some(invite) = chat.invite() else { return };
        let invited = &chat.parties[1 - invite.by];
        let Some(person) = invited.person else { return };
        if invited.seats.iter().any(|seat| seat.endpoint == Endpoint::Persona) {
            let inviter = chat.parties[invite.by].uri.clone();
            self.cue(Cue::Missed { person, inviter });
        }
    }

    /// Ends a pending invitation without success, and with it the chat, unless it was open before: then
    /// only the messaging stays closed.
    fn fail(&mut self, mut chat: Chat, inviters: &Reason, inviteds: &Reason) {
        let Some(invite) = chat.invite().cloned() else { return self.put(chat) };
        self.stats.failed += 1;
        let other = 1 - invite.by;
        let stays = chat.reopened;
        for (side, reason) in [(invite.by, inviters), (other, inviteds)] {
            let seats = chat.parties[side].seats.clone();
            for seat in
                seats.iter().filter(|s| side == invite.by || !invite.declined.contains(&s.endpoint) || !stays)
            {
                self.sip_tell_seat(seat.endpoint, || match side == invite.by {
                    true => News::Failed { chat: chat.key, reason: reason.clone() },
                    false => News::Withdrawn { chat: chat.key },
                });
                self.tell_seat(&chat, side, seat, |scene| {
                    let mut events = vec![messaging::updated(scene, "Disconnected", Some(reason.clone()))];
                    if !stays {
                        events.push(conversation::updated(scene, "Disconnected"));
                    }
                    events.push(invitation::completed(scene, &invite, Some(reason.clone())));
                    if !stays {
                        events.push(conversation::deleted(scene));
                    }
                    events
                });
            }
        }
        self.forget_invitations(&chat);
        if stays {
            chat.messaging = Messaging::Idle;
            return self.put(chat);
        }
        self.forget_conversations(&chat);
    }

    fn dismiss_others(&mut self, chat: &mut Chat, side: usize, winner: Endpoint) {
        let elsewhere = self.reasons.of("elsewhere");
        let seats = chat.parties[side].seats.clone();
        let declined = chat.invite().map(|invite| invite.declined.clone()).unwrap_or_default();
        for seat in seats.iter().filter(|s| s.endpoint != winner && !declined.contains(&s.endpoint)) {
            self.dismiss(chat, side, seat, &elsewhere);
        }
        self.forget_seats(chat, side, |seat| seat.endpoint != winner);
        chat.parties[side].seats.retain(|seat| seat.endpoint == winner);
    }

    /// One endpoint stops ringing while the invitation goes on or was answered elsewhere.
    fn dismiss(&mut self, chat: &Chat, side: usize, seat: &Seat, reason: &Reason) {
        let Some(invite) = chat.invite() else { return };
        self.sip_tell_seat(seat.endpoint, || News::Withdrawn { chat: chat.key });
        self.tell_seat(chat, side, seat, |scene| {
            vec![
                messaging::updated(scene, "Disconnected", Some(reason.clone())),
                conversation::updated(scene, "Disconnected"),
                invitation::completed(scene, invite, Some(reason.clone())),
                conversation::deleted(scene),
            ]
        });
    }

    fn forget_invitations(&mut self, chat: &Chat) {
        for seat in chat.parties.iter().flat_map(|party| &party.seats) {
            if let Endpoint::App(id) = seat.endpoint
                && let Some(app) = self.apps.get_mut(&id)
            {
                app.invitations.remove(&seat.invitation);
            }
        }
    }
}
