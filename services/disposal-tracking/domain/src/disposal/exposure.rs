//! Exposure to the public 警示曝光: proposed by one person, published by another, and never of a private person.

use super::{Decision, DisposalState, ExposureStanding, numbers, rights, words};
use crate::{DisposalEvent, DisposalRefusal, ProposeExposure, PublishExposure, WithdrawExposure};
use decider::Given;
use jurisdiction::{Level, Role, UnitCode};

/// What an enterprise, works or shop is called by; a person is not.
const ENTERPRISE: [&str; 14] = [
    "厂",
    "公司",
    "企业",
    "作坊",
    "工坊",
    "加工点",
    "窝点",
    "合作社",
    "经营部",
    "门市",
    "养殖场",
    "仓库",
    "店",
    "站",
];

pub fn propose(state: &DisposalState, command: &ProposeExposure, given: Given<'_>) -> Decision {
    if !rights::covers(state, &[Role::Handler, Role::Leader, Role::Supervisor], given) {
        return Err(DisposalRefusal::OutsideSubtree);
    }
    // What somebody must not learn of is not told to everybody.
    if !state.against.is_empty() {
        return Err(DisposalRefusal::NotToBeExposed);
    }
    if standing(state).is_some_and(|standing| matches!(standing, ExposureStanding::Published { .. })) {
        return Err(DisposalRefusal::AlreadyExposed);
    }
    let enterprise = words(&command.enterprise, DisposalRefusal::EnterpriseMissing)?;
    if !ENTERPRISE.iter().any(|word| enterprise.contains(word)) {
        return Err(DisposalRefusal::NotAnEnterprise);
    }
    let facts = words(&command.facts, DisposalRefusal::FactsMissing)?;
    let parties = &command.parties;
    if names_a_person(state, parties, &enterprise) || names_a_person(state, parties, &facts) {
        return Err(DisposalRefusal::NamesAPerson);
    }
    Ok(vec![DisposalEvent::ExposureProposed { enterprise, facts }])
}

pub fn publish(state: &DisposalState, command: &PublishExposure, given: Given<'_>) -> Decision {
    leads_the_city(given)?;
    let proposed = state.exposure.as_ref();
    let proposed = proposed.filter(|exposure| exposure.standing == ExposureStanding::Proposed);
    let proposed = proposed.ok_or(DisposalRefusal::NoExposureProposed)?;
    if !state.against.is_empty() {
        return Err(DisposalRefusal::NotToBeExposed);
    }
    if proposed.proposed_by.as_ref() == given.by.person() {
        return Err(DisposalRefusal::OwnWork);
    }
    // A party may have become known since it was proposed.
    let names = |text: &str| names_a_person(state, &command.parties, text);
    if names(&proposed.enterprise) || names(&proposed.facts) {
        return Err(DisposalRefusal::NamesAPerson);
    }
    Ok(vec![DisposalEvent::ExposurePublished {
        enterprise: proposed.enterprise.clone(),
        area: area(state, given).ok_or(DisposalRefusal::UnknownUnit)?,
        facts: proposed.facts.clone(),
    }])
}

pub fn withdraw(state: &DisposalState, command: &WithdrawExposure, given: Given<'_>) -> Decision {
    leads_the_city(given)?;
    match standing(state) {
        Some(ExposureStanding::Proposed | ExposureStanding::Published { .. }) => {}
        _ => return Err(DisposalRefusal::NotExposed),
    }
    Ok(vec![DisposalEvent::ExposureWithdrawn {
        reason: words(&command.reason, DisposalRefusal::ReasonMissing)?,
    }])
}

fn standing(state: &DisposalState) -> Option<&ExposureStanding> {
    state.exposure.as_ref().map(|exposure| &exposure.standing)
}

/// What the whole city reads, the city answers for.
fn leads_the_city(given: Given<'_>) -> Result<(), DisposalRefusal> {
    let city = given.jurisdiction.city().map(|city| &city.code);
    let covers = city.is_some_and(|city| given.jurisdiction.actor_covers(given.by, city));
    let directs = given.by.unit().is_some_and(|unit| rights::directs(unit, given));
    if given.by.is(Role::Leader) && covers && directs {
        Ok(())
    } else {
        Err(DisposalRefusal::NotExposer)
    }
}

/// A long number, or the name of a party who is a person, referred or only met: 张某 may stand there, 张三 may not.
fn names_a_person(state: &DisposalState, met: &[String], text: &str) -> bool {
    if numbers::holds_a_persons_number(text) {
        return true;
    }
    let referred = state.referrals.iter().map(|referral| referral.party.name.trim());
    let parties = referred.chain(met.iter().map(|name| name.trim()));
    let is_a_person = |name: &&str| !name.is_empty() && !ENTERPRISE.iter().any(|word| name.contains(word));
    let mut persons = parties.filter(is_a_person);
    let text = closed_up(text);
    persons.any(|name| text.contains(&closed_up(name)))
}

/// 张 三 is 张三.
fn closed_up(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_whitespace())
        .collect()
}

/// The township, or the county: a village would point at a family.
fn area(state: &DisposalState, given: Given<'_>) -> Option<UnitCode> {
    let unit = state.unit.as_ref()?;
    [Level::Township, Level::County, Level::City]
        .into_iter()
        .find_map(|level| given.jurisdiction.government_at(unit, level))
        .map(|area| area.code.clone())
}
