//! Sorted samples and their percentiles.

use std::time::Duration;

/// Samples in milliseconds.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    sorted: Vec<f64>,
}

impl FromIterator<f64> for Figures {
    fn from_iter<I: IntoIterator<Item = f64>>(samples: I) -> Self {
        let mut sorted: Vec<_> = samples.into_iter().collect();
        sorted.sort_by(f64::total_cmp);
        Self { sorted }
    }
}

impl FromIterator<Duration> for Figures {
    fn from_iter<I: IntoIterator<Item = Duration>>(samples: I) -> Self {
        samples.into_iter().map(|one| one.as_secs_f64() * 1_000.0).collect()
    }
}

impl Figures {
    /// How many samples there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.sorted.len()
    }

    /// The sample at a rank from 0 to 1 (nearest rank); NaN without samples.
    #[must_use]
    pub fn at(&self, rank: f64) -> f64 {
        let place = (rank * self.sorted.len() as f64).ceil().max(1.0) as usize - 1;
        self.sorted.get(place.min(self.sorted.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
    }

    /// The median.
    #[must_use]
    pub fn p50(&self) -> f64 {
        self.at(0.5)
    }

    /// 99 of 100 are not above.
    #[must_use]
    pub fn p99(&self) -> f64 {
        self.at(0.99)
    }

    /// The largest.
    #[must_use]
    pub fn largest(&self) -> f64 {
        self.at(1.0)
    }

    /// `p50 1.2 p90 3.4 p99 5.6 max 7.8 ms (n 90)`
    #[must_use]
    pub fn line(&self) -> String {
        let (p90, largest) = (self.at(0.9), self.largest());
        let (p50, p99, count) = (self.p50(), self.p99(), self.count());
        format!("p50 {p50:.2} p90 {p90:.2} p99 {p99:.2} max {largest:.2} ms (n {count})")
    }
}

#[cfg(test)]
mod tests {
    use super::Figures;

    #[test]
    fn ranks_of_a_hundred() {
        let figures: Figures = (1..=100).rev().map(f64::from).collect();
        assert_eq!((figures.p50(), figures.p99(), figures.largest()), (50.0, 99.0, 100.0));
    }

    #[test]
    fn one_and_none() {
        let one: Figures = [7.0].into_iter().collect();
        assert_eq!((one.p50(), one.p99()), (7.0, 7.0));
        assert!(Figures::default().p50().is_nan());
    }
}
