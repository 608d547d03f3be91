//! Words on the paper, English and German.

use crate::Language;

/// `Name: english, german;` each a word.
macro_rules! words {
    ($($word:ident: $english:literal, $german:literal;)+) => {
        /// A word.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Word { $(#[doc = $english] $word,)+ }

        impl Word {
            /// In a language.
            pub(crate) fn of(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$word, Language::English) => $english,
                    (Self::$word, Language::German) => $german,)+
                }
            }
        }
    };
}

words! {
    About: "About", "Angaben";
    Charts: "Charts", "Diagramme";
    Definitions: "What the figures mean", "Was die Kennzahlen bedeuten";
    Made: "Made", "Erstellt";
    Notes: "Notes", "Hinweise";
    Nothing: "Nothing happened in this period.", "In diesem Zeitraum ist nichts geschehen.";
    Page: "Page", "Seite";
    PageOf: "of", "von";
    Report: "Report", "Bericht";
    TimeZone: "Time zone", "Zeitzone";
}
