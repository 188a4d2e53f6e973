//! What holds of every history.

use super::*;
use crate::DirectoryView;
use jurisdiction::Actor;
use proptest::prelude::*;

/// One of each event.
fn samples() -> Vec<Event> {
    let day = Date::constant(2020, 10, 1);
    vec![
        Event::UnitRegistered { unit: a_village() },
        Event::StaffRegistered { member: a_person() },
        Event::StaffRetired {
            account: StaffId::of("handler-new"),
            reason: "调离".into(),
        },
        Event::HandedOver {
            unit: UnitCode::of(sample::TOWNSHIP),
            from: Some(StaffId::of("leader-321322102")),
            to: StaffId::of("leader-new"),
            reason: "任免通知".into(),
        },
        Event::PasswordSet {
            account: StaffId::of("handler-new"),
        },
        Event::StagesSet {
            stages: vec![Stage {
                code: "sweep".into(),
                name: "排查摸底".into(),
                from: day,
                to: None,
                owes: None,
                caps_measures: None,
            }],
        },
        Event::LimitsSet { limits: [].into() },
        Event::LadderSet {
            ladder: Ladder::default(),
        },
        Event::SupervisionSet {
            thresholds: SupervisionThresholds::default(),
        },
        Event::SettingScheduled {
            scheduled: Scheduled {
                from: day,
                setting: Setting::Ladder(Ladder::default()),
            },
        },
        Event::RecheckDaysSet {
            days: RecheckDays::default(),
        },
        Event::RewardRulesSet {
            rules: RewardRules::default(),
        },
        Event::CustodySet {
            custody: Custody::default(),
        },
        Event::YearSet {
            year: 2020,
            calendar: YearCalendar {
                holidays: [day].into(),
                ..Default::default()
            },
            basis: String::new(),
        },
        Event::HotlinePublished {
            hotline: Hotline {
                number: "0527-12350".into(),
                name: "举报电话".into(),
                hours: "全天".into(),
                by_sms: false,
            },
        },
        Event::HotlineWithdrawn {
            number: "0527-12350".into(),
            reason: "号码变更".into(),
        },
        Event::ClockAdvanced { seconds: 60 },
        Event::UnitMerged {
            unit: UnitCode::of(sample::VILLAGE),
            into: UnitCode::of(sample::OTHER_VILLAGE),
            reason: "宿政复〔2020〕9号".into(),
        },
    ]
}

proptest! {
    /// Invariant: `evolve` is total, and so is the view; any sequence of facts, in any order, folds without panic.
    #[test]
    fn any_history_folds(picks in proptest::collection::vec(0usize..64, 0..40)) {
        let samples = samples();
        let stamp = Stamp { at: Timestamp::UNIX_EPOCH, by: Actor::Citizen };
        let (mut state, mut view) = (EntryState::default(), DirectoryView::default());
        for pick in picks {
            let event = &samples[pick % samples.len()];
            DirectoryEntry::evolve(&mut state, event, &stamp);
            view.apply(event, stamp.at);
        }
    }
}

#[test]
fn every_event_ever_written_can_be_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    decider::scenario::assert_golden(&folder, &samples());
}
