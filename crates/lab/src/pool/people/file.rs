//! People from a TOML or JSON file: `domain = "lab.test"` and a list `person` of [`Person`]s.

use std::path::Path;

use anyhow::Context as _;

use super::{Directory, Person};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PeopleFile {
    domain: Option<String>,
    #[serde(default, alias = "people")]
    person: Vec<Person>,
}

/// Reads the file; a name that ends in `.json` is JSON, anything else is TOML.
pub(crate) fn from_file(path: &Path, domain: &str) -> anyhow::Result<Directory> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let json = path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("json"));
    let file: PeopleFile = if json {
        serde_json::from_str(&text).with_context(|| format!("in {}", path.display()))?
    } else {
        toml::from_str(&text).with_context(|| format!("in {}", path.display()))?
    };
    Directory::new(file.domain.as_deref().unwrap_or(domain), file.person)
}
