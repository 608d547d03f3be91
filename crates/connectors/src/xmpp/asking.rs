//! Questions to the server and to experts' clients (IQ, RFC 6120 8.2.3).

use super::{
    hub::{Hub, later},
    ns,
    stanza::Refusal,
    stream::element,
};
use crate::ConnectorError;
use minidom::Element;
use parking_lot::Mutex;
use std::{collections::BTreeMap, time::Duration};
use tokio::sync::oneshot;
use uuid::Uuid;

/// Most questions that may wait for answers.
const MOST_OPEN: usize = 10_000;

/// What was asked and is not answered. The key is who was asked and the id: an answer of somebody
/// else is none.
#[derive(Default)]
pub(super) struct Questions(Mutex<BTreeMap<(String, String), oneshot::Sender<Element>>>);

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unanswered {
    /// It was refused.
    Refused(Refusal),
    /// None came in time.
    Silence,
}

impl Questions {
    /// Takes an answer.
    pub(super) fn answered(&self, stanza: &Element) {
        let key = (stanza.attr("from").unwrap_or_default(), stanza.attr("id").unwrap_or_default());
        let waiting = self.0.lock().remove(&(key.0.to_owned(), key.1.to_owned()));
        if let Some(waiting) = waiting {
            // Whoever asked may have stopped waiting.
            let _ = waiting.send(stanza.clone());
        }
    }

    /// Nothing that was asked will be answered.
    pub(super) fn forget(&self) {
        self.0.lock().clear();
    }
}

/// Asks; `kind` is `get` or `set`. Gives the answer's first child of the payload's namespace.
pub(super) async fn ask(
    hub: &Hub,
    to: &str,
    kind: &str,
    payload: Element,
    limit: Duration,
) -> Result<Option<Element>, Unanswered> {
    let id = Uuid::from_bytes(crate::clock::random_bytes()).to_string();
    let key = (to.to_owned(), id.clone());
    let namespace = payload.ns();
    let (sender, receiver) = oneshot::channel();
    {
        let mut open = hub.questions.0.lock();
        if open.len() >= MOST_OPEN {
            return Err(Unanswered::Silence);
        }
        open.insert(key.clone(), sender);
    }
    let from = hub.config.component.as_str();
    let attributes = [("type", Some(kind)), ("from", Some(from)), ("to", Some(to)), ("id", Some(&*id))];
    let asked = tokio::time::timeout(limit, async {
        hub.post(element("iq", ns::COMPONENT, &attributes).append(payload).build()).await;
        receiver.await
    });
    let answer = asked.await;
    hub.questions.0.lock().remove(&key);
    let Ok(Ok(answer)) = answer else { return Err(Unanswered::Silence) };
    if answer.attr("type") == Some("error") {
        return Err(Unanswered::Refused(Refusal::read(&answer)));
    }
    Ok(answer.children().find(|child| child.has_ns(namespace.as_str())).cloned())
}

impl From<Unanswered> for ConnectorError {
    fn from(why: Unanswered) -> Self {
        match why {
            Unanswered::Silence => later(),
            Unanswered::Refused(refusal) => Self::Refused { words: refusal.words(), code: refusal.condition },
        }
    }
}
