//! 督导: findings against units that have to answer them, and special supervision that ends when the numbers have fallen.

use crate::city;
use crate::world::{Task, World};
use accountability_domain::{
    Accountability, AccountabilityCommand, AnswerFinding, CloseSpecialSupervision, Finding, FindingSource,
    Gravity, JudgeFinding, RecordFinding,
};
use jurisdiction::{EvidenceId, UnitCode};

/// The groups are sent to a few places, and find something there again and again.
const SENT_TO: [&str; 4] = ["321302001", "321302101", "321322102", "321302-YJ"];

impl World<'_> {
    /// A group finds something, or nothing for a while.
    pub fn supervise(&mut self) {
        let unit = UnitCode::of(SENT_TO[self.people.below(SENT_TO.len())]);
        let grave = self.people.percent(45);
        let source = match self.people.below(3) {
            0 => FindingSource::Province,
            1 => FindingSource::County,
            _ => FindingSource::City,
        };
        let photo = self.photo();
        let record = |unit: &UnitCode, evidence: Vec<EvidenceId>| {
            AccountabilityCommand::RecordFinding(RecordFinding {
                unit: unit.clone(),
                source,
                gravity: if grave { Gravity::Grave } else { Gravity::Ordinary },
                text: "排查台账不实，有三处没有到场".into(),
                evidence,
            })
        };
        let stream = format!("accountability-{unit}");
        let found = record(&unit, vec![photo]);
        let supervisor = Some(city::supervisor());
        // The unit above writes nothing into the group's book, and the group nothing into its own or the inspectors'.
        let county = self.level_above(&unit).and_then(|above| self.leader(&above));
        let codes = ["accountability.not_a_supervisor"];
        self.cheat::<Accountability>(county, &stream, &found, &codes);
        if grave {
            let codes = ["accountability.evidence_missing"];
            self.cheat::<Accountability>(supervisor.clone(), &stream, &record(&unit, vec![]), &codes);
        }
        let inspectors = UnitCode::of(city::INSPECTORS);
        let stream_of_inspectors = format!("accountability-{inspectors}");
        let found_there = record(&inspectors, vec![]);
        let codes = ["accountability.not_supervised"];
        self.cheat::<Accountability>(supervisor.clone(), &stream_of_inspectors, &found_there, &codes);
        self.work::<Accountability>(supervisor, &stream, &found);
        let pause = self.people.days(4, 20);
        self.after(pause, Task::Supervise);
    }

    pub fn answer_finding(&mut self, stream: &str, finding: &Finding) {
        let unit = &finding.unit;
        let photo = self.photo();
        let answer = |evidence| {
            AccountabilityCommand::AnswerFinding(AnswerFinding {
                finding: finding.number,
                text: "已重新到场核查，台账已更正".into(),
                evidence,
            })
        };
        let judge = judgement(finding, true);
        let codes = ["accountability.nothing_answered"];
        self.cheat::<Accountability>(Some(city::supervisor()), stream, &judge, &codes);
        if finding.gravity == Gravity::Grave {
            let codes = ["accountability.evidence_missing"];
            self.cheat::<Accountability>(self.leader(unit), stream, &answer(vec![]), &codes);
        }
        let codes = ["accountability.not_the_units_leader"];
        let above = self.level_above(unit).and_then(|above| self.leader(&above));
        self.cheat::<Accountability>(above, stream, &answer(vec![photo.clone()]), &codes);
        self.work::<Accountability>(self.leader(unit), stream, &answer(vec![photo.clone()]));
        let codes = ["accountability.already_answered"];
        self.cheat::<Accountability>(self.leader(unit), stream, &answer(vec![photo]), &codes);
        // The unit says of its own answer that it is good.
        let codes = ["accountability.not_a_supervisor"];
        self.cheat::<Accountability>(self.leader(unit), stream, &judge, &codes);
    }

    pub fn judge_finding(&mut self, stream: &str, finding: &Finding) {
        let accepted = self.calm || self.people.percent(70);
        let judge = judgement(finding, accepted);
        let inspector = Some(city::inspector());
        let codes = ["accountability.not_a_supervisor"];
        self.cheat::<Accountability>(inspector, stream, &judge, &codes);
        self.work::<Accountability>(Some(city::supervisor()), stream, &judge);
        let again = judgement(finding, !accepted);
        let codes = ["accountability.nothing_answered"];
        self.cheat::<Accountability>(Some(city::supervisor()), stream, &again, &codes);
    }

    /// Whoever is under special supervision wants out of it; the group lets go once the numbers have fallen.
    pub fn look_at_special_supervision(&mut self) {
        for unit in self.numbers.supervised() {
            let stream = format!("accountability-{unit}");
            let seen = self.numbers.seen(&unit, self.jurisdiction(), self.now);
            let over = seen.numbers.reach(&seen.thresholds);
            let close = AccountabilityCommand::CloseSpecialSupervision(CloseSpecialSupervision {
                seen,
                note: "问题已整改".into(),
            });
            let supervisor = Some(city::supervisor());
            let codes = ["accountability.not_a_supervisor"];
            self.cheat::<Accountability>(self.leader(&unit), &stream, &close, &codes);
            if over {
                let codes = ["accountability.still_above_thresholds"];
                self.cheat::<Accountability>(supervisor, &stream, &close, &codes);
            } else if self.calm || self.people.percent(30) {
                self.work::<Accountability>(supervisor.clone(), &stream, &close);
                let codes = ["accountability.not_under_special_supervision"];
                self.cheat::<Accountability>(supervisor, &stream, &close, &codes);
            }
        }
    }
}

fn judgement(finding: &Finding, accepted: bool) -> AccountabilityCommand {
    AccountabilityCommand::JudgeFinding(JudgeFinding {
        finding: finding.number,
        accepted,
        note: "已复查".into(),
    })
}
