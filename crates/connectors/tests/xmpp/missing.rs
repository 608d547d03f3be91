//! Programs that these tests start.

use std::path::Path;

/// Ends the test with the command that installs what is missing.
pub(crate) fn need(path: &str, package: &str) {
    assert!(Path::new(path).exists(), "{path} is missing. As root, run: apt-get install {package}");
}
