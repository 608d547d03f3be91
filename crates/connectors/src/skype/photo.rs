//! Photos (UCWA 4.3).

use super::{core::Core, fault::Fault, people, wire::Ask};
use crate::{ConnectorError, Photo};
use hookflash_domain::PersonId;

/// The edges of the photos that Exchange keeps, in pixels.
const EDGES: [u16; 9] = [48, 64, 96, 120, 240, 360, 432, 504, 648];

/// A person's photo in the smallest size that is not below `edge`.
pub(super) async fn photo(
    core: &Core,
    person: &PersonId,
    edge: u16,
) -> Result<Option<Photo>, ConnectorError> {
    let application = core.application().await?;
    let known = core.people.lock().place(person);
    let place = match known {
        Some(place) => Some(place),
        None => people::look_up(core, &application, person).await,
    };
    let Some(href) = place.and_then(|place| place.photo) else { return Ok(None) };
    let mut url = application.url(&href).map_err(Fault::into_error)?;
    url.query_pairs_mut().append_pair("size", &size(edge));
    match core.wire.ask(Ask::get(url).image()).await {
        Ok(answer) => Ok(Photo::read(answer.bytes)),
        Err(Fault::Refused(refusal)) if matches!(refusal.status, 403 | 404) => Ok(None),
        Err(fault) => Err(fault.into_error()),
    }
}

fn size(edge: u16) -> String {
    let edge = EDGES.into_iter().find(|&known| known >= edge).unwrap_or(648);
    format!("HR{edge}X{edge}")
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn the_next_larger_size_is_asked_for() {
        let cases =
            [(0, "HR48X48"), (48, "HR48X48"), (49, "HR64X64"), (648, "HR648X648"), (u16::MAX, "HR648X648")];
        for (edge, name) in cases {
            assert_eq!(size(edge), name);
        }
    }
}
