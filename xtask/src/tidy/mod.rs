//! The rules of the house. Each is a file of its own and answers with complaints in words.

mod api_current;
mod catalogues;
mod doors;
mod exceptions;
mod file_sizes;
mod function_sizes;
mod links;
mod lock_files;
mod machine_names;
mod rust_source;
mod server_rooms;

use crate::house::House;

type Rule = fn(&House) -> anyhow::Result<Vec<String>>;

const RULES: &[(&str, Rule)] = &[
    ("doors", doors::check),
    ("server rooms", server_rooms::check),
    ("sizes", exceptions::check),
    ("links", links::check),
    ("machine names", machine_names::check),
    ("lock files", lock_files::check),
    ("catalogues", catalogues::check),
    ("api", api_current::check),
];

/// Every rule that is broken, one line each, beginning with the rule's name.
///
/// # Errors
/// When a rule cannot be checked at all, for instance because a program is missing.
pub(crate) fn complaints(house: &House) -> anyhow::Result<Vec<String>> {
    let mut all = Vec::new();
    for (name, rule) in RULES {
        let found = rule(house).map_err(|trouble| trouble.context(format!("tidy: {name}")))?;
        all.extend(found.into_iter().map(|what| format!("{name}: {what}")));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::complaints;
    use crate::house::House;

    #[test]
    fn the_house_is_tidy() {
        let found = complaints(&House::open().unwrap()).unwrap();
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}
