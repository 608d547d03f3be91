//! Facts in a group of batches: the rows that they are, and what they add to the roll-ups.

use super::script::{Script, Texts};
use crate::StoreError;
use crate::column::AddTo;
use crate::figures::{
    AlertRow, ConsultFactRow, DELETE_STAYS, FactsOf, HandlingRow, Id, InvitationFactRow, Moment,
    PUT_AGENT_INTERVAL, PUT_ALERT, PUT_CONSULT_FACT, PUT_HANDLING, PUT_INVITATION_FACT, PUT_QUEUE_INTERVAL,
    PUT_STAY, PUT_STAY_SUM, PUT_VISIT, RollUpRow, Source, StayRow, StaySumRow, TAKE_OFF_STAYS, VisitRow,
    fact_kinds, part_of,
};
use hookflash_domain::figures::{Fact, Interval, Stay, Totals};
use hookflash_domain::{QueueId, Timestamp, UserId};
use std::collections::{BTreeMap, BTreeSet};

/// Facts and agents' times of a group.
#[derive(Default)]
pub(super) struct FactPlan<'a> {
    corrected: BTreeSet<FactsOf>,
    facts: Vec<&'a Fact>,
    /// One for each moment at which an agent's state began.
    stays: BTreeMap<(UserId, Timestamp), Stay>,
}

impl<'a> FactPlan<'a> {
    pub(super) fn add(&mut self, facts: &'a [Fact]) {
        self.facts.extend(facts);
    }

    /// In place of all facts of `of`, in the database and in this group.
    pub(super) fn correct(&mut self, of: FactsOf, facts: &'a [Fact]) {
        self.facts.retain(|fact| part_of(fact) != of);
        self.corrected.insert(of);
        self.add(facts);
    }

    pub(super) fn stay(&mut self, stay: Stay) {
        self.stays.extend(stay.cut().map(|part| ((part.agent, part.from_at), part)));
    }

    /// Adds the statements, in the order in which they must be carried out.
    pub(super) fn write<D: Texts>(&self, script: &mut Script<D>) -> Result<(), StoreError>
    where
        Id: AddTo<D::Arguments>,
        RollUpRow: AddTo<D::Arguments>,
        VisitRow: AddTo<D::Arguments>,
        HandlingRow: AddTo<D::Arguments>,
        AlertRow: AddTo<D::Arguments>,
        ConsultFactRow: AddTo<D::Arguments>,
        InvitationFactRow: AddTo<D::Arguments>,
        Moment: AddTo<D::Arguments>,
        StayRow: AddTo<D::Arguments>,
        StaySumRow: AddTo<D::Arguments>,
    {
        for (place, ids) in fact_kinds(&self.corrected).into_iter().enumerate() {
            let ids: Vec<_> = ids.into_iter().map(Id).collect();
            for sql in Source::removal(place) {
                script.each(sql, &ids, None, |_| Ok(0), Id::add_to)?;
            }
        }
        put(script, PUT_VISIT, &self.rows(VisitRow::of))?;
        put(script, PUT_HANDLING, &self.rows(HandlingRow::of))?;
        put(script, PUT_ALERT, &self.rows(AlertRow::of))?;
        put(script, PUT_CONSULT_FACT, &self.rows(ConsultFactRow::of))?;
        put(script, PUT_INVITATION_FACT, &self.rows(InvitationFactRow::of))?;
        put(script, &PUT_QUEUE_INTERVAL, &self.queue_sums())?;
        put(script, &PUT_AGENT_INTERVAL, &self.agent_sums())?;
        self.write_stays(script)
    }

    /// A stay that is there already is replaced: a clock that was set back must not keep an agent's state from
    /// being stored.
    fn write_stays<D: Texts>(&self, script: &mut Script<D>) -> Result<(), StoreError>
    where
        Id: AddTo<D::Arguments>,
        Moment: AddTo<D::Arguments>,
        StayRow: AddTo<D::Arguments>,
        StaySumRow: AddTo<D::Arguments>,
    {
        let mut moments = BTreeMap::<UserId, Vec<Moment>>::new();
        for (agent, from_at) in self.stays.keys() {
            moments.entry(*agent).or_default().push(Moment(*from_at));
        }
        for (agent, moments) in &moments {
            for sql in [TAKE_OFF_STAYS, DELETE_STAYS] {
                let lead = |arguments: &mut D::Arguments| Id(agent.0).add_to(arguments).map(|()| 1);
                script.each(sql, moments, None, lead, Moment::add_to)?;
            }
        }
        put(script, PUT_STAY, &self.stays.values().map(StayRow::from).collect::<Vec<_>>())?;
        put(script, PUT_STAY_SUM, &self.stay_sums())
    }

    fn rows<R>(&self, row: fn(&Fact) -> Option<R>) -> Vec<R> {
        self.facts.iter().filter_map(|fact| row(fact)).collect()
    }

    fn queue_sums(&self) -> Vec<RollUpRow> {
        let mut sums = BTreeMap::<(Interval, QueueId), Totals>::new();
        for fact in &self.facts {
            sums.entry((fact.interval(), fact.queue())).or_default().count(fact);
        }
        let row = |((interval, queue), totals): ((Interval, QueueId), Totals)| RollUpRow {
            interval_at: interval.starts_at(),
            key: vec![queue.0],
            totals,
        };
        sums.into_iter().map(row).collect()
    }

    fn agent_sums(&self) -> Vec<RollUpRow> {
        let mut sums = BTreeMap::<(Interval, UserId, QueueId), Totals>::new();
        for fact in &self.facts {
            sums.entry((fact.interval(), fact.agent(), fact.queue())).or_default().count(fact);
        }
        let row = |((interval, agent, queue), totals): ((Interval, UserId, QueueId), Totals)| RollUpRow {
            interval_at: interval.starts_at(),
            key: vec![agent.0, queue.0],
            totals,
        };
        sums.into_iter().map(row).collect()
    }

    fn stay_sums(&self) -> Vec<StaySumRow> {
        let mut sums = BTreeMap::<(Timestamp, UserId, &'static str), i64>::new();
        for stay in self.stays.values() {
            let interval_at = Interval::of(stay.from_at).starts_at();
            *sums.entry((interval_at, stay.agent, stay.time.word())).or_default() += stay.ms();
        }
        let row = |((interval_at, agent_id, state), ms): ((Timestamp, UserId, &str), i64)| StaySumRow {
            interval_at,
            agent_id,
            state: state.to_owned(),
            ms,
        };
        sums.into_iter().map(row).collect()
    }
}

fn put<D: Texts, R: AddTo<D::Arguments>>(
    script: &mut Script<D>,
    sql: &str,
    rows: &[R],
) -> Result<(), StoreError> {
    script.put(sql, rows, R::add_to)
}
