//! What people do: citizens report, dispatchers screen, units work, each in their own time, honestly or by the book.

mod answering;
mod avoiding;
mod cheats;
mod closed;
mod conferring;
mod disposal;
mod doubles;
mod erasing;
mod exposing;
mod handling;
mod helping;
mod identities;
mod referring;
mod reporting;
mod reviewing;
mod rewarding;
mod supervising;
mod upwards;

pub(crate) use reporting::DAYS;

use crate::city;
use crate::plan::Truth;
use crate::sabotage::{Sabotage, strike};
use crate::world::{Task, World};
use case_domain::{Case, ClosingReason, Progress};
use jiff::SignedDuration;
use jurisdiction::{CaseId, EvidenceId, Obligation, Urgency};
use tip_domain::{
    AcceptTip, Authenticity, Channel, Compartment, DivertTip, FoundCase, Place, ReceiveTip, RejectTip,
    RejectionReason, Sealed, Seen, TellOutcome, Tip, TipCommand,
};

impl World<'_> {
    /// A citizen reports a site.
    pub fn file(&mut self, number: usize) {
        let plan = self.plan;
        let (report, site) = (&plan.reports[number], &plan.sites[plan.reports[number].site]);
        let channel = match number % 4 {
            0 => Channel::Phone,
            1 => Channel::Sms,
            _ => Channel::Web,
        };
        // Only ciphertext leaves the edge; here it is a hash of what was said.
        let sealed = |compartment| Sealed {
            ciphertext: format!("{:016x}", plan.seed ^ number as u64),
            ..Sealed::sample(compartment, "narrative")
        };
        let receive = TipCommand::Receive(ReceiveTip {
            channel,
            line: None,
            authenticity: Authenticity::Unsigned,
            place: Place {
                text: site.place.clone(),
                coordinates: None,
                division: report.says_where.then(|| site.division.clone()),
            },
            seen: vec![Seen::Barrels, Seen::Smell],
            seen_when: "夜里".into(),
            evidence: vec![],
            recordings: vec![],
            in_words: true,
            confidential: report.confidential,
            wants_answer: true,
            danger: report.danger,
            receipt_hash: format!("{number:064x}"),
            identity: Some(sealed(Compartment::Identity)),
            content: Some(sealed(Compartment::Content)),
            against: None,
        });
        let stream = format!("tip-{}", report.id);
        self.work::<Tip>(Some(jurisdiction::Actor::Citizen), &stream, &receive);
        let pause = match (report.danger, self.people.below(20)) {
            (true, _) => self.people.seconds(60, 1200),
            (false, 0) => self.people.days(2, 12),
            (false, _) => self.people.hours(1, 20),
        };
        self.after(pause, Task::Screen(number));
        if self.people.percent(12) {
            let pause = self.people.days(1, 60);
            self.after(pause, Task::Identity(number));
        }
        if self.people.percent(6) {
            let pause = self.people.days(2, 90);
            self.after(pause, Task::Erase(number));
        }
    }

    /// A dispatcher takes a tip up, as a new case or with the case of its site, or says why not.
    pub fn screen(&mut self, number: usize) {
        let plan = self.plan;
        let report = &plan.reports[number];
        let site = &plan.sites[report.site];
        let stream = format!("tip-{}", report.id);
        let known = self.newest.get(&report.site).copied();
        let is_there = |case: &CaseId| self.log.state::<Case>(&format!("case-{case}")).is_some();
        if known.as_ref().is_some_and(|case| !is_there(case)) {
            // Accepted a moment ago: it is not on the list yet.
            self.after(SignedDuration::from_mins(40), Task::Screen(number));
            return;
        }
        let open = known.filter(|case| self.is_open(*case));
        // Now and then nobody sees that the site has a case already.
        let joins = open.filter(|_| !self.people.percent(25));
        if joins.is_none() && site.truth == Truth::Nothing && self.people.percent(30) {
            self.turn_down(number, &stream);
            return;
        }
        if self.people.percent(5) {
            self.screen_for_another(&stream);
        }
        let case = joins.unwrap_or_else(|| CaseId(self.people.uuid()));
        let mut summary = format!("{}疑似生产化工产品", site.place);
        if plan.settings.sabotage == Some(Sabotage::SecretInSummary) {
            summary = format!("{}反映：{summary}", report.secret);
        }
        let accept = TipCommand::Accept(AcceptTip {
            case,
            opens_case: joins.is_none(),
            summary,
            enterprise: None,
            place: Some(Place {
                text: site.place.clone(),
                coordinates: None,
                division: Some(site.division.clone()),
            }),
            urgency: match self.people.percent(10) {
                true => Urgency::Urgent,
                false => Urgency::Normal,
            },
            found: match joins {
                Some(_) => FoundCase::Open,
                None => FoundCase::Nothing,
            },
        });
        let by = self.screener(&stream);
        if self.work::<Tip>(Some(by), &stream, &accept) && joins.is_none() {
            self.sites.insert(case, report.site);
            match open {
                Some(first) => {
                    let pause = self.people.hours(6, 72);
                    self.after(pause, Task::Merge(case, first));
                }
                None => {
                    self.newest.insert(report.site, case);
                }
            }
        }
    }

    fn turn_down(&mut self, number: usize, stream: &str) {
        let explanation = "经核实，您反映的地点没有从事化工生产或储存。".to_owned();
        let command = match self.people.percent(70) {
            true => TipCommand::Reject(RejectTip {
                reason: RejectionReason::NotChemical,
                explanation,
            }),
            false => TipCommand::Divert(DivertTip {
                authority: "市场监管部门".into(),
                explanation,
            }),
        };
        let by = self.screener(stream);
        self.work::<Tip>(Some(by.clone()), stream, &command);
        // Once screened, a tip is not screened again to make it look younger.
        let codes = ["tip.already_screened", "tip.not_dispatcher"];
        self.cheat::<Tip>(Some(by), stream, &command, &codes);
        self.may_be_reviewed(number, stream);
    }

    fn is_open(&self, case: CaseId) -> bool {
        let state = self.log.state::<Case>(&format!("case-{case}"));
        state.is_none_or(|state| !matches!(state.progress, Progress::Closed | Progress::Absent))
    }

    /// Whoever has the case, or what follows from it, does the next thing. What it leads to makes somebody look again.
    pub fn work_on(&mut self, case: CaseId) {
        self.waiting.remove(&case);
        strike(self, case);
        let Some(state) = self.log.state::<Case>(&format!("case-{case}")).cloned() else {
            return;
        };
        self.answer_reporters(&state.tips);
        let before = self.log.facts().len();
        if self.takes_out_of_their_hands(case, &state) {
            return;
        }
        match state.progress {
            Progress::Absent => {}
            Progress::Confirmed => {
                self.may_be_rewarded(case, &state);
                self.dispose(case);
            }
            Progress::Closed => self.watch_over(case, &state),
            _ => self.handle_case(case, &state),
        }
        // Something stands in the way that will pass, e.g. a reaction under way.
        let idle = self.log.facts().len() == before;
        if idle && state.progress != Progress::Closed && self.waiting.insert(case) {
            let pause = if self.calm {
                self.people.hours(1, 2)
            } else {
                self.people.hours(3, 30)
            };
            self.after(pause, Task::Work(case));
        }
    }

    /// How far the case of a tip is, as the service looks it up.
    fn case_of(&self, tip: &str) -> FoundCase {
        let tip = self.log.state::<Tip>(tip).map(|tip| &tip.progress);
        let Some(tip_domain::Progress::Accepted { case }) = tip else {
            return FoundCase::Nothing;
        };
        match self.log.state::<Case>(&format!("case-{case}")) {
            None => FoundCase::Nothing,
            Some(state) if matches!(state.closed, Some(ClosingReason::Merged { .. })) => FoundCase::Open,
            Some(state) if state.progress == Progress::Closed => FoundCase::Closed,
            Some(_) => FoundCase::Open,
        }
    }

    /// Whose time to be told runs though nothing was told, e.g. because the tip came to a case that was closed. Of one that
    /// is open the rule tells what was verified, a moment after that.
    fn answer_reporters(&mut self, tips: &[jurisdiction::TipId]) {
        for tip in tips {
            let stream = format!("tip-{tip}");
            if self.has_clock(&tip.to_string(), Obligation::TellOutcome) {
                let case = self.case_of(&stream);
                let text = "您反映的点位已有处理结果，请凭查询码查看。".to_owned();
                let tell = TipCommand::TellOutcome(TellOutcome {
                    text,
                    of: None,
                    interim: false,
                    case,
                });
                let by = Some(city::dispatcher());
                if case == FoundCase::Closed {
                    self.work::<Tip>(by, &stream, &tell);
                } else {
                    // To be rid of the clock, say that all is done.
                    let codes = [
                        "tip.case_still_open",
                        "tip.not_dispatcher",
                        "tip.not_found",
                        "tip.under_review",
                    ];
                    self.cheat::<Tip>(by, &stream, &tell, &codes);
                }
            }
        }
    }

    pub fn has_clock(&self, subject: &str, obligation: Obligation) -> bool {
        let stream = format!("accountability-{subject}");
        let state = self.log.state::<accountability_domain::Accountability>(&stream);
        state.is_some_and(|state| state.running_clocks().any(|clock| clock.obligation == obligation))
    }

    /// A cheat that is tried once on a case, by so many in a hundred.
    pub fn tries(&mut self, case: CaseId, cheat: &'static str, chance: usize) -> bool {
        !self.calm && self.people.percent(chance) && self.tried.insert((case, cheat))
    }
    pub fn photo(&mut self) -> EvidenceId {
        let digits = format!("{:016x}", self.people.next()).repeat(4);
        EvidenceId::parse(&digits).expect("64 hexadecimal digits")
    }
    pub fn truth(&self, case: CaseId) -> Truth {
        let site = self.sites.get(&case);
        site.map_or(Truth::Nothing, |site| self.plan.sites[*site].truth)
    }
    /// Nobody looks at a site before somebody has asked for it.
    pub fn a_moment_ago(&self) -> jiff::Timestamp {
        self.now - SignedDuration::from_mins(5)
    }
}
