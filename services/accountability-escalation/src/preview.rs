//! What administrators are shown of a change before they make it: clocks that would move, units that would come under supervision.

use crate::foresight::{Foresight, Moved};
use crate::tally::SharedTally;
use jurisdiction::{
    Actor, Jurisdiction, Role, Stage, SupervisionNumbers, SupervisionThresholds, YearCalendar,
};
use mingcha_proto::accountability::{
    ForeseenClocks, MovedClock, PreviewCalendarYearRequest, PreviewSupervisionResponse, ReachedUnit,
};
use mingcha_proto::directory::{Stage as StageMessage, SupervisionThresholds as Thresholds};
use platform::{Context, PlatformRefusal, invalid, read_value, refuse};
use serde_json::json;
use tonic::Status;

/// Enough to see what kind of clocks they are; how many there are is counted.
const MOST_SHOWN: usize = 100;

pub(crate) struct Preview {
    pub context: Context,
    pub tally: SharedTally,
    pub foresight: Foresight,
}

impl Preview {
    /// What would become of the clocks if the directory were changed so. What must be hidden from the actor moves unseen.
    pub(crate) async fn clocks(
        &self,
        actor: &Actor,
        change: impl FnOnce(&mut Jurisdiction),
    ) -> Result<ForeseenClocks, Status> {
        administers(actor)?;
        let known = self.context.directory.current();
        let mut changed = (*known).clone();
        change(&mut changed);
        let foreseen = self.foresight.ask(changed).await.ok_or_else(being_rebuilt)?;
        let shown = |tally: &crate::tally::Tally| -> Vec<Moved> {
            let all = foreseen.moved.into_iter();
            all.filter(|moved| !tally.hides(&moved.stream, actor, &known))
                .collect()
        };
        let moved = self.tally.whole(shown).ok_or_else(being_rebuilt)?;
        let later = moved.iter().filter(|moved| moved.to > moved.from).count();
        let message = |moved: &Moved| MovedClock {
            unit: moved.unit.to_string(),
            unit_name: known.unit_name(&moved.unit),
            obligation: moved.obligation.code().to_owned(),
            obligation_title: moved.obligation.in_chinese().to_owned(),
            from: moved.from.to_string(),
            to: moved.to.to_string(),
            no_longer_missed: moved.no_longer_missed,
        };
        Ok(ForeseenClocks {
            running: foreseen.running as u32,
            later: later as u32,
            sooner: (moved.len() - later) as u32,
            moved: moved.iter().take(MOST_SHOWN).map(message).collect(),
        })
    }

    /// Whom thresholds would reach as things stand.
    pub(crate) fn supervision(
        &self,
        actor: &Actor,
        thresholds: SupervisionThresholds,
    ) -> Result<PreviewSupervisionResponse, Status> {
        administers(actor)?;
        let now = self.context.clock.now();
        let known = self.context.directory.current();
        let mut changed = (*known).clone();
        changed.supervision = thresholds;
        // What was decided for some day would otherwise still hold.
        changed.scheduled.clear();
        let (reached, open_now) = self
            .tally
            .whole(|tally| (tally.reached(&changed, now), tally.open()))
            .ok_or_else(being_rebuilt)?;
        let opened = reached.into_iter().map(|(unit, seen, _)| ReachedUnit {
            unit_name: known.unit_name(&unit),
            unit: unit.to_string(),
            numbers: Some(figures(&seen.numbers)),
        });
        Ok(PreviewSupervisionResponse {
            opened: opened.collect(),
            open_now: open_now as u32,
        })
    }
}

fn administers(actor: &Actor) -> Result<(), Status> {
    match actor.role() {
        Some(Role::Admin) => Ok(()),
        _ => Err(refuse(PlatformRefusal::WrongRole)),
    }
}

pub(crate) fn figures(numbers: &SupervisionNumbers) -> Thresholds {
    Thresholds {
        open_findings: numbers.open_findings,
        grave_findings: numbers.grave_findings,
        failures: numbers.failures,
        overdue: numbers.overdue,
    }
}

/// The year, and its days.
pub(crate) fn calendar(request: &PreviewCalendarYearRequest) -> Result<(i16, YearCalendar), Status> {
    let year = i16::try_from(request.year).map_err(|_| invalid("year", "年份不正确。"))?;
    let days = json!({ "holidays": request.holidays, "make_up_workdays": request.make_up_workdays });
    Ok((year, read_value(&days)?))
}

pub(crate) fn stages(messages: &[StageMessage]) -> Result<Vec<Stage>, Status> {
    messages.iter().map(read_value).collect()
}

pub(crate) fn being_rebuilt() -> Status {
    platform::away("问责数据正在从历史记录重建，数据没有丢失。", "请过一会儿再试。")
}
