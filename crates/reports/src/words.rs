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
    Address: "Address", "Adresse";
    Agent: "Agent", "Agent";
    AgentHungUp: "Agent hung up", "Agent hat aufgelegt";
    AgentLogIns: "Agent Log-in and Log-out", "Agenten: An- und Abmeldungen";
    Agents: "Agents", "Agenten";
    AgentsDiffer: "What no agent took part in, such as abandoned calls, is in the reports of queues alone: totals of agents and of queues differ by design.", "Woran kein Agent beteiligt war, etwa abgebrochene Anrufe, steht nur in den Berichten der Warteschlangen: Summen der Agenten und der Warteschlangen unterscheiden sich mit Absicht.";
    AgentStatusSummary: "Agent Status Summary", "Agenten: Zeit nach Zustand";
    AgentStatusTimeline: "Agent Status Timeline", "Agenten: Zustände im Verlauf";
    AgentSummary: "Agent Summary", "Agenten: Übersicht";
    All: "All", "Alle";
    Arrivals: "Offered and abandoned", "Angeboten und abgebrochen";
    ArrivedInPeriod: "These are the interactions that arrived in the period, newest first. Figures of queues and agents count an interaction when it was over, so their totals differ by design.", "Das sind die Interaktionen, die im Zeitraum ankamen, die neueste zuerst. Kennzahlen der Warteschlangen und Agenten zählen eine Interaktion, wenn sie vorbei ist: ihre Summen unterscheiden sich mit Absicht.";
    Charts: "Charts", "Diagramme";
    Consults: "Consults", "Rückfragen";
    ConsultTimeMeans: "From acceptance to the end of the chat; of one expert, chats at the same time count once.", "Von der Annahme bis zum Ende des Chats; gleichzeitige Chats eines Experten zählen einmal.";
    Definitions: "What the figures mean", "Was die Kennzahlen bedeuten";
    Disposition: "Disposition", "Ergebnis";
    Duration: "Duration", "Dauer";
    ExpertsAreNoStaff: "Experts do other work first. This shows the load that consults are for them, not how well they work.", "Experten haben zuerst andere Arbeit. Das zeigt, welche Last Rückfragen für sie sind, nicht wie gut sie arbeiten.";
    ExpertWorkload: "Expert Workload", "Experten: Belastung";
    From: "From", "Ab";
    InteractionDetails: "Interaction Details", "Interaktionen im Einzelnen";
    LogInsCut: "Signed in without a moment: before the period began. Signed out without a moment: after it ended, or not yet. The duration is what lies in the period.", "Angemeldet ohne Zeitpunkt: vor Beginn des Zeitraums. Abgemeldet ohne Zeitpunkt: nach seinem Ende oder noch nicht. Die Dauer ist, was im Zeitraum liegt.";
    Made: "Made", "Erstellt";
    Notes: "Notes", "Hinweise";
    Nothing: "Nothing happened in this period.", "In diesem Zeitraum ist nichts geschehen.";
    Page: "Page", "Seite";
    PageOf: "of", "von";
    PartsCounted: "Agents’ parts in interactions, counted when the wrap-up ended.", "Bearbeitungen durch Agenten, gezählt am Ende der Nachbearbeitung.";
    Period: "Period", "Zeitraum";
    Queue: "Queue", "Warteschlange";
    QueueDaily: "Queue Daily", "Warteschlangen nach Tagen";
    QueueInterval: "Queue Interval", "Warteschlangen nach halben Stunden";
    Queues: "Queues", "Warteschlangen";
    QueueSummary: "Queue Summary", "Warteschlangen: Übersicht";
    Report: "Report", "Bericht";
    ServiceLevel: "Service Level", "Servicelevel";
    Share: "Share", "Anteil";
    SignedIn: "Signed in", "Angemeldet";
    SignedInAt: "Signed in at", "Angemeldet um";
    SignedOutAt: "Signed out at", "Abgemeldet um";
    State: "State", "Zustand";
    StatesEnded: "A state is in it when it has ended; what lies outside of the period is cut off.", "Ein Zustand steht darin, wenn er zu Ende ist; was außerhalb des Zeitraums liegt, ist abgeschnitten.";
    TimeZone: "Time zone", "Zeitzone";
    To: "To", "Bis";
    Total: "Total", "Gesamt";
    WrapUpSummary: "Wrap-up Summary", "Ergebnisse: Übersicht";
}
