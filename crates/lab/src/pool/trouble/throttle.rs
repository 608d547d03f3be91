//! How many requests a second come, and a limit on them.

use parking_lot::Mutex;

use crate::clock::now_ms;

/// A limit on all requests together but P-GETs; more get 429.
#[derive(Debug, Clone, Copy, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Throttle {
    /// 0 is no limit.
    pub(crate) per_second: u64,
    /// `Retry-After` of the refusals; 0 sends none.
    #[serde(default)]
    pub(crate) retry_after: u64,
}

/// Counts of requests.
#[derive(Debug, Default, Clone, serde::Serialize)]
pub(crate) struct Load {
    pub(crate) requests: u64,
    /// The most requests that came in one second.
    pub(crate) peak_per_second: u64,
    pub(crate) throttled: u64,
    #[serde(skip)]
    second: u64,
    #[serde(skip)]
    in_second: u64,
}

/// Counts, and the limit.
#[derive(Default)]
pub(crate) struct Gate(Mutex<(Load, Option<Throttle>)>);

impl Gate {
    /// A request comes; `Retry-After` when it is one too many.
    pub(crate) fn enter(&self) -> Result<(), u64> {
        let mut gate = self.0.lock();
        let (load, throttle) = &mut *gate;
        let second = now_ms() / 1_000;
        if load.second != second {
            (load.second, load.in_second) = (second, 0);
        }
        load.requests += 1;
        load.in_second += 1;
        load.peak_per_second = load.peak_per_second.max(load.in_second);
        match throttle {
            Some(limit) if load.in_second > limit.per_second => {
                load.throttled += 1;
                Err(limit.retry_after)
            }
            _ => Ok(()),
        }
    }

    /// Sets the limit.
    pub(crate) fn limit(&self, throttle: Throttle) {
        self.0.lock().1 = Some(throttle).filter(|throttle| throttle.per_second > 0);
    }

    /// The counts.
    pub(crate) fn load(&self) -> Load {
        self.0.lock().0.clone()
    }

    /// Counts from nothing again.
    pub(crate) fn reset(&self) {
        self.0.lock().0 = Load::default();
    }
}
