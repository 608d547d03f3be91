//! The columns of the list of interactions, to be chosen and put in order as on the desk.

use super::InteractionPart;
use super::interactions::{end, number};
use crate::desk::desk_word;
use crate::{Cell, Column, Kind, Language};

/// `Name: "word", "key of its heading on the desk", kind;`
macro_rules! columns {
    ($($name:ident: $word:literal, $key:literal, $kind:ident;)+) => {
        /// A column of the list of interactions.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the table says what each is")]
        pub enum InteractionColumn { $($name,)+ }

        impl InteractionColumn {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Its word, which the desk has as the column's key.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// Its heading and kind.
            #[must_use]
            pub fn column(self, language: Language) -> Column {
                match self { $(Self::$name => Column::new(desk_word(language, $key), Kind::$kind),)+ }
            }
        }
    };
}

columns! {
    Started: "started", "interactions.started", Minute;
    Caller: "caller", "interactions.caller", Text;
    Number: "number", "interactions.number", Text;
    Queue: "queue", "interactions.queue", Text;
    Agent: "agent", "interactions.agent", Text;
    Disposition: "disposition", "interactions.disposition", Text;
    Wait: "wait", "interactions.wait", Duration;
    Talk: "talk", "interactions.talk", Duration;
    Hold: "hold", "interactions.hold", Duration;
    Consults: "consults", "interactions.consults", Count;
    Note: "note", "interactions.note", Text;
    End: "end", "interactions.end_reason", Text;
    State: "state", "interactions.state", Text;
}

impl InteractionColumn {
    /// The one of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|column| column.word() == word)
    }

    /// What is in it.
    #[must_use]
    pub fn cell(self, language: Language, part: &InteractionPart) -> Cell {
        let text = |text: &Option<String>| text.clone().map_or(Cell::None, Cell::Text);
        match self {
            Self::Started => Cell::At(part.started_at),
            Self::Caller => Cell::text(part.caller.as_ref().unwrap_or(&part.number)),
            Self::Number => Cell::text(&part.number),
            Self::Queue => text(&part.queue),
            Self::Agent => text(&part.agent),
            Self::Disposition => text(&part.disposition),
            Self::Wait => number(part.wait_ms),
            Self::Talk => number(part.talk_ms),
            Self::Hold => number(part.hold_ms),
            Self::Consults => number(part.consult_count),
            Self::Note => Cell::text(desk_word(language, if part.has_note { "yes" } else { "no" })),
            Self::End => {
                part.end_reason.as_deref().map_or(Cell::None, |reason| Cell::text(end(language, reason)))
            }
            Self::State => Cell::text(desk_word(language, &format!("interaction.state.{}", part.state))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_heading_and_is_found_by_its_word() {
        for column in InteractionColumn::ALL {
            assert_eq!(InteractionColumn::of_word(column.word()), Some(*column));
            for language in [Language::English, Language::German] {
                assert!(!column.column(language).name.is_empty(), "{column:?}");
            }
        }
        assert_eq!(InteractionColumn::of_word("colour"), None);
    }

    #[test]
    fn cells_say_what_the_desk_says() {
        let part = InteractionPart {
            number: "+4930".to_owned(),
            state: "wrap_up".to_owned(),
            has_note: true,
            ..InteractionPart::default()
        };
        let cell = |column: InteractionColumn| column.cell(Language::German, &part);
        assert_eq!(cell(InteractionColumn::Caller), Cell::text("+4930"), "of a caller without a name");
        assert_eq!(cell(InteractionColumn::Note), Cell::text("Ja"));
        assert_eq!(cell(InteractionColumn::State), Cell::text("Nachbearbeitung"));
        assert_eq!(cell(InteractionColumn::End), Cell::None);
    }
}
