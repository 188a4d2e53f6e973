//! Who may look at a photo. What somebody may not see must look like what does not exist, so the answer is yes or no.

use crate::evidence::Owner;
use case_domain::{Case, CaseState};
use jurisdiction::{Actor, Against, Jurisdiction, Role, UnitCode, UnitKind};
use platform::{Context, load_state};
use tip_domain::{Progress, Tip, TipState};
use tonic::Status;

/// Whether the actor may see what the owner brought.
///
/// # Errors
/// If the store is out of reach.
pub(crate) async fn may_see(context: &Context, actor: &Actor, owner: &Owner) -> Result<bool, Status> {
    let jurisdiction = context.directory.current();
    let Some(tip_id) = owner.name.strip_prefix("tip-") else {
        return Ok(of_staff(actor, owner, &jurisdiction));
    };
    let (tip, _) = load_state::<Tip>(context, tip_id).await?;
    let case = match tip.progress {
        Progress::Accepted { case } => Some(load_state::<Case>(context, &case.to_string()).await?.0),
        _ => None,
    };
    Ok(of_tip(actor, &tip, case.as_ref(), &jurisdiction))
}

/// A reporter's photo: for those who screen, and, unless the tip is confidential, for those who handle its case.
fn of_tip(actor: &Actor, tip: &TipState, case: Option<&CaseState>, jurisdiction: &Jurisdiction) -> bool {
    let Actor::Staff { unit, role, .. } = actor else {
        return false;
    };
    let hidden = |against: &Against| against.hides_from(actor, jurisdiction);
    if hidden(&tip.against) || case.is_some_and(|case| hidden(&case.against)) {
        return false;
    }
    let city = jurisdiction.city().map(|city| &city.code);
    // Of what is about officials, those who screen it are above them.
    let authority = tip.against.authority(jurisdiction).map(|unit| &unit.code);
    let place = authority.or(tip.place.division.as_ref()).or(city);
    let covers = |within: &UnitCode| jurisdiction.covers(unit, within);
    match role {
        Role::Inspector => true,
        Role::Operator | Role::Dispatcher if place.is_some_and(covers) => true,
        Role::Handler | Role::Leader | Role::Supervisor | Role::Dispatcher => {
            !tip.confidential && case.is_some_and(|case| concerns(unit, case, jurisdiction))
        }
        Role::Operator | Role::Admin => false,
    }
}

/// Whether a case lies in a unit's subtree, or in its hands.
fn concerns(unit: &UnitCode, case: &CaseState, jurisdiction: &Jurisdiction) -> bool {
    let city = jurisdiction.city().map(|city| &city.code);
    let within = case.owner.as_ref().or(case.place.division.as_ref()).or(city);
    let place = case.place.division.as_ref();
    within
        .into_iter()
        .chain(place)
        .any(|within| jurisdiction.covers(unit, within))
        || case.co_handlers.contains(unit)
}

/// A photo of the staff: for whoever took it, and for the line above and below the unit where it was taken. Photos of the
/// inspectors stay with the inspectors.
fn of_staff(actor: &Actor, owner: &Owner, jurisdiction: &Jurisdiction) -> bool {
    let Actor::Staff { staff, unit, role } = actor else {
        return false;
    };
    if owner.name.strip_prefix("staff-") == Some(staff.as_str()) || *role == Role::Inspector {
        return true;
    }
    let Some(taken_at) = serves_at(owner, jurisdiction).and_then(|code| jurisdiction.unit(code)) else {
        return false;
    };
    let of_inspectors = taken_at.kind == UnitKind::Discipline;
    let handles = matches!(
        role,
        Role::Handler | Role::Leader | Role::Supervisor | Role::Dispatcher
    );
    let in_line = jurisdiction.covers(unit, &taken_at.code) || jurisdiction.covers(&taken_at.code, unit);
    handles && !of_inspectors && in_line
}

/// Where the photo was taken; of one that was stored before that was noted, where its owner serves now.
fn serves_at<'a>(owner: &'a Owner, jurisdiction: &'a Jurisdiction) -> Option<&'a UnitCode> {
    let serves_now = || {
        let account = owner.name.strip_prefix("staff-")?.parse().ok()?;
        jurisdiction.staff.get(&account).map(|member| &member.unit)
    };
    owner.unit.as_ref().or_else(serves_now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jurisdiction::CaseId;
    use jurisdiction::sample::{
        CITY, COUNTY, COUNTY_ECOLOGY, DISCIPLINE, OFFICE, OTHER_COUNTY, OTHER_TOWNSHIP, SUPERVISION,
        TOWNSHIP, VILLAGE, acting, suqian,
    };

    fn a_tip(confidential: bool) -> TipState {
        let place = tip_domain::Place {
            division: Some(UnitCode::of(TOWNSHIP)),
            ..tip_domain::Place::default()
        };
        TipState {
            progress: Progress::Accepted {
                case: CaseId::sample(7),
            },
            place,
            confidential,
            ..TipState::default()
        }
    }
    fn a_case() -> CaseState {
        CaseState {
            owner: Some(UnitCode::of(TOWNSHIP)),
            co_handlers: vec![UnitCode::of(OTHER_TOWNSHIP)],
            ..CaseState::default()
        }
    }
    fn sees(role: Role, unit: &str, tip: &TipState, case: Option<&CaseState>) -> bool {
        of_tip(&acting(role, unit), tip, case, &suqian())
    }

    #[test]
    fn a_reporters_photo_is_for_those_who_screen_or_handle_it() {
        let (tip, case) = (a_tip(false), a_case());
        for (role, unit) in [
            (Role::Inspector, DISCIPLINE),
            (Role::Operator, OFFICE),
            (Role::Dispatcher, COUNTY),
            (Role::Supervisor, SUPERVISION),
            (Role::Handler, TOWNSHIP),
            (Role::Leader, COUNTY),
            (Role::Handler, COUNTY_ECOLOGY),
            (Role::Handler, OTHER_TOWNSHIP),
        ] {
            assert!(sees(role, unit, &tip, Some(&case)), "{role:?} of {unit}");
        }
        for (role, unit) in [
            (Role::Dispatcher, OTHER_COUNTY),
            (Role::Leader, OTHER_COUNTY),
            (Role::Handler, VILLAGE),
            (Role::Admin, OFFICE),
        ] {
            assert!(!sees(role, unit, &tip, Some(&case)), "{role:?} of {unit}");
        }
        assert!(!of_tip(&Actor::Citizen, &tip, Some(&case), &suqian()));
    }
    #[test]
    fn before_there_is_a_case_only_those_who_screen_see_it() {
        let tip = a_tip(false);
        assert!(sees(Role::Dispatcher, COUNTY, &tip, None));
        assert!(!sees(Role::Handler, TOWNSHIP, &tip, None));
        assert!(!sees(Role::Leader, CITY, &tip, None));
    }
    #[test]
    fn a_confidential_photo_is_for_those_who_screen() {
        let (tip, case) = (a_tip(true), a_case());
        assert!(sees(Role::Dispatcher, OFFICE, &tip, Some(&case)));
        assert!(!sees(Role::Handler, TOWNSHIP, &tip, Some(&case)));
        assert!(!sees(Role::Supervisor, SUPERVISION, &tip, Some(&case)));
    }
    #[test]
    fn whom_a_case_is_about_does_not_see_it() {
        let case = CaseState {
            against: Against::unit(UnitCode::of(TOWNSHIP)),
            ..a_case()
        };
        assert!(!sees(Role::Handler, TOWNSHIP, &a_tip(false), Some(&case)));
        assert!(sees(Role::Leader, COUNTY, &a_tip(false), Some(&case)));
    }
    #[test]
    fn staff_show_their_photos_up_and_down_the_line() {
        let brought = |account: &str, unit: &str| Owner {
            name: format!("staff-{account}"),
            unit: Some(UnitCode::of(unit)),
        };
        let photo = brought(&format!("handler-{TOWNSHIP}"), TOWNSHIP);
        let sees = |role, unit: &str, photo: &Owner| of_staff(&acting(role, unit), photo, &suqian());
        for (role, unit) in [
            (Role::Handler, TOWNSHIP),
            (Role::Leader, COUNTY),
            (Role::Handler, COUNTY_ECOLOGY),
            (Role::Handler, VILLAGE),
            (Role::Supervisor, SUPERVISION),
            (Role::Inspector, DISCIPLINE),
        ] {
            assert!(sees(role, unit, &photo), "{role:?} of {unit}");
        }
        assert!(!sees(Role::Handler, OTHER_TOWNSHIP, &photo));
        assert!(!sees(Role::Leader, OTHER_COUNTY, &photo));
        assert!(!sees(Role::Operator, OFFICE, &photo));
        assert!(!sees(Role::Admin, OFFICE, &photo));
        let inspectors = brought(&format!("inspector-{DISCIPLINE}"), DISCIPLINE);
        assert!(!sees(Role::Leader, CITY, &inspectors));
        assert!(sees(Role::Inspector, DISCIPLINE, &inspectors));
        assert!(!of_staff(&Actor::Citizen, &photo, &suqian()));
        let of_old = Owner { unit: None, ..photo };
        assert!(sees(Role::Leader, COUNTY, &of_old));
        assert!(!sees(Role::Leader, OTHER_COUNTY, &of_old));
    }
}
