//! Certificates that are not trusted, and one that changes.

use crate::site::{SignIn, TICKETS, by_password, config, discovered, pool, ticket, trouble};
use crate::stub::{Reply, Seen, Stub};
use hookflash_connectors::{TroubleCode, skype::SkypeConfig};

fn site(seen: &Seen) -> Reply {
    match seen.path() {
        TICKETS => ticket("cwt=T"),
        _ => pool(seen, "", "cwt=T"),
    }
}

fn at(stub: &Stub, host: &str, ca_pem: Option<String>) -> SkypeConfig {
    let mut config = config(&format!("https://{host}/"));
    config.resolve = vec![(host.to_owned(), stub.address)];
    config.ca_pem = ca_pem;
    config
}

#[tokio::test]
async fn names_and_issuer_are_told() {
    let stub = Stub::tls(&["pool.site.test", "web.site.test"], site).await;
    let other = Stub::tls(&["pool.site.test"], site).await;
    let cases = [
        ("pool.site.test", other.ca_pem.clone(), "its issuer is not known"),
        ("meet.site.test", stub.ca_pem.clone(), "it is for other names"),
    ];
    for (host, ca_pem, why) in cases {
        let (told, is_final) = trouble(at(&stub, host, ca_pem)).await;
        assert_eq!((told.code, is_final), (TroubleCode::NotTrusted, false), "{told:?}");
        for part in
            [host, "pool.site.test, web.site.test", "CN=Authority of pool.site.test and web.site.test", why]
        {
            assert!(told.words.contains(part), "{part}: {told:?}");
        }
    }
}

/// A server that is there but not trusted says more than names that are not there.
#[tokio::test]
async fn among_several_candidates_a_distrusted_one_is_told() {
    let stub = Stub::tls(&["lyncdiscover.site.test"], site).await;
    let other = Stub::tls(&["x.site.test"], site).await;
    let nowhere = "127.0.0.1:9".parse().expect("an address");
    let hosts = [("lyncdiscoverinternal.site.test", nowhere), ("lyncdiscover.site.test", stub.address)];
    let mut config = discovered(&hosts);
    config.ca_pem.clone_from(&other.ca_pem);
    let (told, _) = trouble(config).await;
    assert_eq!(told.code, TroubleCode::NotTrusted, "{told:?}");
}

#[tokio::test]
async fn a_changed_certificate_is_told_and_heals_when_it_is_right_again() {
    let right = Stub::tls(&["pool.site.test"], site).await;
    let wrong = Stub::tls(&["pool.site.test"], site).await;
    let line = crate::proxy::Proxy::to(right.address.to_string()).await;
    let mut config = at(&right, "pool.site.test", right.ca_pem.clone());
    config.resolve = vec![("pool.site.test".to_owned(), line.address)];
    let mut sign_in = SignIn::begin(config, by_password());
    sign_in.up().await;
    line.lead_to(wrong.address.to_string());
    let mut told = sign_in.trouble().await.0;
    // Connections of before break first.
    while told.code != TroubleCode::NotTrusted {
        told = sign_in.trouble().await.0;
    }
    assert!(wrong.seen().is_empty(), "nothing was said to a server with another certificate");
    line.lead_to(right.address.to_string());
    sign_in.up().await;
}
