//! `hookflash openapi`

/// Prints the API's description.
pub(super) fn run() -> anyhow::Result<()> {
    print!("{}", crate::http::openapi::text()?);
    Ok(())
}
