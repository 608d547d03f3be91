//! Relative links in Markdown lead to files that exist, and to headings that are there. A path of ours that a
//! document names in code style, such as a walkthrough's files, exists too.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::house::House;

pub(super) fn check(house: &House) -> anyhow::Result<Vec<String>> {
    let mut pages = BTreeMap::new();
    for path in house.with_extension(&["md"]) {
        if let Some(text) = house.text(path)? {
            pages.insert(path.to_owned(), read(&text));
        }
    }
    Ok(dead_links(&pages, &places(&house.paths)))
}

/// Paths that begin so are ours, and none of them is made by a build.
const OURS: [&str; 7] = ["crates/", "docs/", "e2e/tests/", "scripts/", "web/src/", "xtask/", ".ci/"];

/// What a page says of places: its links, the paths it names, and the headings it can be entered by.
struct Page {
    links: Vec<String>,
    named: Vec<String>,
    anchors: BTreeSet<String>,
}

/// Every file and every folder, relative to the root.
fn places(paths: &[String]) -> BTreeSet<String> {
    let mut places = BTreeSet::from([String::new()]);
    for path in paths {
        places.insert(path.clone());
        places.extend(path.match_indices('/').filter_map(|(end, _)| path.get(..end)).map(str::to_owned));
    }
    places
}

fn read(text: &str) -> Page {
    let mut page = Page { links: Vec::new(), named: Vec::new(), anchors: BTreeSet::new() };
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES) {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) if link_type != LinkType::Email => {
                page.links.push(dest_url.to_string());
            }
            Event::Start(Tag::Image { dest_url, .. }) => page.links.push(dest_url.to_string()),
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let words = heading.take().unwrap_or_default();
                let anchor = fresh(&page.anchors, slug(&words));
                page.anchors.insert(anchor);
            }
            Event::Text(words) => heading.iter_mut().for_each(|heading| heading.push_str(&words)),
            Event::Code(words) => {
                heading.iter_mut().for_each(|heading| heading.push_str(&words));
                page.named.extend(path_of_ours(&words));
            }
            _ => {}
        }
    }
    page
}

/// The path that words in code style name. Patterns (`a/*.rs`, `a/<name>`) and commands name none.
fn path_of_ours(words: &str) -> Option<String> {
    let plain = words.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-'));
    let ours = OURS.iter().any(|folder| words.starts_with(folder));
    (plain && ours).then(|| words.trim_end_matches('/').to_owned())
}

/// The anchor that GitHub makes of a heading: lower case, letters, digits, `-` and `_` kept, spaces to `-`.
fn slug(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// A heading that comes again gets `-1`, `-2` and so on.
fn fresh(taken: &BTreeSet<String>, anchor: String) -> String {
    if !taken.contains(&anchor) {
        return anchor;
    }
    (1..).map(|number| format!("{anchor}-{number}")).find(|name| !taken.contains(name)).unwrap_or(anchor)
}

fn dead_links(pages: &BTreeMap<String, Page>, places: &BTreeSet<String>) -> Vec<String> {
    let mut complaints = Vec::new();
    for (path, page) in pages {
        let gone = page.named.iter().filter(|named| !places.contains(*named));
        complaints.extend(gone.map(|named| format!("{path} names {named}, which is not there")));
        for link in page.links.iter().filter(|link| !is_elsewhere(link)) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let Some(target) = resolve(path, file).filter(|target| places.contains(target)) else {
                complaints.push(format!("{path} links to {link}, which is not there"));
                continue;
            };
            let known = pages.get(&target).is_none_or(|page| page.anchors.contains(anchor));
            if !anchor.is_empty() && !known {
                complaints.push(format!("{path} links to {link}: there is no such heading"));
            }
        }
    }
    complaints
}

fn is_elsewhere(link: &str) -> bool {
    let scheme = link.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// The path from the root that a link on `page` means; `None` when it leaves the house.
fn resolve(page: &str, link: &str) -> Option<String> {
    if link.is_empty() {
        return Some(page.to_owned());
    }
    let mut parts: Vec<&str> = match link.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => page.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect(),
    };
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{dead_links, places, read, slug};

    fn complaints(pages: &[(&str, &str)]) -> Vec<String> {
        let paths: Vec<_> = pages.iter().map(|(path, _)| (*path).to_owned()).collect();
        let pages: BTreeMap<_, _> =
            pages.iter().map(|(path, text)| ((*path).to_owned(), read(text))).collect();
        dead_links(&pages, &places(&paths))
    }

    #[test]
    fn links_that_lead_somewhere() {
        let guide = "[up](../README.md#two-commands) [here](#guide) [folder](..) [web](https://example.org/x)\n\n# Guide";
        assert_eq!(
            complaints(&[("README.md", "# Two commands\n[g](docs/guide.md)"), ("docs/guide.md", guide)]),
            [""; 0]
        );
    }

    #[test]
    fn links_that_lead_nowhere() {
        assert_eq!(
            complaints(&[(
                "docs/a.md",
                "[x](b.md) ![p](p.png) [y](../../out.md) [z](#gone)\n\n[ref]: c.md\n[ref]"
            )]),
            [
                "docs/a.md links to b.md, which is not there",
                "docs/a.md links to p.png, which is not there",
                "docs/a.md links to ../../out.md, which is not there",
                "docs/a.md links to #gone: there is no such heading",
                "docs/a.md links to c.md, which is not there",
            ]
        );
    }

    #[test]
    fn code_is_not_a_link() {
        assert_eq!(complaints(&[("a.md", "`[x](b.md)`\n\n```\n[y](c.md)\n```")]), [""; 0]);
    }

    #[test]
    fn a_path_that_is_named_exists() {
        let text =
            "`docs/b.md` `docs/` `docs/gone.md` `crates/<name>` `docs/*.md` `web/dist` `scripts/run x`";
        assert_eq!(complaints(&[("docs/b.md", text)]), ["docs/b.md names docs/gone.md, which is not there"]);
    }

    #[test]
    fn headings_become_anchors_as_github_makes_them() {
        assert_eq!(slug("Make run: two commands, 10 minutes"), "make-run-two-commands-10-minutes");
        let page = read("# Same\n# Same\n");
        assert!(page.anchors.contains("same") && page.anchors.contains("same-1"));
    }
}
