//! The address book's search: every word of the query starts a word of the person (ucwa.md §4.1, prefix
//! match is [I]). Accents do not matter.

use super::{Directory, Person, PersonIndex};

/// Sorted words of everybody.
pub(super) fn tokens(people: &[Person]) -> Vec<(String, PersonIndex)> {
    let mut tokens = Vec::new();
    for (index, person) in (0..).zip(people) {
        for word in words_of(person) {
            tokens.push((word, index));
        }
    }
    tokens.sort();
    tokens.dedup();
    tokens
}

/// See [`Directory::search`].
pub(super) fn search(directory: &Directory, query: &str, limit: usize) -> (Vec<PersonIndex>, bool) {
    let wanted = split(query);
    // The longest word has the fewest candidates.
    let Some(first) = wanted.iter().max_by_key(|word| word.len()) else { return (Vec::new(), false) };
    let start = directory.tokens.partition_point(|(token, _)| token < first);
    let mut found: Vec<PersonIndex> = Vec::new();
    for (token, index) in directory.tokens.get(start..).unwrap_or_default() {
        if !token.starts_with(first.as_str()) {
            break;
        }
        if matches(directory, *index, &wanted) {
            found.push(*index);
        }
    }
    found.sort_unstable();
    found.dedup();
    let mut named: Vec<(String, PersonIndex)> =
        found.iter().filter_map(|i| Some((directory.person(*i)?.name.clone(), *i))).collect();
    named.sort();
    let more = named.len() > limit;
    (named.into_iter().take(limit).map(|(_, index)| index).collect(), more)
}

fn matches(directory: &Directory, index: PersonIndex, wanted: &[String]) -> bool {
    let Some(person) = directory.person(index) else { return false };
    let words: Vec<String> = words_of(person).collect();
    wanted.iter().all(|want| words.iter().any(|word| word.starts_with(want.as_str())))
}

fn words_of(person: &Person) -> impl Iterator<Item = String> {
    let mut words = split(&person.name);
    words.push(fold(person.address()));
    words.extend(split(person.address().split('@').next().unwrap_or_default()));
    for phone in [&person.work_phone, &person.mobile_phone] {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        if !digits.is_empty() {
            words.push(digits);
        }
    }
    words.into_iter()
}

fn split(text: &str) -> Vec<String> {
    let separators = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '(' | ')' | '"' | '/');
    let mut words: Vec<String> = text.split(separators).filter(|w| !w.is_empty()).map(fold).collect();
    // An address is searched as a whole too.
    if text.contains('@') {
        words = vec![fold(text.trim().trim_start_matches("sip:"))];
    }
    words
}

fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.trim_start_matches('+').to_lowercase().chars() {
        match c {
            'ä' | 'à' | 'á' | 'â' | 'ã' | 'å' => out.push('a'),
            'ö' | 'ò' | 'ó' | 'ô' | 'õ' | 'ø' => out.push('o'),
            'ü' | 'ù' | 'ú' | 'û' => out.push('u'),
            'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' | 'ı' => out.push('i'),
            'ß' => out.push_str("ss"),
            'ç' | 'ć' | 'č' => out.push('c'),
            'ñ' | 'ń' => out.push('n'),
            'ł' => out.push('l'),
            'ś' | 'š' | 'ş' => out.push('s'),
            'ź' | 'ż' | 'ž' => out.push('z'),
            '\u{300}'..='\u{36f}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::demo;

    #[test]
    fn finds_by_any_word_and_without_accents() {
        let directory = demo("lab.test").expect("the demo population is sound");
        let names = |query: &str| -> Vec<String> {
            let (found, _) = directory.search(query, 10);
            found.iter().map(|i| directory.person(*i).expect("found").name.clone()).collect()
        };
        assert_eq!(names("osk"), ["Oskar Lindqvist"]);
        assert_eq!(names("michael muller"), ["Michael Müller"]);
        assert_eq!(names("Müller, Mi"), ["Michael Müller"]);
        assert_eq!(names("priya.raman@lab.test"), ["Priya Raman"]);
        assert_eq!(names("+49305550"), names("49305550"));
        assert!(names("zzz").is_empty());
        assert!(names("  ").is_empty());
    }
}
