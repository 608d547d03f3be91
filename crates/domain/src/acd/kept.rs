//! What an input changes, with how it was before: until it is stored, it may have to be taken back. Only what is
//! changed is copied, so that an input costs what it changes.

use std::collections::BTreeMap;
use std::ops::Deref;

/// A map that knows what its changed entries were.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct KeptMap<K, V> {
    now: BTreeMap<K, V>,
    /// None where there was no such entry.
    before: BTreeMap<K, Option<V>>,
}

/// A value that knows what it was.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Kept<T> {
    now: T,
    before: Option<T>,
}

impl<K, V> Default for KeptMap<K, V> {
    fn default() -> Self {
        Self { now: BTreeMap::new(), before: BTreeMap::new() }
    }
}

impl<K, V> Deref for KeptMap<K, V> {
    type Target = BTreeMap<K, V>;
    fn deref(&self) -> &Self::Target {
        &self.now
    }
}

impl<T> Deref for Kept<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.now
    }
}

impl<K: Ord + Copy, V: Clone> KeptMap<K, V> {
    /// An entry, to change it.
    pub(super) fn get_mut(&mut self, key: K) -> Option<&mut V> {
        self.remember(key);
        self.now.get_mut(&key)
    }

    /// An entry, to change it, made where there is none.
    pub(super) fn get_or_insert(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        self.remember(key);
        self.now.entry(key).or_insert_with(make)
    }

    /// Adds or replaces an entry.
    pub(super) fn insert(&mut self, key: K, value: V) {
        self.remember(key);
        self.now.insert(key, value);
    }

    /// Takes an entry out.
    pub(super) fn remove(&mut self, key: K) -> Option<V> {
        self.remember(key);
        self.now.remove(&key)
    }

    /// What is now stays.
    pub(super) fn keep(&mut self) {
        self.before.clear();
    }

    /// Everything is as it was when it was last kept.
    pub(super) fn undo(&mut self) {
        for (key, value) in std::mem::take(&mut self.before) {
            match value {
                Some(value) => drop(self.now.insert(key, value)),
                None => drop(self.now.remove(&key)),
            }
        }
    }

    fn remember(&mut self, key: K) {
        let now = &self.now;
        self.before.entry(key).or_insert_with(|| now.get(&key).cloned());
    }
}

impl<T: Clone> Kept<T> {
    /// The value, to change it.
    pub(super) fn change(&mut self) -> &mut T {
        if self.before.is_none() {
            self.before = Some(self.now.clone());
        }
        &mut self.now
    }

    /// What is now stays.
    pub(super) fn keep(&mut self) {
        self.before = None;
    }

    /// It is as it was when it was last kept.
    pub(super) fn undo(&mut self) {
        if let Some(before) = self.before.take() {
            self.now = before;
        }
    }
}
