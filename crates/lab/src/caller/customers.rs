//! The prepared customers of the demo. Names, numbers and cases are made up.

/// A customer with what comes along with the call.
#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct Customer {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) number: &'static str,
    /// The queue that is dialled.
    pub(crate) queue: &'static str,
    pub(crate) headers: Vec<(&'static str, &'static str)>,
    pub(crate) user_to_user: &'static str,
}

/// Everybody who can call.
pub(crate) fn all() -> Vec<Customer> {
    vec![
        Customer {
            id: "anna",
            name: "Anna Müller",
            number: "+493055501234",
            queue: "billing",
            headers: vec![
                ("X-Customer-Number", "DE-2098113"),
                ("X-Case", "https://crm.example/cases/48213"),
                ("X-Topic", "SEPA mandate refused after IBAN change"),
                ("X-Contract-Value", "EUR 12,400"),
                ("X-Date-Of-Birth", "1984-03-17"),
                ("X-Language", "German"),
            ],
            user_to_user: "case=48213",
        },
        Customer {
            id: "james",
            name: "James O'Neill",
            number: "+442079460123",
            queue: "cards",
            headers: vec![
                ("X-Customer-Number", "UK-1177402"),
                ("X-Case", "https://crm.example/cases/48377"),
                ("X-Topic", "Card charged twice by a hotel"),
                ("X-Contract-Value", "GBP 2,150"),
                ("X-Language", "English"),
            ],
            user_to_user: "case=48377",
        },
        Customer {
            id: "sofia",
            name: "Sofía Martínez",
            number: "+34915550177",
            queue: "billing",
            headers: vec![
                ("X-Customer-Number", "ES-3390051"),
                ("X-Topic", "Interest rate after the fixed term"),
                ("X-Contract-Value", "EUR 184,000"),
                ("X-Language", "Spanish, English"),
            ],
            user_to_user: "case=48402",
        },
        Customer {
            id: "unknown",
            name: "",
            number: "anonymous",
            queue: "billing",
            headers: Vec::new(),
            user_to_user: "",
        },
    ]
}
