//! What a group of batches comes to: of all writes to one row only the last counts, since they are
//! one transaction; and rows of a table go in together.

use super::facts::FactPlan;
use crate::abilities::AskedRow;
use crate::helped::ConsultTopicRow;
use crate::{
    AgentRow, CommandRow, ConsultRow, EventRow, InteractionRow, MessageRow, OutboxRow, ResumePointRow, Write,
};
use hookflash_domain::{ConsultId, InteractionId, MessageId, NetworkId, UserId};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The writes of a group, by table. Keys are in order, so that two nodes lock rows in the same one.
#[derive(Default)]
pub(super) struct Plan<'a> {
    pub(super) agents: BTreeMap<UserId, &'a AgentRow>,
    pub(super) interactions: BTreeMap<InteractionId, &'a InteractionRow>,
    pub(super) asked: Vec<&'a AskedRow>,
    pub(super) consults: BTreeMap<ConsultId, &'a ConsultRow>,
    /// Of consults that are not among the others.
    pub(super) consult_talks: BTreeMap<ConsultId, &'a ConsultRow>,
    pub(super) topics: Vec<&'a ConsultTopicRow>,
    pub(super) messages: BTreeMap<MessageId, Cow<'a, MessageRow>>,
    /// Messages whose id came twice in this group: the database refuses them.
    pub(super) doubled: Vec<Cow<'a, MessageRow>>,
    /// States of messages that were written before this group.
    pub(super) states: BTreeMap<MessageId, (&'a str, Option<&'a str>)>,
    pub(super) outbox: Vec<&'a OutboxRow>,
    /// Of effects added before this group. Goes before what is added.
    pub(super) outbox_done: BTreeSet<Uuid>,
    pub(super) commands: Vec<&'a CommandRow>,
    /// None where the point is gone.
    pub(super) resume_points: BTreeMap<(UserId, &'a NetworkId), Option<&'a ResumePointRow>>,
    pub(super) events: Vec<&'a EventRow>,
    pub(super) facts: FactPlan<'a>,
}

impl<'a> Plan<'a> {
    pub(super) fn of(batches: &'a [Vec<Write>]) -> Self {
        let mut plan = Self::default();
        batches.iter().flatten().for_each(|write| plan.add(write));
        plan
    }

    fn add(&mut self, write: &'a Write) {
        match write {
            Write::Agent(row) => {
                self.agents.insert(row.user_id, row);
            }
            Write::Interaction(row) => {
                self.interactions.insert(row.interaction_id, row);
            }
            Write::Asked(rows) => self.asked.extend(rows),
            Write::Consult(row) => {
                self.consult_talks.remove(&row.consult_id);
                self.consults.insert(row.consult_id, row);
            }
            Write::ConsultTalk(row) => match self.consults.get_mut(&row.consult_id) {
                Some(whole) => *whole = row,
                None => drop(self.consult_talks.insert(row.consult_id, row)),
            },
            Write::Topics(rows) => self.topics.extend(rows),
            Write::Message(row) => {
                self.states.remove(&row.message_id);
                let earlier = self.messages.insert(row.message_id, Cow::Borrowed(row));
                self.doubled.extend(earlier);
            }
            Write::MessageState { message_id, state, reason } => {
                if let Some(message) = self.messages.get_mut(message_id) {
                    let message = message.to_mut();
                    state.clone_into(&mut message.state);
                    reason.clone_into(&mut message.reason);
                } else {
                    self.states.insert(*message_id, (state, reason.as_deref()));
                }
            }
            Write::Event(row) => self.events.push(row),
            Write::Facts(facts) => self.facts.add(facts),
            Write::CorrectFacts { of, facts } => self.facts.correct(*of, facts),
            Write::Stay(stay) => self.facts.stay(*stay),
            Write::OutboxAdd(row) => self.outbox.push(row),
            Write::OutboxDone(id) => match self.outbox.iter().rposition(|row| row.outbox_id == *id) {
                Some(place) => {
                    self.outbox.remove(place);
                }
                None => {
                    self.outbox_done.insert(*id);
                }
            },
            Write::CommandAnswer(row) => self.commands.push(row),
            Write::ResumePoint(row) | Write::ResumePointSoon(row) => {
                self.resume_points.insert((row.user_id, &row.network), Some(row));
            }
            Write::ResumePointGone { user_id, network } => {
                self.resume_points.insert((*user_id, network), None);
            }
        }
    }
}
