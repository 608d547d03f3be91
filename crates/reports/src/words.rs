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
    Abandons: "Abandons", "Abbrüche";
    About: "About", "Angaben";
    Agent: "Agent", "Agent";
    AgentStatusSummary: "Agent Status Summary", "Agenten: Zeit nach Zustand";
    AgentSummary: "Agent Summary", "Agenten: Übersicht";
    Agents: "Agents", "Agenten";
    AgentsDiffer: "What no agent took part in, such as abandoned calls, is in the reports of queues alone: totals of agents and of queues differ by design.", "Woran kein Agent beteiligt war, etwa abgebrochene Anrufe, steht nur in den Berichten der Warteschlangen: Summen der Agenten und der Warteschlangen unterscheiden sich mit Absicht.";
    All: "All", "Alle";
    Arrivals: "Offered and abandoned", "Angeboten und abgebrochen";
    Charts: "Charts", "Diagramme";
    Definitions: "What the figures mean", "Was die Kennzahlen bedeuten";
    From: "From", "Ab";
    Made: "Made", "Erstellt";
    Notes: "Notes", "Hinweise";
    Nothing: "Nothing happened in this period.", "In diesem Zeitraum ist nichts geschehen.";
    Page: "Page", "Seite";
    PageOf: "of", "von";
    Period: "Period", "Zeitraum";
    Queue: "Queue", "Warteschlange";
    QueueDaily: "Queue Daily", "Warteschlangen nach Tagen";
    QueueInterval: "Queue Interval", "Warteschlangen nach halben Stunden";
    QueueSummary: "Queue Summary", "Warteschlangen: Übersicht";
    Queues: "Queues", "Warteschlangen";
    Report: "Report", "Bericht";
    ServiceLevel: "Service Level", "Servicelevel";
    SignedIn: "Signed in", "Angemeldet";
    TimeZone: "Time zone", "Zeitzone";
    Total: "Total", "Gesamt";
}
