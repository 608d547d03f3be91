//! The skills under which an expert is found, as they see and tell them on the page.

use super::PageProblem;
use crate::directory::{KnownSkill, NotTaken, skills_of, tell_skills};
use crate::engine::Engine;
use hookflash_domain::consult::{InvitationNo, PageAct, State};
use hookflash_domain::{ConsultId, Person};

/// Skills that are offered to an expert who adds one.
const SUGGESTED: usize = 200;

/// What the page shows of the expert's skills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSkills {
    /// Under which the expert is found.
    pub skills: Vec<KnownSkill>,
    /// Those that most people have, to choose from.
    pub suggestions: Vec<String>,
}

impl Engine {
    /// The skills of the expert to whom a link went; none while they have not come, when the link opens nothing any
    /// more, and where the directory does not know them.
    ///
    /// # Errors
    /// As [`PageProblem`].
    pub async fn page_skills(&self, token: &str) -> Result<Option<PageSkills>, PageProblem> {
        let (id, invitation) = self.named_by(token)?;
        let Some(expert) = self.has_come(id, invitation) else { return Ok(None) };
        let skills = skills_of(&self.shared.store, &expert.id).await?;
        let suggestions = || self.shared.people.skills(SUGGESTED);
        Ok(skills.map(|skills| PageSkills { skills, suggestions: suggestions() }))
    }

    /// Takes what the expert tells: under which skills they are found, and under which not. It is noted with the
    /// consult before it is kept: where it is not kept, the expert is told and may tell it again.
    ///
    /// # Errors
    /// As [`PageProblem`].
    pub async fn tell_page_skills(
        &self,
        token: &str,
        kept: &[String],
        removed: &[String],
        viewer: String,
    ) -> Result<Option<PageSkills>, PageProblem> {
        let (id, invitation) = self.named_by(token)?;
        let (Some(expert), Some(known)) = (self.has_come(id, invitation), self.page_skills(token).await?)
        else {
            return Ok(None);
        };
        let kept: Vec<_> = kept.iter().map(|skill| as_known(skill, &known)).collect();
        let act = PageAct::TellSkills { kept: kept.clone(), removed: removed.to_vec(), viewer };
        if !self.carry_out(id, invitation, act).await? {
            return Ok(None);
        }
        let told = tell_skills(&self.shared.store, &expert.id, &expert.name, &kept, removed).await;
        match told {
            Ok(true) => {}
            Ok(false) | Err(NotTaken::Refused(_)) => return Err(PageProblem::BadLength),
            Err(NotTaken::Store(error)) => return Err(error.into()),
        }
        self.shared.people.changed();
        self.page_skills(token).await
    }

    /// The expert of an invitation who is in its chat, by a link that still opens it.
    fn has_come(&self, id: ConsultId, invitation: InvitationNo) -> Option<Person> {
        let consult = self.shared.board.consult(id)?;
        consult.check_link(crate::clock::now(), invitation).ok()?;
        let invited = consult.invitations.get(invitation)?;
        (consult.state == State::Talking(invitation)).then(|| invited.expert.clone())
    }
}

/// A skill as others write it: case makes no new one.
fn as_known(skill: &str, known: &PageSkills) -> String {
    let names = known.skills.iter().map(|skill| &skill.name).chain(&known.suggestions);
    let same = |name: &&String| name.to_lowercase() == skill.trim().to_lowercase();
    names.into_iter().find(same).map_or_else(|| skill.trim().to_owned(), Clone::clone)
}
