//! `/status`: what has become of a tip, against its receipt, and writing again. The receipt travels in forms only.

use super::adding::AddForm;
use super::photos::{self, Photos};
use super::progress::{Step, steps};
use super::words::moment;
use super::{Frame, Mistakes, page, refuse_other_sites};
use crate::api::{TipStatus, digits, grouped, look_up};
use crate::body;
use crate::edge::Edge;
use crate::limits::Bucket;
use crate::problem::Problem;
use crate::random;
use crate::source::Source;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use mingcha_proto::intake::GetTipByReceiptResponse;

/// A form with nothing but a receipt.
pub(super) const SMALL_FORM: usize = 64 * 1024;

#[derive(Template)]
#[template(path = "status.html")]
struct AskPage {
    frame: Frame,
    receipt: String,
    mistakes: Mistakes,
}

#[derive(Template)]
#[template(path = "state.html")]
struct StatePage {
    frame: Frame,
    receipt: String,
    tip: GetTipByReceiptResponse,
    steps: Vec<Step>,
    form: AddForm,
    mistakes: Mistakes,
    /// Something was added just now.
    added: bool,
    photos_lost: bool,
}

pub(crate) async fn form(State(edge): State<Edge>) -> Response {
    ask(&edge, StatusCode::OK, String::new(), Mistakes::default())
}

pub(crate) async fn show(State(edge): State<Edge>, request: Request) -> Result<Response, Problem> {
    refuse_other_sites(request.headers())?;
    let (parts, body) = request.into_parts();
    let source = edge.sources.of(&parts).await;
    let body = body::read(body, SMALL_FORM).await?;
    let receipt = body::form_value(&body, "receipt");
    match find(&edge, &source, &receipt).await {
        Ok(tip) => Ok(state(
            &edge,
            StatusCode::OK,
            tip,
            AddForm::to(&receipt),
            Mistakes::default(),
            false,
        )),
        Err(problem) => Ok(ask_again(&edge, receipt, &problem)),
    }
}

pub(crate) async fn add(State(edge): State<Edge>, request: Request) -> Result<Response, Problem> {
    refuse_other_sites(request.headers())?;
    let (parts, body) = request.into_parts();
    let source = edge.sources.of(&parts).await;
    let share = edge.limits.take(Bucket::Reports, &source).await;
    let keeps = |length, danger| photos::admit(&edge, &share, length, danger);
    let mut form: AddForm = photos::read(Request::from_parts(parts, body), keeps).await?;
    let outcome = form.submit(&edge, &source, share).await;
    let tip = match find(&edge, &source, &form.receipt).await {
        Ok(tip) => tip,
        Err(problem) => return Ok(ask_again(&edge, form.receipt, &problem)),
    };
    Ok(match outcome {
        Ok(()) => {
            let mut fresh = AddForm::to(&form.receipt);
            fresh.photos.refused = form.photos.refused.take();
            state(&edge, StatusCode::OK, tip, fresh, Mistakes::default(), true)
        }
        Err((status, mistakes)) => {
            form.token.get_or_insert_with(random::uuid);
            state(&edge, status, tip, form, mistakes, false)
        }
    })
}

pub(super) async fn find(edge: &Edge, source: &Source, receipt: &str) -> Result<TipStatus, Problem> {
    let typed = digits(receipt);
    if typed.len() != 16 || !typed.bytes().all(|b| b.is_ascii_digit()) {
        return Err(
            Problem::invalid("receipt", "查询码是 16 位数字。").remedy("请对照收到的查询码重新填写。")
        );
    }
    edge.limits.take(Bucket::Lookups, source).await?;
    look_up(edge, source, &typed).await
}

pub(super) fn sentence(problem: &Problem) -> String {
    let details = problem.details();
    format!(
        "{}{}",
        details.detail,
        details.remedy.as_deref().unwrap_or_default()
    )
}

pub(super) fn ask_again(edge: &Edge, receipt: String, problem: &Problem) -> Response {
    let mut mistakes = Mistakes::default();
    let says = if problem.status() == StatusCode::NOT_FOUND {
        "没有查到这个查询码。请逐位核对 16 位数字，注意不要漏掉或看错数字。".to_owned()
    } else {
        sentence(problem)
    };
    mistakes.add("receipt", says);
    ask(edge, problem.status(), receipt, mistakes)
}

fn ask(edge: &Edge, status: StatusCode, receipt: String, mistakes: Mistakes) -> Response {
    let template = AskPage {
        frame: Frame::of(edge),
        receipt,
        mistakes,
    };
    page(status, &template)
}

pub(super) fn state(
    edge: &Edge,
    status: StatusCode,
    shown: TipStatus,
    mut form: AddForm,
    mistakes: Mistakes,
    added: bool,
) -> Response {
    let photos_lost = form.photos.were_sent();
    form.photos = Photos::default();
    let template = StatePage {
        frame: Frame::of(edge),
        receipt: grouped(&form.receipt),
        steps: steps(&shown),
        tip: shown.tip,
        form,
        mistakes,
        added,
        photos_lost,
    };
    page(status, &template)
}

/// What was said by either side. A reporter's own words are sealed: that they were written is said, not what.
struct Said<'a> {
    at: &'a str,
    text: Option<&'a str>,
}

impl StatePage {
    /// Oldest first.
    fn said(&self) -> Vec<Said<'_>> {
        let replies = self.tip.replies.iter().map(|reply| Said {
            at: &reply.at,
            text: Some(&reply.text),
        });
        let own = self.tip.wrote_at.iter().map(|at| Said { at, text: None });
        let mut said: Vec<_> = replies.chain(own).collect();
        said.sort_by_key(|said| said.at.parse::<Timestamp>().ok());
        said
    }
    /// How it stands: the step that is under way, or else the last one.
    fn now(&self) -> Option<&Step> {
        let under_way = self.steps.iter().find(|step| step.state == "now");
        under_way.or_else(|| self.steps.last())
    }
    /// That it is not fixed was said just now, and not taken.
    fn refuses_not_fixed(&self) -> bool {
        self.form.not_fixed && self.tip.may_say_not_fixed && self.mistakes.any()
    }
    fn token(&self) -> String {
        self.form.token.map(|token| token.to_string()).unwrap_or_default()
    }
    /// Each form has its own: what is sent by both is not taken for one thing sent twice. The one that was refused keeps it.
    fn not_fixed_token(&self) -> String {
        match self.refuses_not_fixed() {
            true => self.token(),
            false => random::uuid().to_string(),
        }
    }
    fn adding_token(&self) -> String {
        match self.refuses_not_fixed() {
            true => random::uuid().to_string(),
            false => self.token(),
        }
    }
    fn at(&self, rfc_3339: &str) -> String {
        moment(rfc_3339)
    }
    fn is_erased(&self, compartment: &str) -> bool {
        self.tip.erased.iter().any(|erased| erased == compartment)
    }
    /// How the reward stands, if one was proposed.
    fn reward(&self) -> Option<String> {
        let reward = self.tip.reward.as_ref()?;
        let at = moment(&reward.at);
        let yuan = yuan(reward.amount_fen.unwrap_or_default());
        Some(match reward.state.as_str() {
            "proposed" => format!("{at} 已提出奖励，正在审批。"),
            "approved" => format!("{at} 已批准奖励 {yuan} 元。请凭查询码向举报电话询问领取办法。"),
            "paid" => format!("{at} 已发放奖励 {yuan} 元。"),
            _ => format!(
                "{at} 没有批准奖励。{}",
                reward.reason.as_deref().unwrap_or_default()
            ),
        })
    }
}

/// `12345.60`
fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

#[cfg(test)]
mod tests {
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
        let places =
            ["2020年6月1日 10:30", "2020年6月1日 11:00", "2020年6月2日 11:00"].map(|at| page.find(at));
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
}
