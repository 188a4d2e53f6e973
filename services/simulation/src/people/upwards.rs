//! Signed reports on their way up: sent back, sealed, filed, accepted or not; and what somebody would rather sign, or take back.

use super::reporting::{ACCEPTANCE, COUNTY};
use crate::city;
use crate::world::World;
use jurisdiction::{Level, UnitCode};
use report_domain::{
    AcceptReport, Digest, FileReport, Progress, RefuseAcceptance, Report, ReportCommand, ReturnReport,
    SealReport,
};

impl World<'_> {
    /// The level above sends a signed report back; whoever signed it does not sign it once more as it is.
    pub fn return_report(&mut self, unit: &UnitCode, stage: &str) {
        let stream = format!("report-{unit}-{stage}");
        let Some(signed) = self.signed(&stream) else {
            return;
        };
        let give_back = self.sending_back(unit, stage);
        // Nobody takes back what they signed.
        let codes = ["report.not_level_above"];
        self.cheat::<Report>(self.leader(unit), &stream, &give_back, &codes);
        self.work::<Report>(self.leader_above(unit), &stream, &give_back);
        let sign = self.signature(unit, stage, &signed);
        self.cheat::<Report>(self.leader(unit), &stream, &sign, &["report.not_drafted"]);
        self.cheat::<Report>(
            self.leader_above(unit),
            &stream,
            &give_back,
            &["report.not_signed"],
        );
        if self.jurisdiction().level(unit) == Some(Level::County) {
            let seal = ReportCommand::Seal(SealReport { digest: signed });
            self.cheat::<Report>(self.leader(unit), &stream, &seal, &["report.not_signed"]);
        }
    }

    /// A report below was sent back after this one was drafted on it.
    pub fn sign_over_what_was_returned(&mut self, unit: &UnitCode, stage: &str, digest: &Digest) {
        let Some(lower) = self.below(unit, stage).into_iter().next().map(|lower| lower.unit) else {
            return;
        };
        self.return_report(&lower, stage);
        let sign = self.signature(unit, stage, digest);
        let stream = format!("report-{unit}-{stage}");
        let codes = ["report.lower_report_changed"];
        self.cheat::<Report>(self.leader(unit), &stream, &sign, &codes);
        self.sign_drafted(&lower, stage, false);
    }

    /// The county's seal, then the file of the city; each in its turn.
    pub fn seal_and_file(&mut self, unit: &UnitCode, stage: &str) {
        let stream = format!("report-{unit}-{stage}");
        let Some(digest) = self.signed(&stream) else {
            return;
        };
        let seal = ReportCommand::Seal(SealReport { digest });
        let file = ReportCommand::File(FileReport {
            number: "宿安委办备〔2020〕1号".to_owned(),
        });
        let desk = Some(city::dispatcher());
        self.cheat::<Report>(desk.clone(), &stream, &file, &["report.not_sealed"]);
        self.cheat::<Report>(desk.clone(), &stream, &seal, &["report.not_sealer"]);
        // What the county stands for is not taken away from underneath.
        if let Some(lower) = self.below(unit, stage).into_iter().next() {
            let below = format!("report-{}-{stage}", lower.unit);
            let give_back = self.sending_back(&lower.unit, stage);
            self.cheat::<Report>(self.leader(unit), &below, &give_back, &["report.signed_above"]);
        }
        self.work::<Report>(self.leader(unit), &stream, &seal);
        self.cheat::<Report>(self.leader(unit), &stream, &file, &["report.not_filer"]);
        let accept = accept();
        let verdict = match stage == ACCEPTANCE {
            true => "report.not_filed",
            false => "report.not_of_acceptance",
        };
        self.cheat::<Report>(Some(city::supervisor()), &stream, &accept, &[verdict]);
        self.work::<Report>(desk, &stream, &file);
        let give_back = self.sending_back(unit, stage);
        let codes = ["report.filed_already"];
        self.cheat::<Report>(self.leader_above(unit), &stream, &give_back, &codes);
    }

    /// 验收: by the group, and not by whoever is to be accepted. Refused, it is drafted, signed, sealed and filed anew.
    pub fn accept_reports(&mut self) {
        let unit = UnitCode::of(COUNTY);
        let stream = format!("report-{unit}-{ACCEPTANCE}");
        let supervisor = Some(city::supervisor());
        let codes = ["report.not_a_supervisor"];
        self.cheat::<Report>(self.leader(&unit), &stream, &accept(), &codes);
        if self.people.percent(60) {
            let signed = self.signed(&stream);
            let refuse = ReportCommand::RefuseAcceptance(RefuseAcceptance {
                reason: "抽查两处仍有设备".into(),
            });
            self.cheat::<Report>(self.leader(&unit), &stream, &refuse, &codes);
            self.work::<Report>(supervisor.clone(), &stream, &refuse);
            self.cheat::<Report>(supervisor.clone(), &stream, &accept(), &["report.not_filed"]);
            if let Some(digest) = signed {
                let sign = self.signature(&unit, ACCEPTANCE, &digest);
                self.cheat::<Report>(self.leader(&unit), &stream, &sign, &["report.not_drafted"]);
            }
            self.sign_drafted(&unit, ACCEPTANCE, false);
            self.seal_and_file(&unit, ACCEPTANCE);
        }
        self.work::<Report>(supervisor.clone(), &stream, &accept());
        self.cheat::<Report>(supervisor, &stream, &accept(), &["report.accepted_already"]);
    }

    fn signed(&self, stream: &str) -> Option<Digest> {
        let state = self.log.state::<Report>(stream)?;
        Some(state.signature.as_ref()?.digest.clone())
    }

    fn leader_above(&self, unit: &UnitCode) -> Option<jurisdiction::Actor> {
        self.superior(unit).and_then(|above| self.leader(&above))
    }

    /// As the service fills it in: how far the report above has come.
    fn sending_back(&self, unit: &UnitCode, stage: &str) -> ReportCommand {
        let above = self.superior(unit).and_then(|above| {
            let stream = format!("report-{above}-{stage}");
            self.log.state::<Report>(&stream).map(|state| state.progress)
        });
        ReportCommand::Return(ReturnReport {
            reason: "清单里缺两处".into(),
            above: above.unwrap_or(Progress::Absent),
        })
    }
}

fn accept() -> ReportCommand {
    ReportCommand::Accept(AcceptReport { note: String::new() })
}
