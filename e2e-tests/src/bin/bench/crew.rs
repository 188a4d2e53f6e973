//! Those who do the work of a campaign, signed in once, and how they do much of it at a time.

use e2e_tests::{City, Photo, Staff};
use futures::StreamExt;
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

pub const CALLERS: usize = 16;
/// Townships that the sites are spread over, two of them with villages.
pub const TOWNSHIPS: [&str; 6] = [
    "321302101",
    "321302102",
    "321322102",
    "321322103",
    "321322104",
    "321322105",
];
/// What follows from something is there a moment later; behind many others, after some moments.
const PAUSE: Duration = Duration::from_millis(100);
const PATIENCE: Duration = Duration::from_secs(120);
/// What has not grown for so many looks has come to rest: between one rung and the next there may be silence.
const STILL: Duration = Duration::from_secs(2);
const LOOKS_AT_THE_SAME: u32 = 4;
const LOOKS_BETWEEN_WORDS: u32 = 10;

/// By their offices.
pub struct Crew {
    pub admin: Staff,
    pub dispatcher: Staff,
    pub supervisor: Staff,
    pub inspector: Staff,
    pub city_leader: Staff,
    /// The first responsible persons, by unit.
    leaders: BTreeMap<String, Staff>,
    /// A unit, its level, kind and first responsible person.
    pub units: Vec<Value>,
}

impl Crew {
    pub async fn of(city: &City) -> Self {
        let admin = city.town.staff("admin").await;
        let units = admin.get("/api/v1/units?limit=1000").await;
        let mut crew = Self {
            dispatcher: city.town.staff("dispatcher-city").await,
            supervisor: city.town.staff("supervisor").await,
            inspector: city.town.staff("inspector").await,
            city_leader: city.town.staff("leader-city").await,
            leaders: BTreeMap::new(),
            units: units["units"].as_array().cloned().unwrap_or_default(),
            admin,
        };
        // The counties of those townships and everything in them, and the departments that others are referred to.
        let own = crew.codes(|unit| {
            let code = text(unit, "code");
            let area = code.starts_with("321302") || code.starts_with("321322");
            area && (unit["kind"] == "government" || code.ends_with("-SJ"))
        });
        for code in own {
            let unit = crew.units.iter().find(|unit| unit["code"] == code.as_str());
            let account = unit
                .map(|unit| text(unit, "first_responsible"))
                .unwrap_or_default();
            let leader = city.town.staff(&account).await;
            crew.leaders.insert(code, leader);
        }
        crew
    }

    pub fn leader(&self, unit: &str) -> &Staff {
        let leader = self.leaders.get(unit);
        leader.unwrap_or_else(|| panic!("{unit} has no leader here"))
    }

    /// Those whose leaders are here.
    pub fn led(&self) -> impl Iterator<Item = &str> {
        self.leaders.keys().map(String::as_str)
    }

    /// The leader of the county that a unit lies in.
    pub fn county_leader(&self, unit: &str) -> &Staff {
        self.leader(&unit[..6])
    }

    /// Units that are such.
    pub fn codes(&self, are: impl Fn(&Value) -> bool) -> Vec<String> {
        let units = self.units.iter().filter(|unit| are(unit));
        units.map(|unit| text(unit, "code")).collect()
    }
}

/// Tells how long a part of the work has taken.
pub struct Step(&'static str, Instant);

impl Step {
    pub fn begin(name: &'static str) -> Self {
        Self(name, Instant::now())
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        eprintln!("{:>6.1} s  {}", self.1.elapsed().as_secs_f64(), self.0);
    }
}

/// Does it with each, many at a time.
pub async fn each<I, W>(items: impl IntoIterator<Item = I>, work: impl Fn(I) -> W)
where
    W: Future<Output = ()>,
{
    futures::stream::iter(items)
        .for_each_concurrent(CALLERS, work)
        .await;
}

/// Submits, as often as it takes until what it rests on is there.
///
/// # Panics
/// If it is refused for long.
pub async fn posts(staff: &Staff, path: &str, body: &Value) -> Value {
    let end = Instant::now() + PATIENCE;
    loop {
        let answer = staff.try_post(path, body).await;
        if answer.is_success() {
            return answer.json();
        }
        assert!(
            Instant::now() < end,
            "{}: {path} → {}",
            staff.account,
            answer.text
        );
        tokio::time::sleep(PAUSE).await;
    }
}

/// Waits until what follows from something is there.
///
/// # Panics
/// If it is not there for long.
pub async fn there(what: &str, look: impl AsyncFn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !look().await {
        assert!(Instant::now() < end, "{what} is not there");
        tokio::time::sleep(PAUSE).await;
    }
}

/// Waits until something has begun to grow and grows no more; how much of it there is then, and how long it grew. On long
/// work, tells how far it is.
pub async fn settled(what: &str, count: impl AsyncFn() -> u64) -> (u64, Duration) {
    let begun = Instant::now();
    let (mut before, mut grew, mut same) = (0, Duration::ZERO, 0);
    for look in 1_u32.. {
        tokio::time::sleep(STILL).await;
        let now = count().await;
        same = if now == before { same + 1 } else { 0 };
        if now > 0 && same == LOOKS_AT_THE_SAME {
            break;
        }
        if look.is_multiple_of(LOOKS_BETWEEN_WORDS) {
            eprintln!("{now:>8}  {what} …");
        }
        if same == 0 {
            (before, grew) = (now, begun.elapsed());
        }
    }
    (before, grew)
}

/// A photo of its own.
pub async fn photo(staff: &Staff) -> String {
    staff.uploads(&Photo::new()).await
}

pub fn total(page: &Value) -> u64 {
    page["total"].as_u64().unwrap_or_default()
}

pub fn text(row: &Value, key: &str) -> String {
    row[key].as_str().unwrap_or_default().to_owned()
}
