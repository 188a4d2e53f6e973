//! Areas report the results of the sweep, level by level; and cases about units, which those units must not see.

use crate::city;
use crate::world::World;
use case_domain::{Case, CaseCommand, CaseState, OpenCase, Origin, Place, Progress};
use jurisdiction::{Against, CaseId, Level, UnitCode, UnitKind, Urgency};
use report_domain::{
    Digest, DraftReport, FileReport, LowerReport, Report, ReportCommand, ReportId, ReportLine, SealReport,
    SignReport, canonical_list,
};
use sha2::{Digest as _, Sha256};

/// Villages, townships, the county; then cases about townships.
pub const STEPS: usize = 4;
const STAGE: &str = "sweep";
/// One county reports; the others stay silent, which is somebody else's clock.
const COUNTY: &str = "321302";

impl World<'_> {
    pub fn report(&mut self, step: usize) {
        let level = match step {
            0 => Level::Village,
            1 => Level::Township,
            2 => Level::County,
            _ => return self.open_umbrella_cases(),
        };
        let county = UnitCode::of(COUNTY);
        let jurisdiction = self.jurisdiction();
        let areas: Vec<UnitCode> = jurisdiction
            .units
            .values()
            .filter(|unit| unit.kind == UnitKind::Government && unit.level == level)
            .filter(|unit| jurisdiction.covers(&county, &unit.code))
            .map(|unit| unit.code.clone())
            .collect();
        for unit in areas {
            self.report_of(&unit, level);
        }
    }

    /// 抢报: while the sweep is under way, nothing was found.
    pub fn report_early(&mut self) {
        let county = UnitCode::of(COUNTY);
        let (stream, draft, _) = self.draft_of(&county, true);
        self.cheat::<Report>(self.leader(&county), &stream, &draft, &["report.stage_not_over"]);
    }

    fn draft_of(&self, unit: &UnitCode, zero: bool) -> (String, ReportCommand, Digest) {
        let report = ReportId {
            unit: unit.clone(),
            stage: STAGE.to_owned(),
        };
        let stream = format!("report-{report}");
        let list = if zero { vec![] } else { self.list_of(unit) };
        let lower = self.below(unit);
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

    fn report_of(&mut self, unit: &UnitCode, level: Level) {
        // 零报告: whoever reports nothing is contradicted by whatever comes to light.
        let zero = self.people.percent(30);
        let (stream, draft, digest) = self.draft_of(unit, zero);
        if !self.work::<Report>(self.leader(unit), &stream, &draft) {
            return;
        }
        let sign = ReportCommand::Sign(SignReport {
            digest: digest.clone(),
            lower: self.below(unit),
        });
        if self.people.percent(50) {
            self.sign_for_others(unit, &stream, &sign, &digest);
        }
        self.work::<Report>(self.leader(unit), &stream, &sign);
        // A signed one is never edited.
        self.cheat::<Report>(self.leader(unit), &stream, &draft, &["report.signed_already"]);
        if level == Level::County {
            let seal = ReportCommand::Seal(SealReport { digest });
            self.work::<Report>(self.leader(unit), &stream, &seal);
            let number = "宿安委办备〔2020〕1号".to_owned();
            let file = ReportCommand::File(FileReport { number });
            self.work::<Report>(Some(city::dispatcher()), &stream, &file);
        }
    }

    /// 代签: the level above, and somebody for another list.
    fn sign_for_others(&mut self, unit: &UnitCode, stream: &str, sign: &ReportCommand, digest: &Digest) {
        let above = self.superior(unit).and_then(|above| self.leader(&above));
        self.cheat::<Report>(above, stream, sign, &["report.not_first_responsible"]);
        let other = Digest::parse(&"0".repeat(64)).unwrap_or_else(|| digest.clone());
        let unread = ReportCommand::Sign(SignReport {
            digest: other,
            lower: self.below(unit),
        });
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

    fn below(&self, unit: &UnitCode) -> Vec<LowerReport> {
        let lower = self
            .jurisdiction()
            .units
            .values()
            .filter(|lower| lower.parent.as_ref() == Some(unit) && lower.kind == UnitKind::Government);
        let attached = |lower: &jurisdiction::Unit| {
            let state = self
                .log
                .state::<Report>(&format!("report-{}-{STAGE}", lower.code))?;
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
