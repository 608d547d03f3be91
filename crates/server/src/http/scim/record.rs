//! What a user tells of a person.

use super::settings::{AddressFrom, ScimSettings};
use super::user::{Item, User};
use crate::config::Config;
use crate::directory::{Addresses, SourceRecord};
use hookflash_domain::{NetworkId, PersonId};
use uuid::Uuid;

/// The user as a person of the directory.
pub(super) fn record_of(user: &User, id: Uuid, settings: &ScimSettings, config: &Config) -> SourceRecord {
    let (email, addresses) = (best(&user.emails), Addresses::of_config(config));
    let networks = settings.networks.iter().filter_map(|network| {
        let address = match network.from {
            AddressFrom::Email => email.clone(),
            AddressFrom::UserName => Some(user.user_name.clone()).filter(|name| name.contains('@')),
            AddressFrom::Ims => of_kind(&user.ims, &network.network),
        };
        let network = NetworkId(network.network.clone());
        let address = addresses.normal(&network, &address?);
        Some(PersonId { network, address })
    });
    let display = user.display.clone().or_else(|| user.formatted.clone());
    let has_name = display.is_some() || user.given.is_some() || user.family.is_some();
    SourceRecord {
        denied_skills: Vec::new(),
        key: id.to_string(),
        given: user.given.clone(),
        family: user.family.clone(),
        display: if has_name { display } else { Some(user.user_name.clone()) },
        company: user.organization.clone(),
        department: user.department.clone(),
        title: user.title.clone(),
        location: location(&user.addresses),
        email: email.clone(),
        phones: user.phones.iter().filter_map(|phone| phone.value.clone()).collect(),
        skills: Vec::new(),
        networks: networks.collect(),
    }
}

/// The value of the primary element, or that for work, or the first.
fn best(items: &[Item]) -> Option<String> {
    let valued = || items.iter().filter(|item| item.value.is_some());
    let work =
        || valued().find(|item| item.kind.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("work")));
    let found = valued().find(|item| item.primary).or_else(work).or_else(|| valued().next());
    found.and_then(|item| item.value.clone())
}

fn of_kind(items: &[Item], wanted: &str) -> Option<String> {
    let of = |item: &&Item| item.kind.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case(wanted));
    items.iter().find(of).and_then(|item| item.value.clone())
}

/// The town of the place of work, or the place as it is written.
fn location(addresses: &[Item]) -> Option<String> {
    let is_work = |item: &&Item| item.kind.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("work"));
    let place = addresses.iter().find(is_work).or_else(|| addresses.first())?;
    let written =
        place.formatted.as_deref().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    place.locality.clone().or(written)
}
