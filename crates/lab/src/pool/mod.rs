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
mod state;
mod ticket;
mod tls;
mod trouble;
mod ucwa;
mod view;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use parking_lot::Mutex;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use self::options::{Behaviour, Population};
use self::people::Directory;
use self::persona::{Director, Personas};
use self::state::Core;
use self::state::chat::ChatKey;
use self::ticket::Tickets;
use self::trouble::Troubles;

pub(crate) use options::PoolArgs;

/// A running pool.
pub(crate) struct Pool {
    pub(crate) scheme: &'static str,
    pub(crate) people: Arc<Directory>,
    pub(crate) behaviour: Arc<Behaviour>,
    pub(crate) core: Mutex<Core>,
    pub(crate) tickets: Tickets,
    pub(crate) troubles: Troubles,
    pub(crate) personas: Personas,
    cut: Mutex<CancellationToken>,
}

impl Pool {
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
    let pool = Arc::new(Pool {
        scheme: if args.plain_http { "http" } else { "https" },
        core: Mutex::new(Core::new(people.clone(), behaviour.clone(), cues_in)),
        people,
        behaviour,
        tickets: Tickets::default(),
        troubles: Troubles::default(),
        personas,
        cut: Mutex::default(),
    });
    tokio::spawn(Director::new(pool.clone()).run(cues));
    tokio::spawn(sweep(pool.clone()));

    let tls = match args.plain_http {
        true => None,
        false => Some(tls::make(pool.people.domain(), &args.name)?),
    };
    let ca = tls.as_ref().map(|(_, pem)| pem.clone());
    if let (Some(path), Some(pem)) = (&args.ca_out, &ca) {
        std::fs::write(path, pem).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let ready = serde_json::json!({
        "ready": true,
        "https": format!("{}://{}", pool.scheme, listener.local_addr()?),
        "control": format!("http://{}", control.local_addr()?),
    });
    tokio::spawn(serve::serve(control, None, control::service(pool.clone())));
    crate::ready::announce(&ready, args.ready_file.as_deref())?;
    serve::serve(listener, tls.map(|(config, _)| config), http::service(pool)).await;
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
