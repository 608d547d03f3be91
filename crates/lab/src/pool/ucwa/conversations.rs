//! `conversations`, `conversation`, its participants and messaging (ucwa.md §5.7).

use super::{Cx, Outcome};
use crate::pool::reply::{Fault, Reply};
use crate::pool::state::chat::{Chat, ChatKey, Party, Seat};
use crate::pool::state::{Core, Endpoint};
use crate::pool::view::{Scene, conversation, messaging, participant as view};
use crate::pool::wire::{Link, Resource};

pub(super) fn list(cx: &Cx<'_>) -> Outcome {
    let path = cx.path();
    let links = cx.with_app(|app| {
        let one = |id: &String| Link::new("conversation", format!("{path}/communication/conversations/{id}"));
        app.conversations.keys().map(one).collect::<Vec<_>>()
    })?;
    let own = format!("{path}/communication/conversations?filter=active");
    let resource = Resource::new("conversations").link("self", own);
    Ok(Reply::resource(if links.is_empty() { resource } else { resource.links("conversation", links) }))
}

pub(super) fn read(cx: &Cx<'_>, id: &str) -> Outcome {
    look(cx, id, |scene| Ok(conversation::resource(scene, conversation::state(scene))))
}

pub(super) fn messaging(cx: &Cx<'_>, id: &str) -> Outcome {
    look(cx, id, |scene| Ok(messaging::resource(scene, messaging::state(scene))))
}

pub(super) fn participants(cx: &Cx<'_>, id: &str) -> Outcome {
    look(cx, id, |scene| {
        let link = |rel, party: &Party| Link::titled(rel, scene.participant(party), &party.name);
        let me = scene.me();
        Ok(Resource::new("participants")
            .link("self", scene.below("participants"))
            .titled("localParticipant", scene.participant(me), &me.name)
            .links("participant", vec![link("participant", scene.other())]))
    })
}

pub(super) fn participant(cx: &Cx<'_>, id: &str, who: &str) -> Outcome {
    look(cx, id, |scene| Ok(view::resource(scene, party(scene, who)?)))
}

pub(super) fn participant_messaging(cx: &Cx<'_>, id: &str, who: &str) -> Outcome {
    look(cx, id, |scene| Ok(view::messaging_resource(scene, party(scene, who)?)))
}

pub(super) fn terminate(cx: &Cx<'_>, id: &str) -> Outcome {
    let (key, side) = cx.with(|core| locate(core, cx, id))?;
    let race = cx.pool.director_race(key);
    cx.with(|core| {
        if race {
            // A late persona's acceptance crosses with the cancel: it wins, and the chat then ends.
            let _ = core.accept(key, Endpoint::Persona);
        }
        core.terminate(key, side, Endpoint::App(cx.app))
    });
    Ok(Reply::no_content())
}

/// Ends the conversation, also where `terminate` would only stop it ringing again [I].
pub(super) fn delete(cx: &Cx<'_>, id: &str) -> Outcome {
    terminate(cx, id)?;
    cx.with(|core| {
        if let Ok((key, side)) = locate(core, cx, id) {
            core.end(key, side, Endpoint::App(cx.app));
        }
    });
    Ok(Reply::no_content())
}

/// The chat and side of a conversation id.
pub(super) fn locate(core: &Core, cx: &Cx<'_>, id: &str) -> Result<(ChatKey, usize), Fault> {
    let app = core.apps.get(&cx.app).ok_or_else(Fault::application_not_found)?;
    let key = *app.conversations.get(id).ok_or_else(Fault::conversation_not_found)?;
    let chat = core.chats.get(&key).ok_or_else(Fault::conversation_not_found)?;
    let (side, _) = seat(chat, |seat| seat.conversation == id).ok_or_else(Fault::conversation_not_found)?;
    Ok((key, side))
}

/// The side and seat that `which` tells.
pub(super) fn seat(chat: &Chat, which: impl Fn(&Seat) -> bool) -> Option<(usize, &Seat)> {
    (0..2).find_map(|side| Some((side, chat.parties[side].seats.iter().find(|seat| which(seat))?)))
}

/// Answers with a resource of a conversation.
pub(super) fn look(
    cx: &Cx<'_>,
    id: &str,
    make: impl FnOnce(&Scene<'_>) -> Result<Resource, Fault>,
) -> Outcome {
    cx.with(|core| {
        let (key, side) = locate(core, cx, id)?;
        let chat = core.chats.get(&key).ok_or_else(Fault::conversation_not_found)?;
        let seat = chat.parties[side].seats.iter().find(|seat| seat.conversation == id);
        let seat = seat.ok_or_else(Fault::conversation_not_found)?;
        Ok(Reply::resource(make(&Scene { path: &cx.path(), chat, side, seat })?))
    })
}

fn party<'a>(scene: &Scene<'a>, who: &str) -> Result<&'a Party, Fault> {
    scene.chat.parties.iter().find(|party| party.address() == who).ok_or_else(Fault::not_found)
}
