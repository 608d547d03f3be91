//! Takes settings by key, and notes what is wrong and what there is.

use super::kind::Kind;
use super::{Mistake, Mistakes, Sources};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use toml::{Table, Value};

/// Settings below this likeness are not suggested.
const LIKE: f64 = 0.75;

/// A value and where it was written.
#[derive(Clone)]
struct Setting {
    value: Value,
    place: String,
    /// From the environment or a flag, where everything is text.
    is_text: bool,
}

/// A key as the administrator's page tells it.
pub(super) struct Described {
    pub(super) key: String,
    pub(super) allowed: String,
    pub(super) default: String,
    pub(super) words: &'static str,
}

/// Takes settings by key.
#[derive(Default)]
pub(super) struct Reader {
    prefix: String,
    settings: BTreeMap<String, Setting>,
    tables: BTreeMap<String, Vec<Table>>,
    file: String,
    mistakes: Vec<Mistake>,
    pub(super) described: Vec<Described>,
}

impl Reader {
    /// Nothing is set.
    pub(super) fn empty() -> Self {
        Self::default()
    }

    /// Lays the sources over each other.
    pub(super) fn open(sources: &Sources) -> Result<Self, Mistakes> {
        let mut reader = Self::default();
        if let Some((path, text)) = &sources.text {
            reader.file = path.display().to_string();
            let table = text.parse::<Table>().map_err(|error| broken_file(&reader.file, &error))?;
            reader.add_table("", table);
        }
        for (name, value) in &sources.env {
            if let Some(key) = name.strip_prefix("HOOKFLASH_").filter(|key| key.contains("__")) {
                reader.add_text(key.to_lowercase().replace("__", "."), name.clone(), value);
            }
        }
        for (key, value) in &sources.flags {
            reader.add_text((*key).to_owned(), "the command line".to_owned(), value);
        }
        Ok(reader)
    }

    /// The setting, or what holds when it is not set.
    pub(super) fn value<T: Kind>(&mut self, key: &str, default: T, words: &'static str) -> T {
        self.describe::<T>(key, default.shown(), words);
        self.take(key).unwrap_or(default)
    }

    /// A setting without which something is off or found by itself.
    pub(super) fn optional<T: Kind>(&mut self, key: &str, words: &'static str) -> Option<T> {
        self.describe::<T>(key, String::new(), words);
        self.take(key)
    }

    /// A number within limits.
    pub(super) fn number(
        &mut self,
        key: &str,
        default: u32,
        range: RangeInclusive<u32>,
        words: &'static str,
    ) -> u32 {
        let allowed = format!("a number from {} to {}", range.start(), range.end());
        let key = self.full(key);
        self.described.push(Described {
            key: key.clone(),
            allowed: allowed.clone(),
            default: default.to_string(),
            words,
        });
        let Some(setting) = self.settings.remove(&key) else { return default };
        let number = u32::read(&setting.value, setting.is_text).filter(|number| range.contains(number));
        number.unwrap_or_else(|| {
            self.mistake(key, Some(setting.value.to_string()), setting.place, format!("must be {allowed}"));
            default
        })
    }

    /// Runs `read` on each table of an array of tables; its keys are told as `name[1].key`.
    pub(super) fn each<T>(&mut self, name: &str, read: impl Fn(&mut Self) -> T) -> Vec<T> {
        let mut all = Vec::new();
        for (number, table) in (1..).zip(self.tables.remove(name).unwrap_or_default()) {
            let mut one =
                Self { prefix: format!("{name}[{number}]."), file: self.file.clone(), ..Self::default() };
            one.add_table(&format!("{name}[{number}]."), table);
            all.push(read(&mut one));
            one.note_unknown();
            self.mistakes.append(&mut one.mistakes);
        }
        let mut documented = Self { prefix: format!("{name}."), ..Self::default() };
        read(&mut documented);
        self.described.append(&mut documented.described);
        all
    }

    /// Notes a mistake that only shows when settings are seen together.
    pub(super) fn wrong(&mut self, key: &str, words: impl Into<String>) {
        let key = self.full(key);
        self.mistake(key, None, String::new(), words.into());
    }

    /// The mistakes, if there are any.
    pub(super) fn finish(mut self) -> Result<(), Mistakes> {
        self.note_unknown();
        if self.mistakes.is_empty() { Ok(()) } else { Err(Mistakes(self.mistakes)) }
    }

    fn take<T: Kind>(&mut self, key: &str) -> Option<T> {
        let key = self.full(key);
        let setting = self.settings.remove(&key)?;
        let read = T::read(&setting.value, setting.is_text);
        if read.is_none() {
            let shown = (!T::SECRET).then(|| setting.value.to_string());
            self.mistake(key, shown, setting.place, format!("must be {}", T::ALLOWED));
        }
        read
    }

    fn describe<T: Kind>(&mut self, key: &str, default: String, words: &'static str) {
        let key = self.full(key);
        self.described.push(Described { key, allowed: T::ALLOWED.to_owned(), default, words });
    }

    fn mistake(&mut self, key: String, value: Option<String>, place: String, words: String) {
        self.mistakes.push(Mistake { key, value, place, words });
    }

    fn full(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }

    fn add_text(&mut self, key: String, place: String, value: &str) {
        self.settings.insert(key, Setting { value: Value::String(value.to_owned()), place, is_text: true });
    }

    fn add_table(&mut self, prefix: &str, table: Table) {
        for (key, value) in table {
            let key = format!("{prefix}{key}");
            match value {
                Value::Table(inner) => self.add_table(&format!("{key}."), inner),
                Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_table) => {
                    let tables = items.into_iter().filter_map(|item| item.as_table().cloned());
                    self.tables.insert(key, tables.collect());
                }
                value => {
                    self.settings.insert(key, Setting { value, place: self.file.clone(), is_text: false });
                }
            }
        }
    }

    fn note_unknown(&mut self) {
        let tables = std::mem::take(&mut self.tables).into_keys().map(|key| (key, self.file.clone()));
        let left = std::mem::take(&mut self.settings).into_iter().map(|(key, setting)| (key, setting.place));
        for (key, place) in left.chain(tables).collect::<Vec<_>>() {
            let words = match self.likest(&key) {
                Some(known) => format!("there is no such setting; did you mean {known}?"),
                None => "there is no such setting".to_owned(),
            };
            self.mistake(key, None, place, words);
        }
    }

    fn likest(&self, key: &str) -> Option<&str> {
        let likeness = |known: &str| strsim::jaro_winkler(key, known);
        let best = self
            .described
            .iter()
            .map(|one| one.key.as_str())
            .max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
        best.filter(|known| likeness(known) >= LIKE)
    }
}

fn broken_file(file: &str, error: &toml::de::Error) -> Mistakes {
    let words = error.to_string().trim_end().replace('\n', "\n    ");
    Mistakes(vec![Mistake { key: file.to_owned(), value: None, place: String::new(), words }])
}
