//! An entry as the server gives it.

use ldap3::asn1::{PL, StructureTag};
use std::collections::BTreeMap;

/// An entry as the server gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its distinguished name.
    pub dn: String,
    attributes: BTreeMap<String, Vec<Vec<u8>>>,
}

impl Entry {
    /// Puts an entry together; names of attributes are compared without case.
    #[must_use]
    pub fn new(dn: &str, attributes: &[(&str, &[u8])]) -> Self {
        let mut entry = Self { dn: dn.to_owned(), attributes: BTreeMap::new() };
        for (name, value) in attributes {
            entry.attributes.entry(name.to_lowercase()).or_default().push(value.to_vec());
        }
        entry
    }

    /// The values of an attribute, as they came.
    pub fn bytes(&self, attribute: &str) -> impl Iterator<Item = &[u8]> {
        self.attributes.get(&attribute.to_lowercase()).into_iter().flatten().map(Vec::as_slice)
    }

    /// The values of an attribute that are text.
    pub fn texts(&self, attribute: &str) -> impl Iterator<Item = &str> {
        self.bytes(attribute).filter_map(|value| std::str::from_utf8(value).ok())
    }

    /// Reads a SearchResultEntry (RFC 4511, section 4.5.2).
    pub(crate) fn read(tag: StructureTag) -> Option<Self> {
        let mut parts = tag.expect_constructed()?.into_iter();
        let dn = String::from_utf8(parts.next()?.expect_primitive()?).ok()?;
        let mut attributes = BTreeMap::<String, Vec<Vec<u8>>>::new();
        for attribute in parts.next()?.expect_constructed()? {
            let mut parts = attribute.expect_constructed()?.into_iter();
            let described = String::from_utf8(parts.next()?.expect_primitive()?).ok()?;
            let values = parts.next()?.expect_constructed()?.into_iter().map(primitive);
            attributes.entry(name(&described)).or_default().extend(values.collect::<Option<Vec<_>>>()?);
        }
        Some(Self { dn, attributes })
    }
}

fn primitive(tag: StructureTag) -> Option<Vec<u8>> {
    match tag.payload {
        PL::P(value) => Some(value),
        PL::C(_) => None,
    }
}

/// The name without options: `cn;lang-de` is read as `cn`, and so is Active Directory's `cn;range=0-1499`.
fn name(described: &str) -> String {
    described.split(';').next().unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ldap3::asn1::TagClass;

    fn text(value: &str) -> StructureTag {
        StructureTag { class: TagClass::Universal, id: 4, payload: PL::P(value.as_bytes().to_vec()) }
    }

    fn list(id: u64, items: Vec<StructureTag>) -> StructureTag {
        StructureTag { class: TagClass::Universal, id, payload: PL::C(items) }
    }

    #[test]
    fn an_attribute_is_found_whatever_its_case_and_options() {
        let of = |name: &str, value: &str| list(16, vec![text(name), list(17, vec![text(value)])]);
        let read = |attributes| Entry::read(list(4, vec![text("cn=x"), list(16, attributes)]));
        let entry =
            read(vec![of("Mail", "a@x.test"), of("mail;range=0-1", "b@x.test"), of("sn", "X")]).unwrap();
        assert_eq!(entry.texts("MAIL").collect::<Vec<_>>(), ["a@x.test", "b@x.test"]);
        assert_eq!((entry.texts("cn").count(), entry.dn.as_str()), (0, "cn=x"));
        let wrong = [text("mail"), list(16, vec![]), list(16, vec![text("mail"), text("a@x.test")])];
        for wrong in wrong {
            assert_eq!(read(vec![wrong.clone()]), None, "{wrong:?}");
        }
    }
}
