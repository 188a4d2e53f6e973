//! Who may replay what, and what is left out for whom.

use jurisdiction::{Actor, Jurisdiction, Role, UnitCode, UnitKind};
use platform::{PlatformRefusal, Recorded, refuse};
use serde_json::{Map, Value, json};
use tonic::Status;

/// How much of a history somebody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sight {
    /// Inspectors: everything as stored.
    Whole,
    /// Supervisors: everything but ciphertext.
    Unsealed,
    /// Those who direct the area: no ciphertext, no inquiries that may be about themselves, nothing of who asked for a
    /// reporter's identity, no recordings of calls, and no rewards, for a sum in proportion to a fine tells who is from
    /// inside.
    Area,
}

/// How the names of facts begin that those who direct the area do not see.
const KEPT_FROM_THE_AREA: [&str; 5] = [
    "accountability.inquiry_",
    "tip.identity_",
    "tip.recording_",
    "tip.transcript_",
    "tip.reward_",
];

impl Sight {
    /// Whether somebody in this role replays anything at all: asked before anything is looked up, so that the answer says
    /// nothing about what there is.
    ///
    /// # Errors
    /// `PermissionDenied` for the wrong role.
    pub(crate) fn asks(actor: &Actor) -> Result<(), Status> {
        const REPLAYING: [Role; 4] = [Role::Inspector, Role::Supervisor, Role::Leader, Role::Dispatcher];
        let may = actor.is_system() || actor.role().is_some_and(|role| REPLAYING.contains(&role));
        may.then_some(())
            .ok_or_else(|| refuse(PlatformRefusal::WrongRole))
    }

    /// What the actor sees of a case held by `owner` and lying in `division`.
    ///
    /// # Errors
    /// `PermissionDenied` for the wrong role or the wrong area.
    pub(crate) fn of(
        actor: &Actor,
        owner: Option<&UnitCode>,
        division: Option<&UnitCode>,
        jurisdiction: &Jurisdiction,
    ) -> Result<Self, Status> {
        let (unit, role) = match actor {
            Actor::Staff { unit, role, .. } => (unit, role),
            Actor::System { .. } => return Ok(Self::Unsealed),
            Actor::Citizen => return Err(refuse(PlatformRefusal::WrongRole)),
        };
        match role {
            Role::Inspector => Ok(Self::Whole),
            Role::Supervisor => Ok(Self::Unsealed),
            Role::Leader | Role::Dispatcher => {
                let city = jurisdiction.city().map(|city| &city.code);
                let within = owner.or(division).or(city);
                let kind = jurisdiction.unit(unit).map(|unit| unit.kind);
                let directs = matches!(kind, Some(UnitKind::Government | UnitKind::Office));
                let covered = within.is_some_and(|within| jurisdiction.covers(unit, within));
                (directs && covered)
                    .then_some(Self::Area)
                    .ok_or_else(|| refuse(PlatformRefusal::OutsideSubtree))
            }
            Role::Handler | Role::Operator | Role::Admin => Err(refuse(PlatformRefusal::WrongRole)),
        }
    }

    /// Whether a fact is shown at all.
    pub(crate) fn shows(self, fact: &Recorded) -> bool {
        let readings = fact.stream.starts_with("reading-");
        let named = KEPT_FROM_THE_AREA.iter().any(|kept| fact.name.starts_with(kept));
        let kept = named || is_of_an_inquiry(&fact.data);
        self == Self::Whole || !(readings || kept && self == Self::Area)
    }

    /// The number that a fact is cited by in its stream: a gap in the numbers would tell those who direct the area that
    /// something is kept from them, so theirs count what they see.
    pub(crate) fn number(self, revision: u64, shown_before: u64) -> u64 {
        match self {
            Self::Whole | Self::Unsealed => revision,
            Self::Area => shown_before,
        }
    }

    /// A body or state without what this sight leaves out.
    pub(crate) fn mask(self, value: &Value) -> Value {
        match value {
            _ if self == Self::Whole => value.clone(),
            Value::Object(fields) if fields.contains_key("ciphertext") => {
                let what = fields.get("field").and_then(Value::as_str).unwrap_or_default();
                json!(format!("（密封：{what}）"))
            }
            Value::Object(fields) => {
                let kept = fields.iter().filter(|(name, _)| !self.hides(name));
                let masked: Map<String, Value> = kept
                    .map(|(name, value)| (name.clone(), self.mask(value)))
                    .collect();
                Value::Object(masked)
            }
            Value::Array(items) => {
                let shown = items
                    .iter()
                    .filter(|item| self != Self::Area || !is_of_an_inquiry(item));
                shown.map(|item| self.mask(item)).collect()
            }
            other => other.clone(),
        }
    }

    fn hides(self, field: &str) -> bool {
        field == "receipt_hash"
            || (self == Self::Area && ["inquiries", "reveals", "recordings", "rewards"].contains(&field))
    }
}

/// Whether it is about the clock of an inquiry: to those it may be about it would say that they are looked into.
fn is_of_an_inquiry(value: &Value) -> bool {
    let clock = value.get("clock").and_then(Value::as_str);
    clock.is_some_and(|clock| clock.starts_with("inquiry#"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jurisdiction::sample::{
        CITY, COUNTY, COUNTY_ECOLOGY, DISCIPLINE, OFFICE, OTHER_COUNTY, SUPERVISION, TOWNSHIP, VILLAGE,
        acting, suqian,
    };

    fn sight(role: Role, unit: &str) -> Option<Sight> {
        let owner = UnitCode::of(TOWNSHIP);
        Sight::of(&acting(role, unit), Some(&owner), None, &suqian()).ok()
    }

    #[test]
    fn inspectors_see_the_whole_and_leaders_their_area() {
        assert_eq!(sight(Role::Inspector, DISCIPLINE), Some(Sight::Whole));
        assert_eq!(sight(Role::Supervisor, SUPERVISION), Some(Sight::Unsealed));
        assert_eq!(sight(Role::Leader, COUNTY), Some(Sight::Area));
        assert_eq!(sight(Role::Leader, CITY), Some(Sight::Area));
        assert_eq!(sight(Role::Dispatcher, OFFICE), Some(Sight::Area));
        assert_eq!(sight(Role::Leader, OTHER_COUNTY), None);
        assert_eq!(sight(Role::Leader, VILLAGE), None);
        assert_eq!(sight(Role::Leader, COUNTY_ECOLOGY), None);
        assert_eq!(sight(Role::Handler, TOWNSHIP), None);
        assert_eq!(sight(Role::Admin, OFFICE), None);
    }
    #[test]
    fn whoever_directs_another_area_is_told_so() {
        let elsewhere = acting(Role::Leader, OTHER_COUNTY);
        let owner = UnitCode::of(TOWNSHIP);
        let refused = Sight::of(&elsewhere, Some(&owner), None, &suqian()).expect_err("refused");
        assert_eq!(
            refused.message(),
            refuse(PlatformRefusal::OutsideSubtree).message()
        );
    }
    #[test]
    fn ciphertext_and_receipts_are_for_inspectors_only() {
        let body = json!({"content": {"ciphertext": "c2Vh", "field": "narrative"}, "receipt_hash": "ab", "list": [1]});
        assert_eq!(Sight::Whole.mask(&body), body);
        for sight in [Sight::Unsealed, Sight::Area] {
            let masked = json!({"content": "（密封：narrative）", "list": [1]});
            assert_eq!(sight.mask(&body), masked);
        }
    }
    #[test]
    fn inquiries_are_kept_from_those_they_may_be_about() {
        let state = json!({"clocks": [], "inquiries": [{"reason": "…"}]});
        assert_eq!(Sight::Area.mask(&state), json!({"clocks": []}));
        let state = json!({"clocks": [{"clock": "inquiry#1"}, {"clock": "review#2"}]});
        assert_eq!(
            Sight::Area.mask(&state),
            json!({"clocks": [{"clock": "review#2"}]})
        );
        assert_eq!(Sight::Unsealed.mask(&state), state);
        assert_eq!(Sight::Unsealed.mask(&state), state);
        let state =
            json!({"progress": "received", "reveals": [{"reason": "…"}], "rewards": [{"amount_fen": 1}]});
        assert_eq!(Sight::Area.mask(&state), json!({"progress": "received"}));
    }
}
