//! Referrals 移送: a party is handed to the department that is to pursue it, and that department answers, nobody for it.

use super::{Decision, DisposalState, rights, words};
use crate::{AnswerReferral, DisposalEvent, DisposalRefusal, Party, Receiver, ReferParty};
use decider::Given;
use jurisdiction::{Department, Role, UnitCode, UnitKind};

pub fn refer(state: &DisposalState, command: &ReferParty, given: Given<'_>) -> Decision {
    if !rights::covers(state, &[Role::Handler, Role::Leader], given) {
        return Err(DisposalRefusal::OutsideSubtree);
    }
    let party = Party {
        role: command.party.role,
        name: words(&command.party.name, DisposalRefusal::PartyNameMissing)?,
    };
    let pending = state
        .referrals
        .iter()
        .any(|referral| referral.result.is_none() && referral.party == party && referral.to == command.to);
    if pending {
        return Err(DisposalRefusal::AlreadyReferred);
    }
    let receiver = receiver(state, command.to, given).ok_or(DisposalRefusal::NoReceiver)?;
    let last = state.referrals.iter().map(|referral| referral.referral).max();
    Ok(vec![DisposalEvent::PartyReferred {
        referral: last.unwrap_or(0).saturating_add(1),
        party,
        to: command.to,
        receiver: Some(receiver),
        grounds: words(&command.grounds, DisposalRefusal::GroundsMissing)?,
    }])
}

pub fn answer(state: &DisposalState, command: &AnswerReferral, given: Given<'_>) -> Decision {
    let known = state
        .referrals
        .iter()
        .find(|referral| referral.referral == command.referral);
    let handles = given.by.is(Role::Handler) || given.by.is(Role::Leader);
    let may_answer = match known.and_then(|referral| referral.receiver.as_ref()) {
        Some(receiver) => handles && given.by.unit() == Some(receiver),
        // Recorded when receivers had no account here.
        None => rights::covers(state, &[Role::Handler, Role::Leader], given),
    };
    if !may_answer {
        return Err(DisposalRefusal::NotReceiver);
    }
    let referral = known.ok_or(DisposalRefusal::UnknownReferral)?;
    if referral.result.is_some() {
        return Err(DisposalRefusal::AlreadyAnswered);
    }
    Ok(vec![DisposalEvent::ReferralAnswered {
        referral: command.referral,
        result: words(&command.result, DisposalRefusal::ResultMissing)?,
    }])
}

/// The department competent for it that is nearest on the way up from the site, and not itself what the case is about.
fn receiver(state: &DisposalState, to: Receiver, given: Given<'_>) -> Option<UnitCode> {
    let (unit, competent) = (state.unit.as_ref()?, department(to));
    let jurisdiction = given.jurisdiction;
    let governments = jurisdiction
        .lineage(unit)
        .filter(|above| above.kind == UnitKind::Government);
    let mut departments = governments.flat_map(|government| {
        jurisdiction.open_units().filter(move |unit| {
            unit.department == Some(competent) && unit.parent.as_ref() == Some(&government.code)
        })
    });
    let fit = departments.find(|unit| !state.against.holds_unit(&unit.code, jurisdiction));
    fit.map(|unit| unit.code.clone())
}

/// Crimes are for the police, confiscation and fines for market supervision; who lets a place to somebody unfit for it
/// is fined by work safety (《安全生产法》（2014）第一百条、第一百一十条).
fn department(to: Receiver) -> Department {
    match to {
        Receiver::PublicSecurity => Department::PublicSecurity,
        Receiver::MarketSupervision => Department::MarketSupervision,
        Receiver::LandlordLiability => Department::Emergency,
    }
}
