//! What the page of a tip says, and to whom.

use super::*;
use crate::pages::assets::assert_light;
use mingcha_proto::intake::{ReporterReply, RevealNotice, ReviewNotice, RewardNotice};

fn tip(progress: &str) -> GetTipByReceiptResponse {
    GetTipByReceiptResponse {
        progress: progress.to_owned(),
        received_at: "2020-06-01T02:05:00Z".to_owned(),
        screening_due: Some("2020-06-02T15:59:59Z".to_owned()),
        told: Some("现场为食品加工。".to_owned()),
        authority: Some("市公安局".to_owned()),
        place_text: "桥北<b>砖瓦厂".to_owned(),
        replies: vec![ReporterReply {
            at: "2020-06-01T03:00:00Z".to_owned(),
            text: "请问厂门朝哪个方向？".to_owned(),
        }],
        ..GetTipByReceiptResponse::default()
    }
}
fn rendered(progress: &str) -> String {
    rendered_of(tip(progress))
}
fn rendered_of(tip: GetTipByReceiptResponse) -> String {
    rendered_with(tip, Vec::new())
}
fn rendered_with(tip: GetTipByReceiptResponse, hotlines: Vec<jurisdiction::Hotline>) -> String {
    let shown = TipStatus {
        tip,
        case_progress: None,
    };
    let template = StatePage {
        frame: Frame::with(hotlines),
        receipt: grouped("1234567890123456"),
        steps: steps(&shown),
        tip: shown.tip,
        form: AddForm::to("1234567890123456"),
        mistakes: Mistakes::default(),
        added: false,
        photos_lost: false,
    };
    template.render().expect("page")
}

#[test]
fn every_state_is_told_honestly() {
    let open = rendered("received");
    assert_light(&open);
    assert!(open.contains("2020年6月1日 10:05") && open.contains("2020年6月2日 23:59"));
    assert!(rendered("rejected").contains("现场为食品加工。"));
    assert!(rendered("diverted").contains("市公安局"));
    assert!(rendered("accepted").contains("正在查处"));
    assert!(open.contains("<strong>工作人员：</strong>请问厂门朝哪个方向？"));
}
#[test]
fn the_first_line_says_how_it_stands() {
    for (progress, says) in [
        ("received", "<strong>等待核对</strong>：工作人员会在 2020年6月2日"),
        ("rejected", "<strong>不予受理</strong>：现场为食品加工。"),
        ("accepted", "<strong>正在查处</strong>："),
    ] {
        let page = rendered(progress);
        let (lead, steps) = (page.find(says), page.find("<ol class=\"steps\">"));
        assert!(lead.is_some() && lead < steps, "{page}");
    }
}
#[test]
fn whoever_is_told_to_call_finds_the_number_on_the_same_page() {
    let line = jurisdiction::Hotline {
        number: "0527-00012350".to_owned(),
        name: "市安委办举报电话".to_owned(),
        hours: "24 小时".to_owned(),
        by_sms: false,
    };
    let page = rendered_with(tip("closed"), vec![line]);
    assert!(page.contains("href=\"tel:052700012350\""), "{page}");
}
#[test]
fn a_question_and_what_was_written_after_it_stand_in_order() {
    let mut asked = tip("accepted");
    asked.wrote_at = vec![
        "2020-06-02T03:00:00Z".to_owned(),
        "2020-06-01T02:30:00Z".to_owned(),
    ];
    let page = rendered_of(asked);
    let places = ["2020年6月1日 10:30", "2020年6月1日 11:00", "2020年6月2日 11:00"].map(|at| page.find(at));
    assert!(
        places.is_sorted() && places.iter().all(Option::is_some),
        "{places:?}"
    );
    assert_eq!(page.matches("补充了情况（").count(), 2);
}
#[test]
fn only_what_was_answered_can_be_said_not_to_be_fixed() {
    assert!(!rendered("accepted").contains("name=\"not_fixed\""));
    let mut answered = tip("accepted");
    answered.may_say_not_fixed = true;
    let page = rendered_of(answered);
    let places = ["name=\"not_fixed\"", "<h2>补充情况</h2>"].map(|words| page.find(words));
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "{page}");
    assert_light(&page);
}
#[test]
fn only_what_was_turned_down_can_be_objected_to_and_a_review_is_told_as_one() {
    assert!(!rendered("received").contains("name=\"objects\""));
    let mut turned_down = tip("rejected");
    turned_down.may_object = true;
    assert!(rendered_of(turned_down).contains("name=\"objects\""));
    let mut reviewed = tip("received");
    reviewed.review = Some(ReviewNotice {
        at: "2020-06-03T01:00:00Z".to_owned(),
        office: "市安委办".to_owned(),
        by_reporter: true,
        told: "现场为食品加工。".to_owned(),
    });
    let page = rendered_of(reviewed.clone());
    assert!(page.contains("现场为食品加工。") && page.contains("市安委办"));
    assert!(page.contains("2020年6月2日 23:59") && page.contains("复核"));
    reviewed.progress = "rejected".to_owned();
    assert!(rendered_of(reviewed).contains("复核后仍不予受理"));
}
#[test]
fn the_receipt_is_in_no_address_and_text_is_escaped() {
    let text = rendered("received");
    assert!(text.contains("桥北&#60;b&#62;砖瓦厂"), "{text}");
    for link in text.split("href=\"").chain(text.split("action=\"")).skip(1) {
        let address = link.split('"').next().unwrap_or_default();
        assert!(!address.contains("1234567890123456"));
    }
}
#[test]
fn an_opened_identity_and_a_reward_are_told() {
    let opened = RevealNotice {
        at: "2020-06-03T01:00:00Z".to_owned(),
        office: "市纪委监委".to_owned(),
        reason: "核实打击报复情况".to_owned(),
    };
    let reward = |state: &str| RewardNotice {
        state: state.to_owned(),
        at: "2020-08-03T01:00:00Z".to_owned(),
        amount_fen: Some(1_500_050),
        reason: Some("罚款决定尚未生效。".to_owned()),
    };
    let mut told = tip("accepted");
    told.reveals.push(opened);
    let page = rendered_of(told.clone());
    assert!(page.contains("2020年6月3日 09:00") && page.contains("市纪委监委"));
    assert!(page.contains("核实打击报复情况"));
    assert!(!rendered("accepted").contains("查看过您的身份"));
    for (state, says) in [
        ("proposed", "正在审批"),
        ("approved", "15000.50 元"),
        ("paid", "已发放"),
        ("refused", "罚款决定尚未生效。"),
    ] {
        told.reward = Some(reward(state));
        assert!(rendered_of(told.clone()).contains(says), "{state}");
    }
}
#[test]
fn what_is_destroyed_is_said_and_takes_no_more_words() {
    let mut told = tip("accepted");
    assert!(rendered_of(told.clone()).contains("不能恢复"));
    told.erased = vec!["identity".to_owned()];
    let page = rendered_of(told.clone());
    assert!(page.contains("身份信息已经销毁") && page.contains("/status/add"));
    told.erased.push("content".to_owned());
    let page = rendered_of(told);
    assert!(page.contains("举报内容已经销毁") && !page.contains("/status/add"));
    assert!(!page.contains("/status/erase"), "nothing is left to destroy");
}
