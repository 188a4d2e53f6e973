//! Whom a tip is about 回避: they never learn of it, and the level above screens it.

use super::{Decision, Progress, TipState, rights, screening};
use crate::{NoteConflict, Place, TipEvent, TipRefusal};
use decider::Given;
use jurisdiction::{Against, Level};

/// What is recorded with the tip itself. A reporter who does not say which official is meant is protected from all of the
/// county; without a place, from the whole city.
pub fn on_arrival(against: Option<&Against>, place: &Place, given: Given<'_>) -> Result<Against, TipRefusal> {
    match against {
        None => Ok(Against::default()),
        Some(against) if against.is_empty() => Ok(all_who_may_be_meant(place, given)),
        Some(against) => known(against, given),
    }
}

pub fn note(state: &TipState, command: &NoteConflict, given: Given<'_>) -> Decision {
    let said = Against {
        units: command.units.clone(),
        persons: command.persons.clone(),
    };
    let said = if given.by.is_system() {
        said
    } else {
        rights::screens(state, given)?;
        known(&said, given)?
    };
    if said.is_empty() {
        return Err(TipRefusal::ConflictMissing);
    }
    let against = state.against.clone().and(said);
    // The case is there, and whoever is left has to be able to go on with it.
    let handled = matches!(state.progress, Progress::Accepted { .. }) && !given.by.is_system();
    if handled && !screening::somebody_may_handle(&against, given) {
        return Err(TipRefusal::NobodyWouldBeLeft);
    }
    Ok(if against == state.against {
        vec![]
    } else {
        vec![TipEvent::ConflictNoted { against }]
    })
}

/// Officials bring the unit where they serve.
fn known(against: &Against, given: Given<'_>) -> Result<Against, TipRefusal> {
    let jurisdiction = given.jurisdiction;
    let units = against.units.iter().all(|unit| jurisdiction.unit(unit).is_some());
    let persons = against.persons.iter();
    if !units
        || !persons
            .clone()
            .all(|person| jurisdiction.staff.contains_key(person))
    {
        return Err(TipRefusal::UnknownSubject);
    }
    let officials = persons.map(|person| Against::person(person.clone(), jurisdiction));
    Ok(officials.fold(against.clone(), Against::and))
}

fn all_who_may_be_meant(place: &Place, given: Given<'_>) -> Against {
    let jurisdiction = given.jurisdiction;
    let division = place.division.as_ref();
    let county = division.and_then(|division| jurisdiction.government_at(division, Level::County));
    let meant = county.or_else(|| jurisdiction.city());
    meant.map_or_else(Against::default, |unit| Against::unit(unit.code.clone()))
}
