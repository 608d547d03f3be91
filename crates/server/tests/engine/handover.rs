//! The handover page: the link goes out with the question, and what is done on its page counts.

use crate::house::{House, new_id, question, say, wait};
use hookflash::engine::command::{Command, ConsultCommand, Question};
use hookflash::engine::{PageAction, PageProblem, PageState, PageView};
use hookflash_connectors::fake::FakeAnswer;
use hookflash_domain::consult::{InvitationState, MessageState, Side, State};
use hookflash_domain::{ConsultId, MessageId, PersonId};
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
