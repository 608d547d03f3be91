//! The handover page: the link goes out with the question, and what is done on its page counts.

use crate::directory::{import_skilled, tell_skilled};
use crate::house::{DANA, House, new_id, question, say, wait};
use hookflash::directory::EXPERTS_ID;
use hookflash::engine::command::{Command, ConsultCommand, Question};
use hookflash::engine::{PageAction, PageProblem, PageState, PageView};
use hookflash_connectors::fake::FakeAnswer;
use hookflash_domain::consult::{InvitationState, MessageState, Side, State};
use hookflash_domain::{ConsultId, MessageId, PersonId, Timestamp};
use hookflash_store::By;
use hookflash_store::people::PeopleSourceRow;
use std::time::Duration;

const LONG: Duration = Duration::from_secs(20);

/// Asks with a link; gives the consult and the token, as the expert got it.
async fn ask(house: &House, person: &PersonId) -> (ConsultId, String) {
    let question = Question { as_link: true, ..question(person) };
    let answer = house.command(Command::StartConsult { interaction: None, question }).await.unwrap();
    let text = || house.network.seen_by(person).texts.last().cloned();
    wait(|| text().is_some(), "the question arrives").await;
    let text = text().unwrap();
    let link = text.strip_prefix("Why AM04?\n\nDetails and answer: https://desk.test/handover#");
    let link = link.unwrap_or_else(|| panic!("{text:?}"));
    (ConsultId(answer["consult_id"].as_str().unwrap().parse().unwrap()), link.to_owned())
}

async fn act(house: &House, token: &str, action: PageAction) -> PageView {
    house.engine.page_act(token, action).await.unwrap()
}

fn open() -> PageAction {
    PageAction::Open { viewer: "192.0.2.1 a phone".into() }
}

fn write(text: &str) -> PageAction {
    PageAction::Say { message: MessageId(new_id()), text: text.into() }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expert_who_answers_on_the_page_is_in_the_chat_and_stays_there_over_a_restart() {
    let mut house = House::without_opening().await;
    let priya = house.expert("priya", FakeAnswer::Silent);
    let (id, token) = ask(&house, &priya).await;
    let shown = act(&house, &token, open()).await;
    assert_eq!((shown.state, shown.question.as_str()), (PageState::Asking, "Why AM04?"));
    assert_eq!((shown.agent_name.as_str(), shown.expert_name.as_str()), ("Dana", "priya@lab.test"));
    let shown = act(&house, &token, PageAction::Accept).await;
    assert_eq!(shown.state, PageState::Talking);
    house.until(id, State::Talking(0)).await;
    wait(|| house.network.seen_by(&priya).ringing == 0, "the network stops ringing").await;

    house.restart().await;
    let known = house.engine.page_after(&token, "", LONG).await.unwrap();
    let next = async { house.engine.page_after(&token, &known.version, LONG).await.unwrap() };
    let said = async { house.consult(id, say("Thank you for coming")).await.unwrap() };
    let (shown, _) = tokio::join!(next, said);
    let texts: Vec<_> = shown.messages.iter().map(|one| (one.by, one.text.as_str())).collect();
    assert_eq!(texts, [(Side::Agent, "Thank you for coming")]);
    let answer = write("It is the limit.");
    act(&house, &token, answer.clone()).await;
    let again = act(&house, &token, answer).await;
    assert_eq!(again.messages.len(), 2, "sent twice, said once");
    let expected = [
        ("Thank you for coming".to_owned(), MessageState::Sent),
        ("It is the limit.".to_owned(), MessageState::Delivered),
    ];
    assert_eq!(house.texts(id).await, expected);

    house.consult(id, ConsultCommand::End { outcome: None }).await.unwrap();
    let over = act(&house, &token, write("wait")).await;
    assert_eq!((over.state, over.question.as_str(), over.messages.len()), (PageState::Over, "", 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_network_can_the_chat_goes_on_there() {
    let house = House::open().await;
    let priya = house.expert("priya", FakeAnswer::Silent);
    let (id, token) = ask(&house, &priya).await;
    act(&house, &token, write("It is the limit.")).await;
    house.until(id, State::Talking(0)).await;
    house.consult(id, say("Thank you")).await.unwrap();
    house.until_settled(id, 2).await;
    let seen = || house.network.seen_by(&priya);
    wait(|| seen().texts.last().is_some_and(|text| text == "Thank you"), "the network has the chat").await;
    assert_eq!((seen().open, seen().ringing), (1, 0));
    let shown = act(&house, &token, PageAction::Leave).await;
    assert_eq!((shown.state, shown.reason), (PageState::Over, Some("left")));
    house.until(id, State::Choosing).await;
    wait(|| seen().open == 0, "the chat is over on the network too").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_no_on_the_page_is_told_with_reason_and_better_name() {
    let house = House::open().await;
    let oskar = house.expert("oskar", FakeAnswer::Silent);
    let (id, token) = ask(&house, &oskar).await;
    let no = PageAction::Decline { reason: Some("Not my field".into()), better: Some("Tom Weber".into()) };
    let shown = act(&house, &token, no).await;
    assert_eq!((shown.state, shown.reason), (PageState::Over, Some("declined")));
    house.until(id, State::Choosing).await;
    let consult = house.engine.board().consult(id).unwrap();
    let invitation = &consult.invitations[0];
    assert_eq!(invitation.state, InvitationState::Declined { reason: Some("Not my field".into()) });
    assert_eq!(invitation.link.as_ref().unwrap().better.as_deref(), Some("Tom Weber"));
    wait(|| house.network.seen_by(&oskar).ringing == 0, "the network stops ringing").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_was_taken_back_or_is_of_another_server_shows_nothing() {
    let house = House::open().await;
    let oskar = house.expert("oskar", FakeAnswer::Silent);
    let (id, token) = ask(&house, &oskar).await;
    house.consult(id, ConsultCommand::RevokeLink { invitation: 0 }).await.unwrap();
    let again = house.consult(id, ConsultCommand::RevokeLink { invitation: 0 }).await;
    assert_eq!(again, Err("no_link"));
    let shown = act(&house, &token, open()).await;
    assert_eq!((shown.state, shown.reason, shown.question.as_str()), (PageState::Over, Some("revoked"), ""));
    assert_eq!(shown.data, []);
    let forged = token.replace(|letter: char| letter.is_ascii_digit(), "x");
    for token in [&forged, "", "nonsense"] {
        let refused = house.engine.page_act(token, open()).await;
        assert!(matches!(refused, Err(PageProblem::UnknownLink)), "{refused:?}");
    }
    let plain = house.ask(&oskar).await;
    assert!(house.engine.board().consult(plain).unwrap().invitations[0].link.is_none());
}

/// `name`, with `+` where the expert has confirmed it.
async fn skills(house: &House, token: &str) -> Option<Vec<String>> {
    let known = house.engine.page_skills(token).await.unwrap()?;
    let line = |one: hookflash::directory::KnownSkill| one.name + if one.is_confirmed { "+" } else { "" };
    Some(known.skills.into_iter().map(line).collect())
}

async fn tell(house: &House, token: &str, kept: &[&str], removed: &[&str]) -> Result<bool, PageProblem> {
    let list = |skills: &[&str]| skills.iter().map(|skill| (*skill).to_owned()).collect::<Vec<_>>();
    let viewer = "192.0.2.1 a phone".to_owned();
    let told = house.engine.tell_page_skills(token, &list(kept), &list(removed), viewer).await?;
    Ok(told.is_some())
}

/// Waits until who has a skill are these.
async fn with_skill(house: &House, skill: &str, names: &[&str]) {
    let found = async || {
        let found = house.engine.search_directory(DANA, "", &[skill.to_owned()]).await.unwrap_or_default();
        found.into_iter().map(|one| one.entry.display).collect::<Vec<_>>()
    };
    for _ in 0..400 {
        if found().await == names {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{skill} finds {:?}, not {names:?}", found().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_expert_tells_of_themselves_is_found_and_what_they_took_away_stays_away() {
    let mut house = House::open().await;
    let priya = house.expert("priya", FakeAnswer::Silent);
    let hr = import_skilled(&house, &[("Priya Raman", &priya, &["Tax", "Cards"])]).await;
    with_skill(&house, "Cards", &["Priya Raman"]).await;
    let (id, token) = ask(&house, &priya).await;
    assert_eq!(skills(&house, &token).await, None, "not before the yes");
    assert!(!tell(&house, &token, &["Tax"], &[]).await.unwrap());
    act(&house, &token, PageAction::Accept).await;
    house.until(id, State::Talking(0)).await;
    assert_eq!(skills(&house, &token).await.unwrap(), ["Tax", "Cards"]);
    assert!(tell(&house, &token, &["tax", "Mandates"], &["Cards"]).await.unwrap());
    assert_eq!(skills(&house, &token).await.unwrap(), ["Tax+", "Mandates+"]);
    with_skill(&house, "Mandates", &["Priya Raman"]).await;
    with_skill(&house, "Cards", &[]).await;
    let many: Vec<_> = (0..19).map(|n| format!("Skill {n}")).collect();
    let many: Vec<_> = many.iter().map(String::as_str).collect();
    let refused = tell(&house, &token, &many, &[]).await;
    assert!(matches!(refused, Err(PageProblem::BadLength)), "{refused:?}");

    // The source names it again, and something new.
    tell_skilled(&house, hr, &[("Priya Raman", &priya, &["Cards", "Loans"])]).await;
    with_skill(&house, "Loans", &["Priya Raman"]).await;
    house.restart().await;
    with_skill(&house, "Mandates", &["Priya Raman"]).await;
    with_skill(&house, "Cards", &[]).await;
    let mut told = skills(&house, &token).await.unwrap();
    told.sort();
    assert_eq!(told, ["Loans", "Mandates+", "Tax+"]);
    assert!(tell(&house, &token, &["Cards"], &[]).await.unwrap());
    with_skill(&house, "Cards", &["Priya Raman"]).await;

    let off = house.store.people_source(EXPERTS_ID).await.unwrap().unwrap();
    let off = PeopleSourceRow { active: false, ..off };
    let by = By { at: Timestamp(1), user_id: None, name: "test".into() };
    house.store.change_people_source(&off, &by).await.unwrap();
    with_skill(&house, "Mandates", &[]).await;
    assert_eq!(skills(&house, &token).await, None, "the administrator has switched it off");
    house.store.change_people_source(&PeopleSourceRow { active: true, ..off }, &by).await.unwrap();
    with_skill(&house, "Mandates", &["Priya Raman"]).await;

    house.consult(id, ConsultCommand::End { outcome: None }).await.unwrap();
    assert_eq!(skills(&house, &token).await, None, "the chat is over");
    // Nobody but the expert tells of the expert any more.
    tell_skilled(&house, hr, &[("Oskar", &house.expert("oskar", FakeAnswer::Silent), &[])]).await;
    with_skill(&house, "Mandates", &[]).await;
}
