//! People on chat networks as a desk asks for them: search over all networks, favourites, photos, and
//! what was said before.

use super::Engine;
use super::command::Refused;
use super::shared::Shared;
use futures_util::future::join_all;
use hookflash_connectors::{
    ConnectorError, EarlierMessage, Favourite, FavouritesSupport, Page, Photo, Session,
};
use hookflash_domain::consult::SkipReason;
use hookflash_domain::{NetworkId, Person, PersonId, UserId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// People a search gives at most at a time from each network.
const SEARCH_LIMIT: usize = 20;
/// Earlier messages that are shown at most.
const HISTORY_LIMIT: usize = 50;

/// Where the next page of a search begins, by network; networks without more are not named.
pub type NextPage = BTreeMap<NetworkId, usize>;

/// An agent's session with its network.
type NamedSession = (NetworkId, Arc<dyn Session>);

/// What a search over networks has found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundPeople {
    /// The networks' best hits, taken in turn.
    pub people: Vec<Person>,
    /// There are more.
    pub more: bool,
    /// Where they begin; empty though there are more: the search must be made narrower.
    pub next: NextPage,
    /// Networks that did not answer.
    pub silent: Vec<NetworkId>,
}

impl Engine {
    /// Finds people by name on one network or on all that the agent may use; `after` is what the page
    /// before gave.
    ///
    /// # Errors
    /// `licence_required`, `no_network` or, where no network answered, `network_trouble`.
    pub async fn search(
        &self,
        user: UserId,
        network: Option<NetworkId>,
        text: &str,
        after: Option<&NextPage>,
    ) -> Result<FoundPeople, Refused> {
        let sessions = self.shared.sessions_to_ask(user, network)?;
        let asked = sessions.into_iter().filter_map(|(network, session)| {
            let skip = match after {
                None => 0,
                Some(after) => *after.get(&network)?,
            };
            Some(async move {
                let found = session.search(text, Page { skip, limit: SEARCH_LIMIT }).await;
                (network, found)
            })
        });
        let mut merged = FoundPeople::default();
        let (mut hits, mut last_trouble) = (Vec::new(), None);
        for (network, found) in join_all(asked).await {
            match found {
                Ok(found) => {
                    self.shared.networks.people.remember(&found.people);
                    merged.more |= found.more;
                    merged.next.extend(found.next.map(|next| (network, next)));
                    hits.push(found.people);
                }
                Err(error) => {
                    merged.silent.push(network);
                    last_trouble = Some(trouble(&error));
                }
            }
        }
        match last_trouble {
            Some(refused) if hits.is_empty() => Err(refused),
            _ => Ok(FoundPeople { people: in_turn(hits), ..merged }),
        }
    }

    /// The agent's favourites on all networks that keep some.
    ///
    /// # Errors
    /// As [`Engine::search`].
    pub async fn favourites(&self, user: UserId) -> Result<Vec<Favourite>, Refused> {
        let sessions = self.shared.sessions_to_ask(user, None)?;
        let kept = sessions.into_iter().filter(|(network, _)| {
            let connector = self.shared.networks.connectors.get(network);
            connector.is_some_and(|one| one.capabilities().favourites != FavouritesSupport::None)
        });
        let asked = kept.map(|(_, session)| async move { session.favourites().await });
        let (mut all, mut last_trouble) = (Vec::new(), None);
        for favourites in join_all(asked).await {
            match favourites {
                Ok(favourites) => all.extend(favourites),
                Err(error) => last_trouble = Some(trouble(&error)),
            }
        }
        let people: Vec<_> = all.iter().map(|favourite| favourite.person.clone()).collect();
        self.shared.networks.people.remember(&people);
        match last_trouble {
            Some(refused) if all.is_empty() => Err(refused),
            _ => Ok(all),
        }
    }

    /// Adds somebody to the agent's favourites or takes them off.
    ///
    /// # Errors
    /// As [`Engine::search`], and `not_supported`.
    pub async fn set_favourite(
        &self,
        user: UserId,
        person: &PersonId,
        favourite: bool,
    ) -> Result<(), Refused> {
        let session = self.shared.session_to_ask(user, &person.network)?;
        session.set_favourite(person, favourite).await.map_err(|error| trouble(&error))
    }

    /// What was said with a person before, where the network keeps it; oldest first.
    ///
    /// # Errors
    /// As [`Engine::search`].
    pub async fn history(&self, user: UserId, person: &PersonId) -> Result<Vec<EarlierMessage>, Refused> {
        let session = self.shared.session_to_ask(user, &person.network)?;
        match session.history(person, HISTORY_LIMIT).await {
            Ok(messages) => Ok(messages),
            Err(ConnectorError::Unsupported) => Ok(Vec::new()),
            Err(error) => Err(trouble(&error)),
        }
    }

    /// Why a hunt of the agent would skip a person now, if it would.
    #[must_use]
    pub fn would_skip(&self, user: UserId, person: &PersonId) -> Option<SkipReason> {
        self.shared.would_skip(user, person)
    }

    /// A person's photo as this agent may see it; none where there is none.
    ///
    /// # Errors
    /// As [`Engine::search`].
    pub async fn photo(
        &self,
        user: UserId,
        person: &PersonId,
        edge: u16,
    ) -> Result<Option<Arc<Photo>>, Refused> {
        let session = self.shared.session_to_ask(user, &person.network)?;
        let photos = &self.shared.networks.photos;
        let ask = || async move {
            match session.photo(person, edge).await {
                Ok(photo) => Ok(photo),
                Err(ConnectorError::Unsupported) => Ok(None),
                Err(error) => Err(trouble(&error)),
            }
        };
        photos.keep((user, person.clone(), edge), ask).await
    }
}

impl Shared {
    /// The agent's session on a network that they may use.
    fn session_to_ask(&self, user: UserId, network: &NetworkId) -> Result<Arc<dyn Session>, Refused> {
        self.require_licence(user, network)?;
        self.networks.session(user, network).ok_or_else(no_network)
    }

    /// The agent's sessions on one network, or on all that they may use.
    fn sessions_to_ask(
        &self,
        user: UserId,
        network: Option<NetworkId>,
    ) -> Result<Vec<NamedSession>, Refused> {
        if let Some(network) = network {
            return self.session_to_ask(user, &network).map(|session| vec![(network, session)]);
        }
        let all = self.networks.connectors.keys();
        let licensed: Vec<_> = all.filter(|network| self.is_licensed(user, network)).collect();
        if let (true, Some(first)) = (licensed.is_empty(), self.networks.connectors.keys().next()) {
            self.require_licence(user, first)?;
        }
        let sessions: Vec<_> = licensed
            .into_iter()
            .filter_map(|network| Some((network.clone(), self.networks.session(user, network)?)))
            .collect();
        if sessions.is_empty() { Err(no_network()) } else { Ok(sessions) }
    }
}

/// One of each list after the other, so that no network pushes another off the screen.
fn in_turn(lists: Vec<Vec<Person>>) -> Vec<Person> {
    let mut lists: Vec<_> = lists.into_iter().map(Vec::into_iter).collect();
    let mut merged = Vec::new();
    loop {
        let before = merged.len();
        merged.extend(lists.iter_mut().filter_map(Iterator::next));
        if merged.len() == before {
            return merged;
        }
    }
}

fn no_network() -> Refused {
    Refused::new("no_network", "You are not signed in to a chat network.")
}

fn trouble(error: &ConnectorError) -> Refused {
    match error {
        ConnectorError::NotSignedIn => Refused::new("no_network", error.to_string()),
        ConnectorError::Unsupported => Refused::new("not_supported", error.to_string()),
        _ => Refused::new("network_trouble", error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_take_turns() {
        let person = |name: &str| {
            let network = NetworkId("n".into());
            Person::new(PersonId { network, address: name.into() }, name)
        };
        let list = |names: &[&str]| names.iter().map(|name| person(name)).collect::<Vec<_>>();
        let merged = in_turn(vec![list(&["a1", "a2", "a3"]), list(&[]), list(&["b1"])]);
        assert_eq!(merged.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["a1", "b1", "a2", "a3"]);
    }
}
