//! A UCWA resource as a tree (ucwa.md §0), before it becomes JSON or XML.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A property's value.
#[derive(Debug, Clone, Hash)]
pub(crate) enum Prop {
    /// Text.
    Str(String),
    /// True or false.
    Bool(bool),
    /// A number.
    Int(u64),
    /// A list of texts.
    List(Vec<String>),
    /// A moment in milliseconds since the Unix epoch.
    Date(u64),
}

/// One link of a resource.
#[derive(Debug, Clone, Hash)]
pub(crate) struct Link {
    /// What the link means.
    pub(crate) rel: &'static str,
    /// Where it points.
    pub(crate) href: String,
    /// The name of what it points at.
    pub(crate) title: Option<String>,
    /// The version of the rel; absent means 1.
    pub(crate) revision: Option<&'static str>,
}

impl Link {
    /// A link without title or revision.
    pub(crate) fn new(rel: &'static str, href: impl Into<String>) -> Self {
        Self { rel, href: href.into(), title: None, revision: None }
    }

    /// A link with a title.
    pub(crate) fn titled(rel: &'static str, href: impl Into<String>, title: impl Into<String>) -> Self {
        Self { rel, href: href.into(), title: Some(title.into()), revision: None }
    }
}

/// Links of one rel: a rel that may repeat is always an array.
#[derive(Debug, Clone, Hash)]
pub(crate) enum Links {
    /// A rel that never repeats.
    One(Link),
    /// A rel that may repeat, with its name.
    Many(&'static str, Vec<Link>),
}

/// Embedded resources of one rel.
#[derive(Debug, Clone)]
pub(crate) enum Embedded {
    /// A rel that never repeats.
    One(Resource),
    /// A rel that may repeat.
    Many(Vec<Resource>),
}

/// A resource: properties, links, embedded resources, its rel and perhaps its etag.
#[derive(Debug, Clone)]
pub(crate) struct Resource {
    pub(crate) rel: &'static str,
    pub(crate) props: Vec<(Cow<'static, str>, Prop)>,
    pub(crate) links: Vec<Links>,
    pub(crate) embedded: Vec<(&'static str, Embedded)>,
    pub(crate) shows_etag: bool,
}

impl Resource {
    /// An empty resource; an empty `rel` is left out of the output (autodiscover has none).
    pub(crate) fn new(rel: &'static str) -> Self {
        Self { rel, props: Vec::new(), links: Vec::new(), embedded: Vec::new(), shows_etag: false }
    }

    /// Adds a text.
    pub(crate) fn str(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.props.push((name.into(), Prop::Str(value.into())));
        self
    }

    /// Adds a text that is there and not empty.
    pub(crate) fn some(self, name: &'static str, value: &str) -> Self {
        if value.is_empty() { self } else { self.str(name, value) }
    }

    /// Adds any property.
    pub(crate) fn prop(mut self, name: &'static str, value: Prop) -> Self {
        self.props.push((name.into(), value));
        self
    }

    /// Adds a list of texts.
    pub(crate) fn list(self, name: &'static str, values: Vec<String>) -> Self {
        self.prop(name, Prop::List(values))
    }

    /// Adds a link.
    pub(crate) fn link(self, rel: &'static str, href: impl Into<String>) -> Self {
        self.add_link(Link::new(rel, href))
    }

    /// Adds a link where there is what it points at.
    pub(crate) fn link_if(self, is_there: bool, rel: &'static str, href: String) -> Self {
        if is_there { self.link(rel, href) } else { self }
    }

    /// Adds a link with a title.
    pub(crate) fn titled(self, rel: &'static str, href: impl Into<String>, title: &str) -> Self {
        self.add_link(Link::titled(rel, href, title))
    }

    /// Adds a link of version 2.
    pub(crate) fn link_v2(self, rel: &'static str, href: impl Into<String>) -> Self {
        self.add_link(Link { revision: Some("2"), ..Link::new(rel, href) })
    }

    /// Adds an array of links.
    pub(crate) fn links(mut self, rel: &'static str, links: Vec<Link>) -> Self {
        self.links.push(Links::Many(rel, links));
        self
    }

    /// Embeds a resource.
    pub(crate) fn embed(mut self, rel: &'static str, resource: Resource) -> Self {
        self.embedded.push((rel, Embedded::One(resource)));
        self
    }

    /// Embeds an array of resources; an empty one leaves no trace, as on the real wire (§4.1).
    pub(crate) fn embed_all(mut self, rel: &'static str, resources: Vec<Resource>) -> Self {
        if !resources.is_empty() {
            self.embedded.push((rel, Embedded::Many(resources)));
        }
        self
    }

    /// Shows the etag in the body also.
    pub(crate) fn with_etag(mut self) -> Self {
        self.shows_etag = true;
        self
    }

    /// The etag: a decimal number over properties and links; what is embedded does not change it (§0).
    pub(crate) fn etag(&self) -> u32 {
        let mut hasher = DefaultHasher::new();
        self.props.hash(&mut hasher);
        self.links.hash(&mut hasher);
        u32::try_from(hasher.finish() >> 32).unwrap_or(0)
    }

    /// Adds a link as it is.
    pub(crate) fn add_link(mut self, link: Link) -> Self {
        self.links.push(Links::One(link));
        self
    }
}
