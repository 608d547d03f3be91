//! Several reads in one request (UCWA 6); one by one where the pool has no `batch`, or takes none.

use super::{
    application::Application,
    chats::same_place,
    codec::multipart,
    core::Core,
    fault::{Fault, Refusal},
    resource::{link, text},
    wire::{Ask, Body},
};
use futures_util::future::join_all;
use serde_json::Value;
use std::sync::atomic::Ordering;

/// Parts of one batch; Microsoft's own client takes as many.
const MOST_PARTS: usize = 20;
/// Single reads under way at once for one agent.
const AT_ONCE: usize = 4;

/// Reads resources; an answer for each, in the order of `hrefs`.
pub(super) async fn fetch(
    core: &Core,
    application: &Application,
    hrefs: &[&str],
) -> Vec<Result<Value, Fault>> {
    let mut answers = Vec::with_capacity(hrefs.len());
    for some in hrefs.chunks(MOST_PARTS) {
        let together = match &application.batch {
            Some(batch) if some.len() > 1 && !core.no_batch.load(Ordering::Relaxed) => {
                Some(in_one(core, application, batch, some).await)
            }
            _ => None,
        };
        match together {
            Some(Ok(parts)) => answers.extend(parts),
            Some(Err(fault)) if fault.clone().into_error().is_transient() => {
                answers.extend(some.iter().map(|_| Err(fault.clone())));
            }
            refused => {
                if let Some(Err(fault)) = refused {
                    tracing::info!(?fault, "the pool takes no batch");
                    core.no_batch.store(true, Ordering::Relaxed);
                }
                answers.extend(one_by_one(core, application, some).await);
            }
        }
    }
    answers
}

async fn one_by_one(core: &Core, application: &Application, hrefs: &[&str]) -> Vec<Result<Value, Fault>> {
    let mut answers = Vec::with_capacity(hrefs.len());
    for some in hrefs.chunks(AT_ONCE) {
        answers.extend(join_all(some.iter().map(|href| one(core, application, href))).await);
    }
    answers
}

async fn one(core: &Core, application: &Application, href: &str) -> Result<Value, Fault> {
    Ok(core.wire.ask(Ask::get(application.url(href)?)).await?.body)
}

async fn in_one(
    core: &Core,
    application: &Application,
    batch: &str,
    hrefs: &[&str],
) -> Result<Vec<Result<Value, Fault>>, Fault> {
    let urls = hrefs.iter().map(|href| application.url(href)).collect::<Result<Vec<_>, _>>()?;
    let (boundary, body) = multipart::reads(&urls);
    let ask = Ask::post(application.url(batch)?, Body::Batch { boundary, body });
    let answer = core.wire.ask(ask).await?;
    let parts = multipart::answers(&answer.media_type, &answer.bytes);
    let parts = parts.ok_or_else(|| Fault::Protocol("The batch's answer cannot be read.".to_owned()))?;
    Ok(hrefs.iter().enumerate().map(|(at, href)| part_of(&parts, at, href)).collect())
}

/// The answer for an href: the one that says so itself, or else that in its place.
fn part_of(parts: &[(u16, Value)], at: usize, href: &str) -> Result<Value, Fault> {
    let named = parts.iter().find(|(_, body)| link(body, "self").is_some_and(|own| same_place(own, href)));
    let placed = || parts.get(at).filter(|(_, body)| link(body, "self").is_none());
    match named.or_else(placed) {
        Some((200..=299, body)) => Ok(body.clone()),
        Some((status, body)) => Err(Fault::Refused(refusal(*status, body))),
        None => Err(Fault::Protocol("A part of the batch was not answered.".to_owned())),
    }
}

fn refusal(status: u16, body: &Value) -> Refusal {
    let own = |name: &str| text(body, name).unwrap_or_default().to_owned();
    Refusal { status, code: own("code"), subcode: own("subcode"), words: own("message"), retry_after: None }
}

#[cfg(test)]
mod tests {
    use super::part_of;
    use crate::skype::fault::Fault;
    use serde_json::{Value, json};

    #[test]
    fn parts_are_found_by_their_own_link_or_their_place() {
        let own = |href: &str| json!({"_links": {"self": {"href": href}}});
        let parts =
            [(200, own("/b")), (404, json!({"code": "NotFound"})), (200, own("/a")), (204, Value::Null)];
        assert_eq!(part_of(&parts, 0, "/a"), Ok(own("/a")));
        assert_eq!(part_of(&parts, 2, "https://pool/b"), Ok(own("/b")));
        assert!(matches!(part_of(&parts, 1, "/c"), Err(Fault::Refused(refusal)) if refusal.status == 404));
        assert_eq!(part_of(&parts, 3, "/d"), Ok(Value::Null));
        assert!(matches!(part_of(&parts, 9, "/e"), Err(Fault::Protocol(_))));
        assert!(matches!(part_of(&parts, 0, "/f"), Err(Fault::Protocol(_))), "somebody else's");
    }
}
