//! What the server is told to do.

use super::server::Server;
use serde::Deserialize;
use serde_json::{Value, json};

/// A line of input.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
enum Command {
    /// Adds an account.
    Add { user: String },
    /// Ends the server as a power cut does and starts it again on the same ports.
    Restart,
    /// Has it stand still: it reads and answers nothing until it is started again.
    Freeze,
}

/// Does it; gives the line of output.
pub(super) async fn obey(server: &mut Server, line: &str) -> Value {
    match done(server, line).await {
        Ok(answer) => answer,
        Err(error) => json!({ "error": format!("{error:#}") }),
    }
}

async fn done(server: &mut Server, line: &str) -> anyhow::Result<Value> {
    match serde_json::from_str(line)? {
        Command::Add { user } => server.add(&user).await?,
        Command::Restart => server.restart()?,
        Command::Freeze => server.freeze()?,
    }
    Ok(json!({}))
}
