//! What experts tell of themselves: a source that is built in, with a row for each who has.
//!
//! A row has the expert's address on the network where they were asked, so it belongs to the entry of whoever has
//! that address. It holds the skills that the expert has confirmed, and those that they took away: these are denied,
//! and stay away though another source names them.

use super::matching::usable_entry;
use super::record::SourceRecord;
use super::rows::{entries, is_same_skill, list_of_text};
use super::single::{NotTaken, change_of_person, removal_of_person};
use crate::clock::now;
use hookflash_domain::PersonId;
use hookflash_store::people::{EXPERTS, PeopleSourceRow};
use hookflash_store::{By, Store, StoreError};
use uuid::Uuid;

/// The source.
pub const EXPERTS_ID: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_6578_7065_7274);
/// Most skills that an expert has confirmed.
pub const MOST_CONFIRMED: usize = hookflash_domain::consult::MAX_SKILLS;
/// Most skills that an expert has taken away; the oldest are forgotten.
const MOST_DENIED: usize = 200;

/// A skill under which a person is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownSkill {
    /// As it is written.
    pub name: String,
    /// Whether the person has confirmed it.
    pub is_confirmed: bool,
}

/// Under which skills somebody is found; none where no source that is switched on tells of them, or where what
/// experts say is switched off.
///
/// # Errors
/// `Unavailable`.
pub async fn skills_of(store: &Store, person: &PersonId) -> Result<Option<Vec<KnownSkill>>, StoreError> {
    if store.people_source(EXPERTS_ID).await?.is_some_and(|source| !source.active) {
        return Ok(None);
    }
    let Some(entry_id) = usable_entry(store, person, EXPERTS_ID).await? else { return Ok(None) };
    let found = entries(store.people_of_entries(&[entry_id]).await?).into_iter().next();
    let Some(entry) = found else { return Ok(None) };
    let own = store.person_of_source(EXPERTS_ID, &key_of(person)).await?;
    let confirmed: Vec<String> = own.map(|own| list_of_text(&own.skills)).unwrap_or_default();
    let known = |name: String| {
        let is_confirmed = confirmed.iter().any(|one| is_same_skill(one, &name));
        KnownSkill { name, is_confirmed }
    };
    Ok(Some(entry.skills.into_iter().map(known).collect()))
}

/// Keeps what an expert tells: under which skills they are found, and under which not. False where they would have
/// confirmed too many; nothing is changed then.
///
/// # Errors
/// `Refused`; `Store`.
pub async fn tell_skills(
    store: &Store,
    person: &PersonId,
    name: &str,
    kept: &[String],
    removed: &[String],
) -> Result<bool, NotTaken> {
    let key = key_of(person);
    let before = store.person_of_source(EXPERTS_ID, &key).await?;
    let (mut skills, mut denied): (Vec<String>, Vec<String>) = match &before {
        Some(row) => (list_of_text(&row.skills), list_of_text(&row.denied_skills)),
        None => Default::default(),
    };
    for gone in removed {
        skills.retain(|skill| !is_same_skill(skill, gone));
        add(&mut denied, gone);
    }
    for skill in kept {
        denied.retain(|one| !is_same_skill(one, skill));
        add(&mut skills, skill);
    }
    if skills.len() > MOST_CONFIRMED {
        return Ok(false);
    }
    denied.drain(..denied.len().saturating_sub(MOST_DENIED));
    let change = if skills.is_empty() && denied.is_empty() {
        removal_of_person(store, EXPERTS_ID, &key).await?
    } else {
        store.have_experts_source(&source(), &By { at: now(), user_id: None, name: name.to_owned() }).await?;
        let networks = vec![person.clone()];
        let display = Some(name.to_owned()).filter(|name| !name.trim().is_empty());
        let display = display.or_else(|| Some(person.address.clone()));
        let record =
            SourceRecord { key, display, skills, denied_skills: denied, networks, ..SourceRecord::default() };
        change_of_person(store, EXPERTS_ID, record).await?
    };
    if let Some(change) = change {
        store.change_people(&[change]).await?;
    }
    Ok(true)
}

fn add(list: &mut Vec<String>, skill: &str) {
    if !list.iter().any(|one| is_same_skill(one, skill)) {
        list.push(skill.to_owned());
    }
}

fn key_of(person: &PersonId) -> String {
    format!("{}:{}", person.network.0, person.address.to_lowercase())
}

fn source() -> PeopleSourceRow {
    let at = now();
    PeopleSourceRow {
        source_id: EXPERTS_ID,
        kind: EXPERTS.to_owned(),
        name: "Experts’ own words".to_owned(),
        active: true,
        place: 0,
        settings: "{}".to_owned(),
        created_at: at,
        changed_at: at,
    }
}
