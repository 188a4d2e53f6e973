//! Clocks of area reports.

use super::*;
use jurisdiction::Level;
use report_domain::{Digest, ReportEvent, ReportId};

fn report(unit: &str) -> ReportId {
    format!("{unit}-sweep").parse().expect("a report")
}
fn drafted(unit: &str) -> ReportEvent {
    ReportEvent::ReportDrafted {
        report: report(unit),
        position: 1,
        digest: Digest::sample(1),
        list: vec![],
        lower: vec![],
    }
}
fn signed(unit: &str, level: Level) -> ReportEvent {
    ReportEvent::ReportSigned {
        digest: Digest::sample(1),
        signed_by: StaffId::of(&format!("leader-{unit}")),
        level,
    }
}
fn returned() -> ReportEvent {
    ReportEvent::ReportReturned {
        reason: "底数不清".into(),
    }
}

/// The facts are numbered from 1; the last one has the usual id.
fn then(unit: &str, facts: &[ReportEvent]) -> Vec<String> {
    let number = |(index, event): (usize, &ReportEvent)| match index + 1 {
        last if last == facts.len() => (id(), event.clone()),
        number => (Uuid::from_u128(number as u128), event.clone()),
    };
    let history: Vec<_> = facts.iter().enumerate().map(number).collect();
    follow(&handler(), |fact| on_report(&report(unit), &history, fact))
}
fn clock(number: u128) -> String {
    ClockId::new(Obligation::Review, Uuid::from_u128(number)).to_string()
}

#[test]
fn given_a_draft_then_it_has_to_be_signed_and_another_draft_gives_no_more_time() {
    let township = sample::TOWNSHIP;
    let start = ["321322102 start review @321322102"];
    assert_eq!(then(township, &[drafted(township)]), start);
    assert!(then(township, &[drafted(township), drafted(township)]).is_empty());
}

#[test]
fn given_a_signature_of_a_township_then_its_clock_stops_even_after_a_second_draft() {
    let township = sample::TOWNSHIP;
    let facts = [
        drafted(township),
        drafted(township),
        signed(township, Level::Township),
    ];
    assert_eq!(then(township, &facts), [format!("321322102 done {}", clock(1))]);
}

#[test]
fn given_a_county_then_seal_and_filing_follow_each_on_its_desk() {
    let county = sample::COUNTY;
    let mut facts = vec![drafted(county), signed(county, Level::County)];
    let expected = [
        format!("321322 done {}", clock(1)),
        "321322 start review @321322".to_owned(),
    ];
    assert_eq!(then(county, &facts), expected);
    facts.push(ReportEvent::ReportSealed {
        digest: Digest::sample(1),
    });
    let expected = [
        format!("321322 done {}", clock(2)),
        "321322 start review @desk".to_owned(),
    ];
    assert_eq!(then(county, &facts), expected);
    facts.push(ReportEvent::ReportFiled { number: "1".into() });
    assert_eq!(then(county, &facts), [format!("321322 done {}", clock(3))]);
}

#[test]
fn given_a_return_then_it_has_to_be_drafted_and_signed_anew() {
    let county = sample::COUNTY;
    let mut facts = vec![drafted(county), signed(county, Level::County), returned()];
    let expected = [
        format!("321322 ended {}", clock(2)),
        format!("321322 resume review @321322 of {}", clock(1)),
    ];
    assert_eq!(then(county, &facts), expected);
    facts.push(drafted(county));
    assert!(then(county, &facts).is_empty());
    facts.push(signed(county, Level::County));
    assert_eq!(then(county, &facts)[0], format!("321322 done {}", clock(3)));
}

/// Signed and sent back, again and again: it is always the time that was left when the last signature was given.
#[test]
fn given_returns_without_end_then_no_time_is_gained() {
    let village = sample::VILLAGE;
    let mut facts = vec![drafted(village), signed(village, Level::Village), returned()];
    let resumed = |number| {
        vec![format!(
            "321322102201 resume review @321322102201 of {}",
            clock(number)
        )]
    };
    assert_eq!(then(village, &facts), resumed(1));
    facts.extend([drafted(village), signed(village, Level::Village), returned()]);
    assert_eq!(then(village, &facts), resumed(3));
}

#[test]
fn given_a_contradicted_report_then_its_signer_answers_for_it() {
    let village = sample::VILLAGE;
    let contradicted = ReportEvent::ReportContradicted {
        case: case(),
        place: "老砖瓦厂".into(),
        signed_by: StaffId::of("leader-321322102201"),
    };
    let facts = [drafted(village), signed(village, Level::Village), contradicted];
    let expected = ["321322102201 failure ContradictedReport @321322102201 [leader-321322102201]"];
    assert_eq!(then(village, &facts), expected);
    // Of two reports of the area that one site contradicts only the first is a failure: both say the same cause.
    let (jurisdiction, by) = (sample::suqian(), Actor::system("test"));
    let cause = |stage: &str, number: u128| {
        let fact = Fact {
            id: Uuid::from_u128(number),
            at: at(),
            by: &by,
            jurisdiction: &jurisdiction,
        };
        let report = ReportId {
            stage: stage.into(),
            ..report(village)
        };
        let history = [(fact.id, facts[2].clone())];
        match on_report(&report, &history, fact).pop() {
            Some((_, AccountabilityCommand::RecordFailure(failure))) => failure.cause,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(cause("sweep", 1), cause("acceptance", 2));
}

#[test]
fn given_an_end_of_stage_then_the_report_has_to_be_drafted_and_counts_from_its_turn() {
    let village = sample::VILLAGE;
    let due_since = |since| ReportEvent::ReportDue {
        report: report(village),
        since,
    };
    let due = due_since(at());
    let facts = [due.clone(), drafted(village)];
    assert_eq!(
        then(village, std::slice::from_ref(&due)),
        ["321322102201 start area_report @321322102201"]
    );
    let drafting = ClockId::new(Obligation::AreaReport, Uuid::from_u128(1));
    let expected = [
        format!("321322102201 done {drafting}"),
        "321322102201 start review @321322102201".to_owned(),
    ];
    assert_eq!(then(village, &facts), expected);
    let earlier: jiff::Timestamp = "2020-05-20T00:00:00Z".parse().expect("a timestamp");
    let (jurisdiction, by) = (sample::suqian(), Actor::system("test"));
    let fact = Fact {
        id: id(),
        at: at(),
        by: &by,
        jurisdiction: &jurisdiction,
    };
    let follows = on_report(&report(village), &[(id(), due_since(earlier))], fact);
    assert!(matches!(&follows[0].1, Command::StartClock(start) if start.started == earlier));
}

#[test]
fn given_a_guarantee_that_was_asked_for_then_its_clock_stops_and_otherwise_there_is_none() {
    let village = sample::VILLAGE;
    let guarantee = ReportEvent::GuaranteeGiven {
        report: report(village),
        text: "保证".into(),
    };
    assert!(then(village, std::slice::from_ref(&guarantee)).is_empty());
    let due = ReportEvent::GuaranteeDue {
        report: report(village),
        since: at(),
    };
    assert_eq!(
        then(village, std::slice::from_ref(&due)),
        ["321322102201 start guarantee @321322102201"]
    );
    let asked = ClockId::new(Obligation::Guarantee, Uuid::from_u128(1));
    assert_eq!(
        then(village, &[due, guarantee]),
        [format!("321322102201 done {asked}")]
    );
}

#[test]
fn given_an_outdated_draft_then_there_is_no_more_time_to_sign() {
    let township = sample::TOWNSHIP;
    let outdated = ReportEvent::DraftOutdated {
        case: case(),
        place: "老砖瓦厂".into(),
    };
    assert!(then(township, &[drafted(township), outdated]).is_empty());
}

#[test]
fn given_a_refused_acceptance_then_it_is_a_failure_of_the_signer_and_is_drafted_anew() {
    let county = sample::COUNTY;
    let sealed = ReportEvent::ReportSealed {
        digest: Digest::sample(1),
    };
    let filed = ReportEvent::ReportFiled { number: "1".into() };
    let refused = ReportEvent::AcceptanceRefused {
        reason: "三处没有清理".into(),
    };
    let facts = [
        drafted(county),
        signed(county, Level::County),
        sealed,
        filed,
        refused,
    ];
    let expected = [
        "321322 failure AcceptanceRefused @321322 [leader-321322]",
        "321322 start review @321322",
    ];
    assert_eq!(then(county, &facts), expected);
    let accepted = ReportEvent::ReportAccepted { note: String::new() };
    assert!(then(county, &[accepted]).is_empty());
}
