//! What the seed has in store for the year: sites, who reports them when, and what changes in the directory.

use crate::city::{Change, timeline};
use crate::random::Random;
use crate::settings::{BEGIN, Settings};
use case_domain::Class;
use jiff::Timestamp;
use jurisdiction::{Jurisdiction, Level, TipId, UnitCode, UnitKind};

/// What is really there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    Works(Class),
    /// Another trade, e.g. a licensed paint shop.
    SomethingElse,
    Nothing,
}

/// A place that somebody reports.
#[derive(Clone, Debug)]
pub struct Site {
    pub place: String,
    /// The township or village that it lies in.
    pub division: UnitCode,
    pub truth: Truth,
}

/// A report by a citizen.
#[derive(Clone, Debug)]
pub struct Report {
    pub id: TipId,
    pub at: Timestamp,
    pub site: usize,
    pub danger: bool,
    pub confidential: bool,
    /// Whether the reporter says in which division it is.
    pub says_where: bool,
    /// What the reporter says of themselves; sealed at once.
    pub secret: String,
}

/// All that is known before the year begins.
#[derive(Debug)]
pub struct Plan {
    pub seed: u64,
    pub settings: Settings,
    pub directory: Vec<Change>,
    pub sites: Vec<Site>,
    pub reports: Vec<Report>,
    pub secrets: Vec<String>,
}

/// Invented, and nothing that anything else could say by chance.
const NAMES: [&str; 8] = [
    "举报人甄一诺",
    "举报人甄二毛",
    "举报人甄三妹",
    "举报人甄四海",
    "举报人甄五谷",
    "举报人甄六合",
    "举报人甄七巧",
    "举报人甄八方",
];
const KINDS: [&str; 6] = [
    "老砖瓦厂",
    "废弃养殖场",
    "闲置厂房",
    "河堤旁平房",
    "旧粮库",
    "塑料粒子厂后院",
];

impl Plan {
    pub fn new(seed: u64, settings: Settings) -> Self {
        let mut random = Random::new(seed);
        let directory = timeline(BEGIN, &mut random.fork());
        let founded = &directory[0].after;
        let sites = sites(founded, settings.tips, &mut random.fork());
        let reports = reports(&sites, settings, &mut random.fork());
        let secrets = NAMES.map(str::to_owned).to_vec();
        Self {
            seed,
            settings,
            directory,
            sites,
            reports,
            secrets,
        }
    }
    pub fn jurisdiction(&self, step: usize) -> &Jurisdiction {
        let last = self.directory.len() - 1;
        &self.directory[step.min(last)].after
    }
}

fn sites(jurisdiction: &Jurisdiction, tips: usize, random: &mut Random) -> Vec<Site> {
    let areas: Vec<&UnitCode> = jurisdiction
        .units
        .values()
        .filter(|unit| unit.kind == UnitKind::Government)
        .filter(|unit| matches!(unit.level, Level::Township | Level::Village))
        .map(|unit| &unit.code)
        .collect();
    let number = (tips * 2 / 3).max(1);
    let site = |index| {
        let division = (*random.pick(&areas).expect("a city has townships")).clone();
        let kind = random.pick(&KINDS).expect("a kind");
        Site {
            place: format!("{}{kind}{index}号", jurisdiction.unit_name(&division)),
            truth: truth(random),
            division,
        }
    };
    (0..number).map(site).collect()
}

fn truth(random: &mut Random) -> Truth {
    match random.below(10) {
        0 => Truth::Works(Class::A),
        1 => Truth::Works(Class::B),
        2..=5 => Truth::Works(Class::C),
        6 => Truth::SomethingElse,
        _ => Truth::Nothing,
    }
}

/// Most come while the campaign is in everybody's mouth, none in the last month: everything is to come to rest.
fn reports(sites: &[Site], settings: Settings, random: &mut Random) -> Vec<Report> {
    let last = (settings.days - 40).max(1);
    let report = |index: usize| {
        let days = match random.percent(60) {
            true => random.hours(10, 24 * last / 3),
            false => random.hours(10, 24 * last),
        };
        // Most sites are reported once, some by several people.
        let site = match index < sites.len() {
            true => index,
            false => random.below(sites.len()),
        };
        Report {
            id: TipId(random.uuid()),
            at: BEGIN + days + random.seconds(0, 3600),
            site,
            danger: random.percent(4),
            confidential: random.percent(10),
            says_where: random.percent(70),
            secret: NAMES[random.below(NAMES.len())].to_owned(),
        }
    };
    (0..settings.tips).map(report).collect()
}
