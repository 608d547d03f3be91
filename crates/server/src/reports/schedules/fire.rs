//! What a fire of a schedule is.

use super::Definition;
use super::definition::NotUnderstood;
use crate::reports::AskedBy;
use hookflash_domain::Timestamp;
use hookflash_domain::figures::local;
use hookflash_store::report_schedules::{Fired, ReportFireRow, ReportScheduleRow};
use hookflash_store::users::{Role, UserRow};

/// What makes a schedule fire at its time, or a person by hand. Of times that were missed the last one is made up
/// for, and its reports are about the days seen from it. With its runs no more may wait than `most_waiting`.
pub(crate) fn fire(
    schedule: &ReportScheduleRow,
    owner: &UserRow,
    now: Timestamp,
    by_hand: bool,
    most_waiting: i64,
) -> Result<Fired, NotUnderstood> {
    let definition: Definition = serde_json::from_str(&schedule.definition)?;
    let (when, zone) = (definition.when()?, definition.zone()?);
    let due_at = match schedule.next_fire_at {
        Some(due_at) if !by_hand => when.last_until(due_at, now, &zone),
        _ => now,
    };
    let fire_id = crate::ids::new_id();
    let by = AskedBy {
        user_id: owner.user_id,
        is_administrator: owner.roles.has(Role::Administrator),
        at: now,
        fire_id: Some(fire_id),
    };
    // Its name has no control characters, and each mail has one address: nothing of it can become a header.
    let day = local(due_at, &zone).map(|at| at.date().to_string()).unwrap_or_default();
    let subject = format!("{}, {day}", schedule.name);
    Ok(Fired {
        mails: definition.mail.iter().flat_map(|mail| mail.mails(fire_id, &subject, now)).collect(),
        fire: ReportFireRow { fire_id, schedule_id: schedule.schedule_id, due_at, fired_at: now, by_hand },
        revision: schedule.revision,
        next_fire_at: when.next_after(due_at.max(now), &zone),
        runs: definition.runs(due_at, &by)?,
        most_waiting,
    })
}
