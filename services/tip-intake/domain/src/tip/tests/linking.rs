//! Which case a tip is of.

use super::*;
use proptest::prelude::*;

fn link(case: u128, found: FoundCase) -> TipCommand {
    TipCommand::Link(LinkTip {
        case: CaseId::sample(case),
        found,
    })
}
fn unlink() -> TipCommand {
    TipCommand::Unlink(UnlinkTip {
        reason: "是河对岸的另一处厂房".into(),
    })
}
fn go_along(from: u128, to: u128) -> TipCommand {
    TipCommand::Move(MoveTip {
        from: CaseId::sample(from),
        to: CaseId::sample(to),
    })
}
fn of_case(story: &Scenario<Tip>) -> Option<CaseId> {
    match story.state().progress {
        Progress::Accepted { case } => Some(case),
        _ => None,
    }
}
fn accepted() -> Scenario<Tip> {
    received()
        .by(dispatcher())
        .when(&TipCommand::Accept(an_acceptance()))
        .then_done()
}

#[test]
fn an_unlinked_tip_is_screened_again_and_may_join_another_case() {
    let story = accepted().when(&unlink()).then([TipEvent::Unlinked {
        case: CaseId::sample(7),
        reason: "是河对岸的另一处厂房".into(),
    }]);
    assert_eq!(story.state().progress, Progress::Received);
    let story = story.when(&unlink()).then_refused(TipRefusal::NotLinked);
    let story = story
        .when(&link(8, FoundCase::Open))
        .then([TipEvent::LinkedToCase {
            case: CaseId::sample(8),
        }]);
    story
        .when(&link(9, FoundCase::Open))
        .then_refused(TipRefusal::AlreadyLinked);
}

#[test]
fn an_unlinked_tip_may_open_a_case_of_its_own_or_be_rejected() {
    let story = || accepted().when(&unlink()).then_done();
    let own = TipCommand::Accept(AcceptTip {
        case: CaseId::sample(8),
        ..an_acceptance()
    });
    assert_eq!(of_case(&story().when(&own).then_done()), Some(CaseId::sample(8)));
    let reject = TipCommand::Reject(RejectTip {
        reason: RejectionReason::NotChemical,
        explanation: "现场为食品加工".into(),
    });
    let rejected = story().when(&reject).then_done();
    rejected
        .when(&link(8, FoundCase::Open))
        .then_refused(TipRefusal::AlreadyScreened);
}

#[test]
fn a_tip_is_linked_only_to_a_case_that_is_there_and_open() {
    let story = received().by(dispatcher());
    let story = story
        .when(&link(8, FoundCase::Nothing))
        .then_refused(TipRefusal::NoSuchCase);
    story
        .when(&link(8, FoundCase::Closed))
        .then_refused(TipRefusal::CaseClosed);
}

#[test]
fn only_those_who_screen_link_and_unlink_and_say_why() {
    let leader = || sample::acting(Role::Leader, sample::COUNTY);
    let story = accepted().by(leader());
    let story = story.when(&unlink()).then_refused(TipRefusal::NotDispatcher);
    let story = story
        .when(&link(8, FoundCase::Open))
        .then_refused(TipRefusal::NotDispatcher);
    let story = story
        .when(&go_along(7, 8))
        .then_refused(TipRefusal::NotDispatcher);
    let mute = TipCommand::Unlink(UnlinkTip { reason: " ".into() });
    story
        .by(dispatcher())
        .when(&mute)
        .then_refused(TipRefusal::UnlinkReasonMissing);
}

#[test]
fn a_tip_goes_along_when_its_case_is_merged_and_comes_back_when_it_is_taken_apart() {
    let story = accepted().by(Actor::system("tip-intake/tips-go-along"));
    let screened = story.state().screened_at;
    assert!(screened.is_some());
    let story = story.at("2020-06-09T01:00:00Z").when(&go_along(7, 9)).then_done();
    assert_eq!(story.state().screened_at, screened, "it was screened when it was");
    assert_eq!(of_case(&story), Some(CaseId::sample(9)));
    // Heard a second time, or for a case that the tip is not of, it changes nothing.
    let story = story.when(&go_along(7, 9)).then_nothing();
    let story = story.when(&go_along(9, 7)).then_done();
    assert_eq!(of_case(&story), Some(CaseId::sample(7)));
    let story = story.by(dispatcher()).when(&unlink()).then_done();
    assert_eq!(story.state().screened_at, None, "it waits again");
    let story = story.by(Actor::system("tip-intake/tips-go-along"));
    story.when(&go_along(7, 9)).then_nothing();
}

proptest! {
    /// Invariant: unlinking undoes linking and linking undoes unlinking, after whatever went before; nothing is lost.
    #[test]
    fn link_and_unlink_are_an_identity(picks in proptest::collection::vec(0usize..64, 0..20), case in 1u128..9) {
        let samples = crate::events::samples();
        let stamp = Stamp { at: Timestamp::UNIX_EPOCH, by: Actor::Citizen };
        let mut state = TipState::default();
        Tip::evolve(&mut state, &samples[0], &stamp);
        for pick in picks {
            Tip::evolve(&mut state, &samples[pick % samples.len()], &stamp);
        }
        let case = CaseId::sample(case);
        let link = TipEvent::LinkedToCase { case };
        let unlink = TipEvent::Unlinked { case, reason: "另一处".into() };
        for (progress, pair) in [
            (Progress::Received, [&link, &unlink]),
            (Progress::Accepted { case }, [&unlink, &link]),
        ] {
            // As the facts would have left it: what waits has not been screened.
            state.screened_at = (progress != Progress::Received).then_some(stamp.at);
            state.progress = progress;
            let before = format!("{state:?}");
            for event in pair {
                Tip::evolve(&mut state, event, &stamp);
            }
            prop_assert_eq!(before, format!("{state:?}"));
        }
    }
}
