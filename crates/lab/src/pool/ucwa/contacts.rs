//! One person: `contact`, presence, note, photo (ucwa.md §4.1 to §4.3).

use super::{Cx, Outcome};
use crate::pool::people::photo;
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
    let (index, person) = cx.person(address)?;
    let own = format!("{}/people/{}/location", cx.path(), person.address());
    let shown = cx.with(|core| core.presence.get(index as usize).map(|p| p.location.clone()));
    let location = shown.unwrap_or_default();
    Ok(Reply::resource(Resource::new("contactLocation").some("location", &location).link("self", own)))
}

/// What the person's clients can do together; nothing when there is none.
pub(super) fn modalities(cx: &Cx<'_>, address: &str) -> Outcome {
    let (index, person) = cx.person(address)?;
    let own = format!("{}/people/{}/supportedMedia", cx.path(), person.address());
    let modalities = cx.with(|core| core.modalities_of(index));
    let resource = Resource::new("contactSupportedModalities").list("modalities", modalities);
    Ok(Reply::resource(resource.link("self", own)))
}

pub(super) fn privacy(cx: &Cx<'_>, address: &str) -> Outcome {
    let (_, person) = cx.person(address)?;
    let own = format!("{}/people/{}/privacyRelationship", cx.path(), person.address());
    let resource = Resource::new("contactPrivacyRelationship").str("relationshipLevel", "Colleagues");
    Ok(Reply::resource(resource.link("self", own)))
}

/// A JPEG of `?size=HR64X64`, 48 × 48 when not said.
pub(super) fn photo(cx: &Cx<'_>, address: &str) -> Outcome {
    let (_, person) = cx.person(address)?;
    if cx.pool.behaviour.policy("photos") == "Disabled" {
        return Err(Fault::new(403, "Forbidden", ""));
    }
    if !person.photo {
        return Err(Fault::not_found());
    }
    let (height, width) = match cx.call.query("size") {
        None => (48, 48),
        Some(size) => photo_size(size).ok_or_else(|| Fault::parameter("size"))?,
    };
    let etag = format!("\"{address}-{height}x{width}\"");
    if cx.call.header("if-none-match").trim_matches('"') == etag.trim_matches('"') {
        return Ok(Reply::empty(304).header("Etag", etag));
    }
    Ok(Reply::raw("image/jpeg", photo::jpeg(person.address(), width, height)).header("Etag", etag))
}

/// `HR{height}X{width}`.
fn photo_size(text: &str) -> Option<(u16, u16)> {
    let upper = text.trim().to_ascii_uppercase();
    let (height, width) = upper.strip_prefix("HR")?.split_once('X')?;
    let side = |text: &str| text.parse().ok().filter(|side| (1..=photo::MAX_SIDE).contains(side));
    Some((side(height)?, side(width)?))
}
