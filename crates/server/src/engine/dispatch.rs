//! Takes a command to the task that owns what it is about, after checking who asks.

use super::Engine;
use super::acd::AcdInput;
use super::command::{Answer, Command, ConsultCommand, Hunt, InteractionCommand, Question, Refused};
use super::consult::ConsultInput;
use super::interaction::InteractionInput;
use hookflash_domain::attached::Handover;
use hookflash_domain::consult::{self, Consult, HuntOrder, MAX_HUNTED, State, Unreachable};
use hookflash_domain::{ConsultId, InteractionId, NetworkId, PersonId, UserId, acd, interaction};
use uuid::Uuid;

/// Most consults that an agent may have open at once.
const MAX_CONSULTS: usize = 20;

impl Engine {
    /// Carries out an agent's command. `command_id` is its idempotency key: the same again has the
    /// effect of one and gets the same answer. `Ok` means committed.
    ///
    /// # Errors
    /// A refusal; nothing was changed.
    pub async fn command(&self, user: UserId, command_id: Uuid, command: Command) -> Answer {
        match command {
            Command::Ready => self.ask_acd(user, command_id, acd::Command::Ready).await,
            Command::NotReady { reason } => {
                self.ask_acd(user, command_id, acd::Command::NotReady(reason)).await
            }
            Command::AcceptOffer { offer } => {
                if !self.shared.board.has_line(user) {
                    return Err(Refused::new("no_line", "No microphone is connected."));
                }
                let accepted = self.shared.board.offer(user).filter(|known| known.id == offer);
                let answer = self.ask_acd(user, command_id, acd::Command::Accept(offer)).await?;
                if let Some(offer) = accepted {
                    // The next command is about the interaction: it must find its agent there.
                    self.shared.board.joined(offer.interaction, user).await;
                }
                Ok(answer)
            }
            Command::DeclineOffer { offer } => {
                self.ask_acd(user, command_id, acd::Command::Decline(offer)).await
            }
            Command::Interaction { interaction, command } => {
                self.ask_interaction(user, command_id, interaction, command).await
            }
            Command::StartConsult { interaction, question } => {
                self.start_consult(user, command_id, interaction, ConsultCommand::Ask(question)).await
            }
            Command::StartHunt { interaction, hunt } => {
                self.start_consult(user, command_id, interaction, ConsultCommand::Hunt(hunt)).await
            }
            Command::Consult { consult, command } => {
                self.ask_consult(user, command_id, consult, command).await
            }
        }
    }

    /// Ends the agent's work; chats on networks are left.
    ///
    /// # Errors
    /// The agent is with a customer.
    pub async fn sign_out_agent(&self, user: UserId) -> Answer {
        let answer = self.ask_acd(user, crate::ids::new_id(), acd::Command::SignOut).await?;
        for network in self.shared.networks.connectors.keys() {
            self.shared.sign_out_network(user, network, Unreachable::SignedOut).await;
        }
        Ok(answer)
    }

    async fn ask_acd(&self, user: UserId, command_id: Uuid, command: acd::Command) -> Answer {
        let shared = &self.shared;
        shared
            .ask(user, command_id, command, |asked| async move {
                shared.acd.send(AcdInput::Ask(asked)).await.is_ok()
            })
            .await
    }

    async fn ask_interaction(
        &self,
        user: UserId,
        command_id: Uuid,
        id: InteractionId,
        command: InteractionCommand,
    ) -> Answer {
        let shared = &self.shared;
        let Some(interaction) = shared.board.interaction(id) else {
            // Completed since: the same command may have been what completed it.
            let refused = Refused::new("already_completed", "The interaction is completed.");
            return shared.answer_or(user, command_id, refused).await;
        };
        if interaction.agent() != Some(user) {
            return Err(interaction::Refusal::NotYours.into());
        }
        if let InteractionCommand::SaveWrapUp { disposition: Some(disposition), .. } = &command
            && !shared.rules().may_choose(*disposition, interaction.queue)
        {
            return Err(Refused::new("unknown_disposition", "This disposition cannot be chosen here."));
        }
        let command = to_domain(command);
        shared
            .ask(user, command_id, command, |asked| shared.to_interaction(id, InteractionInput::Ask(asked)))
            .await
    }

    async fn start_consult(
        &self,
        user: UserId,
        command_id: Uuid,
        interaction: Option<InteractionId>,
        first: ConsultCommand,
    ) -> Answer {
        let shared = &self.shared;
        let people = match &first {
            ConsultCommand::Hunt(hunt) => hunt.people.as_slice(),
            ConsultCommand::Ask(question) => std::slice::from_ref(&question.person),
            _ => &[],
        };
        let network = match self.require_a_network(user, people) {
            Ok(network) => network.clone(),
            Err(refused) => return shared.answer_or(user, command_id, refused).await,
        };
        let open =
            shared.board.consults_of(user).iter().filter(|consult| consult.state != State::Ended).count();
        if open >= MAX_CONSULTS {
            return Err(Refused::new("too_many_consults", "Too many chats are open. End one first."));
        }
        if let Some(id) = interaction
            && shared.board.interaction(id).is_none_or(|interaction| interaction.agent() != Some(user))
        {
            return Err(interaction::Refusal::NotYours.into());
        }
        let id = ConsultId(crate::ids::new_id());
        let name = shared.rules().user_name(user);
        let consult = Consult::new(id, user, name, interaction, network, crate::clock::now());
        let command = self.consult_command(&consult, first)?;
        shared.open_consult(consult);
        shared.ask(user, command_id, command, |asked| shared.to_consult(id, ConsultInput::Start(asked))).await
    }

    /// The first network among those of `people` on which somebody can be asked; a hunt passes over the others.
    fn require_a_network<'a>(&self, user: UserId, people: &'a [PersonId]) -> Result<&'a NetworkId, Refused> {
        let mut last = consult::Refusal::NobodyToAsk.into();
        for person in people.iter().take(MAX_HUNTED) {
            match self.require_network(user, &person.network) {
                Ok(()) => return Ok(&person.network),
                Err(refused) => last = refused,
            }
        }
        Err(last)
    }

    /// Whether somebody on a network can be asked.
    fn require_network(&self, user: UserId, network: &NetworkId) -> Result<(), Refused> {
        self.shared.require_licence(user, network)?;
        let words = "You are not signed in to this person's chat network.";
        let session = self.shared.networks.session(user, network);
        session.map(|_| ()).ok_or_else(|| Refused::new("no_network", words))
    }

    async fn ask_consult(
        &self,
        user: UserId,
        command_id: Uuid,
        id: ConsultId,
        command: ConsultCommand,
    ) -> Answer {
        let shared = &self.shared;
        let Some(consult) = shared.board.consult(id) else {
            let refused = consult::Refusal::Ended.into();
            return shared.answer_or(user, command_id, refused).await;
        };
        if consult.agent != user {
            return Err(Refused::new("not_your_consult", "This is another agent's consult."));
        }
        let command = match self.consult_command(&consult, command) {
            Ok(command) => command,
            Err(refused) => return shared.answer_or(user, command_id, refused).await,
        };
        shared.ask(user, command_id, command, |asked| shared.to_consult(id, ConsultInput::Ask(asked))).await
    }

    fn consult_command(
        &self,
        consult: &Consult,
        command: ConsultCommand,
    ) -> Result<consult::Command, Refused> {
        Ok(match command {
            ConsultCommand::Ask(question) => {
                self.require_network(consult.agent, &question.person.network)?;
                self.question(consult.interaction, question)?
            }
            ConsultCommand::Hunt(hunt) => {
                self.require_a_network(consult.agent, &hunt.people)?;
                self.hunt(consult.interaction, hunt)?
            }
            ConsultCommand::StopHunt => consult::Command::StopHunt,
            ConsultCommand::Jump { person } => consult::Command::Jump { to: person },
            ConsultCommand::AddToHunt { person } => {
                let expert = Box::new(self.shared.person(&person));
                consult::Command::AddToHunt { expert }
            }
            ConsultCommand::Accept => consult::Command::Accept,
            ConsultCommand::Decline { reason } => consult::Command::Decline { reason },
            ConsultCommand::Withdraw => consult::Command::Withdraw,
            ConsultCommand::Say { message, text } => {
                consult::Command::Say { message, text, shared: Vec::new() }
            }
            ConsultCommand::Share { message, keys } => {
                let handover = self.handover(consult.interaction, &keys)?;
                consult::Command::Say { message, text: handover.text, shared: handover.keys }
            }
            ConsultCommand::RevokeLink { invitation } => consult::Command::RevokeLink { invitation },
            ConsultCommand::Retry { message } => consult::Command::Retry { message },
            ConsultCommand::Read => consult::Command::Read,
            ConsultCommand::Judge { outcome } => consult::Command::Judge { outcome },
            ConsultCommand::End { outcome } => consult::Command::End { outcome },
        })
    }

    fn question(
        &self,
        interaction: Option<InteractionId>,
        question: Question,
    ) -> Result<consult::Command, Refused> {
        let handover = self.handover(interaction, &question.share)?;
        let link_for_ms = self.link_wanted(question.as_link)?;
        let Question { person, text: question, importance, .. } = question;
        let expert = Box::new(self.shared.person(&person));
        Ok(consult::Command::Ask { expert, question, handover, importance, link_for_ms })
    }

    fn hunt(&self, interaction: Option<InteractionId>, hunt: Hunt) -> Result<consult::Command, Refused> {
        if hunt.people.len() > MAX_HUNTED {
            return Err(consult::Refusal::TooManyInvitations.into());
        }
        let handover = self.handover(interaction, &hunt.share)?;
        let link_for_ms = self.link_wanted(hunt.as_link)?;
        let Hunt { people, mode, within_ms, text: question, importance, .. } = hunt;
        let experts = people.iter().map(|id| self.shared.person(id)).collect();
        let order = HuntOrder { experts, mode, within_ms, question, handover, link_for_ms, importance };
        Ok(consult::Command::Hunt(Box::new(order)))
    }

    /// How long a link lives, where one is wanted.
    fn link_wanted(&self, wanted: bool) -> Result<Option<i64>, Refused> {
        if !wanted {
            return Ok(None);
        }
        let offered = self.shared.link_for_ms();
        let words = "This server offers no links: the administrator has not set http.public_url.";
        offered.map(Some).ok_or_else(|| Refused::new("no_links", words))
    }

    /// What is handed over of an interaction's attached data.
    fn handover(&self, interaction: Option<InteractionId>, keys: &[String]) -> Result<Handover, Refused> {
        let interaction = interaction.and_then(|id| self.shared.board.interaction(id));
        let attached = interaction.map(|interaction| interaction.attached.clone()).unwrap_or_default();
        Ok(Handover::pick(&attached, &self.shared.rules().keys, keys)?)
    }
}

fn to_domain(command: InteractionCommand) -> interaction::Command {
    use interaction::Command as Domain;
    match command {
        InteractionCommand::Hold => Domain::Hold,
        InteractionCommand::Resume => Domain::Resume,
        InteractionCommand::Mute { muted } => Domain::Mute(muted),
        InteractionCommand::Digit { digit } => Domain::Digit(digit),
        InteractionCommand::HangUp => Domain::HangUp,
        InteractionCommand::SaveWrapUp { disposition, note } => Domain::SaveWrapUp { disposition, note },
        InteractionCommand::RequestWrapUp { requested } => Domain::RequestWrapUp(requested),
        InteractionCommand::FinishWrapUp => Domain::FinishWrapUp,
    }
}
