//! The administrator's page about the settings, made from the same place that reads them.

use super::Config;
use super::reader::{Described, Reader};

/// `docs/administrators/configuration.md`.
#[must_use]
pub fn markdown() -> String {
    let mut reader = Reader::empty();
    Config::read(&mut reader);
    let mut page = INTRODUCTION.to_owned();
    let mut section = "";
    for one in &reader.described {
        let this = one.key.split('.').next().unwrap_or_default();
        if this != section {
            page.push_str(&heading(this));
            section = this;
        }
        page.push_str(&row(one));
    }
    page
}

fn heading(section: &str) -> String {
    let name = if section == "network" { "[[network]]".to_owned() } else { format!("[{section}]") };
    format!("\n## `{name}`\n\n| key | meaning | allowed | if not set |\n|---|---|---|---|\n")
}

fn row(one: &Described) -> String {
    let name = one.key.split_once('.').map_or(one.key.as_str(), |(_, name)| name);
    let default = if one.default.is_empty() { "–".to_owned() } else { format!("`{}`", one.default) };
    format!("| `{name}` | {} | {} | {default} |\n", escaped(one.words), escaped(&one.allowed))
}

/// Words in a table: no bar ends a cell, no angle bracket or star is taken for markup.
fn escaped(words: &str) -> String {
    words.replace('|', "\\|").replace('<', "\\<").replace('*', "\\*")
}

const INTRODUCTION: &str = "\
# Configuration

This page is made by `hookflash check-config --reference`.

Hookflash runs without a configuration file. Settings come from three places; the later one wins:

1. a TOML file: `hookflash.toml` in the working folder, or the one named with `--config`;
2. the environment: `HOOKFLASH_`, section, `__`, key, in capitals, such as `HOOKFLASH_HTTP__LISTEN=0.0.0.0:8080`; \
lists with commas between the items. Networks are set in the file only;
3. flags of the command.

`hookflash check-config` reads all three and tells every mistake at once, with the key, the value and what is allowed. \
A setting that is not known is a mistake. A server does not start with a mistake in its settings.

A small file:

```toml
[http]
listen = \"0.0.0.0:443\"
public_url = \"https://desk.example.com\"
tls_cert = \"/etc/hookflash/desk.crt\"
tls_key = \"/etc/hookflash/desk.key\"

[store]
url = \"sqlite:/var/lib/hookflash/hookflash.db\"

[voice]
sip_udp = \"192.0.2.10:5060\"
media_ip = \"192.0.2.10\"
trunks = [\"198.51.100.0/24\"]

[[network]]
id = \"skype\"
kind = \"skype\"
name = \"Skype for Business\"
sip_domain = \"example.com\"
```
";
