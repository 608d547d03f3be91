//! What the demo says when it is up.

use super::seeds::{PASSWORD, USERS};
use std::net::SocketAddr;

/// The addresses and sign-ins in a box.
pub(super) fn words(desk: SocketAddr, sip: SocketAddr, caller: &str) -> String {
    let mut lines = vec![
        "Hookflash is up. Ctrl+C ends it.".to_owned(),
        String::new(),
        format!("Desk      http://{desk}"),
        format!("Caller    {caller}   (press a customer: the desk rings)"),
        format!("SIP       {sip}"),
        String::new(),
        "Sign in   with the password ".to_owned() + PASSWORD,
    ];
    lines.extend(
        USERS
            .iter()
            .map(|(sign_in_name, name, role)| format!("          {sign_in_name:<6} {name}, {}", role.word())),
    );
    boxed(&lines)
}

fn boxed(lines: &[String]) -> String {
    let width = lines.iter().map(|line| line.chars().count()).max().unwrap_or_default();
    let rule = "─".repeat(width + 4);
    let rows: String = lines.iter().map(|line| format!("│  {line:<width$}  │\n")).collect();
    format!("\n┌{rule}┐\n{rows}└{rule}┘")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_box_is_equally_long() {
        let (desk, sip) =
            (SocketAddr::from(([127, 0, 0, 1], 8080)), SocketAddr::from(([127, 0, 0, 1], 5060)));
        let words = words(desk, sip, "http://127.0.0.1:40000");
        let lengths: std::collections::BTreeSet<_> =
            words.lines().skip(1).map(|line| line.chars().count()).collect();
        assert_eq!(lengths.len(), 1, "{words}");
        assert!(
            words.contains("http://127.0.0.1:8080") && words.contains("dana") && words.contains(PASSWORD)
        );
    }
}
