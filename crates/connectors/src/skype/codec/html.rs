//! HTML from experts' clients, made harmless.

use ammonia::Builder;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Tags that carry meaning in a chat; no images, styles, forms.
const SAFE: [&str; 17] = [
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "div",
    "em",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "span",
    "strong",
    "u",
    "ul",
];

/// Tags at which plain text has a line end, and links.
const LINES: [&str; 9] = ["a", "blockquote", "br", "div", "li", "p", "pre", "tr", "ul"];

/// Schemes of links that are kept.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

static SAFE_HTML: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::new();
    builder
        .tags(HashSet::from(SAFE))
        .tag_attributes([("a", HashSet::from(["href"]))].into())
        .generic_attributes(HashSet::from(["dir"]))
        .url_schemes(HashSet::from(SCHEMES))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

static LINES_ONLY: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::new();
    builder
        .tags(HashSet::from(LINES))
        .tag_attributes([("a", HashSet::from(["href"]))].into())
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(SCHEMES))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(None);
    builder
});

/// The HTML without anything that could act or mislead.
pub(in crate::skype) fn safe(html: &str) -> String {
    SAFE_HTML.clean(html).to_string()
}

/// Plain text as HTML, for clients that take nothing else.
pub(in crate::skype) fn from_plain(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    format!("<span>{}</span>", escaped.replace('\n', "<br/>"))
}

/// The text that a reader of the HTML sees; a link whose address differs from its text has it behind.
pub(in crate::skype) fn plain(html: &str) -> String {
    let cleaned = LINES_ONLY.clean(html).to_string();
    let mut text = String::with_capacity(cleaned.len());
    let mut rest = cleaned.as_str();
    let mut link = None;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let Some((tag, behind)) = after.split_once('>') else { break };
        if let Some(href) = tag.strip_prefix("a href=\"").and_then(|href| href.strip_suffix('"')) {
            link = Some((href, text.len()));
        } else if tag == "/a" {
            if let Some((href, begin)) = link.take()
                && text.get(begin..).is_some_and(|shown| !names(shown, href))
            {
                text.push_str(&format!(" ({href})"));
            }
        } else if tag == "br" || (tag.starts_with('/') && tag != "/a") {
            text.push('\n');
        }
        rest = behind;
    }
    text.push_str(rest);
    unescape(&text)
}

/// Whether a link's text says where it leads.
fn names(shown: &str, href: &str) -> bool {
    let bare = |text: &str| -> String {
        let text = text.trim().trim_end_matches('/');
        let text = ["https://", "http://", "mailto:", "tel:"]
            .iter()
            .fold(text, |text, scheme| text.strip_prefix(scheme).unwrap_or(text));
        text.to_lowercase()
    };
    bare(shown) == bare(href)
}

/// Undoes the few entities that the cleaner writes; `&amp;` last, so that nothing is undone twice.
fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::{plain, safe};

    #[test]
    fn plain_text_is_what_a_reader_sees() {
        let cases = [
            ("<span style=\"font-family:Segoe UI\">Hello &amp; <b>you</b></span>", "Hello & you"),
            ("<div>one</div><div>two<br/>three</div>", "one\ntwo\nthree\n"),
            ("1 &lt; 2 &amp;amp; 3", "1 < 2 &amp; 3"),
            ("<script>alert(1)</script>ok<style>p{}</style>", "ok"),
            ("a<b", "a"),
            ("&lt;script&gt;", "<script>"),
            (
                "see <a href=\"https://a.test/x?y=1&amp;z=2\">the form</a>!",
                "see the form (https://a.test/x?y=1&z=2)!",
            ),
            ("<a href=\"https://a.test/\">a.test</a> <a href=\"javascript:x()\">x</a>", "a.test x"),
            ("<p dir=\"rtl\">שלום 👩\u{200d}👧 \u{200f}!</p>", "שלום 👩\u{200d}👧 \u{200f}!\n"),
        ];
        for (html, text) in cases {
            assert_eq!(plain(html), text, "{html}");
        }
    }

    #[test]
    fn safe_html_cannot_act() {
        let hostile = [
            "<img src=x onerror=alert(1)>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<svg onload=alert(1)>",
            "<p onclick=alert(1) style=\"position:fixed\">x</p>",
            "<iframe src=https://example.com></iframe>",
            "<form action=//example.com><input></form>",
        ];
        for html in hostile {
            let cleaned = safe(html);
            for bad in ["alert", "javascript", "style", "src", "<form", "<input", "onerror"] {
                assert!(!cleaned.contains(bad), "{html} gave {cleaned}");
            }
        }
        let right_to_left = "<p dir=\"rtl\">שלום 👩\u{200d}👧</p>";
        assert_eq!(safe(right_to_left), right_to_left);
        let link = safe("<a href=\"https://example.com/?a=1&amp;b=2\">x</a>");
        assert!(link.contains("href=\"https://example.com/?a=1&amp;b=2\""), "{link}");
    }
}
