//! `me`: availability, activity, own presence and note (ucwa.md §2.2, §2.3, §4.2).

use super::{Cx, Outcome};
use crate::pool::reply::{Fault, Reply};
use crate::pool::state::app_life::AvailableArgs;
use crate::pool::view;
use crate::pool::wire::Resource;

/// What `signInAs` and the own presence may be.
const CHOICES: [&str; 6] = ["Online", "Busy", "DoNotDisturb", "BeRightBack", "Away", "Offwork"];
const MODALITIES: [&str; 7] = [
    "Audio",
    "Video",
    "PhoneAudio",
    "ApplicationSharing",
    "Messaging",
    "DataCollaboration",
    "PanoramicVideo",
];

pub(super) fn read(cx: &Cx<'_>) -> Outcome {
    let me = cx.me()?;
    cx.with_app(|app| Reply::resource(view::me::resource(app, me)))
}

pub(super) fn make_available(cx: &Cx<'_>) -> Outcome {
    let input = cx.call.input()?;
    let modalities = input.list("supportedModalities").unwrap_or_default();
    let modalities: Vec<String> = modalities
        .iter()
        .map(|name| {
            let known = MODALITIES.iter().find(|m| m.eq_ignore_ascii_case(name));
            known.map(|m| (*m).to_owned()).ok_or_else(|| Fault::new(403, "Forbidden", ""))
        })
        .collect::<Result<_, _>>()?;
    let args = AvailableArgs {
        sign_in_as: choice(input.text("signInAs"), "signInAs")?,
        modalities,
        formats: formats(input.list("supportedMessageFormats").unwrap_or_default())?,
        inactive_ms: duration_ms(input.text("inactiveTimeout"))?,
        phone_number: input.text_within("phoneNumber", 100)?.unwrap_or_default(),
    };
    if cx.with(|core| core.make_available(cx.app, args)) {
        Ok(Reply::no_content())
    } else {
        Err(Fault::new(409, "Conflict", "AlreadyExists"))
    }
}

pub(super) fn report_activity(cx: &Cx<'_>) -> Outcome {
    if cx.with(|core| core.report_activity(cx.app)) { Ok(Reply::no_content()) } else { Err(Fault::lurker()) }
}

pub(super) fn presence(cx: &Cx<'_>) -> Outcome {
    needs_availability(cx)?;
    let shown = cx.with(|core| core.presence.get(cx.user as usize).cloned()).ok_or_else(Fault::not_found)?;
    let resource =
        Resource::new("presence").str("availability", shown.availability).some("activity", &shown.activity);
    Ok(Reply::resource(resource.link("self", format!("{}/me/presence", cx.path()))))
}

pub(super) fn set_presence(cx: &Cx<'_>) -> Outcome {
    needs_availability(cx)?;
    let input = cx.call.input()?;
    let chosen = choice(input.text("availability"), "availability")?;
    let activity = input.text_within("activity", 100)?.unwrap_or_default();
    cx.with(|core| core.choose_presence(cx.user, &chosen, &activity));
    Ok(Reply::no_content())
}

pub(super) fn note(cx: &Cx<'_>) -> Outcome {
    needs_availability(cx)?;
    let shown = cx.with(|core| core.presence.get(cx.user as usize).cloned()).ok_or_else(Fault::not_found)?;
    let kind = view::contact::note_type(&shown);
    let resource = Resource::new("note").str("message", shown.note).str("type", kind);
    Ok(Reply::resource(resource.link("self", format!("{}/me/note", cx.path()))))
}

pub(super) fn set_note(cx: &Cx<'_>) -> Outcome {
    needs_availability(cx)?;
    let note = cx.call.input()?.text_within("message", 500)?.unwrap_or_default();
    cx.with(|core| core.set_note(cx.user, note.trim(), false));
    Ok(Reply::no_content())
}

pub(super) fn location(cx: &Cx<'_>) -> Outcome {
    needs_availability(cx)?;
    let shown = cx.with(|core| core.presence.get(cx.user as usize).map(|p| p.location.clone()));
    let resource = Resource::new("location").str("location", shown.unwrap_or_default());
    Ok(Reply::resource(resource.link("self", format!("{}/me/location", cx.path()))))
}

/// At most 60 characters; nothing clears it.
pub(super) fn set_location(cx: &Cx<'_>) -> Outcome {
    needs_availability(cx)?;
    let location = cx.call.input()?.text_within("location", 60)?.unwrap_or_default();
    cx.with(|core| core.set_location(cx.user, location.trim()));
    Ok(Reply::no_content())
}

pub(super) fn phones(cx: &Cx<'_>) -> Outcome {
    let number = cx.me()?.work_phone.clone();
    let phone = Resource::new("phone")
        .str("number", number)
        .str("type", "work")
        .link("self", format!("{}/me/phones/work", cx.path()));
    let resource = Resource::new("phones").link("self", format!("{}/me/phones", cx.path()));
    Ok(Reply::resource(resource.embed_all("phone", vec![phone])))
}

pub(super) fn call_forwarding(cx: &Cx<'_>) -> Outcome {
    let resource =
        Resource::new("callForwardingSettings").str("activePeriod", "Always").str("activeSetting", "None");
    Ok(Reply::resource(resource.link("self", format!("{}/me/callForwardingSettings", cx.path()))))
}

/// Message formats in their proper spelling.
pub(super) fn formats(names: Vec<String>) -> Result<Vec<String>, Fault> {
    let known = |name: String| match name.to_ascii_lowercase().as_str() {
        "plain" => Ok("Plain".to_owned()),
        "html" => Ok("Html".to_owned()),
        _ => Err(Fault::parameter("supportedMessageFormats")),
    };
    names.into_iter().map(known).collect()
}

fn needs_availability(cx: &Cx<'_>) -> Result<(), Fault> {
    if cx.with_app(|app| app.available.is_some())? { Ok(()) } else { Err(Fault::lurker()) }
}

fn choice(text: Option<String>, name: &'static str) -> Result<String, Fault> {
    let Some(text) = text else { return Ok(String::new()) };
    let known = CHOICES.iter().find(|choice| choice.eq_ignore_ascii_case(&text));
    known.map(|choice| (*choice).to_owned()).ok_or_else(|| Fault::parameter(name))
}

/// `PT5M`, `PT300S`, `PT1H`; five minutes when absent.
fn duration_ms(text: Option<String>) -> Result<u64, Fault> {
    let Some(text) = text else { return Ok(300_000) };
    let fault = || Fault::parameter("inactiveTimeout");
    let upper = text.to_ascii_uppercase();
    let mut rest = upper.strip_prefix("PT").ok_or_else(fault)?;
    let mut seconds: u64 = 0;
    while let Some(at) = rest.find(|c: char| !c.is_ascii_digit()) {
        let number: u64 = rest.get(..at).and_then(|digits| digits.parse().ok()).ok_or_else(fault)?;
        let unit = match rest.as_bytes().get(at) {
            Some(b'H') => 3_600,
            Some(b'M') => 60,
            Some(b'S') => 1,
            _ => return Err(fault()),
        };
        seconds = seconds.saturating_add(number.saturating_mul(unit));
        rest = rest.get(at + 1..).unwrap_or_default();
    }
    if rest.is_empty() && seconds > 0 { Ok(seconds.saturating_mul(1_000)) } else { Err(fault()) }
}
