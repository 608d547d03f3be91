//! What consults change: NPS, and differences adjusted for harder calls getting experts
//! (`definitions.md` 8.3). Nothing here says "caused".

/// z of 95 %.
const Z95: f64 = 1.96;
/// Fewest calls of an arm that say anything.
const FEWEST: u32 = 30;
/// Most weight that strata with fewer may carry.
const MOST_THIN_WEIGHT: f64 = 0.2;

/// A Net Promoter Score with its margin, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nps {
    /// −100 to 100.
    pub score: f64,
    /// Half of the interval that holds the true score in 95 of 100 samples.
    pub margin: f64,
}

/// The score of so many promoters and detractors among all who answered; none of nobody.
#[must_use]
pub fn net_promoter_score(promoters: u32, detractors: u32, answers: u32) -> Option<Nps> {
    if answers == 0 {
        return None;
    }
    let share = |count: u32| f64::from(count) / f64::from(answers);
    let (p, d) = (share(promoters), share(detractors));
    let variance = (p + d - (p - d).powi(2)) / f64::from(answers);
    Some(Nps { score: (p - d) * 100.0, margin: 100.0 * Z95 * variance.sqrt() })
}

/// Calls of one kind, such as topic, customer tier and agent tenure: with and without a consult.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stratum {
    /// With a consult: resolved at first contact, of all.
    pub consulted: (u32, u32),
    /// Without.
    pub other: (u32, u32),
}

/// A difference between calls with and without a consult, in points of percent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adjusted {
    /// Without looking at kinds; misleads where hard calls get experts.
    pub raw: f64,
    /// Kind by kind, weighted by the consulted calls.
    pub difference: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Its interval of 95 %.
    pub interval: (f64, f64),
    /// What may be said.
    pub verdict: Verdict,
}

/// What a difference may be said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Too few calls of some kinds.
    NotEnough,
    /// The interval holds zero.
    NotShown,
    /// The interval does not hold zero.
    Shown,
}

/// The difference over all kinds; none without a call on either side of each.
#[must_use]
pub fn adjusted_difference(strata: &[Stratum]) -> Option<Adjusted> {
    let share = |(part, whole): (u32, u32)| (whole > 0).then(|| f64::from(part) / f64::from(whole));
    let sum = |arm: fn(&Stratum) -> (u32, u32)| {
        strata.iter().map(arm).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    };
    let (consulted, other) = (sum(|one| one.consulted), sum(|one| one.other));
    let raw = share(consulted)? - share(other)?;
    let (mut difference, mut variance, mut thin_weight) = (0.0, 0.0, 0.0);
    for stratum in strata {
        let weight = f64::from(stratum.consulted.1) / f64::from(consulted.1);
        let (with, without) = (share(stratum.consulted)?, share(stratum.other)?);
        let of = |p: f64, (_, whole): (u32, u32)| p * (1.0 - p) / f64::from(whole);
        difference += weight * (with - without);
        variance += weight.powi(2) * (of(with, stratum.consulted) + of(without, stratum.other));
        if stratum.consulted.1.min(stratum.other.1) < FEWEST {
            thin_weight += weight;
        }
    }
    let error = variance.sqrt();
    let interval = (difference - Z95 * error, difference + Z95 * error);
    let verdict = if thin_weight > MOST_THIN_WEIGHT {
        Verdict::NotEnough
    } else if interval.0 <= 0.0 && interval.1 >= 0.0 {
        Verdict::NotShown
    } else {
        Verdict::Shown
    };
    Some(Adjusted {
        raw: raw * 100.0,
        difference: difference * 100.0,
        standard_error: error * 100.0,
        interval: (interval.0 * 100.0, interval.1 * 100.0),
        verdict,
    })
}
