//! Skills and languages, and what is said with them.

use crate::rows;
use hookflash_domain::figures::{Fact, Handling};
use hookflash_domain::routing::Proficiency;
use hookflash_domain::{InteractionId, QueueId, Timestamp, UserId};
use hookflash_store::abilities::{
    AbilityChange, AbilityGrant, AbilityKind, AbilityRow, AskedRow, DemandRuleRow, QueuePolicyRow,
};
use hookflash_store::figures::Stretch;
use hookflash_store::interactions::{Filter, MAX_ASKED};
use hookflash_store::queues::Queue;
use hookflash_store::testing::TestDatabase;
use hookflash_store::{Store, StoreError, Write};
use uuid::Uuid;

on_both!(
    abilities_are_named_and_switched_off,
    users_have_them,
    queues_and_rules_speak_of_them,
    an_interaction_is_found_by_what_it_asked_for,
    parts_are_summed_by_what_was_asked_for
);

async fn with_two(database: &TestDatabase) -> (Store, AbilityRow, AbilityRow) {
    let store = database.store().await;
    let row = |kind, name: &str, tag: Option<&str>| AbilityRow {
        ability_id: rows::id(),
        kind,
        name: name.to_owned(),
        tag: tag.map(str::to_owned),
        active: true,
    };
    let billing = row(AbilityKind::Skill, "Billing", None);
    let german = row(AbilityKind::Language, "German", Some("de"));
    store.create_ability(&billing, &rows::by()).await.unwrap();
    store.create_ability(&german, &rows::by()).await.unwrap();
    (store, billing, german)
}

async fn abilities_are_named_and_switched_off(database: TestDatabase) {
    let (store, billing, german) = with_two(&database).await;
    assert_eq!(store.abilities().await, Ok(vec![german.clone(), billing.clone()]));
    let again = AbilityRow { ability_id: rows::id(), name: " bILLING".to_owned(), ..billing.clone() };
    let taken = store.create_ability(&again, &rows::by()).await;
    assert_eq!(taken, Err(StoreError::NameTaken(" bILLING".to_owned())));
    let language = AbilityRow { kind: AbilityKind::Language, tag: Some("de".to_owned()), ..again.clone() };
    let taken = store.create_ability(&language, &rows::by()).await;
    assert_eq!(taken, Err(StoreError::NameTaken("de".to_owned())));
    let language = AbilityRow { tag: Some("fr".to_owned()), ..language };
    store.create_ability(&language, &rows::by()).await.unwrap();
    let off = AbilityChange { name: Some("Invoices".to_owned()), active: Some(false), ..Default::default() };
    store.change_ability(billing.ability_id, off, &rows::by()).await.unwrap();
    let stored = store.abilities().await.unwrap().pop().unwrap();
    assert_eq!(stored, AbilityRow { name: "Invoices".to_owned(), active: false, ..billing });
    let nothing = store.change_ability(rows::id(), AbilityChange::default(), &rows::by()).await;
    assert_eq!(nothing, Err(StoreError::NotFound("ability")));
}

async fn users_have_them(database: TestDatabase) {
    let (store, billing, german) = with_two(&database).await;
    let ada = rows::user("ada", []);
    store.create_user(&ada, &[], &[], &rows::by()).await.unwrap();
    let grant =
        |ability_id, level| AbilityGrant { ability_id, proficiency: Proficiency::new(level).unwrap() };
    let set = async |user, grants: &[AbilityGrant]| {
        store.replace_user_abilities(user, grants, &rows::by()).await.map(drop)
    };
    let levels = async || {
        let rows = store.user_abilities().await.unwrap();
        rows.into_iter().map(|row| (row.ability_id, row.proficiency)).collect::<Vec<_>>()
    };
    set(ada.user_id, &[grant(billing.ability_id, 2), grant(german.ability_id, 5)]).await.unwrap();
    let mut both = vec![(billing.ability_id, 2), (german.ability_id, 5)];
    both.sort_unstable();
    assert_eq!(levels().await, both);
    let unknown = set(ada.user_id, &[grant(rows::id(), 1)]).await;
    assert_eq!(unknown, Err(StoreError::NotFound("ability")));
    assert_eq!(set(UserId(rows::id()), &[]).await, Err(StoreError::NotFound("user")));
    assert_eq!(levels().await, both, "what was refused changed nothing");
    set(ada.user_id, &[grant(billing.ability_id, 3)]).await.unwrap();
    assert_eq!(levels().await, [(billing.ability_id, 3)]);
}

async fn queues_and_rules_speak_of_them(database: TestDatabase) {
    let (store, billing, german) = with_two(&database).await;
    let help = Queue { row: rows::queue("Help"), numbers: vec![], member_ids: vec![] };
    store.create_queue(&help, &rows::by()).await.unwrap();
    let policy = |queue_id, body: &str| QueuePolicyRow { queue_id, body: body.to_owned() };
    let nowhere = store.set_queue_policy(&policy(QueueId(rows::id()), "{}"), &rows::by()).await;
    assert_eq!(nowhere, Err(StoreError::NotFound("queue")));
    for body in ["{}", r#"{"evaluation":"best"}"#] {
        store.set_queue_policy(&policy(help.row.queue_id, body), &rows::by()).await.unwrap();
        assert_eq!(store.queue_policies().await, Ok(vec![policy(help.row.queue_id, body)]));
    }
    let rule = |source: &str, key: &str, value: &str, ability_id| DemandRuleRow {
        source: source.to_owned(),
        key: key.to_owned(),
        value: value.to_owned(),
        ability_id,
    };
    let rules = vec![
        rule("attached", "topic", "invoice", billing.ability_id),
        rule("dialled", "", "0800100", german.ability_id),
    ];
    store.replace_demand_rules(&rules, &rows::by()).await.unwrap();
    assert_eq!(store.demand_rules().await, Ok(rules.clone()));
    let unknown = store.replace_demand_rules(&[rule("dialled", "", "1", rows::id())], &rows::by()).await;
    assert_eq!(unknown, Err(StoreError::NotFound("ability")));
    assert_eq!(store.demand_rules().await, Ok(rules), "what was refused changed nothing");
}

async fn an_interaction_is_found_by_what_it_asked_for(database: TestDatabase) {
    let (store, billing, german) = with_two(&database).await;
    let (one, other) = (rows::interaction(1_000), rows::interaction(2_000));
    let asked = |ability: &AbilityRow| AskedRow {
        interaction_id: one.interaction_id,
        ability_id: ability.ability_id,
    };
    let asks = Write::Asked(vec![asked(&billing), asked(&german)]);
    let both = [one.clone(), other].map(|row| Write::Interaction(Box::new(row)));
    store.commit(both.into_iter().chain([asks.clone()]).collect()).await.unwrap();
    store.commit(vec![asks]).await.unwrap();
    let off = AbilityChange { active: Some(false), ..Default::default() };
    store.change_ability(billing.ability_id, off, &rows::by()).await.unwrap();
    let named = store.asked_by(one.interaction_id).await.unwrap();
    let names: Vec<_> = named.iter().map(|ability| (ability.kind, ability.name.as_str())).collect();
    assert_eq!(names, [(AbilityKind::Language, "German"), (AbilityKind::Skill, "Billing")]);
    let found = async |asked: Vec<_>| {
        let page = store.interactions(&Filter { asked, ..Filter::default() }, 10).await?;
        Ok(page.rows.into_iter().map(|row| row.interaction_id).collect::<Vec<_>>())
    };
    assert_eq!(found(vec![billing.ability_id, german.ability_id]).await, Ok(vec![one.interaction_id]));
    assert_eq!(found(vec![german.ability_id, rows::id()]).await, Ok(vec![]));
    let too_many = found(vec![german.ability_id; MAX_ASKED + 1]).await;
    assert_eq!(too_many, Err(StoreError::TooLong("asked")));
}

async fn parts_are_summed_by_what_was_asked_for(database: TestDatabase) {
    let (store, billing, german) = with_two(&database).await;
    let [one, other] = [(), ()].map(|()| InteractionId(rows::id()));
    let part = |interaction, talk_ms| {
        Fact::Handling(Handling {
            interaction,
            no: 0,
            queue: QueueId(rows::id()),
            agent: UserId(rows::id()),
            connected_at: Timestamp(1_000),
            completed_at: Timestamp(9_000),
            talk_ms,
            hold_ms: 0,
            wrap_up_ms: 0,
            dialling_ms: 0,
            contacting_ms: 0,
            transfer: None,
        })
    };
    let asked =
        |interaction_id, ability: &AbilityRow| AskedRow { interaction_id, ability_id: ability.ability_id };
    let asks = vec![asked(one, &billing), asked(one, &german), asked(other, &german)];
    let facts = vec![part(one, 1_000), part(other, 20)];
    store.commit(vec![Write::Asked(asks), Write::Facts(facts)]).await.unwrap();
    let talk_ms = async |asked: &[Uuid]| {
        let all = Stretch { from_at: Timestamp(0), to_at: Timestamp(10_000) };
        let sums = store.agent_code_sums(all, &asked.iter().copied().collect()).await?;
        Ok(sums.iter().map(|sum| sum.code.totals.talk_ms).sum::<i64>())
    };
    for (asked, wanted) in [
        (&[][..], 1_020),
        (&[german.ability_id], 1_020),
        (&[billing.ability_id], 1_000),
        (&[german.ability_id, billing.ability_id], 1_000),
        (&[german.ability_id, rows::id()], 0),
    ] {
        assert_eq!(talk_ms(asked).await, Ok(wanted));
    }
    let too_many: Vec<_> = (0..=MAX_ASKED).map(|_| rows::id()).collect();
    assert_eq!(talk_ms(&too_many).await, Err(StoreError::TooLong("asked")));
}
