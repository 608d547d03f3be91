//! What a persona does, from TOML.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Context as _;

use crate::pool::people::{Directory, PersonIndex};

/// How a persona takes an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// Accepts after `after_ms`, then gives its replies one by one, each as an answer to a message.
    Answers,
    /// Declines after `after_ms` for `reason`.
    Declines,
    /// Rings and never answers.
    Silent,
    /// Cannot be reached.
    Offline,
    /// Goes offline `after_ms` after the first ring; the invitation fails then.
    GoesOffline,
    /// Accepts at once and answers each message at once with `echo: <text>`.
    Echo,
    /// Does not answer; `after_ms` after the inviter gave up it starts a chat with `text`.
    Late,
    /// Does not answer until the inviter cancels: its acceptance then crosses with the cancel.
    Race,
}

/// One scripted reply.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ScriptedReply {
    /// Pause before typing begins.
    pub(crate) after_ms: u64,
    /// How long it types; 0 shows no typing.
    pub(crate) typing_ms: u64,
    /// `{text}` stands for what it answers.
    pub(crate) text: String,
    /// The text is HTML.
    pub(crate) html: bool,
}

/// A persona.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Persona {
    pub(crate) kind: Kind,
    #[serde(default)]
    pub(crate) after_ms: u64,
    /// A cause (see `--reason`) or `Code/Subcode`.
    #[serde(default = "declined")]
    pub(crate) reason: String,
    #[serde(default)]
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) reply: Vec<ScriptedReply>,
    /// Starts again with the first reply after the last.
    #[serde(default)]
    pub(crate) repeats: bool,
}

impl Persona {
    /// Whether its acceptance crosses with the cancel.
    pub(crate) fn races(&self) -> bool {
        self.kind == Kind::Race
    }
}

fn declined() -> String {
    "declined".to_owned()
}

/// Personas by name, and who was given another one at run time.
pub(crate) struct Personas {
    named: HashMap<String, Persona>,
    silent: Persona,
    replaced: parking_lot::Mutex<HashMap<PersonIndex, Persona>>,
}

impl Personas {
    /// The built-in ones, and those of a file.
    pub(crate) fn load(file: Option<&Path>) -> anyhow::Result<Self> {
        let mut named: HashMap<String, Persona> = toml::from_str(include_str!("builtin.toml"))?;
        if let Some(path) = file {
            let text =
                std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            let more: HashMap<String, Persona> =
                toml::from_str(&text).with_context(|| format!("in {}", path.display()))?;
            named.extend(more);
        }
        let silent = named.get("silent").cloned().context("there is no persona `silent`")?;
        Ok(Self { named, silent, replaced: parking_lot::Mutex::default() })
    }

    /// Every person's persona has to exist.
    pub(crate) fn check(&self, people: &Directory) -> anyhow::Result<()> {
        for person in people.all() {
            anyhow::ensure!(
                person.persona.is_empty() || self.named.contains_key(&person.persona),
                "{}: there is no persona {:?}",
                person.uri,
                person.persona
            );
        }
        Ok(())
    }

    /// The persona of a person.
    pub(crate) fn of(&self, people: &Directory, person: PersonIndex) -> Persona {
        if let Some(persona) = self.replaced.lock().get(&person) {
            return persona.clone();
        }
        let name = people.person(person).map_or("", |p| p.persona.as_str());
        self.named.get(name).unwrap_or(&self.silent).clone()
    }

    /// A persona by name.
    pub(crate) fn named(&self, name: &str) -> Option<Persona> {
        self.named.get(name).cloned()
    }

    /// Gives a person another persona from here on.
    pub(crate) fn replace(&self, person: PersonIndex, persona: Persona) {
        self.replaced.lock().insert(person, persona);
    }
}
