//! What is closed and is not over: spot checks, re-checks, relapses, reporters who say that it is not fixed.

use crate::city;
use crate::plan::Truth;
use crate::world::{Task, World};
use case_domain::{Case, CaseCommand, CaseState, ClosingReason, ReopenCase};
use disposal_domain::draw::{AnnounceDraw, CancelDraw, Draw, DrawCommand, MakeDraw};
use disposal_domain::{
    Disposal, DisposalCommand, DisposalState, FailSpotCheck, PassRecheck, PassSpotCheck, RelapseLink,
    ReportRelapse,
};
use jiff::SignedDuration;
use jurisdiction::{Actor, CaseId, TipId, UnitCode};
use tip_domain::{SayNotFixed, Tip, TipCommand};

/// Within the time that closed sites may wait for the next one.
const BETWEEN_DRAWS: SignedDuration = SignedDuration::from_hours(24 * 9);
/// From the announcement until the number is known.
const UNTIL_KNOWN: SignedDuration = SignedDuration::from_hours(24);

impl World<'_> {
    pub fn watch_over(&mut self, case: CaseId, state: &CaseState) {
        if self.says_not_fixed(state) {
            return;
        }
        match &state.closed {
            Some(ClosingReason::Disposed) => self.watch_site(case),
            Some(ClosingReason::FoundClean | ClosingReason::NotSmallChemical { .. })
                if state.reopenings == 0 && !self.calm && self.people.percent(4) =>
            {
                let reason = "举报人反映问题没有解决".to_owned();
                let reopen = CaseCommand::Reopen(ReopenCase { reason });
                self.work::<Case>(Some(city::dispatcher()), &format!("case-{case}"), &reopen);
            }
            _ => {}
        }
    }

    /// A reporter who was told the outcome sees something else at the site.
    fn says_not_fixed(&mut self, state: &CaseState) -> bool {
        if self.calm || !self.people.percent(2) {
            return false;
        }
        let told = |tip: &&TipId| {
            let state = self.log.state::<Tip>(&format!("tip-{tip}"));
            state.is_some_and(|state| state.outcome_told && !state.not_fixed)
        };
        let Some(tip) = state.tips.iter().find(told) else {
            return false;
        };
        let say = TipCommand::SayNotFixed(SayNotFixed { message: None });
        self.work::<Tip>(Some(Actor::Citizen), &format!("tip-{tip}"), &say)
    }

    fn watch_site(&mut self, case: CaseId) {
        let stream = format!("disposal-{case}");
        let Some(state) = self.log.state::<Disposal>(&stream).cloned() else {
            return;
        };
        if state.progress != disposal_domain::Progress::Closed {
            return;
        }
        let checked = state.spot_check.as_ref();
        if checked.is_some_and(|check| check.passed.is_none()) {
            let photo = self.photo();
            let command = match self.people.percent(15) && !self.calm {
                true => DisposalCommand::FailSpotCheck(FailSpotCheck {
                    measures: state
                        .measures
                        .iter()
                        .take(1)
                        .map(|record| record.measure)
                        .collect(),
                    finding: "设备又装回来了".into(),
                    evidence: vec![],
                    elsewhere: vec![],
                }),
                false => DisposalCommand::PassSpotCheck(PassSpotCheck {
                    note: "逐项看过".into(),
                    evidence: vec![photo],
                    elsewhere: vec![],
                }),
            };
            self.work::<Disposal>(Some(city::supervisor()), &stream, &command);
            return;
        }
        self.may_expose(case, &stream, &state);
        self.look_again(case, &stream, &state);
    }

    /// 回头看: passed, or it is back.
    fn look_again(&mut self, case: CaseId, stream: &str, state: &DisposalState) {
        let Some(due) = state.rechecks.iter().find(|recheck| recheck.outcome.is_none()) else {
            return;
        };
        let Some(unit) = state.unit.clone() else {
            return;
        };
        let back = matches!(self.truth(case), Truth::Works(_)) && self.people.percent(10) && !self.calm;
        if back {
            let new_case = CaseId(self.people.uuid());
            let relapse = DisposalCommand::ReportRelapse(ReportRelapse {
                new_case,
                link: RelapseLink::Site,
                note: "夜间又有装卸".into(),
                place: None,
                enterprise: None,
            });
            // Whoever it is about knows of none of it.
            let finder = match state.against.holds_unit(&unit, self.jurisdiction()) {
                true => Some(city::supervisor()),
                false => self.leader(&unit),
            };
            if self.work::<Disposal>(finder, stream, &relapse)
                && let Some(site) = self.sites.get(&case).copied()
            {
                self.sites.insert(new_case, site);
                self.newest.insert(site, new_case);
            }
            return;
        }
        let after_days = due.after_days;
        let photo = self.photo();
        let pass = DisposalCommand::PassRecheck(PassRecheck {
            after_days,
            note: String::new(),
            evidence: vec![photo],
            elsewhere: vec![],
        });
        // 自查自验: whoever disposed of it says that all is well.
        if self.tries(case, "recheck_own", 20) {
            let by = self.leader(&unit);
            self.cheat::<Disposal>(by, stream, &pass, &["disposal.own_work", "disposal.not_found"]);
        }
        let above = self.level_above(&unit).and_then(|above| self.leader(&above));
        self.work::<Disposal>(above, stream, &pass);
    }

    /// Announces a draw, or enters the number that has become known and announces the next one later.
    pub fn draw(&mut self) {
        self.read_disposals();
        let jurisdiction = self.jurisdiction();
        let frozen = self.rechecks.board.frozen(jurisdiction);
        let open = self
            .rechecks
            .board
            .draws()
            .into_iter()
            .find(|(_, draw)| draw.is_open());
        if let Some((id, _)) = open {
            let seed = format!("{:012}", self.people.below(1_000_000_000));
            let stream = format!("draw-{id}");
            if self.cannot_be_made(&stream) {
                self.after(BETWEEN_DRAWS / 3, Task::Draw);
                return;
            }
            // The same number spelled otherwise would draw other sites.
            let spelled = DrawCommand::Make(MakeDraw {
                seed: format!("{} {}", &seed[..6], &seed[6..]),
            });
            let codes = ["draw.seed_malformed"];
            self.cheat::<Draw>(Some(city::supervisor()), &stream, &spelled, &codes);
            let make = DrawCommand::Make(MakeDraw { seed });
            self.work::<Draw>(Some(city::supervisor()), &stream, &make);
            // The lot fell on a friend.
            let office = self.leader(&UnitCode::of(city::OFFICE));
            self.cheat::<Draw>(office, &stream, &cancellation(), &["draw.already_made"]);
        } else if frozen.list.values().any(|cases| !cases.is_empty()) {
            let announce = DrawCommand::Announce(AnnounceDraw {
                percent: 20,
                at_least: 1,
                source: "双色球开奖号码".into(),
                digits: 12,
                seed_at: self.now + UNTIL_KNOWN,
                from_position: 0,
                frozen,
            });
            let stream = format!("draw-{}", self.people.uuid());
            if self.work::<Draw>(Some(city::supervisor()), &stream, &announce) {
                // A number of one's own choice, before the lottery has one.
                let seed = "0".repeat(12);
                let chosen = DrawCommand::Make(MakeDraw { seed });
                let codes = ["draw.too_early"];
                self.cheat::<Draw>(Some(city::supervisor()), &stream, &chosen, &codes);
                if self.people.percent(10) && !self.calm {
                    self.work::<Draw>(Some(city::supervisor()), &stream, &cancellation());
                    self.draw_what_was_cancelled(&stream);
                    self.after(BETWEEN_DRAWS / 3, Task::Draw);
                    return;
                }
                // Machines do not agree to the second.
                self.after(UNTIL_KNOWN + SignedDuration::from_mins(10), Task::Draw);
                return;
            }
        }
        self.after(BETWEEN_DRAWS, Task::Draw);
    }

    /// The number that was announced will never be known: the office calls it off. Whoever draws must not by now.
    fn cannot_be_made(&mut self, stream: &str) -> bool {
        let codes = ["draw.not_canceller"];
        self.cheat::<Draw>(Some(city::supervisor()), stream, &cancellation(), &codes);
        if self.calm || !self.people.percent(15) {
            return false;
        }
        let office = self.leader(&UnitCode::of(city::OFFICE));
        self.work::<Draw>(office, stream, &cancellation());
        self.draw_what_was_cancelled(stream);
        true
    }

    fn draw_what_was_cancelled(&mut self, stream: &str) {
        let seed = "0".repeat(12);
        let make = DrawCommand::Make(MakeDraw { seed });
        let codes = ["draw.cancelled"];
        self.cheat::<Draw>(Some(city::supervisor()), stream, &make, &codes);
        let office = self.leader(&UnitCode::of(city::OFFICE));
        self.cheat::<Draw>(office, stream, &cancellation(), &codes);
    }
}

fn cancellation() -> DrawCommand {
    DrawCommand::Cancel(CancelDraw {
        reason: "该期停售".into(),
    })
}
