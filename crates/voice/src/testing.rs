//! Randomness with a seed, for tests.

/// `SplitMix64` (Steele, Lea, Flood 2014).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// `bytes` with one to eight random changes: an octet overwritten, a piece
    /// cut out, doubled or moved, an awkward octet put in.
    pub(crate) fn mutate(&mut self, bytes: &[u8]) -> Vec<u8> {
        const AWKWARD: &[u8] = b"\r\n\0\xff:;<>\"%@= ,\t\\[]-9";
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(8) {
            let (at, length) = (self.below(bytes.len().max(1)), self.below(12));
            let end = (at + length).min(bytes.len());
            let at = at.min(end);
            match self.below(5) {
                0 if at < bytes.len() => bytes[at] = self.next() as u8,
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let piece = bytes[at..end].to_vec();
                    let target = self.below(bytes.len() + 1);
                    bytes.splice(target..target, piece);
                }
                3 => bytes.truncate(end),
                _ => bytes.insert(at, AWKWARD[self.below(AWKWARD.len())]),
            }
        }
        bytes
    }
}
