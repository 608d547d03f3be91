//! Long texts in parts that a pool takes.

use super::cut_to_bytes;
use unicode_segmentation::UnicodeSegmentation;

/// The text in parts of at most `limit` bytes: cut at the end of a line or word in the later half
/// where there is one, and never inside of what a reader sees as one character, unless that alone
/// is longer. White space at a cut is dropped. At least one part.
pub(in crate::skype) fn split(text: &str, limit: usize) -> Vec<&str> {
    let limit = limit.max(4);
    let (mut parts, mut rest) = (Vec::new(), text);
    while rest.len() > limit {
        let head = cut_to_bytes(rest, limit);
        let at = word_end(head, rest).or_else(|| grapheme_end(head, rest)).unwrap_or(head.len());
        let (part, behind) = rest.split_at(at);
        parts.push(part.trim_end());
        rest = behind.trim_start();
    }
    parts.push(rest);
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() { vec![""] } else { parts }
}

/// Where a line or else a word ends in the later half of `head`.
fn word_end(head: &str, rest: &str) -> Option<usize> {
    if rest.get(head.len()..)?.starts_with(char::is_whitespace) {
        return Some(head.len());
    }
    let found = head.rfind('\n').filter(|&at| at > head.len() / 2);
    found.or_else(|| head.rfind(char::is_whitespace).filter(|&at| at > head.len() / 2))
}

/// Where the last whole character, as a reader sees it, ends. One may go on behind `head`, so a
/// little more is looked at.
fn grapheme_end(head: &str, rest: &str) -> Option<usize> {
    let near = cut_to_bytes(head, head.len().saturating_sub(LONGEST_GRAPHEME)).len();
    let beyond = cut_to_bytes(rest, head.len() + LONGEST_GRAPHEME);
    let tail = beyond.get(near..)?;
    let starts = tail.grapheme_indices(true).map(|(at, _)| near + at);
    starts.take_while(|&at| at <= head.len()).last().filter(|&at| at > near)
}

/// Longest character that is kept whole, in bytes; families of emoji have some 40.
const LONGEST_GRAPHEME: usize = 128;

#[cfg(test)]
mod tests {
    use super::split;
    use unicode_segmentation::UnicodeSegmentation;

    #[test]
    fn cuts_at_lines_and_words() {
        let cases: [(&str, usize, &[&str]); 7] = [
            ("", 10, &[""]),
            ("short", 10, &["short"]),
            ("exactly 10", 10, &["exactly 10"]),
            ("one two three four", 10, &["one two", "three four"]),
            ("first line\nsecond line", 16, &["first line", "second line"]),
            ("nowordendatall", 5, &["nowor", "denda", "tall"]),
            ("       spaces       ", 8, &["spaces"]),
        ];
        for (text, limit, parts) in cases {
            assert_eq!(split(text, limit), parts, "{text:?} at {limit}");
        }
    }

    #[test]
    fn characters_as_seen_stay_whole() {
        let family = "👩‍👩‍👧‍👦";
        for seen in [family, "é", "e\u{301}", "🇩🇪", "ש\u{5c1}\u{5b8}", "한", "👍🏽"] {
            let text = seen.repeat(40);
            for limit in [seen.len(), seen.len() + 1, 64, 65, 66, 67] {
                let parts = split(&text, limit);
                assert_eq!(parts.concat(), text, "nothing is lost");
                for part in parts {
                    assert!(part.len() <= limit.max(4), "{seen} at {limit}: {} bytes", part.len());
                    assert!(part.graphemes(true).all(|one| one == seen), "{seen} at {limit}: {part:?}");
                }
            }
        }
    }

    #[test]
    fn a_character_without_end_is_cut_all_the_same() {
        let endless = format!("a{}", "\u{301}".repeat(4_000));
        let parts = split(&endless, 100);
        assert_eq!(parts.concat(), endless);
        assert!(parts.iter().all(|part| part.len() <= 100));
    }
}
