//! What was said in earlier chats, where the pool keeps it with Exchange (UCWA 5.7).

use super::{
    application::Application,
    batch,
    codec::{cut_to_chars, decode, parse_date, plain, tidy},
    core::Core,
    fault::Fault,
    people::person_id,
    resource::{embedded, embeddeds, link, links, text},
    wire::Ask,
};
use crate::{ConnectorError, EarlierMessage};
use hookflash_domain::{PersonId, Timestamp};
use serde_json::Value;

/// Past conversations that are looked at.
const MOST_LOGS: usize = 100;
/// Pages of one conversation's transcript that are read.
const MOST_PAGES: usize = 5;
/// Most messages that are given.
const MOST_MESSAGES: usize = 200;

/// The newest messages with a person, oldest first.
pub(super) async fn history(
    core: &Core,
    person: &PersonId,
    limit: usize,
) -> Result<Vec<EarlierMessage>, ConnectorError> {
    let application = core.application().await?;
    let Some(href) = &application.logs else { return Err(ConnectorError::Unsupported) };
    let limit = limit.min(MOST_MESSAGES);
    let read = async {
        let mut url = application.url(href)?;
        url.query_pairs_mut().append_pair("limit", &MOST_LOGS.to_string());
        let listed = core.wire.ask(Ask::get(url)).await?;
        let mut messages = Vec::new();
        for log in logs_with(core, &application, &listed.body, person).await {
            if messages.len() >= limit {
                break;
            }
            messages.extend(of_log(core, &application, &log).await?);
        }
        Ok::<_, Fault>(messages)
    };
    let mut messages = read.await.map_err(Fault::into_error)?;
    messages.sort_by_key(|message| message.at);
    Ok(messages.split_off(messages.len().saturating_sub(limit)))
}

/// The conversations with this person alone, newest first. They come embedded or as links.
async fn logs_with(core: &Core, application: &Application, listed: &Value, person: &PersonId) -> Vec<Value> {
    let mut logs: Vec<Value> = embeddeds(listed, "conversationLog").to_vec();
    if logs.is_empty() {
        let hrefs: Vec<&str> = links(listed, "conversationLog").into_iter().take(MOST_LOGS).collect();
        logs = batch::fetch(core, application, &hrefs).await.into_iter().flatten().collect();
    }
    logs.retain(|log| is_with(core, log, person));
    logs.sort_by_key(|log| std::cmp::Reverse(created(log)));
    logs
}

fn is_with(core: &Core, log: &Value, person: &PersonId) -> bool {
    let mut others = embeddeds(log, "conversationLogRecipient").iter().filter_map(|one| text(one, "sipUri"));
    let is_theirs = |uri: &str| person_id(&core.config.network, &with_scheme(uri)) == *person;
    let own = format!("sip:{}", core.account.address);
    let count = others.clone().filter(|uri| !with_scheme(uri).eq_ignore_ascii_case(&own)).count();
    count == 1 && others.any(is_theirs)
}

fn with_scheme(uri: &str) -> String {
    if uri.contains(':') { uri.to_owned() } else { format!("sip:{uri}") }
}

fn created(log: &Value) -> Timestamp {
    text(log, "creationTime").and_then(parse_date).unwrap_or_default()
}

/// The messages of one conversation; its preview where there is no transcript.
async fn of_log(core: &Core, application: &Application, log: &Value) -> Result<Vec<EarlierMessage>, Fault> {
    let subject = text(log, "subject").map(|subject| cut_to_chars(&tidy(subject), 250));
    let mut messages = Vec::new();
    let mut next = link(log, "conversationLogTranscripts").map(str::to_owned);
    for _ in 0..MOST_PAGES {
        let Some(href) = next else { break };
        let page = core.wire.ask(Ask::get(application.url(&href)?)).await?;
        let lines = embeddeds(&page.body, "conversationLogTranscript").iter();
        messages.extend(lines.filter_map(|line| message(line, subject.clone())));
        next = link(&page.body, "nextConversationLogTranscripts").map(str::to_owned);
    }
    if messages.is_empty() {
        messages.extend(preview(log, subject));
    }
    Ok(messages)
}

/// One line of a transcript. Calls and errors have none.
fn message(line: &Value, subject: Option<String>) -> Option<EarlierMessage> {
    let body = embedded(line, "messageTranscript")?;
    let href = ["plainMessage", "htmlMessage"].iter().find_map(|rel| link(body, rel))?;
    let (kind, words) = decode(href)?;
    let text = tidy(&if kind == "text/html" { plain(&words) } else { words });
    let at = self::text(line, "timeStamp").and_then(parse_date)?;
    let own = link(line, "me").is_some() && link(line, "contact").is_none();
    (!text.is_empty()).then_some(EarlierMessage { own, text, subject, at })
}

fn preview(log: &Value, subject: Option<String>) -> Option<EarlierMessage> {
    let text = tidy(text(log, "previewMessage")?);
    let own = self::text(log, "direction") == Some("Outgoing");
    Some(EarlierMessage { own, text, subject, at: created(log) })
}

/// Reads a resource as each of the things that are read here.
#[cfg(test)]
pub(super) fn read_for_test(resource: &Value) {
    message(resource, None);
    preview(resource, None);
    created(resource);
}

#[cfg(test)]
mod tests {
    use super::{message, preview};
    use crate::EarlierMessage;
    use hookflash_domain::Timestamp;
    use serde_json::{Value, json};

    fn line(links: &Value, body: &str) -> Value {
        json!({"timeStamp": "/Date(7)/", "_links": links,
            "_embedded": {"messageTranscript": {"_links": {"plainMessage": {"href": body}}}}})
    }

    fn earlier(own: bool, text: &str) -> Option<EarlierMessage> {
        Some(EarlierMessage { own, text: text.to_owned(), subject: None, at: Timestamp(7) })
    }

    #[test]
    fn lines_of_both_sides_are_read_and_others_are_not() {
        let (me, them) = (json!({"me": {"href": "/me"}}), json!({"contact": {"href": "/c"}}));
        let hello = "data:text/plain;charset=utf8,Hello+you";
        assert_eq!(message(&line(&me, hello), None), earlier(true, "Hello you"));
        assert_eq!(message(&line(&them, hello), None), earlier(false, "Hello you"));
        assert_eq!(message(&line(&them, "data:text/html;base64,PGI+SGk8L2I+"), None), earlier(false, "Hi"));
        for nothing in [line(&me, "http://x"), line(&me, "data:,"), json!({}), json!(7)] {
            assert_eq!(message(&nothing, None), None, "{nothing}");
        }
    }

    #[test]
    fn without_a_transcript_the_preview_is_shown() {
        let log = json!({"previewMessage": "Hi", "direction": "Outgoing", "creationTime": "/Date(7)/"});
        assert_eq!(preview(&log, None), earlier(true, "Hi"));
        assert_eq!(preview(&json!({}), None), None);
    }
}
