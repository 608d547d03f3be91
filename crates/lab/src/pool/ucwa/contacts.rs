//! One person: `contact`, presence, note, photo (ucwa.md §4.1 to §4.3).

use super::{Cx, Outcome};
use crate::pool::reply::{Fault, Reply};
use crate::pool::view::contact;
use crate::pool::wire::Resource;

pub(super) fn read(cx: &Cx<'_>, address: &str) -> Outcome {
    let (_, person) = cx.person(address)?;
    Ok(Reply::resource(contact::resource(&cx.path(), person)))
}

pub(super) fn presence(cx: &Cx<'_>, address: &str) -> Outcome {
    let (index, person) = cx.person(address)?;
    let shown = cx.with(|core| core.presence.get(index as usize).cloned()).ok_or_else(Fault::not_found)?;
    Ok(Reply::resource(contact::presence(&cx.path(), person, &shown)))
}

pub(super) fn note(cx: &Cx<'_>, address: &str) -> Outcome {
    let (index, person) = cx.person(address)?;
    let shown = cx.with(|core| core.presence.get(index as usize).cloned()).ok_or_else(Fault::not_found)?;
    Ok(Reply::resource(contact::note(&cx.path(), person, &shown)))
}

pub(super) fn location(cx: &Cx<'_>, address: &str) -> Outcome {
    let (_, person) = cx.person(address)?;
    let own = format!("{}/people/{}/location", cx.path(), person.address());
    Ok(Reply::resource(Resource::new("contactLocation").some("location", &person.office).link("self", own)))
}

pub(super) fn modalities(cx: &Cx<'_>, address: &str) -> Outcome {
    let (_, person) = cx.person(address)?;
    let own = format!("{}/people/{}/supportedMedia", cx.path(), person.address());
    let resource =
        Resource::new("contactSupportedModalities").list("modalities", vec!["Messaging".to_owned()]);
    Ok(Reply::resource(resource.link("self", own)))
}

pub(super) fn privacy(cx: &Cx<'_>, address: &str) -> Outcome {
    let (_, person) = cx.person(address)?;
    let own = format!("{}/people/{}/privacyRelationship", cx.path(), person.address());
    let resource = Resource::new("contactPrivacyRelationship").str("relationshipLevel", "Colleagues");
    Ok(Reply::resource(resource.link("self", own)))
}

pub(super) fn photo(cx: &Cx<'_>, address: &str) -> Outcome {
    cx.person(address)?;
    // Nobody in the lab has a photo.
    Err(Fault::not_found())
}
