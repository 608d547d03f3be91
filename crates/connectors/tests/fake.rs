//! The fake network passes the suite.

use async_trait::async_trait;
use bytes::Bytes;
use hookflash_connectors::{
    Account, Connector, Credential, OwnPresence, Secret,
    conformance::{self, Answer, Failure, Got, Stage},
    fake::{FakeAnswer, FakeNetwork, FakePerson},
};
use hookflash_domain::{NetworkId, Person, PersonId, Presence};
use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

struct FakeStage {
    network: FakeNetwork,
    numbered: AtomicUsize,
    /// Agents whose other client answers the next chat.
    elsewhere: Mutex<BTreeSet<String>>,
}

impl FakeStage {
    fn number(&self) -> usize {
        self.numbered.fetch_add(1, Ordering::Relaxed)
    }

    fn account(&self) -> Account {
        let id = format!("agent-{}", self.number());
        Account {
            address: format!("{id}@lab.test"),
            id,
            sign_in_name: None,
            display_name: "Anna Agent".to_owned(),
            credential: Credential::Password(Secret::new("right")),
            culture: "en-US".to_owned(),
        }
    }

    fn chat(&self, expert: &PersonId) -> Result<hookflash_connectors::ChatId, Failure> {
        let chats = self.network.chats_with(expert);
        let live = chats.into_iter().find(|(_, live)| *live);
        live.map(|(chat, _)| chat).ok_or_else(|| Failure("no chat".to_owned()))
    }
}

#[async_trait]
impl Stage for FakeStage {
    fn connector(&self) -> Arc<dyn Connector> {
        Arc::new(self.network.connector())
    }

    async fn agent(&self) -> Result<Account, Failure> {
        Ok(self.account())
    }

    async fn wrong_password(&self) -> Option<Account> {
        let account = self.account();
        self.network.refuse_password(&account.id);
        Some(account)
    }

    async fn expert(&self, answer: Answer) -> Result<Person, Failure> {
        let number = self.number();
        let answer = match answer {
            Answer::Accept => FakeAnswer::Accept,
            Answer::Decline => FakeAnswer::Decline(Some("Not now".to_owned())),
            Answer::Silent => FakeAnswer::Silent,
            Answer::Offline => FakeAnswer::Unreachable(hookflash_connectors::Unreachable::Offline),
        };
        let name = NetworkId("fake".to_owned());
        let person = FakePerson::new(&name, &format!("e{number}@lab.test"), &format!("Evan Expert {number}"));
        self.network.add(person.clone().answering(answer));
        Ok(person.person)
    }

    async fn set_presence(&self, expert: &PersonId, presence: Presence) -> Result<(), Failure> {
        self.network.set_presence(expert, presence);
        Ok(())
    }

    async fn set_note(&self, expert: &PersonId, note: &str) -> Result<(), Failure> {
        self.network.set_note(expert, note);
        Ok(())
    }

    async fn with_and_without_photo(&self) -> Result<[PersonId; 2], Failure> {
        let (with, without) = (self.expert(Answer::Accept).await?.id, self.expert(Answer::Accept).await?.id);
        self.network.set_photo(&with, Bytes::from_static(b"GIF89a\x01\0\x01\0"));
        Ok([with, without])
    }

    async fn add_favourite(&self, agent: &Account, expert: &PersonId, group: &str) -> Result<(), Failure> {
        self.network.add_favourite(&agent.id, expert, group);
        Ok(())
    }

    async fn choose_presence(&self, agent: &Account, presence: Presence) -> Result<(), Failure> {
        let chosen = match presence {
            Presence::Available => OwnPresence::Available,
            Presence::DoNotDisturb => OwnPresence::DoNotDisturb,
            _ => OwnPresence::Busy,
        };
        self.network.choose_presence(&agent.id, chosen);
        Ok(())
    }

    async fn agent_presence(&self, agent: &Account) -> Result<Presence, Failure> {
        Ok(match self.network.agent_presence(&agent.id) {
            None | Some(OwnPresence::Automatic | OwnPresence::Available) => Presence::Available,
            Some(OwnPresence::Busy) => Presence::Busy,
            Some(OwnPresence::InACall) => Presence::InACall,
            Some(OwnPresence::DoNotDisturb) => Presence::DoNotDisturb,
            Some(OwnPresence::Away) => Presence::Away,
        })
    }

    async fn other_client_answers(&self, agent: &Account) -> Result<(), Failure> {
        self.elsewhere.lock().expect("not poisoned").insert(agent.id.clone());
        Ok(())
    }

    async fn lose_next(&self, expert: &PersonId) -> Result<(), Failure> {
        self.network.lose_next(&self.chat(expert)?);
        Ok(())
    }

    async fn say(&self, expert: &PersonId, text: &str) -> Result<(), Failure> {
        let said = self.network.say(&self.chat(expert)?, text);
        if said { Ok(()) } else { Err(Failure("the chat is not open".to_owned())) }
    }

    async fn types(&self, expert: &PersonId) -> Result<(), Failure> {
        self.network.types(&self.chat(expert)?, true);
        Ok(())
    }

    async fn leave(&self, expert: &PersonId) -> Result<(), Failure> {
        self.network.leave(&self.chat(expert)?);
        Ok(())
    }

    async fn start_chat(&self, expert: &PersonId, agent: &Account, text: &str) -> Result<(), Failure> {
        let chat = self.network.start_chat(expert, &agent.id, text);
        if self.elsewhere.lock().expect("not poisoned").remove(&agent.id) {
            self.network.answer_elsewhere(&chat.ok_or_else(|| Failure("no chat began".to_owned()))?);
        }
        Ok(())
    }

    async fn write_to_team(&self, expert: &PersonId, team: &str, text: &str) -> Result<(), Failure> {
        self.network.write_to_team(expert, team, text);
        Ok(())
    }

    async fn got(&self, expert: &PersonId) -> Result<Got, Failure> {
        Ok(self.network.seen_by(expert))
    }

    async fn cut(&self, cut: bool) {
        self.network.cut(cut);
    }
}

#[tokio::test]
async fn the_fake_network_passes_the_suite() {
    let (numbered, elsewhere) = (AtomicUsize::new(0), Mutex::default());
    let stage = FakeStage { network: FakeNetwork::new("fake"), numbered, elsewhere };
    let outcome = conformance::run(&stage, "").await;
    assert!(outcome.failed.is_empty(), "{:#?}", outcome.failed);
    assert!(outcome.left_out.is_empty(), "the fake can do everything: {:?}", outcome.left_out);
    assert_eq!(outcome.passed.len(), conformance::cases().len());
}
