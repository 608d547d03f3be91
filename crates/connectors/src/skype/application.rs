//! The agent's application at the pool (UCWA 2).

use super::{
    core::Core,
    fault::{Fault, Refusal},
    own_presence,
    resource::{embedded, link},
    sign_in,
    wire::{Ask, Body},
};
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;

/// An application: where its parts are.
#[derive(Debug)]
pub(super) struct Application {
    base: Url,
    pub(super) href: String,
    /// It was not there before: the pool has none of our chats, and no missed events.
    pub(super) fresh: bool,
    pub(super) events: String,
    pub(super) batch: Option<String>,
    pub(super) search: Option<String>,
    /// The agent's contact list, its groups, who is in which, and the subscription to changes.
    pub(super) contacts: Option<String>,
    pub(super) groups: Option<String>,
    pub(super) memberships: Option<String>,
    pub(super) list_subscription: Option<String>,
    pub(super) subscriptions: Option<String>,
    pub(super) conversations: Option<String>,
    /// Past conversations, where the pool keeps them.
    pub(super) logs: Option<String>,
    pub(super) start_messaging: Option<String>,
    pub(super) own_presence: Option<String>,
    pub(super) report_activity: Option<String>,
}

impl Application {
    /// The address behind a link.
    pub(super) fn url(&self, href: &str) -> Result<Url, Fault> {
        self.base.join(href).map_err(|_| Fault::Protocol("The server gave a broken link.".to_owned()))
    }

    /// The address behind a link that may be absent: then the pool does not offer the thing.
    pub(super) fn offered(&self, href: Option<&String>, what: &str) -> Result<Url, Fault> {
        let href = href.ok_or_else(|| Fault::Protocol(format!("The server offers no {what}.")))?;
        self.url(href)
    }
}

/// Finds the agent's application or makes one, and makes the agent reachable.
pub(super) async fn sign_in(core: &Core) -> Result<Application, Fault> {
    let _turn = core.wire.http().limits.sign_in().await;
    if let Some(applications) = core.applications.known() {
        match create(core, &applications).await {
            Err(fault) if core.applications.heed(&fault) => {
                tracing::debug!(account = %core.account.id, trouble = %fault.trouble().words, "the pool is looked for again");
            }
            created => return arrive(core, created?).await,
        }
    }
    let applications = find(core).await?;
    arrive(core, create(core, &applications).await?).await
}

async fn arrive(core: &Core, created: (Application, Value)) -> Result<Application, Fault> {
    core.applications.proved();
    make_available(core, created).await
}

async fn find(core: &Core) -> Result<Url, Fault> {
    let address = &core.account.address;
    let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
    let found = sign_in::discover(&core.wire, &core.config, domain, address).await?;
    core.applications.found(found.clone());
    Ok(found)
}

async fn create(core: &Core, applications: &Url) -> Result<(Application, Value), Fault> {
    // The endpoint is the same after a restart, so that the pool gives the same application back.
    let endpoint = Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("hookflash:{}", core.account.id).as_bytes());
    let wanted = json!({
        "UserAgent": core.config.user_agent,
        "EndpointId": endpoint.to_string(),
        "Culture": core.account.culture,
    });
    let ask = Ask::post(applications.clone(), Body::Json(wanted));
    let answer = core.wire.ask_any(ask).await?;
    if answer.status == 403 {
        return Err(Fault::NotEnabled(answer.fault().trouble().words));
    }
    let refused_move = |refusal: &Refusal| refusal.status == 410 && refusal.is("CannotRedirect");
    let answer = match answer.ok() {
        Err(Fault::Refused(refusal)) if refused_move(&refusal) => {
            return Err(Fault::NotHomedHere(format!("another pool ({})", refusal.words)));
        }
        answer => answer?,
    };
    let body = &answer.body;
    let missing = || Fault::Protocol("The application has no self or events link.".to_owned());
    let part =
        |name: &str, rel: &str| embedded(body, name).and_then(|part| link(part, rel)).map(str::to_owned);
    let application = Application {
        base: applications.clone(),
        href: link(body, "self").ok_or_else(missing)?.to_owned(),
        fresh: answer.status == 201,
        events: link(body, "events").ok_or_else(missing)?.to_owned(),
        batch: link(body, "batch").map(str::to_owned),
        search: part("people", "search"),
        contacts: part("people", "myContacts"),
        groups: part("people", "myGroups"),
        memberships: part("people", "myGroupMemberships"),
        list_subscription: part("people", "myContactsAndGroupsSubscription"),
        subscriptions: part("people", "presenceSubscriptions"),
        conversations: part("communication", "conversations"),
        logs: part("communication", "conversationLogs"),
        start_messaging: part("communication", "startMessaging"),
        own_presence: None,
        report_activity: None,
    };
    Ok((application, embedded(body, "me").cloned().unwrap_or_default()))
}

/// Leaves lurker mode (UCWA 2.2) and reads what `me` offers then.
async fn make_available(core: &Core, created: (Application, Value)) -> Result<Application, Fault> {
    let (mut application, mut me) = created;
    if let Some(href) = link(&me, "makeMeAvailable") {
        let mut wanted = json!({
            "supportedModalities": ["Messaging"],
            "supportedMessageFormats": ["Plain", "Html"],
        });
        // Without a wish the pool decides, so that a choice made in another client stays.
        if let (Some(word), Some(wanted)) = (own_presence::chosen_word(core), wanted.as_object_mut()) {
            wanted.insert("signInAs".to_owned(), json!(word));
        }
        let ask = Ask::post(application.url(href)?, Body::Json(wanted));
        match core.wire.ask(ask).await {
            Ok(_) => {}
            Err(Fault::Refused(refusal)) if refusal.is("AlreadyExists") => {}
            Err(fault) => return Err(fault),
        }
        if let Some(href) = link(&me, "self") {
            me = core.wire.ask(Ask::get(application.url(href)?)).await?.body;
        }
    }
    application.own_presence = link(&me, "presence").map(str::to_owned);
    application.report_activity = link(&me, "reportMyActivity").map(str::to_owned);
    Ok(application)
}
