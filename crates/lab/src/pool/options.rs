//! The switches of `hookflash-lab pool`. Those marked \[I\] stand for behaviour of a real pool that the
//! reference (ucwa.md) infers: nobody has confirmed it against Microsoft's server.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use super::wire::Reason;

/// A stand-in Skype for Business pool that speaks UCWA 2.0 over HTTPS.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct PoolArgs {
    /// Where the pool listens.
    #[arg(long, default_value = "127.0.0.1:0")]
    pub(crate) listen: SocketAddr,
    /// A second pool with the same population listens here; people with `home = "second"` live on it.
    #[arg(long)]
    pub(crate) second_listen: Option<SocketAddr>,
    /// The address (https://host:port) that the second pool is known by, where it is not the one it listens
    /// on; the first is known by what --url says.
    #[arg(long)]
    pub(crate) second_url: Option<String>,
    /// The address that the first pool is known by to people of the second.
    #[arg(long)]
    pub(crate) url: Option<String>,
    /// SIP clients (desktop clients without sign-in, over TCP) are served here.
    #[arg(long)]
    pub(crate) sip: Option<SocketAddr>,
    /// Where the control API listens (plain HTTP).
    #[arg(long, default_value = "127.0.0.1:0")]
    pub(crate) control: SocketAddr,
    /// Speak plain HTTP on --listen (for benches).
    #[arg(long)]
    pub(crate) plain_http: bool,
    /// Write the lab's CA certificate (PEM) here.
    #[arg(long)]
    pub(crate) ca_out: Option<PathBuf>,
    /// Write the addresses here (JSON) once the pool listens.
    #[arg(long)]
    pub(crate) ready_file: Option<PathBuf>,
    /// More names for the certificate, beside localhost, 127.0.0.1, ::1 and lyncdiscover.<domain>.
    #[arg(long)]
    pub(crate) name: Vec<String>,
    #[command(flatten)]
    pub(crate) population: Population,
    #[command(flatten)]
    pub(crate) behaviour: Behaviour,
}

/// Who lives in the pool.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Population {
    /// The SIP domain.
    #[arg(long, default_value = "lab.test")]
    pub(crate) domain: String,
    /// People from a TOML or JSON file in place of the built-in demo population.
    #[arg(long)]
    pub(crate) people: Option<PathBuf>,
    /// More personas from a TOML file; one of a known name replaces it.
    #[arg(long)]
    pub(crate) personas: Option<PathBuf>,
    /// Add this many made-up experts, expert1@domain and on.
    #[arg(long, default_value_t = 0)]
    pub(crate) generate: usize,
    /// Add this many agents, agent1@domain and on, password `demo`.
    #[arg(long, default_value_t = 0)]
    pub(crate) generate_agents: usize,
    /// The persona of made-up experts.
    #[arg(long, default_value = "echo")]
    pub(crate) generate_persona: String,
}

/// How the pool behaves.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Behaviour {
    /// Lifetime of a web ticket in seconds (documented: about 8 hours).
    #[arg(long, default_value_t = 28_289)]
    pub(crate) ticket_seconds: u64,
    /// Grants that the challenge offers, in order: urn:microsoft.rtc:windows, urn:microsoft.rtc:passive,
    /// urn:microsoft.rtc:anonmeeting (always refused), password; empty offers none.
    #[arg(long, default_value = "urn:microsoft.rtc:windows,urn:microsoft.rtc:anonmeeting,password")]
    pub(crate) grants: String,
    /// Offer modern authentication: the Bearer challenge has an authorization_uri, and access tokens of the
    /// stand-in authorization server at <pool>/adfs/oauth2 are taken in place of tickets.
    #[arg(long)]
    pub(crate) modern_auth: bool,
    /// Another authorization_uri than the stand-in's own.
    #[arg(long, default_value = "")]
    pub(crate) authorization_uri: String,
    /// The authorization server refuses a request without code_challenge.
    #[arg(long)]
    pub(crate) require_pkce: bool,
    /// Lifetime of an access token of the authorization server in seconds.
    #[arg(long, default_value_t = 3_600)]
    pub(crate) access_token_seconds: u64,
    /// The status that a ticket of the other pool gets: 500, sometimes 403 (both seen by clients).
    #[arg(long, default_value_t = 500)]
    pub(crate) wrong_pool_status: u16,
    /// A person of the other pool gets its `applications` link at once, in place of a `redirect` (both
    /// documented).
    #[arg(long)]
    pub(crate) cross_pool_applications: bool,
    /// An account that is not enabled gets 403 at the user link already, in place of `applications` [I].
    #[arg(long)]
    pub(crate) not_enabled_at_user: bool,
    /// How long an invitation rings, in milliseconds (documented: "approximately thirty seconds").
    #[arg(long, default_value_t = 30_000)]
    pub(crate) ring_ms: u64,
    /// How long the pool takes to find that a person cannot be reached, in milliseconds [I].
    #[arg(long, default_value_t = 300)]
    pub(crate) unreachable_ms: u64,
    /// A message that its receiver did not fetch for so long is reported as undelivered (documented: about
    /// 30 s). It is then not delivered any more [I].
    #[arg(long, default_value_t = 30_000)]
    pub(crate) undelivered_ms: u64,
    /// How long typing shows after the last sign of it, in milliseconds [I].
    #[arg(long, default_value_t = 7_000)]
    pub(crate) typing_ms: u64,
    /// An application without requests and without a P-GET ends after so many seconds [I].
    #[arg(long, default_value_t = 900)]
    pub(crate) idle_application_seconds: u64,
    /// An application without a P-GET for so many seconds finds a `resume` link, its chats and
    /// subscriptions gone; 0 is never [I].
    #[arg(long, default_value_t = 0)]
    pub(crate) resume_after_seconds: u64,
    /// Messaging in a chat in which nothing was said for so many seconds is closed while the conversation
    /// lives on, as a desktop client does; 0 is never [I].
    #[arg(long, default_value_t = 0)]
    pub(crate) idle_chat_seconds: u64,
    /// Presence turns idle when no activity was reported for so many seconds, and Away after twice that;
    /// 0 takes what makeMeAvailable said (documented default: 5 minutes) [I].
    #[arg(long, default_value_t = 0)]
    pub(crate) inactive_seconds: u64,
    /// A request whose body takes longer gets 408, in milliseconds [I].
    #[arg(long, default_value_t = 30_000)]
    pub(crate) body_ms: u64,
    /// Put a byte order mark before the JSON of each part of a batch, as one captured answer has it [I].
    #[arg(long)]
    pub(crate) batch_bom: bool,
    /// The smallest P-GET timeout and aggregation delay accepted, in seconds, so that tests need not wait
    /// (documented: 180 for the timeout, 5 for the delays; smaller values are raised).
    #[arg(long, default_value_t = 180)]
    pub(crate) min_poll_seconds: u64,
    /// See --min-poll-seconds; for `medium` and `low`.
    #[arg(long, default_value_t = 5)]
    pub(crate) min_delay_seconds: u64,
    /// Longest message in bytes; longer ones get 413 [I].
    #[arg(long, default_value_t = 32_768)]
    pub(crate) max_message_bytes: usize,
    /// Conversations of one application at a time; more get 409 TooManyConversations [I].
    #[arg(long, default_value_t = 1_000)]
    pub(crate) max_conversations: usize,
    /// Applications of one user at a time; more get 409 TooManyApplications [I].
    #[arg(long, default_value_t = 10)]
    pub(crate) max_applications: usize,
    /// People on one contact list; more get 409 LimitExceeded (documented default: 250).
    #[arg(long, default_value_t = 250)]
    pub(crate) max_contacts: usize,
    /// Groups of one contact list; more get 409 TooManyGroups [I].
    #[arg(long, default_value_t = 64)]
    pub(crate) max_groups: usize,
    /// Presence subscriptions of one application; more get 403 LimitExceeded [I].
    #[arg(long, default_value_t = 100)]
    pub(crate) max_subscriptions: usize,
    /// Treat a repeated operationContext (messages) or operationId (invitations) as new. By default the
    /// pool answers a repeated one with the first Location and does nothing again [I, a guess].
    #[arg(long)]
    pub(crate) no_dedupe: bool,
    /// Code and subcode of a cause, for example `no_answer=RemoteFailure/Unavailable` [I, all but
    /// `declined`]. Causes: declined, no_answer, offline, unknown, dnd, busy, federation, canceled,
    /// missed, given_up, elsewhere, declined_here, undelivered, server_fault.
    #[arg(long = "reason", value_parser = parse_reason)]
    pub(crate) reasons: Vec<(String, String, String)>,
    /// Devices that a SIP user has besides its own and its UCWA applications. With more than one device in
    /// all, a desktop client rings 10 s before it answers an invitation.
    #[arg(long, default_value_t = 0)]
    pub(crate) sip_more_devices: usize,
    /// Keep past conversations, as a pool with Exchange does: conversationLogs, transcripts and missedItems.
    #[arg(long)]
    pub(crate) history: bool,
    /// A policy of `policies`, for example `photos=Disabled` (then photos get 403) or
    /// `htmlMessaging=Disabled`.
    #[arg(long = "policy", value_parser = parse_policy)]
    pub(crate) policies: Vec<(String, String)>,
    /// Who may send X-Ms-Origin; `*` is anybody.
    #[arg(long, default_value = "*")]
    pub(crate) allowed_origin: Vec<String>,
}

/// Names and values of `policies` when nothing else is said (ucwa.md §2.1).
const DEFAULT_POLICIES: [(&str, &str); 8] = [
    ("htmlMessaging", "Enabled"),
    ("messagingUrls", "Enabled"),
    ("emoticons", "Enabled"),
    ("photos", "Enabled"),
    ("messageArchiving", "Disabled"),
    ("saveMessagingHistory", "Disabled"),
    ("clientExchangeConnectivity", "Disabled"),
    ("exchangeUnifiedMessaging", "None"),
];

impl Behaviour {
    /// The value of a policy.
    pub(crate) fn policy(&self, name: &str) -> String {
        if let Some((_, value)) = self.policies.iter().rev().find(|(known, _)| known == name) {
            return value.clone();
        }
        if self.history && matches!(name, "saveMessagingHistory" | "clientExchangeConnectivity") {
            return "Enabled".to_owned();
        }
        DEFAULT_POLICIES
            .iter()
            .find(|(known, _)| *known == name)
            .map_or("None", |(_, value)| value)
            .to_owned()
    }

    /// Every policy with its value.
    pub(crate) fn all_policies(&self) -> Vec<(String, String)> {
        let mut names: Vec<&str> = DEFAULT_POLICIES.iter().map(|(name, _)| *name).collect();
        for (name, _) in &self.policies {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names.into_iter().map(|name| (name.to_owned(), self.policy(name))).collect()
    }
}

fn parse_policy(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write name=value")?;
    Ok((name.to_owned(), value.to_owned()))
}

fn parse_reason(text: &str) -> Result<(String, String, String), String> {
    let (cause, rest) = text.split_once('=').ok_or("write cause=Code/Subcode")?;
    let (code, subcode) = rest.split_once('/').ok_or("write cause=Code/Subcode")?;
    if !DEFAULT_REASONS.iter().any(|(known, ..)| *known == cause) {
        return Err(format!("there is no cause {cause:?}"));
    }
    Ok((cause.to_owned(), code.to_owned(), subcode.to_owned()))
}

/// Cause, code, subcode, message (ucwa.md §5.2; only `declined` was seen on a real wire).
const DEFAULT_REASONS: [(&str, &str, &str, &str); 14] = [
    ("declined", "RemoteFailure", "Declined", "Your invitation was declined."),
    ("no_answer", "RemoteFailure", "Timeout", "The remote participant did not answer."),
    (
        "offline",
        "RemoteFailure",
        "TemporarilyUnavailable",
        "The remote participant is temporarily unavailable.",
    ),
    ("unknown", "RemoteFailure", "DestinationNotFound", "The remote participant could not be found."),
    ("dnd", "RemoteFailure", "DoNotDisturb", "The remote participant does not want to be disturbed."),
    ("busy", "RemoteFailure", "Busy", "The remote participant is busy."),
    ("federation", "RemoteFailure", "FederationRequired", "The remote domain is not federated."),
    ("canceled", "LocalFailure", "Canceled", "The invitation was canceled."),
    ("missed", "RemoteFailure", "Missed", "The invitation was missed."),
    ("given_up", "RemoteFailure", "Canceled", "The inviter canceled the invitation."),
    ("elsewhere", "LocalFailure", "ConnectedElsewhere", "The invitation was answered by another endpoint."),
    ("declined_here", "LocalFailure", "Declined", "The invitation was declined."),
    ("undelivered", "RemoteFailure", "Timeout", "The message could not be delivered."),
    ("server_fault", "ServiceFailure", "Timeout", "An error occurred. Please retry."),
];

/// The reason for each cause.
#[derive(Debug, Clone)]
pub(crate) struct Reasons(HashMap<String, Reason>);

impl Reasons {
    /// The built-in ones, changed as the switches say.
    pub(crate) fn new(changed: &[(String, String, String)]) -> Self {
        let mut reasons: HashMap<String, Reason> = DEFAULT_REASONS
            .iter()
            .map(|(cause, code, subcode, message)| {
                let (code, subcode) = ((*code).to_owned(), (*subcode).to_owned());
                ((*cause).to_owned(), Reason { code, subcode, message: (*message).to_owned() })
            })
            .collect();
        for (cause, code, subcode) in changed {
            if let Some(reason) = reasons.get_mut(cause) {
                reason.code.clone_from(code);
                reason.subcode.clone_from(subcode);
            }
        }
        Self(reasons)
    }

    /// The reason for `cause`; a cause that is `Code/Subcode` itself is taken as it is.
    pub(crate) fn of(&self, cause: &str) -> Reason {
        if let Some(reason) = self.0.get(cause) {
            return reason.clone();
        }
        let (code, subcode) = cause.split_once('/').unwrap_or(("RemoteFailure", cause));
        let message = "The operation failed.".to_owned();
        Reason { code: code.to_owned(), subcode: subcode.to_owned(), message }
    }
}
