//! Whether a request comes from the desk's own pages.

use crate::config::Config;
use axum::http::{HeaderMap, header};
use url::Url;

/// Whether the `Origin` is this server's own. A request without one is not from a page of ours.
///
/// Where the public address is configured, the origin must be that one. Otherwise its host and port
/// must be those of the `Host` header: a page of another site has another host.
#[must_use]
pub fn is_own(headers: &HeaderMap, config: &Config) -> bool {
    let Some(origin) = text(headers, header::ORIGIN.as_str()).and_then(|text| text.parse::<Url>().ok())
    else {
        return false;
    };
    if let Some(public) = &config.http.public_url {
        return origin.origin() == public.origin() && public.origin().is_tuple();
    }
    let host = text(headers, header::HOST.as_str());
    let with_host = host.and_then(|host| format!("{}://{host}", origin.scheme()).parse::<Url>().ok());
    with_host.is_some_and(|own| own.origin() == origin.origin() && origin.origin().is_tuple())
}

/// Whether a browser says that another site made it send this request. Programs that are no
/// browsers say nothing, and no site can make them send anything.
#[must_use]
pub fn is_foreign(headers: &HeaderMap, config: &Config) -> bool {
    let site = text(headers, "sec-fetch-site");
    let other_site = site.is_some_and(|site| !matches!(site, "same-origin" | "none"));
    other_site || (headers.contains_key(header::ORIGIN) && !is_own(headers, config))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn without_a_public_address_the_host_decides() {
        let config = Config::default();
        for (origin, host, own) in [
            ("http://127.0.0.1:8080", "127.0.0.1:8080", true),
            ("https://desk.example.com", "desk.example.com", true),
            ("http://desk.example.com", "desk.example.com:80", true),
            ("http://evil.example.com", "desk.example.com", false),
            ("http://desk.example.com:81", "desk.example.com", false),
            ("null", "desk.example.com", false),
            ("http://desk.example.com", "", false),
        ] {
            assert_eq!(
                is_own(&headers(&[("origin", origin), ("host", host)]), &config),
                own,
                "{origin} {host}"
            );
        }
        assert!(!is_own(&headers(&[("host", "desk.example.com")]), &config));
    }

    #[test]
    fn a_public_address_is_the_only_one() {
        let mut config = Config::default();
        config.http.public_url = Some("https://desk.example.com/".parse().unwrap());
        let own = |origin| is_own(&headers(&[("origin", origin), ("host", "127.0.0.1:8080")]), &config);
        assert!(
            own("https://desk.example.com")
                && !own("http://desk.example.com")
                && !own("http://127.0.0.1:8080")
        );
    }

    #[test]
    fn a_foreign_request_is_known_by_either_header() {
        let config = Config::default();
        for (pairs, foreign) in [
            (&[][..], false),
            (&[("sec-fetch-site", "same-origin")], false),
            (&[("sec-fetch-site", "cross-site")], true),
            (&[("sec-fetch-site", "same-site")], true),
            (&[("origin", "http://evil.test"), ("host", "desk.test")], true),
        ] {
            assert_eq!(is_foreign(&headers(pairs), &config), foreign, "{pairs:?}");
        }
    }
}
