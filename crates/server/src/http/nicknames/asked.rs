//! A table as it is asked for, and what is wrong with it.

use super::show::NicknamesView;
use crate::directory::text_of_list;
use crate::http::problem::Problem;
use crate::http::valid::Checks;
use hookflash_directory::index::Nicknames;
use hookflash_store::people::{MAX_NICKNAMES, NicknameRow};
use std::collections::{HashMap, HashSet};

/// The rows of a table that is sound.
///
/// # Errors
/// `invalid`, with everything that is wrong.
pub(super) fn checked(names: &[NicknamesView]) -> Result<Vec<NicknameRow>, Problem> {
    let mut checks = Checks::default();
    checks.count("names", names, MAX_NICKNAMES);
    let mut seen = HashSet::new();
    let mut names_of = HashMap::<String, usize>::new();
    let mut rows = Vec::new();
    for one in names.iter().take(MAX_NICKNAMES) {
        let Some(name_key) = key(&mut checks, "name", &one.name) else { continue };
        if !seen.insert(name_key.clone()) {
            checks.wrong("name", format!("{:?} is there twice", one.name));
        }
        for nickname in check_nicknames(&mut checks, one, &name_key) {
            *names_of.entry(nickname).or_default() += 1;
        }
        let nicknames: Vec<_> = one.nicknames.iter().map(|nickname| nickname.trim()).collect();
        rows.push(NicknameRow {
            name: one.name.trim().to_owned(),
            name_key,
            nicknames: text_of_list(&nicknames),
        });
    }
    for (nickname, _) in names_of.iter().filter(|(_, count)| **count > Nicknames::MOST) {
        checks.wrong("nicknames", format!("{nickname:?} stands for more than {} names", Nicknames::MOST));
    }
    checks.finish().map(|()| rows)
}

/// The keys of the nicknames of one name.
fn check_nicknames(checks: &mut Checks, one: &NicknamesView, name_key: &str) -> Vec<String> {
    if one.nicknames.is_empty() {
        checks.wrong("nicknames", format!("{:?} has none", one.name));
    }
    checks.count("nicknames", &one.nicknames, Nicknames::MOST);
    let mut keys: Vec<String> = Vec::new();
    for nickname in one.nicknames.iter().take(Nicknames::MOST) {
        let Some(key) = key(checks, "nicknames", nickname) else { continue };
        if key == name_key || keys.contains(&key) {
            checks.wrong("nicknames", format!("{:?} has {nickname:?} twice, or as the name", one.name));
        }
        keys.push(key);
    }
    keys
}

fn key(checks: &mut Checks, field: &str, word: &str) -> Option<String> {
    let key = Nicknames::key(word);
    if key.is_none() {
        let most = Nicknames::CHARS;
        checks.wrong(field, format!("{word:?} is not one word of letters of at most {most} characters"));
    }
    key
}
