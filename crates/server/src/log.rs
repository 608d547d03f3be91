//! The log: one line an event, for people or for machines, on standard error.

use crate::config::{LogConfig, LogFormat};
use std::io::IsTerminal as _;
use tracing_subscriber::EnvFilter;

/// Starts the log.
///
/// # Errors
/// A log was started before in this process.
pub fn start(config: &LogConfig) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(filter_of(&config.level))?;
    let colours = std::io::stderr().is_terminal();
    let builder =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    let started = match config.format {
        LogFormat::Text => builder.with_target(false).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| anyhow::anyhow!("{error}"))
}

/// The SIP stack logs whole messages at info, customers' data with them: it tells errors only, whatever
/// the administrator asks for the rest, unless it is named itself.
fn filter_of(level: &str) -> String {
    if level.contains("rsipstack") { level.to_owned() } else { format!("{level},rsipstack=error") }
}

#[cfg(test)]
mod tests {
    use super::filter_of;

    #[test]
    fn sip_messages_do_not_reach_the_log_unasked() {
        for (level, filter) in [
            ("info", "info,rsipstack=error"),
            ("debug,hookflash=trace", "debug,hookflash=trace,rsipstack=error"),
            ("info,rsipstack=debug", "info,rsipstack=debug"),
        ] {
            assert_eq!(filter_of(level), filter);
        }
    }
}
