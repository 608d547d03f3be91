//! Photos that were shown lately. They are kept for each agent: what a network shows to one it may
//! hide from another.

use hookflash_connectors::Photo;
use hookflash_domain::{PersonId, UserId};
use parking_lot::Mutex;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// Bytes kept.
const KEPT_BYTES: usize = 32 * 1024 * 1024;
/// Answers kept, with or without a photo.
const KEPT: usize = 20_000;
/// How long an answer holds.
const HOLDS: Duration = Duration::from_secs(60 * 60);
/// Photos asked for at once.
const AT_ONCE: usize = 16;

/// Who sees whom, at which size in pixels.
pub(in crate::engine) type PhotoKey = (UserId, PersonId, u16);

/// The photos shown last.
pub(in crate::engine) struct Photos {
    kept: Mutex<Kept>,
    asking: Semaphore,
}

#[derive(Default)]
struct Kept {
    photos: HashMap<PhotoKey, (Instant, Option<Arc<Photo>>)>,
    order: VecDeque<PhotoKey>,
    bytes: usize,
}

impl Default for Photos {
    fn default() -> Self {
        Self { kept: Mutex::default(), asking: Semaphore::new(AT_ONCE) }
    }
}

impl Photos {
    /// The photo that is kept, or what `ask` gives.
    pub(in crate::engine) async fn keep<E, F>(
        &self,
        key: PhotoKey,
        ask: impl FnOnce() -> F,
    ) -> Result<Option<Arc<Photo>>, E>
    where
        F: Future<Output = Result<Option<Photo>, E>>,
    {
        if let Some(photo) = self.kept.lock().fresh(&key, crate::clock::monotonic()) {
            return Ok(photo);
        }
        // The semaphore is never closed; without a permit the network is asked all the same.
        let _permit = self.asking.acquire().await;
        let photo = ask().await?.map(Arc::new);
        self.kept.lock().put(key, crate::clock::monotonic(), photo.clone());
        Ok(photo)
    }
}

impl Kept {
    fn fresh(&self, key: &PhotoKey, now: Instant) -> Option<Option<Arc<Photo>>> {
        let (at, photo) = self.photos.get(key)?;
        (now.saturating_duration_since(*at) < HOLDS).then(|| photo.clone())
    }

    fn put(&mut self, key: PhotoKey, now: Instant, photo: Option<Arc<Photo>>) {
        self.bytes += size(&photo);
        match self.photos.insert(key.clone(), (now, photo)) {
            Some((_, old)) => self.bytes -= size(&old),
            None => self.order.push_back(key),
        }
        while self.bytes > KEPT_BYTES || self.order.len() > KEPT {
            let Some(oldest) = self.order.pop_front() else { return };
            if let Some((_, old)) = self.photos.remove(&oldest) {
                self.bytes -= size(&old);
            }
        }
    }
}

fn size(photo: &Option<Arc<Photo>>) -> usize {
    photo.as_ref().map_or(0, |photo| photo.bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use hookflash_domain::NetworkId;
    use uuid::Uuid;

    fn key(n: u128) -> PhotoKey {
        let person = PersonId { network: NetworkId("n".into()), address: "a".into() };
        (UserId(Uuid::from_u128(n)), person, 64)
    }

    fn photo(bytes: usize) -> Option<Arc<Photo>> {
        Some(Arc::new(Photo { media_type: "image/png", bytes: vec![0; bytes].into() }))
    }

    #[test]
    fn an_answer_holds_for_its_time_and_only_for_who_asked() {
        let (mut kept, start) = (Kept::default(), crate::clock::monotonic());
        kept.put(key(1), start, None);
        assert_eq!(kept.fresh(&key(1), start), Some(None), "that there is none is known too");
        assert_eq!(kept.fresh(&key(2), start), None);
        assert_eq!(kept.fresh(&key(1), start + HOLDS), None);
    }

    #[test]
    fn the_oldest_make_room() {
        let (mut kept, start) = (Kept::default(), crate::clock::monotonic());
        for n in 0..5 {
            kept.put(key(n), start, photo(KEPT_BYTES / 4));
        }
        assert_eq!(
            (kept.fresh(&key(0), start).is_some(), kept.fresh(&key(4), start).is_some()),
            (false, true)
        );
        assert_eq!(kept.bytes, KEPT_BYTES / 4 * 4);
        kept.put(key(4), start, None);
        assert_eq!(kept.bytes, KEPT_BYTES / 4 * 3, "a photo that is replaced is not counted twice");
    }
}
