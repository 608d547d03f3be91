//! A web ticket by Windows sign-in: NTLM over HTTP (MS-NTHT), which proves knowledge of the password
//! without sending it. The handshake belongs to one connection, so it runs on a client of its own.

use super::challenge::schemes;
use super::signer::Way;
use super::ticket::{From, Ticket, refused, skew};
use crate::{
    Account, Secret,
    skype::{
        fault::Fault,
        http::{Answer, Http},
    },
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::{Client, header};
use sspi::{
    AuthIdentity, BufferType, ClientRequestFlags, CredentialUse, DataRepresentation, Ntlm, SecurityBuffer,
    Sspi, SspiImpl, Username,
};
use url::Url;

/// The grant's name.
pub(super) const GRANT: &str = "urn:microsoft.rtc:windows";
/// Handshakes that are begun when a proxy or server changes the connection in the middle.
const MOST_TRIES: usize = 3;

/// Asks the ticket service.
pub(super) async fn fetch(
    http: &Http,
    service: &Url,
    account: &Account,
    password: &Secret,
) -> Result<Ticket, Fault> {
    for _ in 0..MOST_TRIES {
        let Some(answer) = shake_hands(http, service, account, password).await? else { continue };
        if answer.is_success() {
            return Ticket::read(&answer, From::Service(service.clone(), Way::Windows));
        }
        // The proof carries a time: a server far from it refuses the right password too.
        return Err(skew(&answer).filter(|_| answer.status == 401).unwrap_or_else(|| refused(&answer)));
    }
    Err(Fault::Protocol(
        "Windows sign-in needs one connection, and something on the way to the server changes it.".to_owned(),
    ))
}

/// One handshake; none where it did not stay on one connection.
async fn shake_hands(
    http: &Http,
    service: &Url,
    account: &Account,
    password: &Secret,
) -> Result<Option<Answer>, Fault> {
    let client = http.apart()?;
    let mut handshake = Handshake::new(account, password)?;
    let first = ask(http, &client, service, None).await?;
    if first.status != 401 {
        return Ok(Some(first));
    }
    let scheme = scheme(&first)?;
    let hello = handshake.step(&[])?;
    let challenged = ask(http, &client, service, Some((scheme, &hello))).await?;
    let challenge = schemes(&challenged.challenges)
        .into_iter()
        .find_map(|one| (one.name == scheme.to_lowercase()).then_some(one.token)?)
        .and_then(|token| STANDARD.decode(token).ok());
    let Some(challenge) = challenge else {
        return Err(Fault::Protocol("The server's Windows sign-in sends no challenge.".to_owned()));
    };
    let proof = handshake.step(&challenge)?;
    let answer = ask(http, &client, service, Some((scheme, &proof))).await?;
    let stayed = answer.connection.is_none() || answer.connection == challenged.connection;
    Ok(Some(answer).filter(|answer| stayed || answer.is_success()))
}

/// NTLM by its own name, or inside Negotiate, which takes it as well (MS-N2HT).
fn scheme(answer: &Answer) -> Result<&'static str, Fault> {
    let offered = schemes(&answer.challenges);
    let has = |name: &str| offered.iter().any(|scheme| scheme.name == name);
    match (has("ntlm"), has("negotiate")) {
        (true, _) => Ok("NTLM"),
        (false, true) => Ok("Negotiate"),
        _ => Err(Fault::NoCommonGrant("a Windows sign-in without NTLM".to_owned())),
    }
}

async fn ask(
    http: &Http,
    client: &Client,
    service: &Url,
    proof: Option<(&str, &[u8])>,
) -> Result<Answer, Fault> {
    let mut request = client.post(service.clone()).form(&[("grant_type", GRANT)]);
    if let Some((scheme, token)) = proof {
        let value = format!("{scheme} {}", STANDARD.encode(token));
        let value = header::HeaderValue::try_from(value).map(|mut value| {
            value.set_sensitive(true);
            value
        });
        let value = value.map_err(|_| Fault::Protocol("The proof cannot be sent.".to_owned()))?;
        request = request.header(header::AUTHORIZATION, value);
    }
    http.exchange(client, request).await
}

/// The client's half of NTLM.
struct Handshake {
    ntlm: Ntlm,
    credentials: <Ntlm as SspiImpl>::CredentialsHandle,
}

impl Handshake {
    fn new(account: &Account, password: &Secret) -> Result<Self, Fault> {
        let name = account.sign_in_name.as_deref().unwrap_or(&account.address);
        let username = Username::parse(name).map_err(|_| Fault::WrongPassword)?;
        let identity = AuthIdentity { username, password: password.expose().to_owned().into() };
        let mut ntlm = Ntlm::new();
        let acquired = ntlm
            .acquire_credentials_handle()
            .with_credential_use(CredentialUse::Outbound)
            .with_auth_data(&identity)
            .execute(&mut ntlm)
            .map_err(|error| broken(&error))?;
        Ok(Self { ntlm, credentials: acquired.credentials_handle })
    }

    /// The message that follows the server's; empty: the first one.
    fn step(&mut self, from_server: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut input = [SecurityBuffer::new(from_server.to_vec(), BufferType::Token)];
        let mut output = [SecurityBuffer::new(Vec::new(), BufferType::Token)];
        let mut builder = self
            .ntlm
            .initialize_security_context()
            .with_credentials_handle(&mut self.credentials)
            .with_context_requirements(ClientRequestFlags::empty())
            .with_target_data_representation(DataRepresentation::Native)
            .with_output(&mut output);
        if !from_server.is_empty() {
            builder = builder.with_input(&mut input);
        }
        self.ntlm
            .initialize_security_context_impl(&mut builder)
            .and_then(|mut generator| generator.resolve_to_result())
            .map_err(|error| broken(&error))?;
        let [message] = output;
        Ok(message.buffer)
    }
}

/// The library's words hold no secrets, but may repeat what a server sent.
fn broken(error: &sspi::Error) -> Fault {
    Fault::Protocol(format!("The server's Windows sign-in is broken ({:?}).", error.error_type))
}
