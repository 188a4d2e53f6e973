//! Letters about a case: to whoever gets it, to whoever has it when it presses, to whoever is competent for the rest.

use super::{Desk, unit};
use crate::letters::{Draft, Letter};
use case_domain::{CaseEvent, CaseState, ClosingReason, Progress};
use jiff::Timestamp;
use jurisdiction::{CaseId, Obligation, Subject, UnitCode, Urgency};

/// Nobody is written to about any other fact of a case: for those the case is not worth a look.
pub(crate) fn asks_for_the_case(event: &CaseEvent) -> bool {
    matches!(
        event,
        CaseEvent::MadeUrgent {}
            | CaseEvent::CaseAssigned { .. }
            | CaseEvent::CaseDesignated { .. }
            | CaseEvent::CaseReassigned { .. }
            | CaseEvent::CaseClosed {
                reason: ClosingReason::NotSmallChemical { .. },
                ..
            }
    )
}

/// The new owner is told of the case, and until when to acknowledge it. `after` is the case right after the event.
pub(crate) fn on_case(
    case: CaseId,
    event: &CaseEvent,
    after: &CaseState,
    at: Timestamp,
    desk: Desk<'_>,
) -> Vec<Letter> {
    let (to, template, title, words) = match event {
        CaseEvent::MadeUrgent {} => return presses(case, after, desk).into_iter().collect(),
        CaseEvent::CaseClosed {
            reason: ClosingReason::NotSmallChemical { refer_to },
            ..
        } => {
            let competent = refer_to.as_ref().and_then(|competent| competent.unit());
            let competent = competent.filter(|unit| !after.against.holds_unit(unit, desk.jurisdiction));
            return competent
                .map(|to| passed_on(case, to, after, desk))
                .into_iter()
                .collect();
        }
        CaseEvent::CaseAssigned { to, instructions, .. } => (to, "case_assigned", "交办", instructions),
        CaseEvent::CaseDesignated { to, reason } => (to, "case_designated", "指定管辖", reason),
        CaseEvent::CaseReassigned { to, reason } => (to, "case_reassigned", "改派", reason),
        _ => return vec![],
    };
    if after.progress == Progress::Confirmed {
        return vec![taken_over(case, to, title, words, after, desk)];
    }
    let due = desk.jurisdiction.due(Obligation::Acknowledge, after.urgency, at);
    let urgent = match after.urgency {
        Urgency::Urgent => "紧急案件",
        Urgency::Normal => "案件",
    };
    // Mail travels in the open: of a confidential case it says only that there is one.
    let (place, summary, words) = match after.confidential {
        true => ("保密案件，请登录查看", "", ""),
        false => (after.place.text.as_str(), after.summary.as_str(), words.as_str()),
    };
    let draft = Draft::to(&desk.jurisdiction.unit_name(to))
        .says(format!("有一件{urgent}{title}给你单位办理。"))
        .line("地点", place)
        .line("案情", summary)
        .line("要求", words)
        .time("请最迟签收", due);
    let draft = match event {
        CaseEvent::CaseDesignated { .. } => draft.says("指定管辖的案件不得再退回。"),
        _ => draft.says("不属于你单位管辖的，请在签收期限内写明理由退回。"),
    };
    vec![Letter {
        to: unit(to),
        template,
        subject: format!("【{title}】{urgent}待签收"),
        body: draft.answer_at(&desk.at("待办事项")),
        about: Subject::Case(case),
    }]
}

/// Whoever has the case hears at once that it presses now, e.g. because somebody reports danger at the site.
fn presses(case: CaseId, after: &CaseState, desk: Desk<'_>) -> Option<Letter> {
    let has_it = |unit: &&UnitCode| after.is_open() && !after.against.holds_unit(unit, desk.jurisdiction);
    let to = after.owner.as_ref().filter(has_it)?;
    let place = match after.confidential {
        true => "保密案件，请登录查看",
        false => after.place.text.as_str(),
    };
    let draft = Draft::to(&desk.jurisdiction.unit_name(to))
        .says("你单位承办的一件案件转为紧急：又有举报反映险情，并入了紧急案件，或者交办时定为紧急。")
        .line("地点", place)
        .says("请立即核对现场；有人身危险的，先拨打 119、110，疏散人员。此后开始的各项期限按紧急案件计算。");
    Some(Letter {
        to: unit(to),
        template: "case_made_urgent",
        subject: "【紧急】你单位承办的案件转为紧急".to_owned(),
        body: draft.answer_at(&desk.at("待办事项")),
        about: Subject::Case(case),
    })
}

/// What is no small chemical works may be wrong all the same: whoever is competent learns of it from us and not by chance.
fn passed_on(case: CaseId, to: &UnitCode, after: &CaseState, desk: Desk<'_>) -> Letter {
    let (place, summary) = match after.confidential {
        // Nor that anybody reported it.
        true => ("保密事项，请与承办单位联系", ""),
        false => (after.place.text.as_str(), after.summary.as_str()),
    };
    let owner = after.owner.as_ref();
    let owner = owner.map_or("市安委办".to_owned(), |unit| {
        desk.jurisdiction.unit_name(unit)
    });
    let draft = Draft::to(&desk.jurisdiction.unit_name(to))
        .says("“小化工”专项整治行动中核查的一处点位，经认定不属于“小化工”，但可能有其他违法行为，属于你单位职责，现转你单位依法处理。")
        .line("地点", place)
        .line("案情", summary)
        .line("承办单位", &owner);
    Letter {
        to: unit(to),
        template: "case_passed_on",
        subject: "【转办】有一处点位转你单位依法处理".to_owned(),
        body: draft.answer_at("核查的照片和材料请向承办单位索取，处理结果请告知承办单位。"),
        about: Subject::Case(case),
    }
}

/// A confirmed case that changes hands has nothing to acknowledge: its measures are under way, and so are their clocks.
fn taken_over(
    case: CaseId,
    to: &UnitCode,
    title: &str,
    reason: &str,
    after: &CaseState,
    desk: Desk<'_>,
) -> Letter {
    let (place, reason) = match after.confidential {
        true => ("保密案件，请登录查看", ""),
        false => (after.place.text.as_str(), reason),
    };
    let draft = Draft::to(&desk.jurisdiction.unit_name(to))
        .says("有一件正在处置的案件改由你单位承办，已有的期限不变。")
        .line("地点", place)
        .line("原因", reason)
        .says("请立即登录，接着完成处置措施。");
    Letter {
        to: unit(to),
        template: "disposal_handed_over",
        subject: format!("【{title}】正在处置的案件改由你单位承办"),
        body: draft.answer_at(&desk.at("待办事项")),
        about: Subject::Case(case),
    }
}
