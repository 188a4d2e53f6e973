//! One site, one case 并案: the absorbed case closes, its tips go to the surviving one, its history stays.

use super::{CaseState, Decision, Progress, opening, rights, words};
use crate::{AbsorbCase, CaseEvent, CaseRefusal, ClosingReason, Finding, MergeCase};
use decider::Given;
use std::cmp::Ordering;
use std::collections::BTreeSet;

const TOLD: &str = "与同一点位的另一案件并案办理。";

pub fn merge(state: &CaseState, command: &MergeCase, given: Given<'_>) -> Decision {
    // A survivor that the actor must not know of is answered like one that does not exist.
    let known = |survivor: &&CaseState| {
        survivor.progress != Progress::Absent && !survivor.against.hides_from(given.by, given.jurisdiction)
    };
    let survivor = command.survivor.as_deref().filter(known);
    let survivor = survivor.ok_or(CaseRefusal::NoSuchSurvivor)?;
    if !rights::dispatches(state, given) || !rights::dispatches(survivor, given) {
        return Err(CaseRefusal::NotMerger);
    }
    match (state.progress, survivor.progress) {
        (Progress::Closed, _) => return Err(CaseRefusal::AlreadyClosed),
        (_, Progress::Closed) => return Err(CaseRefusal::SurvivorClosed),
        // Its measures are under way: they are taken over only by whom the same ones are prescribed to, or they would
        // end by being forgotten.
        (Progress::Confirmed, Progress::Confirmed) if state.class == survivor.class => {}
        (Progress::Confirmed, _) => return Err(CaseRefusal::ConfirmedIsNotMerged),
        _ => {}
    }
    if let Some(refusal) = state.goes_on_rather_than(survivor) {
        return Err(refusal);
    }
    let merged = CaseEvent::CasesMerged {
        into: command.into,
        reason: words(&command.reason, CaseRefusal::ReasonMissing)?,
    };
    // Its reporters are told the outcome of the surviving case, which has their tips from now on.
    let closed = CaseEvent::CaseClosed {
        reason: ClosingReason::Merged { into: command.into },
        tips: vec![],
        summary: TOLD.to_owned(),
    };
    let mut events = vec![merged, closed];
    // It names the survivor: whoever must not know of that one must not find it here.
    let against = state.against.clone().and(survivor.against.clone());
    if against != state.against {
        events.push(CaseEvent::ConflictNoted { against });
    }
    Ok(events)
}

impl CaseState {
    /// Why another case about the site may not absorb this one, if so: what is known of a site is not forgotten by closing the
    /// case that knows it, nor is what is late, returned or disputed left behind for a case whose clocks have just begun.
    pub fn goes_on_rather_than(&self, other: &Self) -> Option<CaseRefusal> {
        match known_of_the_site(self).cmp(&known_of_the_site(other)) {
            Ordering::Greater => Some(CaseRefusal::MergeTheOtherWay),
            Ordering::Equal if self.opened_at < other.opened_at => Some(CaseRefusal::OlderCaseGoesOn),
            Ordering::Equal | Ordering::Less => None,
        }
    }
}

/// How far a site is known to be one, least first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    Nothing,
    Suspect,
    AtWork,
    Identified,
    Confirmed,
}

fn known_of_the_site(case: &CaseState) -> Known {
    match case {
        case if case.progress == Progress::Confirmed => Known::Confirmed,
        case if case.identified => Known::Identified,
        case if case.was_found(Finding::ConfirmedActivity) => Known::AtWork,
        case if case.is_suspect() => Known::Suspect,
        _ => Known::Nothing,
    }
}

/// Takes over what the absorbed case knew. A unit that may not handle this one, or already does, is left out.
pub fn absorb(state: &CaseState, command: &AbsorbCase, given: Given<'_>) -> Decision {
    if !given.by.is_system() {
        return Err(CaseRefusal::NotForPeople);
    }
    let new = command.tips.iter().filter(|tip| !state.tips.contains(tip));
    let mut events: Vec<_> = new.map(|tip| CaseEvent::TipLinked { tip: *tip }).collect();
    events.extend(opening::sharpened(
        state,
        &command.against,
        command.urgency,
        command.confidential,
    ));
    let against = state.against.clone().and(command.against.clone());
    let units: BTreeSet<_> = command.co_handlers.iter().collect();
    let joins = units.into_iter().filter(|unit| {
        let fit = given.jurisdiction.unit(unit).is_some_and(rights::handles);
        let known = state.is_handled_by(unit);
        fit && !known && state.is_open() && !against.holds_unit(unit, given.jurisdiction)
    });
    events.extend(joins.map(|unit| CaseEvent::CoHandlerAdded { unit: unit.clone() }));
    Ok(events)
}
