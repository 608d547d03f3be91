//! What is in the demo at its first start.

use crate::http::passwords::Passwords;
use crate::secrets::{Credential, Secret, Vault};
use hookflash_domain::{DispositionId, NetworkId, QueueId, UserId};
use hookflash_store::attached_keys::AttachedKeyRow;
use hookflash_store::dispositions::{Disposition, DispositionRow};
use hookflash_store::licences::LicenceGrant;
use hookflash_store::network_accounts::NetworkAccountRow;
use hookflash_store::queues::{Queue, QueueRow};
use hookflash_store::users::{Role, UserRow};
use hookflash_store::{By, Store};

/// Everybody's password in the demo.
pub(super) const PASSWORD: &str = "hookflash-demo";
/// The stand-in pool's id.
pub(super) const NETWORK: &str = "skype";
/// Sign-in name, name and role. The agents have an account at the pool.
pub(super) const USERS: [(&str, &str, Role); 4] = [
    ("dana", "Dana Whitfield", Role::Agent),
    ("ben", "Ben Okoye", Role::Agent),
    ("sara", "Sara Lindqvist", Role::Supervisor),
    ("admin", "Ada Keller", Role::Administrator),
];

/// Name and the numbers that lead there.
const QUEUES: [(&str, &[&str]); 2] =
    [("Billing", &["billing", "080055501"]), ("Cards", &["cards", "080055502"])];

const DISPOSITIONS: [&str; 5] =
    ["Mandate corrected", "Address changed", "Card blocked", "Information given", "Follow-up needed"];

/// Header, label, private, hidden; the headers are those of the lab's callers.
const KEYS: [(&str, &str, bool, bool); 6] = [
    ("X-Customer-Number", "Customer number", false, false),
    ("X-Case", "Case", false, false),
    ("X-Topic", "Topic", false, false),
    ("X-Contract-Value", "Contract value", false, false),
    ("X-Date-Of-Birth", "Date of birth", true, true),
    ("X-Language", "Language", false, false),
];

/// Fills an empty database; one that has users is left alone.
pub(super) async fn sow(store: &Store, vault: &Vault) -> anyhow::Result<()> {
    if !store.users().await?.is_empty() {
        return Ok(());
    }
    let by = By { at: crate::clock::now(), user_id: None, name: "the demo".to_owned() };
    let mut agents = Vec::new();
    for (sign_in_name, name, role) in USERS {
        let user = user(sign_in_name, name, role, &by).await?;
        let licence = LicenceGrant { network: NetworkId(NETWORK.to_owned()), seat_count: None };
        let licences = if role == Role::Agent { vec![licence] } else { Vec::new() };
        store.create_user(&user, &[], &licences, &by).await?;
        if role == Role::Agent {
            store.connect_network(&account(&user, vault, &by)?, &by).await?;
            agents.push(user.user_id);
        }
    }
    for (name, numbers) in QUEUES {
        store.create_queue(&queue(name, numbers, &agents), &by).await?;
    }
    for name in DISPOSITIONS {
        let row = DispositionRow {
            disposition_id: DispositionId(crate::ids::new_id()),
            name: name.to_owned(),
            active: true,
        };
        store.create_disposition(&Disposition { row, queue_ids: Vec::new() }, &by).await?;
    }
    let keys = KEYS.map(|(key, label, private, hidden)| AttachedKeyRow {
        key: key.to_owned(),
        label: label.to_owned(),
        private,
        hidden,
    });
    store.replace_attached_keys(&keys, &by).await?;
    Ok(())
}

async fn user(sign_in_name: &str, name: &str, role: Role, by: &By) -> anyhow::Result<UserRow> {
    let hash = Passwords::default().hash(Secret::new(PASSWORD)).await;
    Ok(UserRow {
        user_id: UserId(crate::ids::new_id()),
        sign_in_name: sign_in_name.to_owned(),
        name: name.to_owned(),
        password_hash: hash.map_err(|problem| anyhow::anyhow!("{}", problem.detail))?,
        roles: [role].into(),
        language: None,
        active: true,
        created_at: by.at,
    })
}

/// The agent's account at the pool, where everybody's password is `demo`.
fn account(user: &UserRow, vault: &Vault, by: &By) -> anyhow::Result<NetworkAccountRow> {
    let network = NetworkId(NETWORK.to_owned());
    let secret = vault.seal(&Credential::Password(Secret::new("demo")), user.user_id, &network)?;
    Ok(NetworkAccountRow {
        user_id: user.user_id,
        network,
        sign_in_name: format!("{}@lab.test", user.sign_in_name),
        user_name: None,
        address: None,
        secret: hookflash_store::Secret(secret),
        connected_at: by.at,
    })
}

fn queue(name: &str, numbers: &[&str], member_ids: &[UserId]) -> Queue {
    Queue {
        row: QueueRow {
            queue_id: QueueId(crate::ids::new_id()),
            name: name.to_owned(),
            offer_timeout_ms: 20_000,
            wrap_up_mode: "mandatory".to_owned(),
            wrap_up_timeout_ms: None,
            active: true,
            team_address: None,
        },
        numbers: numbers.iter().map(|number| (*number).to_owned()).collect(),
        member_ids: member_ids.to_vec(),
    }
}
