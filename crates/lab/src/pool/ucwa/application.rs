//! `applications`, `application`, `policies` (ucwa.md §2.1, §2.5).

use super::{Cx, Outcome};
use crate::pool::discover;
use crate::pool::people::Account;
use crate::pool::reply::{Fault, Reply};
use crate::pool::state::app::Identity;
use crate::pool::view;
use crate::pool::wire::Resource;

/// `POST applications`.
pub(crate) fn create(cx: &Cx<'_>) -> Outcome {
    if cx.pool.account(cx.user) != Account::Enabled {
        return Err(discover::not_enabled());
    }
    discover::at_home(cx.pool, cx.call, cx.user)?;
    let input = cx.call.input()?;
    let text = |name: &'static str| input.text_within(name, 100);
    let required = |name: &'static str| text(name)?.ok_or_else(|| Fault::parameter(name));
    let identity = Identity {
        user_agent: required("userAgent")?,
        endpoint_id: required("endpointId")?,
        culture: required("culture")?,
        kind: text("type")?.unwrap_or_default(),
    };
    let instance = text("instanceId")?.unwrap_or_default();
    let me = cx.me()?;
    let made = cx.with(|core| {
        let (id, new) = core.create_application(cx.user, identity, &instance)?;
        let app = core.apps.get(&id)?;
        Some((view::application::resource(app, me, &instance), new))
    });
    let (resource, new) = made.ok_or_else(|| Fault::new(409, "Conflict", "TooManyApplications"))?;
    let ticket = cx.call.header("authorization").rsplit(' ').next().unwrap_or_default();
    let cookie = format!("cwt_ucwa={ticket}; path=/ucwa/oauth/v1/applications; secure; HttpOnly");
    Ok(Reply::resource(resource).status(if new { 201 } else { 200 }).header("Set-Cookie", cookie))
}

/// `GET application`.
pub(super) fn read(cx: &Cx<'_>) -> Outcome {
    let me = cx.me()?;
    cx.with_app(|app| Reply::resource(view::application::resource(app, me, &cx.call.instance())))
}

/// `DELETE application`.
pub(super) fn delete(cx: &Cx<'_>) -> Outcome {
    cx.with(|core| core.remove_instance(cx.app, &cx.call.instance()));
    Ok(Reply::no_content())
}

/// `GET policies`.
pub(super) fn policies(cx: &Cx<'_>) -> Outcome {
    let mut resource = Resource::new("policies").link("self", format!("{}/policies", cx.path()));
    for (name, value) in cx.pool.behaviour.all_policies() {
        resource = resource.str(name, value);
    }
    Ok(Reply::resource(resource))
}
