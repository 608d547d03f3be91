//! The index in a file, for a quick start.
//!
//! Four letters, the identity of the database, the revision up to which the index follows it, then the index with its
//! own version and checksum. Whatever does not fit is passed over: the index is made of the store then.

use hookflash_directory::index::PeopleIndex;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use uuid::Uuid;

const LETTERS: &[u8; 4] = b"HFD1";
const HEAD: usize = 4 + 16 + 8;

/// Where the snapshot is.
#[derive(Debug, Clone)]
pub(super) struct Place(pub(super) PathBuf);

impl Place {
    /// The index of this database and its revision; none where there is none that fits. Reads a file: not for a
    /// thread that answers.
    pub(super) fn read(&self, identity: Uuid) -> Option<(PeopleIndex, i64)> {
        let bytes = std::fs::read(&self.0).ok()?;
        let (head, index) = bytes.split_at_checked(HEAD)?;
        let head = head.strip_prefix(LETTERS)?;
        let (of, revision) = head.split_at_checked(16)?;
        if of != identity.as_bytes() {
            return None;
        }
        let revision = i64::from_le_bytes(revision.try_into().ok()?);
        match PeopleIndex::from_snapshot(index) {
            Ok(index) => Some((index, revision)),
            Err(error) => {
                tracing::info!(%error, "the directory's snapshot is passed over");
                None
            }
        }
    }

    /// Replaces the snapshot as a whole; readable by its owner alone.
    pub(super) fn write(&self, index: &PeopleIndex, identity: Uuid, revision: i64) -> std::io::Result<()> {
        let folder = self.0.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        file.write_all(LETTERS)?;
        file.write_all(identity.as_bytes())?;
        file.write_all(&revision.to_le_bytes())?;
        file.write_all(&index.to_snapshot())?;
        file.as_file().sync_all()?;
        file.persist(&self.0).map(drop).map_err(|error| error.error)
    }
}

#[cfg(test)]
mod tests {
    use super::Place;
    use hookflash_directory::index::{Entry, EntryId, PeopleBuilder};
    use uuid::Uuid;

    #[test]
    fn only_what_fits_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place(folder.path().join("people"));
        let (mine, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert!(place.read(mine).is_none(), "there is none");
        let mut builder = PeopleBuilder::new();
        builder.push(&Entry::named(EntryId(mine), "Anna Müller")).unwrap();
        place.write(&builder.finish(), mine, 7).unwrap();
        assert_eq!(place.read(mine).map(|(index, revision)| (index.count(), revision)), Some((1, 7)));
        assert!(place.read(other).is_none(), "of another database");
        let mut bytes = std::fs::read(&place.0).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&place.0, &bytes).unwrap();
        assert!(place.read(mine).is_none(), "damaged");
        std::fs::write(&place.0, "HFD1").unwrap();
        assert!(place.read(mine).is_none(), "cut short");
    }
}
