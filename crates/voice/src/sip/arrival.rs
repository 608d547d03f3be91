//! What an INVITE tells about its caller.

use std::net::SocketAddr;

use rsipstack::sip::{HeadersExt as _, Request};

use super::{address, user_to_user};
use crate::Arrival;

/// The most attached headers, and the longest value, in characters.
const ATTACHED_LIMIT: usize = 32;
const VALUE_LIMIT: usize = 1_024;

/// Reads the arrival out of a request that has passed the checks.
pub(crate) fn arrival(request: &Request, allow_list: &[String], peer: SocketAddr) -> Arrival {
    let from = request.from_header().map(|from| from.value().to_owned()).unwrap_or_default();
    let attached = request
        .headers
        .iter()
        .filter_map(|header| attached(header.name(), header.value(), allow_list))
        .take(ATTACHED_LIMIT);
    Arrival {
        sip_call_id: request.call_id_header().map(|id| id.value().to_owned()).unwrap_or_default(),
        caller_number: address::number(&from),
        dialled_number: address::number(&request.uri.to_string()),
        display_name: address::display_name(&from),
        attached: attached.collect(),
        peer,
    }
}

fn attached(name: &str, value: &str, allow_list: &[String]) -> Option<(String, String)> {
    let value = if name.eq_ignore_ascii_case("User-to-User") {
        user_to_user::decode(value)
    } else if allow_list.iter().any(|allowed| matches(allowed, name)) {
        value.to_owned()
    } else {
        return None;
    };
    let value = value.chars().filter(|character| !character.is_control()).take(VALUE_LIMIT).collect();
    Some((name.chars().take(VALUE_LIMIT).collect(), value))
}

/// A name, or its start before a `*`; case is ignored.
fn matches(allowed: &str, name: &str) -> bool {
    match allowed.strip_suffix('*') {
        Some(start) => name.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start)),
        None => allowed.eq_ignore_ascii_case(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sip::mend::{Verdict, mend};

    #[test]
    fn an_invite_is_read() {
        let peer: SocketAddr = "192.0.2.1:5060".parse().expect("an address");
        let invite = b"INVITE sip:+4930%2355;npdi@host SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\n\
            From: \"J\xf6rg <x>\" <sip:+1555;phone-context=+1@host>;tag  =  7\r\nTo: <sip:q@host>\r\nCall-ID: c1\r\nCSeq: 1 INVITE\r\n\
            Contact: <sip:a@192.0.2.1>\r\nX-Customer: 42 <b>\r\nx-two: 2\r\nSubject: s\r\n\
            User-to-User: 00637573742d3432;encoding=hex\r\n\r\n";
        let Verdict::Pass(bytes) = mend(invite, peer, false) else { panic!("refused") };
        let request = Request::try_from(bytes.as_slice()).expect("the stack reads it");
        let tag =
            request.from_header().ok().and_then(|from| from.tag().ok().flatten()).map(|tag| tag.to_string());
        assert_eq!(tag.as_deref(), Some("7"));
        let arrival = arrival(&request, &["X-*".to_owned()], peer);
        assert_eq!(
            arrival,
            Arrival {
                sip_call_id: "c1".to_owned(),
                caller_number: "+1555".to_owned(),
                dialled_number: "+4930#55".to_owned(),
                display_name: Some("J\u{f6}rg <x>".to_owned()),
                attached: vec![
                    ("X-Customer".to_owned(), "42 <b>".to_owned()),
                    ("x-two".to_owned(), "2".to_owned()),
                    ("User-to-User".to_owned(), "cust-42".to_owned()),
                ],
                peer,
            }
        );
    }
}
