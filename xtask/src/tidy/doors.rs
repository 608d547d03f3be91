//! Which crate may depend on which, as `ARCHITECTURE.md` draws it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

use crate::house::House;

/// The rooms that only the server may enter and that never see each other.
const MIDDLE: [&str; 6] = [
    "hookflash-connectors",
    "hookflash-directory",
    "hookflash-ldap",
    "hookflash-reports",
    "hookflash-store",
    "hookflash-voice",
];
const DOMAIN: &str = "hookflash-domain";
const SERVER: &str = "hookflash";
const STORE: &str = "hookflash-store";
/// Benchmarks that measure a library beside others of its kind, and what each may use; all others drive programs.
const OF_LIBRARIES: [(&str, &[&str]); 2] = [
    ("hookflash-bench-directory", &["hookflash-bench", "hookflash-directory", DOMAIN]),
    ("hookflash-bench-reports", &["hookflash-bench", "hookflash-reports", STORE, DOMAIN]),
];
/// What the pure core must never be linked with, however indirectly.
const NEVER_IN_DOMAIN: [&str; 3] = ["serde_json", "sqlx", "tokio"];

/// A dependency of a crate of ours on anything, of any kind (normal, dev, build).
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edge {
    from: String,
    to: String,
}

pub(super) fn check(house: &House) -> anyhow::Result<Vec<String>> {
    let metadata = MetadataCommand::new().manifest_path(house.root.join("Cargo.toml")).exec()?;
    let mut complaints = closed_doors(&edges(&metadata));
    complaints.extend(impure_core(&linked(&metadata)?));
    Ok(complaints)
}

fn edges(metadata: &Metadata) -> Vec<Edge> {
    let packages = metadata.workspace_packages();
    packages
        .iter()
        .flat_map(|package| {
            package
                .dependencies
                .iter()
                .map(|dependency| Edge { from: package.name.to_string(), to: dependency.name.clone() })
        })
        .collect()
}

/// For every package of the resolved graph the packages it is linked with (normal dependencies only).
fn linked(metadata: &Metadata) -> anyhow::Result<BTreeMap<String, BTreeSet<String>>> {
    let names: BTreeMap<_, _> = metadata.packages.iter().map(|p| (&p.id, p.name.to_string())).collect();
    let name_of = |id| names.get(id).cloned().with_context(|| format!("cargo metadata does not name {id}"));
    let graph = metadata.resolve.as_ref().context("cargo metadata gave no resolved graph")?;
    let mut linked = BTreeMap::<String, BTreeSet<String>>::new();
    for node in &graph.nodes {
        let entry = linked.entry(name_of(&node.id)?).or_default();
        for dependency in &node.deps {
            if dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal) {
                entry.insert(name_of(&dependency.pkg)?);
            }
        }
    }
    Ok(linked)
}

fn closed_doors(edges: &[Edge]) -> Vec<String> {
    edges.iter().filter_map(|edge| refusal(&edge.from, &edge.to)).collect()
}

/// Why `from` may not depend on `to`; `None` when it may. A crate may name itself: that is how its tests turn
/// its features on.
fn refusal(from: &str, to: &str) -> Option<String> {
    if to == "sqlx" && from != STORE {
        return Some(format!("{from} depends on sqlx: only {STORE} names it"));
    }
    let ours = to == SERVER || to.starts_with("hookflash-");
    let allowed = !ours
        || from == to
        || match from {
            SERVER => to == DOMAIN || MIDDLE.contains(&to),
            _ if MIDDLE.contains(&from) => to == DOMAIN,
            _ => OF_LIBRARIES.iter().any(|(name, uses)| *name == from && uses.contains(&to)),
        };
    (!allowed).then(|| format!("{from} depends on {to}: there is no door"))
}

fn impure_core(linked: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut waiting = vec![DOMAIN];
    let mut seen = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if seen.insert(name) {
            waiting.extend(linked.get(name).into_iter().flatten().map(String::as_str));
        }
    }
    NEVER_IN_DOMAIN
        .iter()
        .filter(|banned| seen.contains(**banned))
        .map(|banned| format!("{DOMAIN} is linked with {banned}: the core is pure"))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{Edge, closed_doors, impure_core};

    fn refused(from: &str, to: &str) -> bool {
        !closed_doors(&[Edge { from: from.into(), to: to.into() }]).is_empty()
    }

    #[test]
    fn the_doors_lead_one_way() {
        for (from, to) in [
            ("hookflash", "hookflash-store"),
            ("hookflash", "hookflash-domain"),
            ("hookflash-voice", "hookflash-domain"),
            ("hookflash-store", "sqlx"),
            ("hookflash-store", "hookflash-store"),
            ("hookflash-lab", "tokio"),
            ("hookflash-bench-directory", "hookflash-directory"),
            ("hookflash-bench-reports", "hookflash-store"),
        ] {
            assert!(!refused(from, to), "{from} -> {to}");
        }
        for (from, to) in [
            ("hookflash-domain", "hookflash-store"),
            ("hookflash-voice", "hookflash-store"),
            ("hookflash-store", "hookflash"),
            ("hookflash-lab", "hookflash-domain"),
            ("hookflash-lab", "hookflash-connectors"),
            ("hookflash", "hookflash-lab"),
            ("hookflash-bench", "hookflash-directory"),
            ("hookflash-bench-directory", "hookflash-store"),
            ("hookflash-bench-reports", "hookflash"),
            ("hookflash", "sqlx"),
            ("xtask", "hookflash-domain"),
        ] {
            assert!(refused(from, to), "{from} -> {to}");
        }
    }

    #[test]
    fn the_core_is_pure_however_long_the_way() {
        let set = |names: &[&str]| names.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
        let mut linked = BTreeMap::new();
        linked.insert("hookflash-domain".to_owned(), set(&["uuid"]));
        linked.insert("hookflash-store".to_owned(), set(&["sqlx"]));
        assert_eq!(impure_core(&linked), Vec::<String>::new());
        linked.insert("uuid".to_owned(), set(&["tokio", "uuid"]));
        assert_eq!(impure_core(&linked), ["hookflash-domain is linked with tokio: the core is pure"]);
    }
}
