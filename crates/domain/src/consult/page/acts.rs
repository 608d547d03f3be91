//! What each act on the page does.

use super::{
    BETTER_CHARS, MAX_REMOVED, MAX_SKILLS, MAX_TOLD, MAX_VIEWS, PageAct, PageRefusal, REASON_CHARS,
    REMOVED_CHARS, SKILL_CHARS,
};
use crate::consult::message::has_good_length;
use crate::consult::{
    ANSWER_WITHIN_MS, Consult, Effect, Event, InvitationNo, InvitationState, Message, MessageState, Outcome,
    Refusal, Side, State,
};
use crate::{MessageId, Timestamp};

impl Consult {
    /// Takes what is done on the page of an invitation's link.
    ///
    /// # Errors
    /// When the link is of no use any more or a text does not fit; nothing is changed then.
    pub fn page(&mut self, now: Timestamp, n: InvitationNo, act: PageAct) -> Result<Outcome, PageRefusal> {
        let mut out = Outcome::default();
        self.check_link(now, n)?;
        match act {
            PageAct::Accept { .. } if !self.is_live(n) => self.come_late(n, &mut out)?,
            _ if !self.is_live(n) => return Err(PageRefusal::Over),
            PageAct::Open { viewer } => self.open_page(now, n, viewer, &mut out)?,
            PageAct::Accept { opens } => self.accept_on_page(now, n, opens, &mut out),
            PageAct::Decline { reason, better } => self.decline_on_page(now, n, reason, better, &mut out)?,
            PageAct::Say { message, text, opens } => {
                if !has_good_length(&text) || text.contains('\0') {
                    return Err(PageRefusal::BadLength);
                }
                self.accept_on_page(now, n, opens, &mut out);
                self.said(n, message_on_page(now, message, text), &mut out);
            }
            PageAct::Leave => self.leave_on_page(now, n, &mut out),
            PageAct::TellSkills { kept, removed, viewer } => {
                let (kept, removed) =
                    (all_fit(kept, MAX_SKILLS, SKILL_CHARS)?, all_fit(removed, MAX_REMOVED, REMOVED_CHARS)?);
                self.note_skills(n)?;
                out.events.push(Event::SkillsTold { invitation: n, kept, removed, viewer });
            }
        }
        self.forget_handed_over();
        Ok(out)
    }

    /// Takes a link back; a chat on its page is over.
    pub(in crate::consult) fn revoke_link(
        &mut self,
        now: Timestamp,
        n: InvitationNo,
        out: &mut Outcome,
    ) -> Result<(), Refusal> {
        self.check_link(now, n).map_err(|_| Refusal::NoLink)?;
        if self.is_on_page(n) {
            self.chat_over(now, n, out);
        }
        if let Some(link) = self.link_mut(n) {
            link.revoked_at = Some(now);
            out.events.push(Event::LinkRevoked { invitation: n });
        }
        Ok(())
    }

    fn open_page(
        &mut self,
        now: Timestamp,
        n: InvitationNo,
        viewer: String,
        out: &mut Outcome,
    ) -> Result<(), PageRefusal> {
        let link = self.link_mut(n).ok_or(PageRefusal::NoLink)?;
        if link.view_count >= MAX_VIEWS {
            return Err(PageRefusal::TooManyViews);
        }
        link.view_count += 1;
        let is_first = link.opened_at.is_none();
        link.opened_at.get_or_insert(now);
        let expires_at = link.expires_at;
        if is_first && self.is_asking(n) {
            self.reached(n, out);
            // Reading takes as long as thinking.
            let invitation = &mut self.invitations[n];
            let thinks_ms = invitation.expires_at.since_ms(invitation.asked_at).max(ANSWER_WITHIN_MS);
            invitation.expires_at = now.plus_ms(thinks_ms).min(expires_at).max(invitation.expires_at);
        }
        out.events.push(Event::LinkOpened { invitation: n, viewer });
        Ok(())
    }

    fn accept_on_page(&mut self, now: Timestamp, n: InvitationNo, opens: bool, out: &mut Outcome) {
        if !self.is_asking(n) {
            return;
        }
        self.accepted(now, n, out);
        if opens {
            out.effects.push(Effect::Open { invitation: n });
        } else if let Some(link) = self.link_mut(n) {
            link.holds_chat = true;
            out.effects.push(Effect::Leave { invitation: n });
        }
    }

    /// The agent hears of it once; the page says that it is over.
    fn come_late(&mut self, n: InvitationNo, out: &mut Outcome) -> Result<(), PageRefusal> {
        let link = self.link_mut(n).filter(|link| !link.is_late).ok_or(PageRefusal::Over)?;
        link.is_late = true;
        out.events.push(Event::LateAcceptance { invitation: n });
        Ok(())
    }

    fn decline_on_page(
        &mut self,
        now: Timestamp,
        n: InvitationNo,
        reason: Option<String>,
        better: Option<String>,
        out: &mut Outcome,
    ) -> Result<(), PageRefusal> {
        let (reason, better) = (trimmed(reason, REASON_CHARS)?, trimmed(better, BETTER_CHARS)?);
        if !self.is_asking(n) {
            return Err(PageRefusal::Over);
        }
        if let Some(link) = self.link_mut(n) {
            link.better = better;
        }
        self.give_up(now, n, InvitationState::Declined { reason }, out);
        Ok(())
    }

    /// Whoever has come may tell skills, not for ever.
    fn note_skills(&mut self, n: InvitationNo) -> Result<(), PageRefusal> {
        let has_come = self.state == State::Talking(n);
        let link = self.link_mut(n).filter(|_| has_come).ok_or(PageRefusal::Over)?;
        if link.told_count >= MAX_TOLD {
            return Err(PageRefusal::TooManyViews);
        }
        link.told_count += 1;
        Ok(())
    }

    fn leave_on_page(&mut self, now: Timestamp, n: InvitationNo, out: &mut Outcome) {
        if self.is_asking(n) {
            self.give_up(now, n, InvitationState::Declined { reason: None }, out);
        } else {
            if !self.is_on_page(n) {
                out.effects.push(Effect::Leave { invitation: n });
            }
            self.chat_over(now, n, out);
        }
    }
}

fn message_on_page(at: Timestamp, id: MessageId, text: String) -> Message {
    Message {
        id,
        by: Side::Expert,
        author_name: String::new(),
        text,
        html: None,
        at,
        state: MessageState::Delivered,
        shared: Vec::new(),
        network_message_id: None,
    }
}

/// Texts, none of them empty.
fn all_fit(texts: Vec<String>, most: usize, chars: usize) -> Result<Vec<String>, PageRefusal> {
    if texts.len() > most {
        return Err(PageRefusal::BadLength);
    }
    let one = |text| trimmed(Some(text), chars)?.ok_or(PageRefusal::BadLength);
    let texts = texts.into_iter().map(one).collect::<Result<Vec<String>, _>>()?;
    let is_line = |text: &String| !text.chars().any(char::is_control);
    if texts.iter().all(is_line) { Ok(texts) } else { Err(PageRefusal::BadLength) }
}

/// A text of at most so many characters; none where nothing is said.
fn trimmed(text: Option<String>, most: usize) -> Result<Option<String>, PageRefusal> {
    let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let fits = text.as_ref().is_none_or(|text| text.chars().count() <= most && !text.contains('\0'));
    if fits { Ok(text) } else { Err(PageRefusal::BadLength) }
}
