//! Where the agent's pool was found, kept until it proves wrong (UCWA 1.4).

use crate::skype::fault::Fault;
use parking_lot::Mutex;
use url::Url;

/// Failed connections in a row after which the pool is looked for again.
const PERSISTENT: u32 = 3;

/// The address of the `applications` resource, once found.
#[derive(Debug, Default)]
pub(in crate::skype) struct PoolAddress(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    url: Option<Url>,
    failures: u32,
}

impl PoolAddress {
    pub(in crate::skype) fn known(&self) -> Option<Url> {
        self.0.lock().url.clone()
    }

    pub(in crate::skype) fn found(&self, url: Url) {
        *self.0.lock() = Kept { url: Some(url), failures: 0 };
    }

    /// The pool has answered well.
    pub(in crate::skype) fn proved(&self) {
        self.0.lock().failures = 0;
    }

    /// Forgets the address if this is a reason to: 403, 502 or connections that fail again and again.
    /// Gives whether it did.
    pub(in crate::skype) fn heed(&self, fault: &Fault) -> bool {
        let mut kept = self.0.lock();
        let is_wrong = match fault {
            Fault::NotEnabled(_) => true,
            Fault::Refused(refusal) => matches!(refusal.status, 403 | 502),
            Fault::Unreachable(_) | Fault::NotTrusted(_) | Fault::TimedOut => {
                kept.failures += 1;
                kept.failures >= PERSISTENT
            }
            _ => false,
        };
        if is_wrong {
            *kept = Kept::default();
        }
        is_wrong
    }
}

#[cfg(test)]
mod tests {
    use super::PoolAddress;
    use crate::skype::fault::{Fault, Refusal};

    fn refused(status: u16) -> Fault {
        let (code, subcode, words) = (String::new(), String::new(), String::new());
        Fault::Refused(Refusal { status, code, subcode, words, retry_after: None })
    }

    #[test]
    fn only_what_the_protocol_names_clears_the_address() {
        let lost = || Fault::Unreachable("cut".to_owned());
        let cases = [
            (vec![refused(403)], true),
            (vec![refused(502)], true),
            (vec![Fault::NotEnabled(String::new())], true),
            (vec![refused(404), refused(410), refused(500), refused(503), refused(401)], false),
            (vec![Fault::ApplicationGone, Fault::WrongPassword, Fault::Replaced], false),
            (vec![lost(), Fault::TimedOut], false),
            (vec![lost(), Fault::TimedOut, lost()], true),
        ];
        for (faults, cleared) in cases {
            let address = PoolAddress::default();
            address.found("https://pool.test/applications".parse().expect("a URL"));
            for fault in &faults {
                address.heed(fault);
            }
            assert_eq!(address.known().is_none(), cleared, "{faults:?}");
        }
        let address = PoolAddress::default();
        address.found("https://pool.test/applications".parse().expect("a URL"));
        for _ in 0..5 {
            address.heed(&lost());
            address.heed(&lost());
            address.proved();
        }
        assert!(address.known().is_some(), "failures with success between them are not persistent");
    }
}
