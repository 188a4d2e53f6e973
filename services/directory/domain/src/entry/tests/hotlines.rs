//! Hotlines are taken down again, with a reason, and never the last one.

use super::*;

#[test]
fn a_hotline_is_withdrawn_with_a_reason_and_never_the_last_one() {
    let withdraw = |number: &str, reason: &str| Command::WithdrawHotline {
        number: number.into(),
        reason: reason.into(),
    };
    let story = admin().jurisdiction(|known| {
        known.hotlines.clear();
        for number in ["0527-00012350", "0527-00012351"] {
            let hotline = Hotline {
                number: number.into(),
                name: "举报电话".into(),
                hours: "全天".into(),
                by_sms: false,
            };
            known.hotlines.insert(hotline.number.clone(), hotline);
        }
    });
    let story = story.when(&withdraw("0527-1", "号码变更"));
    let story = story.then_refused(Refusal::UnknownHotline);
    let story = story.when(&withdraw("0527-00012350", " "));
    let story = story.then_refused(Refusal::WithdrawalReasonMissing);
    let story = story
        .when(&withdraw("0527-00012350", "号码变更"))
        .then([Event::HotlineWithdrawn {
            number: "0527-00012350".into(),
            reason: "号码变更".into(),
        }]);
    let story = story.jurisdiction(|known| {
        known.hotlines.remove("0527-00012350");
    });
    let story = story.when(&withdraw("0527-00012351", "号码变更"));
    story.then_refused(Refusal::LastHotline);
}
