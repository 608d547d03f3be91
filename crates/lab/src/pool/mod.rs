//! A stand-in Skype for Business pool (UCWA 2.0), written from the reference ucwa.md alone.
//!
//! What is not known of a real pool, and so is this lab's choice, is listed with its switches in
//! [`options`]; the README of this crate says how sure each is.

mod call;
mod control;
mod discover;
mod http;
mod input;
mod options;
mod people;
mod persona;
mod reply;
mod serve;
mod sip;
mod state;
mod ticket;
mod tls;
mod trouble;
mod ucwa;
mod view;
mod wire;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::Context as _;
use parking_lot::Mutex;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use self::options::{Behaviour, Population};
use self::people::{Account, Directory, Home, PersonIndex};
use self::persona::{Director, Personas};
use self::state::Core;
use self::state::chat::ChatKey;
use self::ticket::Tickets;
use self::ticket::authority::Grants;
use self::ticket::passive::SignedIn;
use self::tls::Tls;
use self::trouble::Troubles;
use self::trouble::throttle::Gate;

pub(crate) use options::PoolArgs;

/// A running pool.
pub(crate) struct Pool {
    pub(crate) scheme: &'static str,
    pub(crate) people: Arc<Directory>,
    pub(crate) behaviour: Arc<Behaviour>,
    pub(crate) core: Mutex<Core>,
    pub(crate) tickets: Tickets,
    pub(crate) signed_in: SignedIn,
    pub(crate) authority: Grants,
    pub(crate) troubles: Troubles,
    pub(crate) gate: Gate,
    /// `None` speaks plain HTTP.
    pub(crate) tls: Option<Arc<Tls>>,
    pub(crate) personas: Personas,
    /// Where the pools of this process are known to listen.
    fronts: OnceLock<Vec<String>>,
    /// Accounts that the control API changed.
    accounts: Mutex<HashMap<PersonIndex, (Account, Home)>>,
    cut: Mutex<CancellationToken>,
}

impl Pool {
    /// The address of the pool of this number.
    pub(crate) fn front(&self, number: usize) -> Option<String> {
        self.fronts.get()?.get(number).cloned()
    }

    /// The state of an account.
    pub(crate) fn account(&self, person: PersonIndex) -> Account {
        self.account_and_home(person).0
    }

    /// The pool that an account lives on.
    pub(crate) fn home(&self, person: PersonIndex) -> Home {
        self.account_and_home(person).1
    }

    /// Changes an account from here on.
    pub(crate) fn change_account(&self, person: PersonIndex, account: Option<Account>, home: Option<Home>) {
        let (was_account, was_home) = self.account_and_home(person);
        let changed = (account.unwrap_or(was_account), home.unwrap_or(was_home));
        self.accounts.lock().insert(person, changed);
    }

    fn account_and_home(&self, person: PersonIndex) -> (Account, Home) {
        let changed = self.accounts.lock().get(&person).cloned();
        changed.unwrap_or_else(|| {
            self.people.person(person).map(|p| (p.account, p.home.clone())).unwrap_or_default()
        })
    }

    /// Fires when all event channels are to be cut.
    pub(crate) fn cut_signal(&self) -> CancellationToken {
        self.cut.lock().clone()
    }

    /// Cuts the connections of all pending P-GETs.
    pub(crate) fn cut_channels(&self) {
        std::mem::take(&mut *self.cut.lock()).cancel();
    }

    /// Whether the invited person is a persona whose late acceptance crosses with the cancel.
    pub(crate) fn director_race(&self, chat: ChatKey) -> bool {
        let core = self.core.lock();
        let Some(chat) = core.chats.get(&chat) else { return false };
        let Some(invite) = chat.invite() else { return false };
        let invited = chat.parties[1 - invite.by].person;
        invited.is_some_and(|person| self.personas.of(&self.people, person).races())
    }
}

/// Runs `hookflash-lab pool` until the process is ended.
pub(crate) async fn run(args: PoolArgs) -> anyhow::Result<()> {
    let people = Arc::new(population(&args.population)?);
    let personas = Personas::load(args.population.personas.as_deref())?;
    personas.check(&people)?;
    let listener =
        TcpListener::bind(args.listen).await.with_context(|| format!("cannot listen on {}", args.listen))?;
    let control = TcpListener::bind(args.control)
        .await
        .with_context(|| format!("cannot listen on {}", args.control))?;
    let (cues_in, cues) = tokio::sync::mpsc::unbounded_channel();
    let behaviour = Arc::new(args.behaviour);
    let tls = match args.plain_http {
        true => None,
        false => Some(Arc::new(Tls::new(people.domain(), &args.name)?)),
    };
    let pool = Arc::new(Pool {
        scheme: if args.plain_http { "http" } else { "https" },
        core: Mutex::new(Core::new(people.clone(), behaviour.clone(), cues_in)),
        people,
        behaviour,
        tickets: Tickets::default(),
        signed_in: SignedIn::default(),
        authority: Grants::default(),
        fronts: OnceLock::new(),
        accounts: Mutex::default(),
        troubles: Troubles::default(),
        gate: Gate::default(),
        tls,
        personas,
        cut: Mutex::default(),
    });
    tokio::spawn(Director::new(pool.clone()).run(cues));
    tokio::spawn(sweep(pool.clone()));

    if let (Some(path), Some(tls)) = (&args.ca_out, &pool.tls) {
        std::fs::write(path, tls.authority()).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let tls = pool.tls.clone();
    let own = |listener: &TcpListener| {
        Ok::<_, std::io::Error>(format!("{}://{}", pool.scheme, listener.local_addr()?))
    };
    let mut ready = serde_json::json!({
        "ready": true,
        "https": own(&listener)?,
        "control": format!("http://{}", control.local_addr()?),
    });
    let mut fronts = vec![args.url.clone().unwrap_or(own(&listener)?)];
    if let Some(address) = args.second_listen {
        let second =
            TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
        ready["https2"] = own(&second)?.into();
        fronts.push(args.second_url.clone().unwrap_or(own(&second)?));
        tokio::spawn(serve::serve(second, tls.clone(), http::service(pool.clone(), 1)));
    }
    let _ = pool.fronts.set(fronts);
    if let Some(address) = args.sip {
        let sip = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
        ready["sip"] = sip.local_addr()?.to_string().into();
        tokio::spawn(sip::serve(sip, pool.clone()));
    }
    tokio::spawn(serve::serve(control, None, control::service(pool.clone())));
    crate::ready::announce(&ready, args.ready_file.as_deref())?;
    serve::serve(listener, tls, http::service(pool, 0)).await;
    Ok(())
}

fn population(population: &Population) -> anyhow::Result<Directory> {
    let domain = &population.domain;
    match &population.people {
        Some(path) => people::from_file(path, domain),
        None if population.generate + population.generate_agents == 0 => people::demo(domain),
        None => people::generate(
            domain,
            population.generate,
            population.generate_agents,
            &population.generate_persona,
        ),
    }
}

async fn sweep(pool: Arc<Pool>) {
    let mut second = tokio::time::interval(Duration::from_millis(500));
    second.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        second.tick().await;
        pool.core.lock().sweep(crate::clock::now_ms());
    }
}
