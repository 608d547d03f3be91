//! Which of a person's networks to ask on.

use hookflash_domain::{NetworkId, PersonId, Presence};

/// The network on which a person is best asked: where they are reached best, and of equals the one that
/// comes first in `preferred`, then in the entry. Nothing when the person is on none.
pub fn best_network<'a>(
    networks: &'a [PersonId],
    preferred: &[NetworkId],
    presence: impl Fn(&PersonId) -> Presence,
) -> Option<&'a PersonId> {
    let preference = |person: &PersonId| {
        preferred.iter().position(|network| *network == person.network).unwrap_or(preferred.len())
    };
    networks.iter().min_by_key(|person| (presence(person).reach_rank(), preference(person)))
}

#[cfg(test)]
mod tests {
    use super::best_network;
    use hookflash_domain::{NetworkId, PersonId, Presence};

    fn on(network: &str) -> PersonId {
        PersonId { network: NetworkId(network.into()), address: "anna".into() }
    }

    #[test]
    fn presence_then_preference_then_order() {
        use Presence::{Available, Busy, Offline, Unknown};
        for (skype, xmpp, preferred, expected) in [
            (Available, Busy, "xmpp", "skype"),
            (Offline, Busy, "skype", "xmpp"),
            (Unknown, Unknown, "xmpp", "xmpp"),
            (Available, Available, "xmpp", "xmpp"),
            (Available, Available, "teams", "skype"),
            (Unknown, Offline, "xmpp", "skype"),
        ] {
            let networks = [on("skype"), on("xmpp")];
            let presence = |person: &PersonId| if *person == on("skype") { skype } else { xmpp };
            let best = best_network(&networks, &[NetworkId(preferred.into())], presence);
            assert_eq!(best, Some(&on(expected)), "{skype:?} {xmpp:?} {preferred}");
        }
        assert_eq!(best_network(&[], &[], |_| Available), None);
    }
}
