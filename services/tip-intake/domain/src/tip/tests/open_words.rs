//! Nothing that stays in the open may hold a number or an address that leads to a person.

use super::*;
use crate::DivertTip;

const PERSONAL: [&str; 5] = [
    "厂门口，问19900000001",
    "１９９００００００１１",
    "身份证32132219900101001X",
    "a@b.example",
    "ａ＠ｂ．ｅｘａｍｐｌｅ",
];

#[track_caller]
fn refused(command: impl Fn(String) -> TipCommand, because: TipRefusal) {
    for text in PERSONAL {
        let story = received().by(dispatcher());
        story.when(&command(text.to_owned())).then_refused(because);
    }
    let harmless = "老砖瓦厂，0527-84350001，245省道113公里处";
    received()
        .by(dispatcher())
        .when(&command(harmless.to_owned()))
        .then_done();
}

fn accept(change: impl FnOnce(&mut AcceptTip)) -> TipCommand {
    let mut acceptance = an_acceptance();
    change(&mut acceptance);
    TipCommand::Accept(acceptance)
}

#[test]
fn a_report_says_who_is_meant_in_what_is_sealed_only() {
    let report = |change: &dyn Fn(&mut ReceiveTip)| {
        let mut report = a_report();
        change(&mut report);
        TipCommand::Receive(report)
    };
    for text in PERSONAL {
        Scenario::<Tip>::new()
            .by(Actor::Citizen)
            .when(&report(&|report| report.place.text = text.into()))
            .then_refused(TipRefusal::PersonInPlace)
            .when(&report(&|report| report.seen_when = text.into()))
            .then_refused(TipRefusal::PersonInSeenWhen);
    }
}

#[test]
fn whoever_screens_writes_no_persons_number_into_the_open() {
    refused(
        |text| accept(|accept| accept.summary = text),
        TipRefusal::PersonInSummary,
    );
    refused(
        |text| accept(|accept| accept.enterprise = Some(text)),
        TipRefusal::PersonInEnterprise,
    );
    let place = |text| Place {
        text,
        ..a_report().place
    };
    refused(
        |text| accept(|accept| accept.place = Some(place(text))),
        TipRefusal::PersonInPlace,
    );
    let reject = |explanation| {
        TipCommand::Reject(RejectTip {
            reason: RejectionReason::NotChemical,
            explanation,
        })
    };
    refused(reject, TipRefusal::PersonInExplanation);
    let divert = |authority: String, explanation: String| {
        TipCommand::Divert(DivertTip {
            authority,
            explanation,
        })
    };
    refused(
        |text| divert("市公安局".into(), text),
        TipRefusal::PersonInExplanation,
    );
    refused(
        |text| divert(text, "属于治安案件".into()),
        TipRefusal::PersonInAuthority,
    );
    refused(
        |text| TipCommand::SendReply(SendReply { text }),
        TipRefusal::PersonInText,
    );
}

#[test]
fn nor_does_whoever_tells_the_outcome_or_takes_a_tip_out_of_its_case() {
    let accepted = || {
        received()
            .by(dispatcher())
            .when(&TipCommand::Accept(an_acceptance()))
            .then_done()
    };
    let tell = TipCommand::TellOutcome(TellOutcome {
        text: "请找19900000001".into(),
        of: None,
        interim: false,
        case: FoundCase::Closed,
    });
    let unlink = TipCommand::Unlink(UnlinkTip {
        reason: "举报人19900000001说是另一处".into(),
    });
    let story = accepted().when(&tell).then_refused(TipRefusal::PersonInText);
    let story = story.when(&unlink).then_refused(TipRefusal::NumbersInReason);
    // What a case was closed with reaches the reporter all the same.
    let policy = Actor::system("tip-intake/closed-case-is-told");
    story.by(policy).when(&tell).then_done();
}

/// What was stored before this was looked at is not handed on to a case; the dispatcher corrects the place.
#[test]
fn a_tip_whose_own_place_holds_a_number_is_accepted_with_a_corrected_one() {
    let mut received = crate::events::samples().swap_remove(0);
    if let TipEvent::TipReceived { place, .. } = &mut received {
        place.text = "我家隔壁，电话 19900000001".into();
    }
    let story = Scenario::<Tip>::new().given([received]).by(dispatcher());
    let story = story
        .when(&accept(|_| ()))
        .then_refused(TipRefusal::PersonInPlace);
    let correct = accept(|accept| {
        accept.place = Some(Place {
            text: "老砖瓦厂".into(),
            ..a_report().place
        });
    });
    story.when(&correct).then_done();
}
