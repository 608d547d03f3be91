//! No file names the machine that it was written on: neither its folders nor the registry it fetched from.

use crate::house::House;

/// Written in two parts so that this file does not complain about itself.
const NAMES: [&str; 7] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/tmp", "/bash_jobs"),
    concat!("registry.np", "mjs.org"),
    concat!("index.crates", ".io"),
    concat!("files.python", "hosted.org"),
    concat!("/arti", "factory/"),
];

pub(super) fn check(house: &House) -> anyhow::Result<Vec<String>> {
    let mut complaints = Vec::new();
    for path in house.paths.iter().filter(|path| !is_lock_file(path)) {
        if let Some(text) = house.text(path)? {
            complaints.extend(names_in(path, &text));
        }
    }
    Ok(complaints)
}

/// Lock files say where packages come from; they have a rule of their own.
fn is_lock_file(path: &str) -> bool {
    matches!(path.rsplit('/').next(), Some("Cargo.lock" | "package-lock.json"))
}

fn names_in(path: &str, text: &str) -> Vec<String> {
    let lines = text.lines().enumerate();
    lines
        .filter_map(|(index, line)| {
            let name = NAMES.iter().find(|name| line.contains(**name))?;
            Some(format!("{path}:{} names {name}", index + 1))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{is_lock_file, names_in};

    #[test]
    fn folders_and_registries_of_a_machine_are_found_with_their_line() {
        let text = format!("fine\nsee {}main\n", concat!("/wo", "rk/"));
        assert_eq!(names_in("a.md", &text), [format!("a.md:2 names {}", concat!("/wo", "rk/"))]);
        assert!(!names_in("a.md", &format!("https://{}/x", concat!("registry.np", "mjs.org"))).is_empty());
    }

    #[test]
    fn words_that_only_look_alike_are_fine() {
        assert!(names_in("a.md", "src/network/mod.rs, the work/life balance, crates.io").is_empty());
    }

    #[test]
    fn lock_files_are_left_to_their_own_rule() {
        assert!(is_lock_file("web/package-lock.json") && is_lock_file("Cargo.lock"));
        assert!(!is_lock_file("web/package.json"));
    }
}
