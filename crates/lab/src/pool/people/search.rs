//! The address book's search: every word of the query starts a word of the person (ucwa.md §4.1, prefix
//! match is [I]). Accents do not matter.

use super::{Person, PersonIndex};

/// Everybody's words, made once, so that a search in 100,000 people takes milliseconds.
#[derive(Debug, Default)]
pub(super) struct WordIndex {
    /// Sorted words with the person that each is of.
    words: Vec<(String, PersonIndex)>,
    /// The place of each person in the order of names.
    places: Vec<u32>,
}

impl WordIndex {
    /// The words of these people.
    pub(super) fn new(people: &[Person]) -> Self {
        let mut words = Vec::new();
        let mut by_name: Vec<(&str, PersonIndex)> = Vec::with_capacity(people.len());
        for (index, person) in (0..).zip(people) {
            words.extend(words_of(person).into_iter().map(|word| (word, index)));
            by_name.push((&person.name, index));
        }
        words.sort_unstable();
        words.dedup();
        by_name.sort_unstable();
        let mut places = vec![0; people.len()];
        for (place, (_, index)) in (0..).zip(by_name) {
            places[index as usize] = place;
        }
        Self { words, places }
    }

    /// See [`super::Directory::search`].
    pub(super) fn search(&self, query: &str, limit: usize) -> (Vec<PersonIndex>, bool) {
        let mut candidates: Vec<Vec<PersonIndex>> = split(query).iter().map(|word| self.with(word)).collect();
        candidates.sort_unstable_by_key(Vec::len);
        let mut rest = candidates.into_iter();
        let mut found = rest.next().unwrap_or_default();
        for other in rest {
            found.retain(|index| other.binary_search(index).is_ok());
        }
        found.sort_unstable_by_key(|index| self.places.get(*index as usize));
        let more = found.len() > limit;
        found.truncate(limit);
        (found, more)
    }

    /// People with a word that starts like this, in order of index.
    fn with(&self, beginning: &str) -> Vec<PersonIndex> {
        let start = self.words.partition_point(|(word, _)| word.as_str() < beginning);
        let rest = self.words.get(start..).unwrap_or_default().iter();
        let mut found: Vec<PersonIndex> =
            rest.take_while(|(word, _)| word.starts_with(beginning)).map(|(_, index)| *index).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn words_of(person: &Person) -> Vec<String> {
    let mut words = split(&person.name);
    words.push(fold(person.address()));
    words.push(fold(person.email()));
    words.extend(split(person.address().split('@').next().unwrap_or_default()));
    for phone in [&person.work_phone, &person.mobile_phone] {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        if !digits.is_empty() {
            words.push(digits);
        }
    }
    words
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
