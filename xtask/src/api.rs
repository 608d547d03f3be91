//! The API description: the server prints it, the desk's TypeScript schema is made from it, both are kept in
//! the repository.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use crate::house::House;

/// The OpenAPI description for integrators, as `hookflash openapi` prints it.
pub(crate) const DESCRIPTION: &str = "docs/integrators/openapi.json";
/// The desk's view of it, as openapi-typescript makes it.
pub(crate) const SCHEMA: &str = "web/src/api/schema.d.ts";

/// Writes both files anew.
///
/// # Errors
/// When the server does not build or print, openapi-typescript is not installed, or a file cannot be written.
pub(crate) fn write(house: &House) -> anyhow::Result<()> {
    put(&house.root.join(DESCRIPTION), &description(house)?)?;
    put(&house.root.join(SCHEMA), &schema(house)?)?;
    eprintln!("written: {DESCRIPTION}, {SCHEMA}");
    Ok(())
}

/// What the server of this tree prints. `HOOKFLASH_BIN` names it, otherwise it is built, with the features it
/// has in the tests.
pub(crate) fn description(house: &House) -> anyhow::Result<String> {
    if let Some(built) = std::env::var_os("HOOKFLASH_BIN") {
        return output(Command::new(built).arg("openapi").current_dir(&house.root));
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let build = ["build", "--quiet", "--workspace", "--bins", "--tests"];
    output(Command::new(cargo).args(build).current_dir(&house.root))?;
    output(Command::new(server_binary(house)?).arg("openapi").current_dir(&house.root))
}

/// What openapi-typescript makes of the description in the repository.
pub(crate) fn schema(house: &House) -> anyhow::Result<String> {
    let web = house.root.join("web");
    let program = web.join("node_modules/.bin/openapi-typescript");
    anyhow::ensure!(program.exists(), "openapi-typescript is not installed: run `npm ci` in web/");
    let folder = tempfile::tempdir()?;
    let made = folder.path().join("schema.d.ts");
    // A field with a default may be left out of a request: it must not become a required one.
    let description = OsStr::new("../docs/integrators/openapi.json");
    let flag = OsStr::new("--default-non-nullable=false");
    let arguments = [description, flag, OsStr::new("-o"), made.as_os_str()];
    output(Command::new(program).args(arguments).current_dir(&web))?;
    Ok(fs::read_to_string(made)?)
}

fn server_binary(house: &House) -> anyhow::Result<PathBuf> {
    let command = cargo_metadata::MetadataCommand::new()
        .manifest_path(house.root.join("Cargo.toml"))
        .no_deps()
        .exec()
        .context("asking cargo for its target folder")?;
    let binary =
        command.target_directory.join("debug").join(format!("hookflash{}", std::env::consts::EXE_SUFFIX));
    Ok(binary.into_std_path_buf())
}

fn output(command: &mut Command) -> anyhow::Result<String> {
    let done = command.output().with_context(|| format!("starting {command:?}"))?;
    let said = String::from_utf8_lossy(&done.stderr);
    anyhow::ensure!(done.status.success(), "{command:?} failed ({}): {said}", done.status);
    Ok(String::from_utf8(done.stdout)?)
}

fn put(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}
