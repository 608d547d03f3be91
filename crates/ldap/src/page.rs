//! One page of a search (RFC 2696).

use crate::ber;
use crate::config::Config;
use crate::entry::Entry;
use crate::error::{ReadError, told};
use ldap3::controls::{Control, PagedResults};
use ldap3::{DerefAliases, Ldap, LdapError, LdapResult, Scope, SearchOptions};

/// The control of paged results.
const PAGED_RESULTS: &str = "1.2.840.113556.1.4.319";
/// Result codes of RFC 4511, appendix A.
mod code {
    pub(super) const SUCCESS: u32 = 0;
    pub(super) const SIZE_LIMIT: u32 = 4;
    pub(super) const STRONGER_AUTH: u32 = 8;
    pub(super) const REFERRAL: u32 = 10;
    pub(super) const ADMIN_LIMIT: u32 = 11;
    pub(super) const CONFIDENTIALITY: u32 = 13;
    pub(super) const NO_SUCH_OBJECT: u32 = 32;
    pub(super) const INAPPROPRIATE_AUTH: u32 = 48;
    pub(super) const INVALID_CREDENTIALS: u32 = 49;
}

/// Entries that came together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The entries.
    pub entries: Vec<Entry>,
    /// Pointers to other servers that came in their place; they are not followed.
    pub referral_count: usize,
}

/// Reads a page. Gives what the server wants to hear for the next one; nothing after the last.
///
/// `seen_count` entries were read before.
pub(crate) async fn read_page(
    ldap: &mut Ldap,
    config: &Config,
    cookie: Vec<u8>,
    seen_count: usize,
) -> Result<(Page, Option<Vec<u8>>), ReadError> {
    let attributes: Vec<&str> = config.attributes.iter().map(String::as_str).collect();
    let mut found = ldap
        .with_controls(PagedResults { size: i32::from(config.page_size), cookie })
        .with_search_options(SearchOptions::new().deref(DerefAliases::Never))
        .with_timeout(config.limits.answer)
        .streaming_search(&config.base, Scope::Subtree, &config.filter, attributes)
        .await
        .map_err(|error| failure(&error, config))?;
    let mut page = Page::default();
    while let Some(item) = found.next().await.map_err(|error| failure(&error, config))? {
        if item.is_ref() {
            page.referral_count += 1;
        } else if !item.is_intermediate() {
            page.entries.push(Entry::read(item.0).ok_or(ReadError::Malformed("an entry is broken"))?);
        }
        if seen_count + page.entries.len() + page.referral_count > config.limits.entry_count {
            return Err(ReadError::TooMany(config.limits.entry_count));
        }
    }
    let result = found.finish().await;
    settled(&result, config, seen_count + page.entries.len())?;
    let next = result.ctrls.iter().find_map(next_cookie).filter(|cookie| !cookie.is_empty());
    Ok((page, next))
}

/// The cookie of the answer's control: a SEQUENCE of a size and the cookie (RFC 2696, section 2).
fn next_cookie(Control(_, control): &Control) -> Option<Vec<u8>> {
    let value = control.val.as_deref().filter(|_| control.ctype == PAGED_RESULTS)?;
    let (_, value, _) = ber::element(value)?;
    let (_, _, rest) = ber::element(value)?;
    ber::element(rest).map(|(_, cookie, _)| cookie.to_vec())
}

/// Whether the server has done as it was asked.
pub(crate) fn settled(result: &LdapResult, config: &Config, count: usize) -> Result<(), ReadError> {
    match result.rc {
        code::SUCCESS => Ok(()),
        code::SIZE_LIMIT | code::ADMIN_LIMIT => Err(ReadError::Limited(count)),
        code::STRONGER_AUTH | code::CONFIDENTIALITY => Err(ReadError::WantsTls(result.rc)),
        code::REFERRAL => Err(ReadError::Elsewhere {
            base: config.base.clone(),
            to: told(result.refs.first().map_or("", String::as_str)),
        }),
        code::NO_SUCH_OBJECT => Err(ReadError::NoBase(config.base.clone())),
        code::INAPPROPRIATE_AUTH | code::INVALID_CREDENTIALS => Err(ReadError::WrongAccount),
        code => Err(ReadError::Refused { code, words: told(&result.text) }),
    }
}

/// Why the library gave up. What the guard saw is told by whoever waits for it.
pub(crate) fn failure(error: &LdapError, config: &Config) -> ReadError {
    match error {
        LdapError::Timeout { .. } => ReadError::NoAnswer { seconds: config.limits.answer.as_secs() },
        LdapError::FilterParsing => ReadError::Filter,
        _ => ReadError::BrokenOff("the server has closed it".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ldap3::controls::RawControl;

    #[test]
    fn the_cookie_is_read_from_its_control_alone() {
        let control = |ctype: &str, val: Option<&[u8]>| {
            Control(None, RawControl { ctype: ctype.to_owned(), crit: false, val: val.map(<[u8]>::to_vec) })
        };
        let value: &[u8] = &[0x30, 0x07, 0x02, 0x01, 0x00, 0x04, 0x02, 0x61, 0x62];
        assert_eq!(next_cookie(&control(PAGED_RESULTS, Some(value))), Some(b"ab".to_vec()));
        for (ctype, val) in
            [("1.2.3", Some(value)), (PAGED_RESULTS, None), (PAGED_RESULTS, Some(&value[..8]))]
        {
            assert_eq!(next_cookie(&control(ctype, val)), None);
        }
    }
}
