//! Given cases, then who found nothing at a site that another one confirms.

use super::*;
use case_domain::{Class, Coordinates};
use jiff::Timestamp;
use jurisdiction::{Actor, Against, Role, Urgency, sample};
use platform::Metadata;
use uuid::Uuid;

const CLEARED: u128 = 1;
const CONFIRMED: u128 = 2;

/// A history, one fact after the other.
#[derive(Default)]
struct Told(Book);

impl Told {
    fn then(mut self, case: u128, by: &Actor, event: &CaseEvent) -> Self {
        let (name, data) = decider::encode(event);
        let position = self.0.position + 1;
        self.0.take(&Recorded {
            id: Uuid::from_u128(position.into()),
            stream: format!("case-{}", CaseId::sample(case)),
            revision: 0,
            position,
            name,
            data,
            metadata: Metadata {
                correlation: Uuid::nil(),
                causation: Uuid::nil(),
                command_id: Uuid::nil(),
                at: Timestamp::UNIX_EPOCH,
                actor: by.clone(),
                traceparent: None,
                previous: None,
            },
        });
        self
    }
    fn opened(self, case: u128, text: &str, spot: Option<(f64, f64)>, enterprise: Option<&str>) -> Self {
        let coordinates = spot.map(|(latitude, longitude)| Coordinates { latitude, longitude });
        let samples = case_domain::samples().into_iter();
        let mut opened = samples.filter_map(|sample| match sample {
            CaseEvent::CaseOpened { origin, summary, .. } => Some(CaseEvent::CaseOpened {
                origin,
                summary,
                enterprise: enterprise.map(str::to_owned),
                place: Place {
                    text: text.to_owned(),
                    coordinates,
                    division: None,
                },
                urgency: Urgency::Normal,
                confidential: false,
                against: Against::default(),
            }),
            _ => None,
        });
        let opened = opened.next_back().expect("an opening among the samples");
        self.then(case, &dispatcher(), &opened)
    }
    fn inspected(self, case: u128, by: &Actor, found: Finding) -> Self {
        let mut samples = case_domain::samples();
        let inspection = samples.iter_mut().find_map(|sample| match sample {
            CaseEvent::InspectionRecorded { finding, .. } => {
                *finding = found;
                Some(sample.clone())
            }
            _ => None,
        });
        self.then(case, by, &inspection.expect("an inspection among the samples"))
    }
    fn merged(self, case: u128, into: u128) -> Self {
        let merged = CaseEvent::CasesMerged {
            into: CaseId::sample(into),
            reason: "同一点位".into(),
        };
        self.then(case, &dispatcher(), &merged)
    }
    fn confirmed(self, case: u128) -> Self {
        let confirmed = CaseEvent::CaseConfirmed {
            class: Class::C,
            owner: UnitCode::of(sample::TOWNSHIP),
            place: Place::default(),
            summary: String::new(),
            urgency: Urgency::Normal,
        };
        self.then(case, &dispatcher(), &confirmed)
    }
    fn closed(self, case: u128) -> Self {
        let closed = CaseEvent::CaseClosed {
            reason: ClosingReason::Disposed,
            tips: vec![],
            summary: String::new(),
        };
        self.then(case, &dispatcher(), &closed)
    }
    /// Which cases had disposed of the site that the second one confirms.
    fn disposed(&self) -> Vec<(CaseId, String)> {
        let earlier = self.0.earlier(CaseId::sample(CONFIRMED), self.0.position);
        let disposed = earlier.disposed.into_iter();
        disposed
            .map(|disposed| (disposed.case, disposed.unit.to_string()))
            .collect()
    }
    /// Who is named when the second case is confirmed.
    fn named(&self) -> Vec<(CaseId, String)> {
        let cleared = self.0.cleared(CaseId::sample(CONFIRMED), self.0.position);
        let named = cleared.into_iter().map(|cleared| {
            let persons: Vec<_> = cleared.persons.iter().map(StaffId::as_str).collect();
            (cleared.case, format!("{} {}", cleared.unit, persons.join(",")))
        });
        named.collect()
    }
}

fn dispatcher() -> Actor {
    sample::acting(Role::Dispatcher, sample::COUNTY)
}
fn handler(unit: &str) -> Actor {
    sample::acting(Role::Handler, unit)
}
fn found_clean(text: &str, spot: Option<(f64, f64)>, enterprise: Option<&str>) -> Told {
    let told = Told::default().opened(CLEARED, text, spot, enterprise);
    told.inspected(CLEARED, &handler(sample::TOWNSHIP), Finding::Clean)
}
const BY_THE_TOWNSHIP: &str = "321322102 handler-321322102";

#[test]
fn the_same_place_and_the_same_name_are_one_site() {
    let told = found_clean("胡集镇 老砖瓦厂", None, Some("某建材厂"));
    let told = told
        .opened(CONFIRMED, "胡集镇老砖瓦厂。", None, Some("某建材厂"))
        .confirmed(CONFIRMED);
    assert_eq!(
        told.named(),
        [(CaseId::sample(CLEARED), BY_THE_TOWNSHIP.to_owned())]
    );
}

#[test]
fn the_same_place_and_the_same_spot_are_one_site() {
    let told = found_clean("老砖瓦厂", Some((34.1312, 118.7735)), None);
    let told = told
        .opened(CONFIRMED, "老砖瓦厂", Some((34.1315, 118.7735)), Some("某建材厂"))
        .confirmed(CONFIRMED);
    assert_eq!(told.named().len(), 1);
}

#[test]
fn one_sign_alone_accuses_nobody() {
    let spot = Some((34.1312, 118.7735));
    for (text, at, enterprise) in [
        // The place alone may be a whole village.
        ("老砖瓦厂", None, None),
        ("老砖瓦厂", None, Some("另一家厂")),
        // A neighbour at the same crossing.
        ("老砖瓦厂隔壁", spot, Some("某建材厂")),
        ("老砖瓦厂", Some((34.1412, 118.7735)), None),
        ("", spot, Some("某建材厂")),
    ] {
        let told = found_clean("老砖瓦厂", spot, Some("某建材厂"));
        let told = told.opened(CONFIRMED, text, at, enterprise).confirmed(CONFIRMED);
        assert!(told.named().is_empty(), "{text} {at:?} {enterprise:?}");
    }
}

#[test]
fn what_a_dispatcher_merged_is_one_site_whatever_it_is_called() {
    let told = found_clean("北边的厂", None, None)
        .opened(3, "窑厂", None, None)
        .opened(CONFIRMED, "老砖瓦厂", None, None);
    let told = told.merged(CLEARED, 3).merged(3, CONFIRMED).confirmed(CONFIRMED);
    assert_eq!(
        told.named(),
        [(CaseId::sample(CLEARED), BY_THE_TOWNSHIP.to_owned())]
    );
    let apart = CaseEvent::CaseReopened {
        reason: "并案有误".into(),
    };
    let told = told.then(3, &dispatcher(), &apart);
    assert!(told.named().is_empty());
}

#[test]
fn everybody_who_found_nothing_is_named_once_and_nobody_who_went_later() {
    let told = found_clean("老砖瓦厂", None, Some("某建材厂"))
        .inspected(CLEARED, &handler(sample::TOWNSHIP), Finding::Clean)
        .inspected(CLEARED, &handler(sample::COUNTY_ECOLOGY), Finding::Clean)
        .inspected(CLEARED, &handler(sample::VILLAGE), Finding::Suspected)
        .opened(CONFIRMED, "老砖瓦厂", None, Some("某建材厂"))
        .confirmed(CONFIRMED)
        .inspected(CLEARED, &handler(sample::OTHER_TOWNSHIP), Finding::Clean);
    let confirmed_at = told.0.position - 1;
    let cleared = told.0.cleared(CaseId::sample(CONFIRMED), confirmed_at);
    let persons: Vec<_> = cleared[0].persons.iter().map(StaffId::as_str).collect();
    assert_eq!(persons, ["handler-321322102", "handler-321322-HJ"]);
    assert_eq!(cleared[0].unit.as_str(), sample::COUNTY_ECOLOGY);
}

#[test]
fn a_case_that_was_confirmed_itself_has_named_them_already() {
    let told = found_clean("老砖瓦厂", None, Some("某建材厂"))
        .confirmed(CLEARED)
        .opened(CONFIRMED, "老砖瓦厂", None, Some("某建材厂"))
        .confirmed(CONFIRMED);
    assert!(told.named().is_empty());
}

#[test]
fn whoever_said_that_it_is_none_of_ours_is_named_as_well() {
    let denied = CaseEvent::SiteClassified {
        class: Classification::NotSmallChemical,
        basis: String::new(),
        refer_to: None,
    };
    let told = Told::default()
        .opened(CLEARED, "老砖瓦厂", None, Some("某建材厂"))
        .then(CLEARED, &handler(sample::COUNTY), &denied)
        .opened(CONFIRMED, "老砖瓦厂", None, Some("某建材厂"))
        .confirmed(CONFIRMED);
    let by = format!("{0} handler-{0}", sample::COUNTY);
    assert_eq!(told.named(), [(CaseId::sample(CLEARED), by)]);
}

/// A relapse that nobody called one.
#[test]
fn what_was_disposed_of_and_is_confirmed_again_is_named_with_whoever_had_it() {
    let disposed = || {
        Told::default()
            .opened(CLEARED, "老砖瓦厂", None, Some("某建材厂"))
            .confirmed(CLEARED)
            .closed(CLEARED)
    };
    let again = |told: Told| {
        told.opened(CONFIRMED, "老砖瓦厂", None, Some("某建材厂"))
            .confirmed(CONFIRMED)
    };
    let named = [(CaseId::sample(CLEARED), sample::TOWNSHIP.to_owned())];
    assert_eq!(again(disposed()).disposed(), named);
    // A second report of the same works, from before they were closed.
    let meanwhile = Told::default()
        .opened(CLEARED, "老砖瓦厂", None, Some("某建材厂"))
        .opened(CONFIRMED, "老砖瓦厂", None, Some("某建材厂"))
        .confirmed(CLEARED)
        .closed(CLEARED)
        .confirmed(CONFIRMED);
    assert!(meanwhile.disposed().is_empty());
    let reopened = CaseEvent::CaseReopened {
        reason: "抽查不合格".into(),
    };
    let taken_back = disposed().then(CLEARED, &dispatcher(), &reopened);
    assert!(again(taken_back).disposed().is_empty());
}

#[test]
fn what_was_said_to_be_a_relapse_is_named_already() {
    let mut samples = case_domain::samples();
    let relapse = samples.iter_mut().find_map(|sample| match sample {
        CaseEvent::CaseOpened { origin, .. } => {
            *origin = Origin::Relapse {
                of: CaseId::sample(CLEARED),
                link: case_domain::RelapseLink::Site,
                note: String::new(),
            };
            Some(sample.clone())
        }
        _ => None,
    });
    let told = Told::default()
        .opened(CLEARED, "老砖瓦厂", None, Some("某建材厂"))
        .confirmed(CLEARED)
        .closed(CLEARED)
        .then(3, &dispatcher(), &relapse.expect("an opening"))
        .opened(CONFIRMED, "老砖瓦厂", None, Some("某建材厂"))
        .confirmed(CONFIRMED);
    assert!(told.disposed().is_empty());
}

#[test]
fn whoever_agreed_at_the_level_above_is_named_beside_whoever_went_there() {
    let agreed = CaseEvent::CleanFindingReviewed {
        agreed: true,
        note: "已核对照片".into(),
    };
    let reviewer = sample::acting(Role::Leader, sample::COUNTY);
    let told = found_clean("老砖瓦厂", None, Some("某建材厂"))
        .then(CLEARED, &reviewer, &agreed)
        .opened(CONFIRMED, "老砖瓦厂", None, Some("某建材厂"))
        .confirmed(CONFIRMED);
    let named = format!("{BY_THE_TOWNSHIP},leader-321322");
    assert_eq!(told.named(), [(CaseId::sample(CLEARED), named)]);
}
