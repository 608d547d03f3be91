//! The resources of an application: one file for each family, and the table that finds them.

mod application;
mod batch;
mod communication;
mod contacts;
mod conversations;
pub(crate) mod events;
mod groups;
mod invitations;
mod logs;
mod me;
mod messages;
mod people;
mod route;
mod subscriptions;

use super::Pool;
use super::call::Call;
use super::people::{Person, PersonIndex};
use super::reply::{Fault, Reply};
use super::state::app::App;
use super::state::{AppId, Core};

pub(crate) use application::create;
pub(crate) use route::route;

/// What every resource gets.
pub(crate) struct Cx<'a> {
    pub(crate) pool: &'a Pool,
    pub(crate) call: &'a Call,
    /// The signed-in user.
    pub(crate) user: PersonIndex,
    /// The application; 0 outside of one.
    pub(crate) app: AppId,
}

/// What every resource gives.
pub(crate) type Outcome = Result<Reply, Fault>;

impl Cx<'_> {
    /// Works on the state.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut Core) -> T) -> T {
        work(&mut self.pool.core.lock())
    }

    /// Looks at the application.
    pub(crate) fn with_app<T>(&self, look: impl FnOnce(&App) -> T) -> Result<T, Fault> {
        let core = self.pool.core.lock();
        core.apps.get(&self.app).map(look).ok_or_else(Fault::application_not_found)
    }

    /// The signed-in person.
    pub(crate) fn me(&self) -> Result<&Person, Fault> {
        self.pool.people.person(self.user).ok_or_else(Fault::not_found)
    }

    /// The path of the application.
    pub(crate) fn path(&self) -> String {
        format!("/ucwa/oauth/v1/applications/{}", self.app)
    }

    /// A person by the segment of a path or a URI.
    pub(crate) fn person(&self, address: &str) -> Result<(PersonIndex, &Person), Fault> {
        let index = self.pool.people.find(address).ok_or_else(Fault::not_found)?;
        Ok((index, self.pool.people.person(index).ok_or_else(Fault::not_found)?))
    }
}
