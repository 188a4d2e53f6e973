//! Nobody in conflict: whom a tip or case is about owes nothing in it, and no letter about it reaches them (domain.md §7).

use crate::event::Event;
use crate::{Circumstances, Fact, Found, Place, Rule};
use accountability_domain::{AccountabilityEvent, MoveReason};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{Actor, Against, Jurisdiction, StaffId, UnitCode};
use std::collections::BTreeMap;

/// A letter that was on its way when it became known whom the matter is about.
const ON_ITS_WAY: SignedDuration = SignedDuration::from_mins(1);

#[derive(Default)]
pub(crate) struct Conflicts {
    /// By subject, as letters and clocks name it: whom it is about, and since when that is known.
    about: BTreeMap<String, (Against, Timestamp)>,
    /// By stream and clock.
    clocks: BTreeMap<(String, String), Owed>,
}

/// What a unit owes.
struct Owed {
    subject: String,
    unit: UnitCode,
    running: bool,
    since: Timestamp,
    last: Place,
}

impl Rule for Conflicts {
    fn take(
        &mut self,
        fact: &Fact<'_>,
        event: &Event,
        circumstances: &Circumstances<'_>,
        found: &mut Found<'_>,
    ) {
        self.learn(fact);
        match event {
            Event::Accountability(event) => self.of_clock(event, fact),
            _ if fact.name.starts_with("notification.requested.") => {
                if let Some(says) = self.reached(fact, circumstances.jurisdiction) {
                    found.wrong(fact, says);
                }
            }
            _ => {}
        }
    }

    fn end(&self, circumstances: &Circumstances<'_>, found: &mut Found<'_>) {
        for ((_, clock), owed) in self.clocks.iter().filter(|(_, owed)| owed.running) {
            let Some((against, known)) = self.about.get(&owed.subject) else {
                continue;
            };
            let long_enough = owed.since.max(*known) <= circumstances.horizon();
            if long_enough && against.holds_unit(&owed.unit, circumstances.jurisdiction) {
                found.missing(
                    &owed.last,
                    format!("被反映的 {} 仍在承担这件事的时限（{clock}）。", owed.unit),
                );
            }
        }
    }
}

impl Conflicts {
    /// Facts of every kind spell it alike, as the field `against`. Who is once in conflict stays so.
    fn learn(&mut self, fact: &Fact<'_>) {
        let said = fact.data.get("against").cloned();
        let said = said.and_then(|said| serde_json::from_value::<Against>(said).ok());
        let (Some(said), Some((category, id))) = (said, fact.stream.split_once('-')) else {
            return;
        };
        let subject = match category {
            "tip" => format!("tip-{id}"),
            "case" | "disposal" => format!("case-{id}"),
            _ => return,
        };
        if said.is_empty() {
            return;
        }
        let (known, at) = self.about.remove(&subject).unwrap_or_default();
        let newer = if known == said { at } else { fact.at };
        self.about.insert(subject, (known.and(said), newer));
    }

    fn of_clock(&mut self, event: &AccountabilityEvent, fact: &Fact<'_>) {
        let key = |clock: &str| (fact.stream.to_owned(), clock.to_owned());
        match event {
            AccountabilityEvent::ClockStarted {
                clock, subject, unit, ..
            } => {
                let owed = Owed {
                    subject: subject.to_string(),
                    unit: unit.clone(),
                    running: true,
                    since: fact.at,
                    last: Place::of(fact),
                };
                self.clocks.insert(key(clock.as_str()), owed);
            }
            AccountabilityEvent::ClockStopped { clock, .. } => {
                if let Some(owed) = self.clocks.get_mut(&key(clock.as_str())) {
                    owed.running = false;
                }
            }
            AccountabilityEvent::ClockMoved { clock, reason, .. } => {
                if let Some(owed) = self.clocks.get_mut(&key(clock.as_str())) {
                    owed.moved(reason, fact);
                }
            }
            _ => {}
        }
    }

    /// What is wrong with a letter.
    fn reached(&self, fact: &Fact<'_>, jurisdiction: &Jurisdiction) -> Option<String> {
        let (against, known) = self.about.get(fact.data.get("about")?.as_str()?)?;
        if fact.at.duration_since(*known) < ON_ITS_WAY {
            return None;
        }
        let to = fact.data.get("addressee")?;
        let text = |field: &str| to.get(field).and_then(|value| value.as_str());
        if let Some(unit) = text("unit").and_then(|unit| unit.parse::<UnitCode>().ok()) {
            let held = against.holds_unit(&unit, jurisdiction);
            return held.then(|| format!("信函发给了被反映的单位 {unit}。"));
        }
        let staff: StaffId = text("staff")?.parse().ok()?;
        let hidden = match jurisdiction.staff.get(&staff) {
            Some(member) => {
                let acting = |role| Actor::staff(staff.clone(), member.unit.clone(), role);
                let mut roles = member.roles.iter().copied();
                roles.all(|role| against.hides_from(&acting(role), jurisdiction))
            }
            None => against.persons.contains(&staff),
        };
        hidden.then(|| format!("信函发给了被反映单位的 {staff}。"))
    }
}

impl Owed {
    fn moved(&mut self, reason: &MoveReason, fact: &Fact<'_>) {
        match reason {
            MoveReason::Reassigned { unit, .. } => {
                if self.unit != *unit || !self.running {
                    self.since = fact.at;
                }
                self.unit = unit.clone();
                self.running = true;
            }
            MoveReason::PassedOn { unit, .. } => self.unit = unit.clone(),
            MoveReason::Resumed { .. } => self.running = true,
            MoveReason::Extension { .. } | MoveReason::CalendarChange => {}
        }
        self.last = Place::of(fact);
    }
}

#[cfg(test)]
mod tests {
    use crate::Invariant::NobodyInConflict;
    use crate::story::Story;
    use accountability_domain::StopReason;
    use case_domain::CaseEvent;
    use jurisdiction::sample::{COUNTY, TOWNSHIP, VILLAGE};
    use jurisdiction::{Against, CaseId, Obligation::FirstInspection, Subject, UnitCode};
    use serde_json::json;

    const CASE: Subject = Subject::Case(CaseId::sample(7));

    fn about_the_township() -> CaseEvent {
        CaseEvent::ConflictNoted {
            against: Against::unit(UnitCode::of(TOWNSHIP)),
        }
    }
    fn letter(to: serde_json::Value) -> (&'static str, serde_json::Value) {
        let about = CASE.to_string();
        (
            "notification.requested.v1",
            json!({ "about": about, "addressee": to }),
        )
    }

    #[test]
    fn what_was_theirs_is_theirs_no_more() {
        let noted = |unit: &str| {
            let running = Story::new().clock_started(CASE, FirstInspection, unit);
            running
                .hours_later(1)
                .record(&CASE.to_string(), about_the_township())
        };
        noted(TOWNSHIP).breaks(NobodyInConflict, "仍在承担");
        noted(VILLAGE).breaks(NobodyInConflict, "仍在承担");
        noted(COUNTY).holds(NobodyInConflict);
        noted(TOWNSHIP)
            .clock_stopped(CASE, FirstInspection, StopReason::Withdrawn)
            .holds(NobodyInConflict);
    }
    #[test]
    fn no_letter_reaches_them() {
        let told = |to: serde_json::Value| {
            let noted = Story::new().record(&CASE.to_string(), about_the_township());
            let (name, data) = letter(to);
            noted.hours_later(1).record_raw("notification-1", name, data)
        };
        told(json!({ "kind": "unit", "unit": TOWNSHIP })).breaks(NobodyInConflict, "被反映的单位");
        let staff = |account: &str| json!({ "kind": "staff", "staff": account });
        told(staff("leader-321322102")).breaks(NobodyInConflict, "被反映单位的");
        told(staff("leader-321322")).holds(NobodyInConflict);
        told(json!({ "kind": "unit", "unit": COUNTY })).holds(NobodyInConflict);
    }
}
