//! What a 401 asks for: challenges (RFC 9110 11.6.1) and their meaning to UCWA (UCWA 1.2).

use url::Url;

/// Most schemes that are read of one answer.
const MOST_SCHEMES: usize = 16;

/// One challenge of a `WWW-Authenticate` header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::skype) struct Scheme {
    /// In small letters.
    pub(in crate::skype) name: String,
    /// What NTLM and Negotiate carry, in base64.
    pub(in crate::skype) token: Option<String>,
    parameters: Vec<(String, String)>,
}

impl Scheme {
    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Where a pool sends us for a ticket or a token.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::skype) struct Offer {
    /// The web ticket service.
    pub(in crate::skype) tickets: Option<Url>,
    /// The grants that it takes.
    pub(in crate::skype) grants: Vec<String>,
    /// The company's sign-in page (OAuth), where the pool is set up for one.
    pub(in crate::skype) authorize: Option<Url>,
}

impl Offer {
    /// Reads the challenges of an answer to a request for `asked`.
    pub(in crate::skype) fn of(challenges: &[String], asked: &Url) -> Self {
        let schemes = schemes(challenges);
        let first = |name: &str, parameter: &str| {
            schemes.iter().find(|scheme| scheme.name == name && scheme.parameter(parameter).is_some())
        };
        let own = first("msrtcoauth", "href");
        let grants = own.and_then(|own| own.parameter("grant_type")).unwrap_or_default();
        let page = first("bearer", "authorization_uri").and_then(|page| page.parameter("authorization_uri"));
        Self {
            tickets: own.and_then(|own| asked.join(own.parameter("href")?).ok()),
            grants: grants.split(',').map(|grant| grant.trim().to_ascii_lowercase()).collect(),
            authorize: page.and_then(|page| asked.join(page).ok()),
        }
    }

    /// Whether the pool takes this grant.
    pub(in crate::skype) fn has(&self, grant: &str) -> bool {
        self.tickets.is_some() && self.grants.iter().any(|offered| offered == grant)
    }

    /// What is offered, to be told to people.
    pub(in crate::skype) fn words(&self) -> String {
        let page = self.authorize.as_ref().map(|_| "a company sign-in page (OAuth)".to_owned());
        let grants = self.grants.iter().filter(|grant| !grant.is_empty() && self.tickets.is_some()).cloned();
        let all: Vec<String> = grants.chain(page).collect();
        if all.is_empty() { "nothing that UCWA knows".to_owned() } else { all.join(", ") }
    }
}

/// The challenges of the header's values; several may be folded into one.
pub(in crate::skype) fn schemes(values: &[String]) -> Vec<Scheme> {
    let mut schemes = Vec::new();
    for value in values {
        read(value, &mut schemes);
    }
    schemes
}

fn read(value: &str, schemes: &mut Vec<Scheme>) {
    let mut rest = value;
    // Names of a value before its first scheme belong to none.
    let mut own: Option<usize> = None;
    loop {
        rest = rest.trim_start_matches([',', ' ', '\t']);
        let (word, after) = cut(rest, &[' ', '\t', ',', '=', '"']);
        if rest.is_empty() {
            return;
        }
        let next = after.trim_start();
        if word.is_empty() {
            let mut chars = rest.chars();
            chars.next();
            rest = chars.as_str();
        } else if let (Some(scheme), Some(given)) =
            (own.and_then(|own| schemes.get_mut(own)), next.strip_prefix('='))
        {
            let (text, after) = parameter_value(given.trim_start());
            scheme.parameters.push((word.to_ascii_lowercase(), text));
            rest = after;
        } else if schemes.len() < MOST_SCHEMES {
            let (token, after) = token(next);
            schemes.push(Scheme { name: word.to_ascii_lowercase(), token, parameters: Vec::new() });
            own = Some(schemes.len() - 1);
            rest = after;
        } else {
            return;
        }
    }
}

/// A text up to the first of these characters, and from it on.
fn cut<'a>(text: &'a str, ends: &[char]) -> (&'a str, &'a str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

/// A parameter's value, quoted or not.
fn parameter_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let (value, after) = cut(text, &[',', ' ', '\t']);
        return (value.to_owned(), after);
    };
    let mut value = String::new();
    let mut chars = quoted.chars();
    while let Some(char) = chars.next() {
        match char {
            '"' => break,
            '\\' => value.extend(chars.next()),
            char => value.push(char),
        }
    }
    (value, chars.as_str())
}

/// A token68 behind a scheme's name: stands alone, and `=` only ends it.
fn token(text: &str) -> (Option<String>, &str) {
    let (word, after) = cut(text, &[',', ' ', '\t']);
    let alone = after.trim_start().is_empty() || after.trim_start().starts_with(',');
    let is_token = !word.is_empty() && !word.trim_end_matches('=').contains(['=', '"']);
    if is_token && alone { (Some(word.to_owned()), after) } else { (None, text) }
}

#[cfg(test)]
mod tests {
    use super::{Offer, schemes};

    fn offer(values: &[&str]) -> Offer {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        Offer::of(&values, &"https://pool.lab.test/user".parse().expect("a URL"))
    }

    #[test]
    fn the_ticket_service_is_read_quoted_unquoted_and_folded() {
        let grants = "grant_type=\"urn:microsoft.rtc:windows,Password\"";
        let cases: [&[&str]; 6] = [
            &[&format!("MsRtcOAuth href=\"https://pool.lab.test/t\",{grants}")],
            &[&format!("MsRtcOAuth href=https://pool.lab.test/t, {grants}")],
            &[&format!("msrtcoauth {grants} , href = \"/t\"")],
            &["Bearer trusted_issuers=\"a,b\", client_id=\"c\"", &format!("MsRtcOAuth href=\"/t\",{grants}")],
            &[&format!(
                "Bearer trusted_issuers=\"x, MsRtcOAuth href=\\\"no\\\"\", MsRtcOAuth href=\"/t\",{grants}"
            )],
            &["Negotiate, NTLM", &format!("MsRtcOAuth {grants},href=\"/t\"")],
        ];
        for case in cases {
            let offer = offer(case);
            assert_eq!(
                offer.tickets.as_ref().map(url::Url::as_str),
                Some("https://pool.lab.test/t"),
                "{case:?}"
            );
            assert!(offer.has("password") && offer.has("urn:microsoft.rtc:windows"), "{case:?}");
            assert!(!offer.has("urn:microsoft.rtc:passive"), "{case:?}");
        }
    }

    #[test]
    fn the_company_page_is_read() {
        let page = "authorization_uri=\"https://sts.lab.test/adfs/oauth2/authorize?x=1\"";
        let cases = [format!("Bearer {page}, client_id=\"c\""), format!("Bearer client_id=\"c\", {page}")];
        for case in cases {
            let offer = offer(&[&case]);
            let expected = "https://sts.lab.test/adfs/oauth2/authorize?x=1";
            assert_eq!(offer.authorize.as_ref().map(url::Url::as_str), Some(expected), "{case}");
            assert!(!offer.has("password"));
        }
    }

    #[test]
    fn tokens_are_told_from_parameters() {
        type Told = &'static [(&'static str, Option<&'static str>)];
        let cases: [(&str, Told); 6] = [
            ("NTLM TlRMTVNTUAAC==", &[("ntlm", Some("TlRMTVNTUAAC=="))]),
            ("Negotiate, NTLM", &[("negotiate", None), ("ntlm", None)]),
            ("Negotiate oYG2,NTLM abc=", &[("negotiate", Some("oYG2")), ("ntlm", Some("abc="))]),
            ("Basic realm=\"a b\", NTLM", &[("basic", None), ("ntlm", None)]),
            ("Bearer a=b", &[("bearer", None)]),
            ("\"\", =, ,,", &[]),
        ];
        for (value, expected) in cases {
            let read = schemes(&[value.to_owned()]);
            let read: Vec<_> = read.iter().map(|one| (one.name.as_str(), one.token.as_deref())).collect();
            assert_eq!(read, expected, "{value}");
        }
    }

    #[test]
    fn rubbish_ends() {
        let long = "a,".repeat(50_000);
        for value in ["\"", "MsRtcOAuth href=\"https://x", "=a=b", "MsRtcOAuth href=", long.as_str()] {
            assert_eq!(offer(&[value]).grants.len(), 1, "{}", value.get(..20).unwrap_or(value));
        }
        assert_eq!(offer(&["MsRtcOAuth grant_type=\"password\""]).tickets, None);
    }
}
