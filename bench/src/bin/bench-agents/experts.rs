//! The experts of one side: their presence changes, and each says something to the agent who asked.

use std::sync::Arc;

use hookflash_bench::drive::Schedule;
use hookflash_bench::pool::{Control, address};
use hookflash_bench::tally::Tally;
use tokio::runtime::Handle;

use crate::size::Size;

/// What presence goes through; the activity carries the mark.
const AVAILABILITIES: [&str; 3] = ["Busy", "Away", "Online"];
/// A message of some hundred characters, as people write them.
const FILLER: &str =
    "The direct debit came back because the mandate is of March; the new one has to be signed.";

/// See the module.
#[derive(Clone)]
pub(crate) struct Experts {
    pub(crate) messages: Arc<Tally>,
    pub(crate) presence: Arc<Tally>,
    control: Control,
    size: Size,
    prefix: &'static str,
}

impl Experts {
    /// Of the accounts `<prefix>1` and on; the names begin the marks.
    pub(crate) fn new(
        control: &Control,
        size: Size,
        prefix: &'static str,
        (messages, presence): (&'static str, &'static str),
    ) -> Self {
        Self {
            messages: Arc::new(Tally::new(messages)),
            presence: Arc::new(Tally::new(presence)),
            control: control.clone(),
            size,
            prefix,
        }
    }

    /// The address of an expert, counted from 0.
    pub(crate) fn address(&self, expert: usize) -> String {
        address(self.prefix, expert + 1)
    }

    /// Changes presence for so long at the usual rate, expert after expert.
    pub(crate) async fn change(&self, seconds: u32) {
        let (me, runtime) = (self.clone(), Handle::current());
        let schedule = Schedule::new(self.size.changes_per_second(), seconds);
        let changing = schedule.run(move |n| {
            let number = me.presence.begin(schedule.due(n), me.size.watchers());
            let (me, experts) = (me.clone(), me.size.experts());
            runtime.spawn(async move {
                let word = AVAILABILITIES[number / experts % AVAILABILITIES.len()];
                let (expert, mark) = (me.address(me.size.changing(number)), me.presence.mark(number));
                if let Err(error) = me.control.present(&expert, word, &mark).await {
                    eprintln!("the pool refused a presence: {error:#}");
                    me.presence.refused(number);
                }
            });
        });
        changing.await;
    }

    /// Lets experts talk for so long at the usual rate, one after the other.
    pub(crate) async fn talk(&self, seconds: u32) {
        let (me, runtime) = (self.clone(), Handle::current());
        let schedule = Schedule::new(self.size.messages_per_second(), seconds);
        let talking = schedule.run(move |n| {
            let number = me.messages.begin(schedule.due(n), 1);
            let me = me.clone();
            runtime.spawn(async move {
                let expert = me.address(me.size.partner_of(number % me.size.agents));
                let text = format!("{} {FILLER}", me.messages.mark(number));
                if let Err(error) = me.control.say(&expert, &text).await {
                    eprintln!("the pool refused a message: {error:#}");
                    me.messages.refused(number);
                }
            });
        });
        talking.await;
    }
}
