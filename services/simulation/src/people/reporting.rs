//! Areas guarantee and report the results of stages, level by level; and cases about units, which those units must not see.

use crate::city;
use crate::world::World;
use case_domain::{Case, CaseCommand, CaseState, OpenCase, Origin, Place, Progress};
use jurisdiction::{Against, CaseId, Level, UnitCode, UnitKind, Urgency};
use report_domain::{
    Digest, DraftReport, GiveGuarantee, LowerReport, Report, ReportCommand, ReportId, ReportLine, SignReport,
    canonical_list,
};
use sha2::{Digest as _, Sha256};

/// The days of the campaign on which areas guarantee, report at the end of two stages, level by level, and have their word
/// looked at; between the two, cases about townships come up.
pub const DAYS: [i64; 9] = [2, 47, 48, 49, 50, 109, 110, 111, 114];
const SWEEP: &str = "sweep";
pub const ACCEPTANCE: &str = "acceptance";
/// One county reports; the others stay silent, which is somebody else's clock.
pub const COUNTY: &str = "321302";

impl World<'_> {
    pub fn report(&mut self, step: usize) {
        match step {
            0 => self.guarantee(),
            1 => self.reports_of(Level::Village, SWEEP),
            2 => self.reports_of(Level::Township, SWEEP),
            3 => self.reports_of(Level::County, SWEEP),
            4 => self.open_umbrella_cases(),
            5 => self.reports_of(Level::Village, ACCEPTANCE),
            6 => self.reports_of(Level::Township, ACCEPTANCE),
            7 => self.reports_of(Level::County, ACCEPTANCE),
            _ => self.accept_reports(),
        }
    }

    fn reports_of(&mut self, level: Level, stage: &str) {
        for unit in self.areas(level) {
            self.report_of(&unit, level, stage);
        }
    }

    /// The areas of the county that reports.
    fn areas(&self, level: Level) -> Vec<UnitCode> {
        let (county, jurisdiction) = (UnitCode::of(COUNTY), self.jurisdiction());
        jurisdiction
            .units
            .values()
            .filter(|unit| unit.kind == UnitKind::Government && unit.level == level)
            .filter(|unit| jurisdiction.covers(&county, &unit.code))
            .map(|unit| unit.code.clone())
            .collect()
    }

    /// 以村居保乡镇，以乡镇保县区，以县区保全市: in person, once.
    fn guarantee(&mut self) {
        let levels = [Level::Village, Level::Township, Level::County];
        let areas: Vec<UnitCode> = levels.into_iter().flat_map(|level| self.areas(level)).collect();
        for unit in areas {
            let give = ReportCommand::GiveGuarantee(GiveGuarantee {
                unit: unit.clone(),
                stage: "mobilisation".into(),
                text: "保证在本辖区把小化工一家不漏排查出来".into(),
            });
            let stream = format!("report-{unit}-mobilisation");
            let above = self.superior(&unit).and_then(|above| self.leader(&above));
            let codes = ["report.not_first_responsible"];
            self.cheat::<Report>(above, &stream, &give, &codes);
            self.work::<Report>(self.leader(&unit), &stream, &give);
            let codes = ["report.already_guaranteed"];
            self.cheat::<Report>(self.leader(&unit), &stream, &give, &codes);
        }
    }

    /// 抢报: while the sweep is under way, nothing was found.
    pub fn report_early(&mut self) {
        let county = UnitCode::of(COUNTY);
        let (stream, draft, _) = self.draft_of(&county, SWEEP, true);
        self.cheat::<Report>(self.leader(&county), &stream, &draft, &["report.stage_not_over"]);
    }

    fn draft_of(&self, unit: &UnitCode, stage: &str, zero: bool) -> (String, ReportCommand, Digest) {
        let report = ReportId {
            unit: unit.clone(),
            stage: stage.to_owned(),
        };
        let stream = format!("report-{report}");
        let list = if zero { vec![] } else { self.list_of(unit) };
        let lower = self.below(unit, stage);
        let position = self.log.facts().len() as u64;
        let digest = digest(&report, position, &list, &lower);
        let draft = ReportCommand::Draft(DraftReport {
            report,
            position,
            digest: digest.clone(),
            list,
            lower,
        });
        (stream, draft, digest)
    }

    fn report_of(&mut self, unit: &UnitCode, level: Level, stage: &str) {
        // 零报告: whoever reports nothing is contradicted by whatever comes to light.
        let zero = self.people.percent(30);
        let (stream, draft, digest) = self.draft_of(unit, stage, zero);
        if !self.work::<Report>(self.leader(unit), &stream, &draft) {
            return;
        }
        let sign = self.signature(unit, stage, &digest);
        if self.people.percent(50) {
            self.sign_for_others(unit, &stream, &sign, stage);
        }
        if level == Level::County {
            self.sign_over_what_was_returned(unit, stage, &digest);
        }
        self.sign_drafted(unit, stage, zero);
        // A signed one is never edited.
        self.cheat::<Report>(self.leader(unit), &stream, &draft, &["report.signed_already"]);
        let chance = if level == Level::County { 60 } else { 20 };
        if self.people.percent(chance) {
            self.return_report(unit, stage);
            self.sign_drafted(unit, stage, zero);
        }
        if level == Level::County {
            self.seal_and_file(unit, stage);
        }
    }

    /// Drafts anew, and signs what was drafted.
    pub fn sign_drafted(&mut self, unit: &UnitCode, stage: &str, zero: bool) {
        let (stream, draft, digest) = self.draft_of(unit, stage, zero);
        self.work::<Report>(self.leader(unit), &stream, &draft);
        let sign = self.signature(unit, stage, &digest);
        self.work::<Report>(self.leader(unit), &stream, &sign);
    }

    pub fn signature(&self, unit: &UnitCode, stage: &str, digest: &Digest) -> ReportCommand {
        ReportCommand::Sign(SignReport {
            digest: digest.clone(),
            lower: self.below(unit, stage),
            // In a year nobody becomes the head of another level.
            signed_further_down: vec![],
        })
    }

    /// 代签: the level above, and somebody for another list.
    fn sign_for_others(&mut self, unit: &UnitCode, stream: &str, sign: &ReportCommand, stage: &str) {
        let above = self.superior(unit).and_then(|above| self.leader(&above));
        self.cheat::<Report>(above, stream, sign, &["report.not_first_responsible"]);
        let other = Digest::parse(&"0".repeat(64)).expect("64 hexadecimal digits");
        let unread = self.signature(unit, stage, &other);
        self.cheat::<Report>(self.leader(unit), stream, &unread, &["report.digest_differs"]);
    }

    fn list_of(&self, unit: &UnitCode) -> Vec<ReportLine> {
        let jurisdiction = self.jurisdiction();
        let within = |state: &CaseState| {
            let division = state.place.division.as_ref();
            division.is_some_and(|division| jurisdiction.covers(unit, division))
        };
        let line = |case: &CaseId| {
            let state = self.log.state::<Case>(&format!("case-{case}"))?;
            within(state).then(|| ReportLine {
                case: *case,
                state: format!("{:?}", state.progress).to_lowercase(),
                class: state.class.map(|class| format!("{class:?}")),
                place: state.place.text.clone(),
            })
        };
        self.sites.keys().filter_map(line).collect()
    }

    pub fn below(&self, unit: &UnitCode, stage: &str) -> Vec<LowerReport> {
        let lower = self
            .jurisdiction()
            .units
            .values()
            .filter(|lower| lower.parent.as_ref() == Some(unit) && lower.kind == UnitKind::Government);
        let attached = |lower: &jurisdiction::Unit| {
            let state = self
                .log
                .state::<Report>(&format!("report-{}-{stage}", lower.code))?;
            Some(LowerReport {
                unit: lower.code.clone(),
                digest: state.draft.as_ref()?.digest.clone(),
                signed_by: state.signature.as_ref().map(|signature| signature.by.clone()),
            })
        };
        lower.filter_map(attached).collect()
    }

    /// 涉干部线索: handled by the county's department, out of sight of the township that it is about.
    fn open_umbrella_cases(&mut self) {
        for _ in 0..3 {
            let number = self.people.below(self.plan.sites.len());
            let site = &self.plan.sites[number];
            let township = self.government(&site.division, Level::Township);
            let Some(about) = township else {
                continue;
            };
            let case = CaseId(self.people.uuid());
            let open = CaseCommand::Open(OpenCase {
                origin: Origin::DepartmentTransfer {
                    from: "市纪委监委".into(),
                    note: "问题线索转办".into(),
                },
                summary: "有干部为小化工通风报信".into(),
                enterprise: None,
                place: Place {
                    text: site.place.clone(),
                    coordinates: None,
                    division: Some(site.division.clone()),
                },
                urgency: Urgency::Normal,
                confidential: true,
                against: Against::unit(about.clone()),
            });
            if self.work::<Case>(Some(city::dispatcher()), &format!("case-{case}"), &open) {
                self.sites.insert(case, number);
                self.umbrella(case, &about);
            }
        }
    }

    /// Whoever may have a case that is about somebody: the emergency department of the county.
    pub fn out_of_sight(&self, state: &CaseState) -> Option<UnitCode> {
        if state.against.is_empty() || state.progress == Progress::Closed {
            return None;
        }
        let county = self.government(state.place.division.as_ref()?, Level::County)?;
        Some(UnitCode::of(&format!("{county}-YJ")))
    }
}

fn digest(report: &ReportId, position: u64, list: &[ReportLine], lower: &[LowerReport]) -> Digest {
    let hash = Sha256::digest(canonical_list(report, position, list, lower));
    Digest::parse(&hex::encode(hash)).expect("64 hexadecimal digits")
}
