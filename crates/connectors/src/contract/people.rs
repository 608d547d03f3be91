//! What is found and kept of people.

use bytes::Bytes;
use hookflash_domain::Person;

/// Which part of a search's hits is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Hits to leave out, from the best on: 0, or [`Found::next`] of the page before.
    pub skip: usize,
    /// Most hits to give; the network may lower it.
    pub limit: usize,
}

impl Page {
    /// The best hits.
    #[must_use]
    pub fn first(limit: usize) -> Self {
        Self { skip: 0, limit }
    }
}

/// What a search has found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Best first.
    pub people: Vec<Person>,
    /// There are more hits than were given so far.
    pub more: bool,
    /// Where the next page begins. Absent though there are more: the network shows no further, and
    /// the search must be made narrower.
    pub next: Option<usize>,
}

/// Somebody on the agent's own list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Favourite {
    /// Who.
    pub person: Person,
    /// Names of the groups that they are in, in the network's order; those that the network makes
    /// by itself ("all", "other contacts") left out.
    pub groups: Vec<String>,
}

impl Favourite {
    /// Most favourites that are told.
    pub const MOST: usize = 1_000;
}

/// A photo, safe to be shown: its kind was read from its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// `image/jpeg`, `image/png` or `image/gif`.
    pub media_type: &'static str,
    /// At most [`Photo::LARGEST`].
    pub bytes: Bytes,
}

impl Photo {
    /// Largest photo, in bytes.
    pub const LARGEST: usize = 256 * 1024;

    /// A photo from the network; none when it is too large or no image of a kind that is shown,
    /// whatever the network calls it.
    #[must_use]
    pub fn read(bytes: Bytes) -> Option<Self> {
        let kinds: [(&[u8], &str); 3] =
            [(b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"GIF8", "image/gif")];
        let (_, media_type) = kinds.into_iter().find(|(begin, _)| bytes.starts_with(begin))?;
        (bytes.len() <= Self::LARGEST).then_some(Self { media_type, bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::Photo;
    use bytes::Bytes;

    #[test]
    fn only_images_of_a_moderate_size_are_photos() {
        let kind =
            |bytes: &'static [u8]| Photo::read(Bytes::from_static(bytes)).map(|photo| photo.media_type);
        assert_eq!(kind(b"\xff\xd8\xff\xe0rest"), Some("image/jpeg"));
        assert_eq!(kind(b"\x89PNG\r\n\x1a\nrest"), Some("image/png"));
        assert_eq!(kind(b"GIF89a"), Some("image/gif"));
        assert_eq!(kind(b"<svg onload=alert(1)>"), None);
        assert_eq!(kind(b""), None);
        let mut large = b"GIF89a".to_vec();
        large.resize(Photo::LARGEST + 1, 0);
        assert_eq!(Photo::read(large.into()), None);
    }
}
