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
    AbandonsAbout: "Who gave up waiting, by queue and day, and after how long.", "Wer das Warten aufgab, nach Warteschlange und Tag, und nach welcher Zeit.";
    About: "About", "Angaben";
    Address: "Address", "Adresse";
    Agent: "Agent", "Agent";
    AgentHungUp: "Agent hung up", "Agent hat aufgelegt";
    AgentLogIns: "Agent Log-in and Log-out", "Agenten: An- und Abmeldungen";
    AgentLogInsAbout: "When each agent signed in and out, and for how long.", "Wann sich jeder Agent an- und abmeldete, und für wie lange.";
    Agents: "Agents", "Agenten";
    AgentsDiffer: "What no agent took part in, such as abandoned calls, is in the reports of queues alone: totals of agents and of queues differ by design.", "Woran kein Agent beteiligt war, etwa abgebrochene Anrufe, steht nur in den Berichten der Warteschlangen: Summen der Agenten und der Warteschlangen unterscheiden sich mit Absicht.";
    AgentStatusSummary: "Agent Status Summary", "Agenten: Zeit nach Zustand";
    AgentStatusSummaryAbout: "How long each agent was in which state, and the occupancy.", "Wie lange jeder Agent in welchem Zustand war, und die Auslastung.";
    AgentStatusTimeline: "Agent Status Timeline", "Agenten: Zustände im Verlauf";
    AgentStatusTimelineAbout: "Each agent’s states one after the other; drawn as a timeline for a week or less.", "Die Zustände jedes Agenten nacheinander; bis zu einer Woche auch als Zeitleiste gezeichnet.";
    AgentSummary: "Agent Summary", "Agenten: Übersicht";
    AgentSummaryAbout: "What each agent took, and how long it took.", "Was jeder Agent übernahm, und wie lange es dauerte.";
    All: "All", "Alle";
    Arrivals: "Offered and abandoned", "Angeboten und abgebrochen";
    ArrivedInPeriod: "These are the interactions that arrived in the period, newest first. Figures of queues and agents count an interaction when it was over, so their totals differ by design.", "Das sind die Interaktionen, die im Zeitraum ankamen, die neueste zuerst. Kennzahlen der Warteschlangen und Agenten zählen eine Interaktion, wenn sie vorbei ist: ihre Summen unterscheiden sich mit Absicht.";
    AskedFor: "Skills and languages", "Fähigkeiten und Sprachen";
    Charts: "Charts", "Diagramme";
    Consults: "Consults", "Rückfragen";
    ConsultsAbout: "Whether experts were asked, came and helped, by queue and day.", "Ob Experten gefragt wurden, kamen und halfen, nach Warteschlange und Tag.";
    ConsultTimeMeans: "From acceptance to the end of the chat; of one expert, chats at the same time count once.", "Von der Annahme bis zum Ende des Chats; gleichzeitige Chats eines Experten zählen einmal.";
    Definitions: "What the figures mean", "Was die Kennzahlen bedeuten";
    Disposition: "Disposition", "Ergebnis";
    Dispositions: "Dispositions", "Ergebnisse";
    Duration: "Duration", "Dauer";
    ExpertsAreNoStaff: "Experts do other work first. This shows the load that consults are for them, not how well they work.", "Experten haben zuerst andere Arbeit. Das zeigt, welche Last Rückfragen für sie sind, nicht wie gut sie arbeiten.";
    ExpertsWithheld: "Groups of fewer than five experts are shown without figures: from them one could tell who is who.", "Gruppen von weniger als fünf Experten stehen ohne Kennzahlen da: an ihnen wäre zu erkennen, wer wer ist.";
    ExpertWorkload: "Expert Workload", "Experten: Belastung";
    ExpertWorkloadAbout: "What experts were asked, and the load that it was for them. For administrators by person, for supervisors by network.", "Was Experten gefragt wurden, und welche Last es für sie war. Für Administratoren nach Personen, für Supervisoren nach Netzen.";
    From: "From", "Ab";
    Grain: "By", "Je";
    InteractionDetails: "Interaction Details", "Interaktionen im Einzelnen";
    InteractionDetailsAbout: "Each interaction that arrived, one by one.", "Jede Interaktion, die ankam, einzeln.";
    LogInsCut: "Signed in without a moment: before the period began. Signed out without a moment: after it ended, or not yet. The duration is what lies in the period.", "Angemeldet ohne Zeitpunkt: vor Beginn des Zeitraums. Abgemeldet ohne Zeitpunkt: nach seinem Ende oder noch nicht. Die Dauer ist, was im Zeitraum liegt.";
    Made: "Made", "Erstellt";
    Media: "Media", "Medien";
    Notes: "Notes", "Hinweise";
    Nothing: "Nothing happened in this period.", "In diesem Zeitraum ist nichts geschehen.";
    Page: "Page", "Seite";
    PageOf: "of", "von";
    PartsCounted: "Agents’ parts in interactions, counted when the wrap-up ended.", "Bearbeitungen durch Agenten, gezählt am Ende der Nachbearbeitung.";
    Period: "Period", "Zeitraum";
    Queue: "Queue", "Warteschlange";
    QueueDaily: "Queue Daily", "Warteschlangen nach Tagen";
    QueueDailyAbout: "Each queue by days.", "Jede Warteschlange nach Tagen.";
    QueueInterval: "Queue Interval", "Warteschlangen nach halben Stunden";
    QueueIntervalAbout: "Each queue by half hours.", "Jede Warteschlange nach halben Stunden.";
    Queues: "Queues", "Warteschlangen";
    QueueSummary: "Queue Summary", "Warteschlangen: Übersicht";
    QueueSummaryAbout: "Each queue over the whole period.", "Jede Warteschlange über den ganzen Zeitraum.";
    Report: "Report", "Bericht";
    ServiceLevel: "Service Level", "Servicelevel";
    ServiceLevelAbout: "Who was answered in time: all queues as one, by days.", "Wer rechtzeitig Antwort bekam: alle Warteschlangen zusammen, nach Tagen.";
    Share: "Share", "Anteil";
    SignedIn: "Signed in", "Angemeldet";
    SignedInAt: "Signed in at", "Angemeldet um";
    SignedOutAt: "Signed out at", "Abgemeldet um";
    State: "State", "Zustand";
    StatesEnded: "A state is in it when it has ended; what lies outside of the period is cut off.", "Ein Zustand steht darin, wenn er zu Ende ist; was außerhalb des Zeitraums liegt, ist abgeschnitten.";
    TimeZone: "Time zone", "Zeitzone";
    To: "To", "Bis";
    Total: "Total", "Gesamt";
    Voice: "Voice", "Telefon";
    WrapUpSummary: "Wrap-up Summary", "Ergebnisse: Übersicht";
    WrapUpSummaryAbout: "How often each disposition was chosen, and how long such interactions took.", "Wie oft jedes Ergebnis gewählt wurde, und wie lange solche Interaktionen dauerten.";
}
