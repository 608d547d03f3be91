//! Queues, agents and dispositions by name. Those that the file declares and nobody knows are added,
//! inactive: they are there for the past.

use super::Refused;
use super::line::Agent;
use hookflash_domain::wrap_up::WrapUpMode;
use hookflash_domain::{DispositionId, QueueId, UserId};
use hookflash_store::dispositions::{Disposition, DispositionRow};
use hookflash_store::queues::{Queue, QueueRow};
use hookflash_store::users::{Role, Roles, UserRow};
use hookflash_store::{By, Secret, Store, StoreError};
use std::collections::HashMap;

/// What is known, by names in lower case.
pub(super) struct Names {
    queues: HashMap<String, QueueId>,
    agents: HashMap<String, (UserId, String)>,
    dispositions: HashMap<String, DispositionId>,
}

impl Names {
    pub(super) async fn read(store: &Store) -> Result<Self, StoreError> {
        let queues = store.queues().await?.into_iter();
        let users = store.users().await?.into_iter();
        let dispositions = store.dispositions().await?.into_iter();
        Ok(Self {
            queues: queues.map(|queue| (key(&queue.row.name), queue.row.queue_id)).collect(),
            agents: users.map(|user| (key(&user.sign_in_name), (user.user_id, user.name))).collect(),
            dispositions: dispositions.map(|code| (key(&code.row.name), code.row.disposition_id)).collect(),
        })
    }

    pub(super) fn queue(&self, name: &str) -> Result<QueueId, String> {
        self.queues.get(&key(name)).copied().ok_or_else(|| format!("there is no queue {name:?}"))
    }

    /// The agent and the name shown to people.
    pub(super) fn agent(&self, name: &str) -> Result<(UserId, &str), String> {
        let found = self.agents.get(&key(name)).map(|(id, shown)| (*id, shown.as_str()));
        found.ok_or_else(|| format!("there is no agent {name:?}"))
    }

    pub(super) fn disposition(&self, name: &str) -> Result<DispositionId, String> {
        self.dispositions.get(&key(name)).copied().ok_or_else(|| format!("there is no disposition {name:?}"))
    }

    pub(super) async fn add_queue(&mut self, store: &Store, name: &str) -> Result<(), Refused> {
        let name = good_name(name)?;
        if self.queues.contains_key(&key(name)) {
            return Ok(());
        }
        let row = QueueRow {
            queue_id: QueueId(crate::ids::new_id()),
            name: name.to_owned(),
            offer_timeout_ms: hookflash_domain::acd::OFFER_TIMEOUT_MS,
            wrap_up_mode: WrapUpMode::default().word().to_owned(),
            wrap_up_timeout_ms: None,
            active: false,
            team_address: None,
        };
        let id = row.queue_id;
        let queue = Queue { row, numbers: Vec::new(), member_ids: Vec::new() };
        store.create_queue(&queue, &by()).await.map_err(or_all)?;
        self.queues.insert(key(name), id);
        Ok(())
    }

    pub(super) async fn add_agent(&mut self, store: &Store, agent: &Agent) -> Result<(), Refused> {
        let sign_in_name = good_name(&agent.sign_in_name)?;
        if self.agents.contains_key(&key(sign_in_name)) {
            return Ok(());
        }
        if sign_in_name.contains(char::is_whitespace) || sign_in_name.chars().count() > 64 {
            return Err(Refused::Line("a sign-in name has 1 to 64 characters and no spaces".to_owned()));
        }
        let name = good_name(agent.name.as_deref().unwrap_or(sign_in_name))?.to_owned();
        let user = UserRow {
            user_id: UserId(crate::ids::new_id()),
            sign_in_name: sign_in_name.to_owned(),
            name: name.clone(),
            // No password's hash: nobody signs in as a name of the past.
            password_hash: Secret("!".to_owned()),
            roles: Roles::from([Role::Agent]),
            language: None,
            active: false,
            created_at: crate::clock::now(),
        };
        store.create_user(&user, &[], &[], &by()).await.map_err(or_all)?;
        self.agents.insert(key(sign_in_name), (user.user_id, name));
        Ok(())
    }

    pub(super) async fn add_disposition(&mut self, store: &Store, name: &str) -> Result<(), Refused> {
        let name = good_name(name)?;
        if self.dispositions.contains_key(&key(name)) {
            return Ok(());
        }
        let id = DispositionId(crate::ids::new_id());
        let row = DispositionRow { disposition_id: id, name: name.to_owned(), active: false };
        let code = Disposition { row, queue_ids: Vec::new() };
        store.create_disposition(&code, &by()).await.map_err(or_all)?;
        self.dispositions.insert(key(name), id);
        Ok(())
    }
}

fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

fn good_name(name: &str) -> Result<&str, Refused> {
    let name = name.trim();
    let is_good = (1..=100).contains(&name.chars().count()) && !name.contains('\0');
    if is_good { Ok(name) } else { Err(Refused::Line("a name has 1 to 100 characters".to_owned())) }
}

/// What the database says of one name is that line's matter; that it cannot be used is everybody's.
fn or_all(error: StoreError) -> Refused {
    match error {
        StoreError::NameTaken(_) | StoreError::Refused(_) | StoreError::NulCharacter(_) => {
            Refused::Line(error.to_string())
        }
        error => Refused::All(error.into()),
    }
}

fn by() -> By {
    By { at: crate::clock::now(), user_id: None, name: "import-history".to_owned() }
}
