//! An index as bytes, for a quick start.
//!
//! Four letters, the version, the lists of the index each behind its length, all numbers little-endian;
//! at the end the SHA-256 of all before it.

use super::arrays::{Ascending, Pieces, Texts};
use super::crowds::Crowds;
use super::people::{PeopleIndex, SharedTexts};
use super::trie::Trie;
use super::values::Values;
use sha2::{Digest as _, Sha256};

const LETTERS: &[u8; 4] = b"HFPI";
/// Raised whenever the layout changes, or how names become tokens.
const VERSION: u32 = 1;
const HEAD: usize = 8;
const CHECKSUM: usize = 32;

/// Why bytes are not taken as an index. The index is then to be built of the entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotRefused {
    /// Something else.
    #[error("this is no snapshot of the directory")]
    NoSnapshot,
    /// Of another version of this program.
    #[error("the snapshot is of version {found}, this program reads version {expected}")]
    OtherVersion {
        /// The snapshot's.
        found: u32,
        /// The one that is read.
        expected: u32,
    },
    /// Cut short, or changed on the disk.
    #[error("the snapshot is damaged")]
    Damaged,
}

impl PeopleIndex {
    /// The index as bytes.
    #[must_use]
    pub fn to_snapshot(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.memory_bytes() + 1_024);
        bytes.extend_from_slice(LETTERS);
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        push_pieces(&mut bytes, &self.records);
        push_bytes(&mut bytes, &self.shared.bytes);
        push_numbers(&mut bytes, &[self.shared.width]);
        push_values(&mut bytes, &self.values);
        push_numbers(&mut bytes, &self.slots);
        push_numbers(&mut bytes, &self.slot_ends);
        push_trie(&mut bytes, &self.trie);
        push_texts(&mut bytes, &self.written);
        push_numbers(&mut bytes, &self.postings);
        push_numbers(&mut bytes, &self.posting_ends);
        push_crowds(&mut bytes, &self.crowds);
        for list in [&self.by_id, &self.id_bucket_ends, &self.by_email, &self.by_phone, &self.by_phone_end] {
            push_numbers(&mut bytes, list);
        }
        let checksum = Sha256::digest(&bytes);
        bytes.extend_from_slice(&checksum);
        bytes
    }

    /// The index of such bytes.
    ///
    /// # Errors
    /// They are no snapshot, of another version, or damaged.
    pub fn from_snapshot(bytes: &[u8]) -> Result<Self, SnapshotRefused> {
        let body = checked(bytes)?;
        let mut reader = Reader { rest: body };
        let index = Self {
            records: reader.pieces()?,
            shared: SharedTexts { bytes: reader.take(1)?.to_vec(), width: reader.number()? },
            values: reader.values()?,
            slots: reader.numbers()?,
            slot_ends: reader.numbers()?,
            trie: reader.trie()?,
            written: reader.texts()?,
            postings: reader.numbers()?,
            posting_ends: reader.numbers()?,
            crowds: reader.crowds()?,
            by_id: reader.numbers()?,
            id_bucket_ends: reader.numbers()?,
            by_email: reader.numbers()?,
            by_phone: reader.numbers()?,
            by_phone_end: reader.numbers()?,
        };
        if reader.rest.is_empty() { Ok(index) } else { Err(SnapshotRefused::Damaged) }
    }
}

/// What is between the version and the checksum.
fn checked(bytes: &[u8]) -> Result<&[u8], SnapshotRefused> {
    let version = bytes.strip_prefix(LETTERS).ok_or(SnapshotRefused::NoSnapshot)?;
    let version = version.first_chunk().ok_or(SnapshotRefused::Damaged)?;
    let found = u32::from_le_bytes(*version);
    if found != VERSION {
        return Err(SnapshotRefused::OtherVersion { found, expected: VERSION });
    }
    let (all, checksum) = bytes.split_last_chunk::<CHECKSUM>().ok_or(SnapshotRefused::Damaged)?;
    if Sha256::digest(all).as_slice() != checksum {
        return Err(SnapshotRefused::Damaged);
    }
    all.get(HEAD..).ok_or(SnapshotRefused::Damaged)
}

fn push_bytes(bytes: &mut Vec<u8>, list: &[u8]) {
    bytes.extend_from_slice(&(list.len() as u64).to_le_bytes());
    bytes.extend_from_slice(list);
}

fn push_numbers(bytes: &mut Vec<u8>, list: &[u32]) {
    bytes.extend_from_slice(&(list.len() as u64).to_le_bytes());
    bytes.extend(list.iter().flat_map(|number| number.to_le_bytes()));
}

fn push_pieces(bytes: &mut Vec<u8>, pieces: &Pieces) {
    push_bytes(bytes, &pieces.bytes);
    push_numbers(bytes, &pieces.ends);
}

fn push_texts(bytes: &mut Vec<u8>, texts: &Texts) {
    push_bytes(bytes, texts.text.as_bytes());
    push_numbers(bytes, &texts.ends);
}

fn push_ascending(bytes: &mut Vec<u8>, lists: &Ascending) {
    push_pieces(bytes, &lists.pieces);
    push_numbers(bytes, &lists.counts);
}

fn push_trie(bytes: &mut Vec<u8>, trie: &Trie) {
    push_numbers(bytes, &trie.letters);
    push_numbers(bytes, &trie.children);
    push_numbers(bytes, &trie.first_tokens);
    push_numbers(bytes, &[trie.token_count]);
}

fn push_crowds(bytes: &mut Vec<u8>, crowds: &Crowds) {
    push_numbers(bytes, &crowds.nodes);
    push_ascending(bytes, &crowds.lists);
    push_numbers(bytes, &crowds.counts);
    push_numbers(bytes, &crowds.dense);
    push_numbers(bytes, &crowds.bits);
    push_numbers(bytes, &[crowds.width]);
}

fn push_values(bytes: &mut Vec<u8>, values: &Values) {
    push_texts(bytes, &values.texts);
    push_numbers(bytes, &values.fields);
    push_numbers(bytes, &values.sorted);
    push_ascending(bytes, &values.people);
    push_texts(bytes, &values.words);
    push_numbers(bytes, &values.word_values);
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, width: usize) -> Result<&'a [u8], SnapshotRefused> {
        let (size, rest) = self.rest.split_first_chunk().ok_or(SnapshotRefused::Damaged)?;
        let size = usize::try_from(u64::from_le_bytes(*size)).ok().and_then(|size| size.checked_mul(width));
        let taken = size.and_then(|size| rest.split_at_checked(size));
        let (taken, rest) = taken.ok_or(SnapshotRefused::Damaged)?;
        self.rest = rest;
        Ok(taken)
    }

    fn numbers(&mut self) -> Result<Vec<u32>, SnapshotRefused> {
        let (numbers, _) = self.take(4)?.as_chunks();
        Ok(numbers.iter().map(|number| u32::from_le_bytes(*number)).collect())
    }

    fn pieces(&mut self) -> Result<Pieces, SnapshotRefused> {
        Ok(Pieces { bytes: self.take(1)?.to_vec(), ends: self.numbers()? })
    }

    fn texts(&mut self) -> Result<Texts, SnapshotRefused> {
        let text = std::str::from_utf8(self.take(1)?).map_err(|_| SnapshotRefused::Damaged)?;
        Ok(Texts { text: text.to_owned(), ends: self.numbers()? })
    }

    fn ascending(&mut self) -> Result<Ascending, SnapshotRefused> {
        Ok(Ascending { pieces: self.pieces()?, counts: self.numbers()? })
    }

    fn trie(&mut self) -> Result<Trie, SnapshotRefused> {
        Ok(Trie {
            letters: self.numbers()?,
            children: self.numbers()?,
            first_tokens: self.numbers()?,
            token_count: self.number()?,
        })
    }

    fn crowds(&mut self) -> Result<Crowds, SnapshotRefused> {
        Ok(Crowds {
            nodes: self.numbers()?,
            lists: self.ascending()?,
            counts: self.numbers()?,
            dense: self.numbers()?,
            bits: self.numbers()?,
            width: self.number()?,
        })
    }

    fn number(&mut self) -> Result<u32, SnapshotRefused> {
        self.numbers()?.first().copied().ok_or(SnapshotRefused::Damaged)
    }

    fn values(&mut self) -> Result<Values, SnapshotRefused> {
        Ok(Values {
            texts: self.texts()?,
            fields: self.numbers()?,
            sorted: self.numbers()?,
            people: self.ascending()?,
            words: self.texts()?,
            word_values: self.numbers()?,
        })
    }
}
