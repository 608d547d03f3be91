//! `hookflash user password`

use super::super::password::PasswordFrom;
use super::{by, hash};
use anyhow::Context as _;
use hookflash_store::Store;

/// Whose.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The name to sign in with.
    sign_in_name: String,
    #[command(flatten)]
    password: PasswordFrom,
}

pub(super) async fn run(store: &Store, args: Args) -> anyhow::Result<()> {
    let user = store.user_by_sign_in_name(&args.sign_in_name).await?;
    let user = user.with_context(|| format!("nobody signs in as {}", args.sign_in_name))?;
    let hash = hash(args.password.read()?).await?;
    store.set_password(user.user_id, &hash, None, &by()).await?;
    println!("The password of {} was set; all sessions were ended.", user.name);
    Ok(())
}
