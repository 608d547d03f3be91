//! One agent who walks: the steps, and what is compared at rest.

use super::{
    model::{Dice, Pair, Stands},
    taken::Taken,
};
use crate::{proxy::Proxy, stage::PoolStage};
use hookflash_connectors::{
    Account, Batch, ChatId, Connector, ConnectorError, Opening, Outgoing, Session, conformance::Failure,
    skype::SkypeConnector,
};
use hookflash_domain::{Importance, MessageId, PersonId};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use tokio::sync::mpsc;
use uuid::Uuid;

/// Longest that anything may take.
const LIMIT: Duration = Duration::from_secs(90);

pub(super) struct Walker {
    pub(super) stage: Arc<PoolStage>,
    pub(super) proxy: Proxy,
    pub(super) account: Account,
    pub(super) dice: Dice,
    pub(super) taken: Taken,
    connector: SkypeConnector,
    session: Arc<dyn Session>,
    batches: mpsc::Receiver<Batch>,
    said: usize,
    /// The line is cut.
    pub(super) is_cut: bool,
}

impl Walker {
    pub(super) async fn start(
        stage: Arc<PoolStage>,
        account: Account,
        experts: Vec<PersonId>,
        seed: u64,
    ) -> Result<Self, Failure> {
        let proxy = Proxy::to(stage.pool.address.clone()).await;
        let mut config = stage.config();
        config.address = format!("https://{}/", proxy.address).parse().ok();
        // Trouble is so frequent here that waits would grow to the longest, and the walk would wait
        // after each cut for events that were not missed.
        config.timing.longest_retry = Duration::from_millis(300);
        config.timing.settle = Duration::from_millis(250);
        let connector = SkypeConnector::new(config).map_err(|error| Failure(error.to_string()))?;
        let (session, batches) = connector.sign_in(account.clone(), None);
        let dice = Dice::new(seed);
        let taken = Taken::new(experts);
        let mut walker =
            Self { stage, proxy, account, dice, taken, connector, session, batches, said: 0, is_cut: false };
        // Experts can reach the agent only from here on.
        walker.session_is_up().await?;
        Ok(walker)
    }

    /// One random step.
    pub(super) async fn step(&mut self) -> Result<(), Failure> {
        match self.dice.below(20) {
            0..=6 => self.agent_step().await?,
            7..=13 => self.expert_step().await?,
            14 => self.cut().await?,
            15 => self.trouble().await?,
            16 if self.dice.below(4) == 0 => self.die().await?,
            17 => self.forget().await,
            18 if self.dice.below(4) == 0 => self.cut_channels().await?,
            19 if self.dice.below(4) == 0 => self.expire_ticket().await?,
            _ => {}
        }
        self.take(Duration::from_millis(1)).await;
        self.leave_latecomers().await
    }

    async fn agent_step(&mut self) -> Result<(), Failure> {
        let at = self.dice.below(self.taken.experts.len());
        match self.taken.experts[at].pair.stands {
            Stands::None => self.ask(at).await,
            Stands::Asked => self.leave(at).await,
            Stands::Offered => self.answer(at).await,
            Stands::Open => match self.dice.below(8) {
                0 if self.rings_again(at).await? => Ok(()),
                0 => self.leave(at).await,
                1 => {
                    if let Some(chat) = &self.taken.experts[at].chat {
                        self.session.typing(chat).await;
                    }
                    Ok(())
                }
                _ => self.say(at).await,
            },
        }
    }

    /// The agent asks an expert, who says yes or no at once, or nothing for now.
    async fn ask(&mut self, at: usize) -> Result<(), Failure> {
        // Nobody is asked again before the end of the last invitation is known: the engine has one pending at a time.
        self.rest_of(at).await?;
        let persona = ["answers", "declines", "silent"][self.dice.below(3)];
        let person = self.taken.experts[at].person.clone();
        self.stage.pool.persona(&person.address, persona).await?;
        let text = self.words("asked");
        let (key, subject) = (fresh().to_string(), "Case".to_owned());
        // The expert may answer before the call has returned; the chat's id is the invitation's key.
        let seen = &mut self.taken.experts[at];
        (seen.chat, seen.accepted) = (Some(ChatId(key.clone())), false);
        let opening = Opening { key, subject, text: text.clone(), importance: Importance::Normal };
        self.note(format!("ask {at} who {persona}: {text}"));
        let session = Arc::clone(&self.session);
        self.until_done(|| session.invite(&person, &opening)).await?;
        let seen = &mut self.taken.experts[at];
        seen.pair.asked = Some(text);
        match persona {
            "answers" => seen.pair.opened(),
            "declines" => seen.pair.ended(),
            _ => seen.pair.stands = Stands::Asked,
        }
        Ok(())
    }

    async fn answer(&mut self, at: usize) -> Result<(), Failure> {
        let chat = self.expect_chat(at).await?;
        let yes = self.dice.below(3) > 0;
        self.note(format!("answer {at}: {yes}"));
        let session = Arc::clone(&self.session);
        if yes {
            self.until_done(|| session.accept(&chat)).await?;
            self.taken.experts[at].pair.opened();
        } else {
            // Its answer may be lost on the way: the repetition finds that it is over.
            match self.until_done(|| session.decline(&chat, None)).await {
                Ok(()) => {}
                Err(failure) if failure.0.contains("ChatGone") => {}
                Err(failure) => return Err(failure),
            }
            self.taken.experts[at].pair.ended();
        }
        Ok(())
    }

    async fn say(&mut self, at: usize) -> Result<(), Failure> {
        let Some(chat) = self.taken.experts[at].chat.clone() else { return Ok(()) };
        let text = self.words("said");
        self.note(format!("say {at}: {text}"));
        let message = Outgoing { key: MessageId(fresh()), text: text.clone() };
        let session = Arc::clone(&self.session);
        self.until_done(|| session.send(&chat, &message)).await?;
        self.taken.experts[at].pair.to_expert.push(text);
        Ok(())
    }

    async fn leave(&mut self, at: usize) -> Result<(), Failure> {
        let Some(chat) = self.taken.experts[at].chat.clone() else { return Ok(()) };
        self.note(format!("leave {at}"));
        self.taken.left.insert(chat.clone());
        let session = Arc::clone(&self.session);
        self.until_done(|| session.leave(&chat, None)).await?;
        self.taken.experts[at].pair.ended();
        Ok(())
    }

    /// An expert who says yes while the invitation is taken back is told as accepted, and left by whoever asked.
    async fn leave_latecomers(&mut self) -> Result<(), Failure> {
        while let Some(chat) = self.taken.late.pop() {
            self.note(format!("leave late {chat}"));
            let session = Arc::clone(&self.session);
            self.until_done(|| session.leave(&chat, None)).await?;
        }
        Ok(())
    }

    /// What an expert does by themselves.
    pub(super) async fn expert_step(&mut self) -> Result<(), Failure> {
        let at = self.dice.below(self.taken.experts.len());
        let uri = self.taken.experts[at].person.address.clone();
        match self.taken.experts[at].pair.stands {
            // It waits until the agent has heard of the last one.
            Stands::None if self.is_cut => Ok(()),
            Stands::None => self.start_chat(at, &uri).await,
            Stands::Offered => self.expert_does(at, &uri, "leave", Pair::ended).await,
            Stands::Asked if self.dice.below(2) == 0 => {
                // From here on they come back when they are rung again.
                self.stage.pool.persona(&uri, "answers").await?;
                self.expert_does(at, &uri, "accept", Pair::opened).await
            }
            Stands::Asked => self.expert_does(at, &uri, "decline", Pair::ended).await,
            Stands::Open => match self.dice.below(10) {
                0 if self.rings_again(at).await? => Ok(()),
                0 => self.expert_does(at, &uri, "leave", Pair::ended).await,
                1 => self.expert_does(at, &uri, "typing", |_| {}).await,
                2 => self.go_idle(at, &uri).await,
                _ => self.expert_says(at, &uri).await,
            },
        }
    }

    async fn expert_does(
        &mut self,
        at: usize,
        uri: &str,
        what: &str,
        change: impl FnOnce(&mut Pair),
    ) -> Result<(), Failure> {
        self.note(format!("expert {at}: {what}"));
        if self.control(uri, what, &json!({})).await? {
            change(&mut self.taken.experts[at].pair);
        }
        Ok(())
    }

    /// Whether an open chat rings again: who leaves then takes back what they have just said.
    async fn rings_again(&self, at: usize) -> Result<bool, Failure> {
        let state = self.stage.state_with(&self.taken.experts[at].person.address).await?;
        Ok(state.as_deref() == Some("inviting"))
    }

    async fn go_idle(&mut self, at: usize, uri: &str) -> Result<(), Failure> {
        self.stage.pool.persona(uri, "answers").await?;
        self.expert_does(at, uri, "idle", |_| {}).await
    }

    async fn expert_says(&mut self, at: usize, uri: &str) -> Result<(), Failure> {
        let text = self.words("expert said");
        self.note(format!("expert {at} says {text}"));
        if self.control(uri, "say", &json!({ "text": text })).await? {
            self.taken.experts[at].pair.to_agent.push(text);
        }
        Ok(())
    }

    async fn start_chat(&mut self, at: usize, uri: &str) -> Result<(), Failure> {
        // The agent must have heard of the end of the chat before.
        self.rest_of(at).await?;
        let text = self.words("expert asked");
        self.note(format!("expert {at} asks {text}"));
        let wanted = json!({ "to": format!("sip:{}", self.account.address), "text": text });
        if self.control(uri, "chats", &wanted).await? {
            let seen = &mut self.taken.experts[at];
            (seen.chat, seen.accepted) = (None, false);
            seen.pair.stands = Stands::Offered;
            seen.pair.opening = Some(text);
            self.stage.pool.persona(uri, "answers").await?;
        }
        Ok(())
    }

    /// Whether the pool did it; what is not possible at the moment is no failure.
    async fn control(&self, uri: &str, what: &str, body: &Value) -> Result<bool, Failure> {
        match self.stage.pool.post(&format!("/people/{uri}/{what}"), body).await {
            Ok(_) => Ok(true),
            Err(failure) if failure.0.contains(" 409 ") || failure.0.contains(" 404 ") => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    /// Repeats a call while the network asks to, as the engine does.
    async fn until_done<T, F>(&mut self, call: impl Fn() -> F) -> Result<T, Failure>
    where
        F: Future<Output = Result<T, ConnectorError>>,
    {
        let done = tokio::time::timeout(LIMIT, async {
            loop {
                // Events are taken meanwhile: a full queue would hold the session up.
                let answer = {
                    let call = call();
                    tokio::pin!(call);
                    loop {
                        tokio::select! {
                            answer = &mut call => break answer,
                            Some(batch) = self.batches.recv() => self.taken.batch(batch),
                        }
                    }
                };
                match answer {
                    Err(ConnectorError::TryLater { retry_ms }) => {
                        self.take(Duration::from_millis(retry_ms.min(100))).await;
                    }
                    answer => return answer,
                }
            }
        });
        match done.await {
            Ok(answer) => Ok(answer?),
            Err(_) => Err(Failure("a call was put off for ever".to_owned())),
        }
    }

    /// Takes what the network tells for a while.
    pub(super) async fn take(&mut self, span: Duration) {
        let _ = tokio::time::timeout(span, async {
            while let Some(batch) = self.batches.recv().await {
                self.taken.batch(batch);
            }
            // The session is over: a later call says so.
            std::future::pending::<()>().await;
        })
        .await;
    }

    async fn expect_chat(&mut self, at: usize) -> Result<ChatId, Failure> {
        self.wait("the expert's invitation", |walker| walker.taken.experts[at].chat.is_some()).await?;
        self.taken.experts[at].chat.clone().ok_or_else(|| Failure("no chat".to_owned()))
    }

    async fn wait(&mut self, what: &str, holds: impl Fn(&Self) -> bool) -> Result<(), Failure> {
        let waited = tokio::time::timeout(LIMIT, async {
            while !holds(self) {
                self.take(Duration::from_millis(10)).await;
            }
        });
        waited.await.map_err(|_| Failure(format!("not seen: {what}")))
    }

    async fn session_is_up(&mut self) -> Result<(), Failure> {
        let session = Arc::clone(&self.session);
        let nobody = hookflash_connectors::Page::first(1);
        self.until_done(|| session.search("zzqx", nobody)).await.map(|_| ())
    }

    pub(super) async fn sign_in_again(&mut self) -> Result<(), Failure> {
        self.note("die".to_owned());
        let (session, batches) = self.connector.sign_in(self.account.clone(), self.taken.resume.clone());
        // What the old process had in hand is lost with it.
        (self.session, self.batches) = (session, batches);
        let open = self.taken.experts.iter().filter(|seen| seen.pair.stands != Stands::None);
        let open: Vec<_> = open.filter_map(|seen| seen.chat.clone()).collect();
        self.session.adopt(&open).await?;
        self.session_is_up().await
    }

    /// Both sides have come to rest and agree with the model.
    pub(super) async fn rest(&mut self) -> Result<(), Failure> {
        self.stage.pool.well().await?;
        for at in 0..self.taken.experts.len() {
            self.rest_of(at).await?;
        }
        Ok(())
    }

    async fn rest_of(&mut self, at: usize) -> Result<(), Failure> {
        let mut last = String::new();
        let agreed = tokio::time::timeout(LIMIT, async {
            loop {
                match self.disagreement(at).await? {
                    None => return Ok::<_, Failure>(()),
                    Some(what) => last = what,
                }
                self.take(Duration::from_millis(25)).await;
                self.leave_latecomers().await?;
            }
        });
        match agreed.await {
            Ok(outcome) => outcome,
            Err(_) => Err(Failure(format!("expert {at}: {last}"))),
        }
    }

    /// What does not agree, if anything.
    async fn disagreement(&self, at: usize) -> Result<Option<String>, Failure> {
        let seen = &self.taken.experts[at];
        let (pair, uri) = (&seen.pair, &seen.person.address);
        if seen.heard != pair.to_agent {
            return Ok(Some(difference("the agent has heard", &seen.heard, &pair.to_agent)));
        }
        let inbox = self.stage.pool.get(&format!("/experts/{uri}/inbox")).await?;
        let messages = inbox.get("messages").and_then(Value::as_array).into_iter().flatten();
        let messages = messages.filter(|one| one.get("deliveries").and_then(Value::as_u64) > Some(0));
        let got: Vec<String> =
            messages.filter_map(|one| Some(one.get("text")?.as_str()?.trim_end().to_owned())).collect();
        if got != pair.to_expert {
            return Ok(Some(difference("the expert has got", &got, &pair.to_expert)));
        }
        let state = self.stage.state_with(uri).await?;
        let fits = match pair.stands {
            Stands::None => state.is_none() && !seen.accepted,
            Stands::Asked => state.as_deref() == Some("inviting") && !seen.accepted,
            Stands::Offered => state.as_deref() == Some("inviting") && seen.chat.is_some(),
            Stands::Open => matches!(state.as_deref(), Some("open" | "idle")) && seen.accepted,
        };
        let told = seen.accepted;
        Ok((!fits)
            .then(|| format!("{:?}; the pool has {state:?}, the agent was told open: {told}", pair.stands)))
    }

    pub(super) async fn end(self) {
        self.session.sign_out().await;
    }

    fn words(&mut self, what: &str) -> String {
        self.said += 1;
        format!("{what} {}", self.said)
    }

    fn note(&mut self, what: String) {
        tracing::debug!(account = self.account.id, what);
        self.taken.journal.push(what);
    }

    /// A failure with how it came about.
    pub(super) fn tell(&self, at: usize, failure: &Failure) -> Failure {
        let from = self.taken.journal.len().saturating_sub(80);
        let journal = self.taken.journal[from..].join("; ");
        Failure(format!("{} at step {at}: {failure}; before: {journal}", self.account.id))
    }
}

fn difference(what: &str, got: &[String], wanted: &[String]) -> String {
    let same = got.iter().zip(wanted).take_while(|(left, right)| left == right).count();
    let from = |list: &[String]| list.get(same..).unwrap_or_default().to_vec();
    format!("{what} {same} as it should be, then {:?} where it should be {:?}", from(got), from(wanted))
}

fn fresh() -> Uuid {
    Uuid::from_u128(rand::random())
}
