//! `hookflash user add`

use super::super::password::PasswordFrom;
use super::{by, hash};
use hookflash_domain::UserId;
use hookflash_store::Store;
use hookflash_store::users::{Role, Roles, UserRow};

/// Who.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The name to sign in with.
    sign_in_name: String,
    /// The name shown to people; the sign-in name where not given.
    #[arg(long)]
    name: Option<String>,
    /// agent, supervisor or administrator; may be given more than once.
    #[arg(long = "role", required = true, value_parser = role)]
    roles: Vec<Role>,
    #[command(flatten)]
    password: PasswordFrom,
}

pub(super) async fn run(store: &Store, args: Args) -> anyhow::Result<()> {
    let sign_in_name = args.sign_in_name.trim().to_owned();
    let good =
        (1..=64).contains(&sign_in_name.chars().count()) && !sign_in_name.contains(char::is_whitespace);
    anyhow::ensure!(good, "a sign-in name has 1 to 64 characters and no spaces");
    let name = args.name.unwrap_or_else(|| sign_in_name.clone()).trim().to_owned();
    anyhow::ensure!((1..=100).contains(&name.chars().count()), "a name has 1 to 100 characters");
    let by = by();
    let user = UserRow {
        user_id: UserId(crate::ids::new_id()),
        sign_in_name,
        name,
        password_hash: hash(args.password.read()?).await?,
        roles: Roles(args.roles.into_iter().collect()),
        language: None,
        active: true,
        created_at: by.at,
    };
    store.create_user(&user, &[], &[], &by).await?;
    println!("{} may sign in as {}.", user.name, user.sign_in_name);
    Ok(())
}

fn role(word: &str) -> Result<Role, String> {
    Role::of_word(word).ok_or_else(|| "write agent, supervisor or administrator".to_owned())
}
