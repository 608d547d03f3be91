//! Random numbers that a seed repeats.

/// SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// 0 to `sides` − 1.
    pub(super) fn below(&mut self, sides: u64) -> u64 {
        self.bits() % sides.max(1)
    }

    /// `from` to `to` − 1.
    pub(super) fn between(&mut self, from: i64, to: i64) -> i64 {
        from + i64::try_from(self.below(u64::try_from(to - from).unwrap_or(1))).unwrap_or(0)
    }

    /// True in so many of a hundred.
    pub(super) fn percent(&mut self, of_hundred: u64) -> bool {
        self.below(100) < of_hundred
    }

    /// Milliseconds around a mean with a long tail, at least a second.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "made-up durations")]
    pub(super) fn around(&mut self, mean_ms: i64) -> i64 {
        let unit = (self.bits() >> 11) as f64 / (1_u64 << 53) as f64;
        // Half fixed, half exponential.
        let ms = mean_ms as f64 * (0.5 - 0.5 * (1.0 - unit).ln());
        (ms as i64).clamp(1_000, mean_ms * 8)
    }

    pub(super) fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let place = usize::try_from(self.below(u64::try_from(all.len()).unwrap_or(1))).unwrap_or(0);
        &all[place]
    }

    /// A UUID of version 7 for a moment (RFC 9562 section 5.7).
    pub(super) fn uuid(&mut self, at_ms: i64) -> String {
        let time = u128::try_from(at_ms).unwrap_or(0) << 80;
        let (high, low) = (self.bits() & 0xfff, self.bits() >> 2);
        uuid::Uuid::from_u128(time | 7 << 76 | u128::from(high) << 64 | 2 << 62 | u128::from(low)).to_string()
    }
}
