//! The file with the key.

use super::VaultError;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

/// Reads the key, or makes it where there is no file.
pub(super) fn read_or_make(path: &Path) -> Result<[u8; 32], VaultError> {
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => make(path),
        _ => read(path),
    }
}

/// Reads the key.
pub(super) fn read(path: &Path) -> Result<[u8; 32], VaultError> {
    let bytes = fs::read(path).map_err(|error| wrong(path, &format!("cannot be read: {error}")))?;
    checked(path, &bytes)
}

fn checked(path: &Path, bytes: &[u8]) -> Result<[u8; 32], VaultError> {
    let mode = fs::metadata(path).map_err(|error| wrong(path, &error.to_string()))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(wrong(path, &format!("may be read by others; run chmod 600 {}", path.display())));
    }
    bytes.try_into().map_err(|_| wrong(path, &format!("holds {} bytes; a key has 32", bytes.len())))
}

fn make(path: &Path) -> Result<[u8; 32], VaultError> {
    let key: [u8; 32] = crate::ids::random_bytes();
    let written =
        fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).and_then(|mut file| {
            file.write_all(&key)?;
            file.sync_all()
        });
    written.map_err(|error| wrong(path, &format!("cannot be made: {error}")))?;
    Ok(key)
}

fn wrong(path: &Path, words: &str) -> VaultError {
    VaultError::KeyFile { path: path.display().to_string(), words: words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let first = read_or_make(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!((read_or_make(&path).unwrap(), read(&path).unwrap()), (first, first));
        assert!(read(&folder.path().join("other")).is_err());
        assert_ne!(first, [0; 32]);
    }

    #[test]
    fn a_key_of_another_length_or_open_to_others_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        fs::write(&path, [1; 31]).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(read_or_make(&path).unwrap_err().to_string().contains("31 bytes"));
        fs::write(&path, [1; 32]).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(read_or_make(&path).unwrap_err().to_string().contains("chmod 600"));
    }
}
