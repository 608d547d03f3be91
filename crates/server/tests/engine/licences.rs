//! Licences that are taken away and granted while the agent works.

use crate::house::{DANA, House, licence, question, wait};
use hookflash::engine::command::{Command, ConsultCommand};
use hookflash_connectors::fake::FakeAnswer;
use hookflash_domain::consult::{State, Unreachable};

#[tokio::test(flavor = "multi_thread")]
async fn a_licence_that_is_taken_away_ends_session_and_chats_and_one_that_is_granted_signs_in() {
    let house = House::open().await;
    let _window = house.engine.open_window(DANA, 2, true, None).await;
    let priya = house.expert("priya", FakeAnswer::Accept);
    let id = house.ask(&priya).await;
    house.until(id, State::Talking(0)).await;
    house.license(&[]).await;
    assert_eq!(
        house.command(Command::StartConsult { interaction: None, question: question(&priya) }).await,
        Err("licence_required")
    );
    assert_eq!(house.consult(id, ConsultCommand::Ask(question(&priya))).await, Err("licence_required"));
    let search = house.engine.search(DANA, None, "pri", None).await;
    assert_eq!(search.map_err(|refused| refused.code), Err("licence_required"));
    house.until(id, State::Choosing).await;
    let cut_off = house.engine.board().consult(id).and_then(|consult| consult.invitations[0].cut_off);
    assert_eq!(cut_off, Some(Unreachable::LicenceTaken), "told in words, not as the expert's doing");
    assert_eq!(house.state(), "not_licensed");
    house.license(&[licence()]).await;
    wait(|| house.state() == "up", "the agent is signed in again").await;
    let id = house.ask(&priya).await;
    house.until(id, State::Talking(0)).await;
}
