//! `communication`: what the application can do; a guarded PUT (ucwa.md §2.4).

use super::{Cx, Outcome, me};
use crate::clock::now_ms;
use crate::pool::reply::{Fault, Reply};
use crate::pool::view::application;

pub(super) fn read(cx: &Cx<'_>) -> Outcome {
    cx.with_app(|app| Reply::resource(application::communication(app)))
}

pub(super) fn write(cx: &Cx<'_>) -> Outcome {
    let input = cx.call.input()?;
    let formats = input.list("supportedMessageFormats").map(me::formats).transpose()?;
    cx.with(|core| {
        let app = core.apps.get_mut(&cx.app).ok_or_else(Fault::application_not_found)?;
        cx.call.precondition(application::communication(app).etag())?;
        if !input.has(&app.echo_key) {
            return Err(Fault::parameter("communication"));
        }
        if let Some(modalities) = input.list("supportedModalities") {
            app.modalities = modalities;
        }
        if let Some(formats) = formats {
            app.formats = formats;
        }
        if let Some(number) = input.text("phoneNumber") {
            app.phone_number = number;
        }
        let event = application::communication_updated(app);
        app.push(event, now_ms());
        Ok(Reply::resource(application::communication(app)))
    })
}
