//! What experts read that no person wrote, and the words with which they answer.

/// A language in which experts are spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    German,
}

/// The words for yes and no in every language; an expert may use any of them.
const YES: [&str; 2] = ["accept", "annehmen"];
const NO: [&str; 2] = ["decline", "ablehnen"];

impl Language {
    /// The language of a code such as `de`; none when it is not one of ours.
    pub(super) fn of(code: &str) -> Option<Self> {
        match code.get(..2)?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::English),
            "de" => Some(Self::German),
            _ => None,
        }
    }

    fn pick(self, english: &'static str, german: &'static str) -> &'static str {
        match self {
            Self::English => english,
            Self::German => german,
        }
    }

    /// What the buttons say: yes and no.
    pub(super) fn labels(self) -> [&'static str; 2] {
        [self.pick("Accept", "Annehmen"), self.pick("Decline", "Ablehnen")]
    }

    /// How to answer without buttons.
    pub(super) fn how_to_answer(self) -> &'static str {
        self.pick(
            "(Just reply to help. If you cannot, reply: decline)",
            "(Zum Helfen einfach antworten. Wenn es nicht geht, antworten Sie: ablehnen)",
        )
    }

    /// The question was taken back.
    pub(super) fn withdrawn(self, agent: &str) -> String {
        let words =
            self.pick("no longer needs an answer. Thank you.", "braucht keine Antwort mehr. Vielen Dank.");
        format!("{agent} {words}")
    }

    /// The agent cannot take a chat.
    pub(super) fn cannot_answer(self, agent: &str) -> String {
        format!("{agent} {}", self.pick("cannot answer now.", "kann gerade nicht antworten."))
    }

    /// None of the team whom it rang takes a chat.
    pub(super) fn no_one_can_answer(self) -> &'static str {
        self.pick(
            "I am sorry, nobody of the team can answer now.",
            "Es tut uns leid, im Team kann gerade niemand antworten.",
        )
    }

    /// Nobody of a team is there.
    pub(super) fn no_one_of(self, team: &str) -> String {
        match self {
            Self::English => format!("Nobody of {team} is there now. Please write again later."),
            Self::German => {
                format!("Von {team} ist gerade niemand da. Bitte schreiben Sie später noch einmal.")
            }
        }
    }

    /// The agent is not signed in.
    pub(super) fn not_there(self) -> &'static str {
        self.pick("This agent is not signed in.", "Diese Person ist nicht angemeldet.")
    }

    /// A message is to the component itself.
    pub(super) fn nobody_reads(self) -> &'static str {
        self.pick(
            "Nobody reads this address. Please write to a person.",
            "Diese Adresse liest niemand. Bitte schreiben Sie einer Person.",
        )
    }

    /// A message is longer than we take.
    pub(super) fn too_long(self) -> &'static str {
        self.pick(
            "This message is too long. Please send it in parts.",
            "Diese Nachricht ist zu lang. Bitte senden Sie sie in Teilen.",
        )
    }

    /// Too much is waiting.
    pub(super) fn too_much(self) -> &'static str {
        self.pick(
            "Too many messages are waiting. Please send this one again later.",
            "Es warten zu viele Nachrichten. Bitte senden Sie diese später noch einmal.",
        )
    }
}

/// An expert's answer to an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// Yes, without having said anything yet.
    Accept,
    /// No, perhaps with a reason.
    Decline(Option<String>),
}

/// Reads an answer: one of the words for yes alone, or one of those for no, perhaps with a reason.
pub(super) fn answer(text: &str) -> Option<Answer> {
    let text = text.trim();
    let end = text.find(|letter: char| !letter.is_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    let word = word.to_lowercase();
    let rest = rest.trim_matches(|letter: char| letter.is_whitespace() || ".,:;!-–".contains(letter));
    if YES.contains(&word.as_str()) && rest.is_empty() {
        return Some(Answer::Accept);
    }
    let reason = (!rest.is_empty()).then(|| rest.to_owned());
    NO.contains(&word.as_str()).then_some(Answer::Decline(reason))
}

#[cfg(test)]
mod tests {
    use super::{Answer, Language, answer};

    #[test]
    fn answers_are_read_in_every_language() {
        let no = |reason: &str| Some(Answer::Decline(Some(reason.to_owned())));
        assert_eq!(answer("accept"), Some(Answer::Accept));
        assert_eq!(answer(" Annehmen! "), Some(Answer::Accept));
        assert_eq!(answer("DECLINE"), Some(Answer::Decline(None)));
        assert_eq!(answer("Ablehnen: bin im Termin"), no("bin im Termin"));
        assert_eq!(answer("decline, ask Ann"), no("ask Ann"));
        for other in ["", "I accept", "accept what?", "declined", "yes", "😀"] {
            assert_eq!(answer(other), None, "{other:?}");
        }
    }

    #[test]
    fn the_offered_word_is_one_that_is_read() {
        for language in [Language::English, Language::German] {
            for label in language.labels() {
                assert!(answer(label).is_some(), "{label}");
            }
            let word = language.how_to_answer().trim_end_matches(')').rsplit(' ').next().unwrap_or_default();
            assert_eq!(answer(word), Some(Answer::Decline(None)));
        }
        assert_eq!(Language::of("de-AT"), Some(Language::German));
        assert_eq!(Language::of("fr"), None);
        assert_eq!(Language::of("ü"), None);
    }
}
