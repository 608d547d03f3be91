//! Addresses of teams beside those of agents: on a network whose component speaks for all, either could be meant.

use super::problem::{Code, Problem};
use super::state::AppState;
use super::valid::Checks;
use crate::secrets::component_node;

/// Longest local part.
const LONGEST: usize = 64;

/// Checks what is to be a team address: the local part alone, in lower case. Empty means none.
pub(super) fn check_team_address(checks: &mut Checks, text: &str) -> Option<String> {
    let address = text.trim().to_lowercase();
    let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    let is_good = address.len() <= LONGEST
        && address.starts_with(is_plain)
        && address.chars().all(|letter| is_plain(letter) || "._-".contains(letter));
    if !address.is_empty() && !is_good {
        let words = "must have at most 64 of a to z, 0 to 9, dot, hyphen and underscore, without a domain";
        checks.wrong("team_address", words);
    }
    (!address.is_empty()).then_some(address)
}

/// Refuses a team address that is an agent's own, or the one under which presence is asked for.
pub(super) async fn refuse_agents_address(state: &AppState, address: Option<&str>) -> Result<(), Problem> {
    let Some(address) = address else { return Ok(()) };
    let users = state.store.users().await?;
    if let Some(user) = users.iter().find(|user| component_node(&user.sign_in_name) == address) {
        let words = format!("{address:?} is the address of {}. Choose another.", user.name);
        return Err(Problem::new(Code::TeamAddressTaken, words));
    }
    let mut watchers =
        state.config.networks.iter().filter_map(|network| network.xmpp.as_ref()?.watcher.as_deref());
    if watchers.any(|watcher| watcher == address) {
        let words = format!("{address:?} is the watcher of the configuration. Choose another.");
        return Err(Problem::new(Code::TeamAddressTaken, words));
    }
    Ok(())
}

/// Refuses a sign-in name that would make an agent's address that of a team.
pub(super) async fn refuse_teams_address(state: &AppState, sign_in_name: &str) -> Result<(), Problem> {
    let node = component_node(sign_in_name);
    let queues = state.store.queues().await?;
    match queues.iter().find(|queue| queue.row.team_address.as_ref() == Some(&node)) {
        None => Ok(()),
        Some(queue) => {
            let words = format!("{node:?} is the team address of {}. Choose another.", queue.row.name);
            Err(Problem::new(Code::TeamAddressTaken, words))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_address_is_a_local_part_that_people_can_type() {
        for (text, expected) in [
            ("", Some(None)),
            ("  ", Some(None)),
            ("Mortgages", Some(Some("mortgages"))),
            ("retail.credit-2_b", Some(Some("retail.credit-2_b"))),
            ("a@b", None),
            ("a/b", None),
            ("-a", None),
            ("a b", None),
            ("mü", None),
            ("a\u{0}", None),
            (&"a".repeat(65), None),
        ] {
            let mut checks = Checks::default();
            let address = check_team_address(&mut checks, text);
            let found = checks.finish().is_ok().then_some(address.as_deref());
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
