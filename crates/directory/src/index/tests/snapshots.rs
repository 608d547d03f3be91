//! An index as bytes.

use super::{index, named};
use crate::index::{PeopleIndex, SnapshotRefused};

fn snapshot() -> Vec<u8> {
    index(&named(&["Anna Müller", "山田太郎", "Юлия Ельцина"])).to_snapshot()
}

#[test]
fn an_index_comes_back_the_same() {
    for names in [&["Anna Müller", "山田太郎", "Юлия Ельцина"][..], &[]] {
        let index = index(&named(names));
        assert_eq!(PeopleIndex::from_snapshot(&index.to_snapshot()), Ok(index));
    }
}

#[test]
fn every_changed_byte_and_every_cut_is_refused() {
    let whole = snapshot();
    for place in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x10;
        assert!(PeopleIndex::from_snapshot(&damaged).is_err(), "byte {place}");
        assert!(PeopleIndex::from_snapshot(&whole[..place]).is_err(), "cut at {place}");
    }
    let longer = [whole.as_slice(), &[0]].concat();
    assert_eq!(PeopleIndex::from_snapshot(&longer), Err(SnapshotRefused::Damaged));
}

#[test]
fn the_reason_is_told() {
    assert_eq!(PeopleIndex::from_snapshot(b""), Err(SnapshotRefused::NoSnapshot));
    assert_eq!(PeopleIndex::from_snapshot(b"SQLite format 3"), Err(SnapshotRefused::NoSnapshot));
    assert_eq!(PeopleIndex::from_snapshot(b"HFPI"), Err(SnapshotRefused::Damaged));
    let mut other = snapshot();
    other[4] = 200;
    let refused = PeopleIndex::from_snapshot(&other);
    assert_eq!(refused, Err(SnapshotRefused::OtherVersion { found: 200, expected: 1 }));
}
