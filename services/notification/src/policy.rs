//! Who is written to when something happens, and what about. Pure.

mod accounts;
mod cases;
mod discretion;
mod failures;
mod supervision;
mod tips;

pub(crate) use accounts::on_account;
pub(crate) use cases::{asks_for_the_case, on_case};
pub(crate) use discretion::Discretion;
pub(crate) use tips::{asks_for_the_tip, on_tip};

use crate::letters::{Draft, Letter};
use accountability_domain::{
    AccountabilityEvent, AccountabilityState, Addressee as Addressed, Clock, Escalation,
};
use jiff::Timestamp;
use jurisdiction::{Jurisdiction, Obligation, Rung, StaffId, Subject, UnitCode, UnitKind};
use notification_domain::Addressee;

/// Categories of the facts that somebody may be written to about.
pub(crate) const HEARS: [&str; 4] = ["tip", "case", "accountability", "staff"];
pub(crate) const LETTERS: &str = "notification/letters-follow-the-facts";
/// The template of an alarm; it goes out before and beside everything else.
pub(crate) const DANGER: &str = "danger_raised";

/// What a letter may draw on besides the fact.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'a> {
    pub jurisdiction: &'a Jurisdiction,
    /// How staff reach the program.
    pub console_url: &'a str,
}

/// Clocks start, stop and move all the time; nobody is written to about that, except whom something is asked of.
pub(crate) fn asks_for_the_accountability(event: &AccountabilityEvent) -> bool {
    match event {
        AccountabilityEvent::ClockStarted { obligation, .. } => matches!(
            obligation,
            Obligation::AnswerReferral | Obligation::Guarantee | Obligation::AreaReport
        ),
        AccountabilityEvent::ClockStopped { .. }
        | AccountabilityEvent::ClockMoved { .. }
        | AccountabilityEvent::DeadlineMissed { .. } => false,
        _ => true,
    }
}

/// Every rung, judged explanation and failure is written to those it concerns. `after` is the state right after the event,
/// `discretion` what is known of the subject.
pub(crate) fn on_accountability(
    event: &AccountabilityEvent,
    after: &AccountabilityState,
    discretion: &Discretion,
    desk: Desk<'_>,
) -> Vec<Letter> {
    let letters = match &after.subject {
        Some(subject) => concerning(subject, event, after, discretion, desk),
        None => vec![],
    };
    discretion.keep(letters, desk)
}

fn concerning(
    subject: &Subject,
    event: &AccountabilityEvent,
    after: &AccountabilityState,
    discretion: &Discretion,
    desk: Desk<'_>,
) -> Vec<Letter> {
    if let Some((rung, escalation)) = event.as_escalation() {
        return match after.clock(&escalation.clock) {
            Some(clock) => {
                let what = discretion.open(&clock.what);
                escalated(subject, (rung, escalation), (clock, what), desk)
            }
            None => vec![],
        };
    }
    match event {
        AccountabilityEvent::ClockStarted {
            obligation: Obligation::AnswerReferral,
            unit: receiver,
            due,
            ..
        } => vec![referred(subject, receiver, *due, desk)],
        AccountabilityEvent::ExplanationJudged { .. } => judged(subject, event, (after, discretion), desk),
        AccountabilityEvent::FailureRecorded { .. } => failures::recorded(subject, event, discretion, desk),
        _ => supervision::letters(subject, event, (after, discretion), desk),
    }
}

/// 移送: the receiver learns of it by mail, and of nothing that must not travel in the open.
fn referred(subject: &Subject, receiver: &UnitCode, due: Timestamp, desk: Desk<'_>) -> Letter {
    let draft = Draft::to(&desk.jurisdiction.unit_name(receiver))
        .says("“小化工”专项整治行动中有责任人移送你单位依法查处。")
        .time("请最迟答复", due)
        .says("移送的事实和依据请登录查看，处理结果由你单位登记。");
    Letter {
        to: unit(receiver),
        template: "party_referred",
        subject: "【移送】有责任人移送你单位查处".to_owned(),
        body: draft.answer_at(&desk.at("待办事项")),
        about: subject.clone(),
    }
}

fn escalated(
    subject: &Subject,
    (rung, escalation): (Rung, &Escalation),
    (clock, what): (&Clock, &str),
    desk: Desk<'_>,
) -> Vec<Letter> {
    let to = addressee(&escalation.to);
    let mut letters = vec![(to.clone(), to_do(rung))];
    // The first is for whoever does the work as well: it goes to the desk of the unit too.
    let desk_of_unit = unit(&escalation.to.unit);
    if rung == Rung::Reminder && desk_of_unit != to {
        letters.push((desk_of_unit, to_do(rung)));
    }
    // A referral goes to the inspectors, but those whom it concerns owe the explanation.
    let about = addressee(&escalation.about);
    if rung == Rung::Referral && about != to {
        letters.push((
            about,
            "本事项已移送纪委监委。请立即办结，并在答复期限前写明原因。",
        ));
    }
    // The joint conference's office is who circulates it.
    let office = desk.jurisdiction.unit_of_kind(UnitKind::Office);
    if let Some(office) = office.filter(|_| rung == Rung::Criticism) {
        letters.push((
            unit(&office.code),
            "请你办在联席会议周报中通报批评，抄送各县区。答复由被通报的单位作出。",
        ));
    }
    let late = desk.jurisdiction.unit_name(&escalation.about.unit);
    let letter = |(to, to_do): (Addressee, &str)| {
        let again = match escalation.repetition {
            0 => String::new(),
            times => format!("（第 {} 次）", times + 1),
        };
        let body = Draft::to(&desk.name(&to))
            .says(format!(
                "{late}没有按期完成下列事项，现予{}{again}。",
                rung.in_chinese()
            ))
            .line("事项", what)
            .line("责任人", escalation.about.name.as_deref().unwrap_or_default())
            .time("原定期限", escalation.deadline)
            .says(to_do)
            .time("最迟答复", escalation.answer_due)
            .answer_at(&desk.at("待说明事项"));
        Letter {
            to,
            template: rung.code(),
            subject: format!(
                "【{}】{late}：{}超期",
                rung.in_chinese(),
                clock.obligation.in_chinese()
            ),
            body,
            about: subject.clone(),
        }
    };
    letters.into_iter().map(letter).collect()
}

fn to_do(rung: Rung) -> &'static str {
    match rung {
        Rung::Reminder => "请你单位立即办理，并在答复期限前说明没有按期完成的原因。",
        Rung::SupervisionOrder => {
            "请你督促本单位立即办结，并在答复期限前以第一责任人名义说明原因和补救措施。"
        }
        Rung::Interview => "请你约谈责任单位，督促立即办结，并在答复期限前说明情况。",
        Rung::Criticism => "上述超期将予通报批评。请你督促立即办结，并在答复期限前说明情况。",
        Rung::Referral => "现移送你单位处理，请依规审查并决定是否立案。",
    }
}

fn judged(
    subject: &Subject,
    event: &AccountabilityEvent,
    (after, discretion): (&AccountabilityState, &Discretion),
    desk: Desk<'_>,
) -> Vec<Letter> {
    let AccountabilityEvent::ExplanationJudged {
        clock,
        deadline,
        rung,
        repetition,
        accepted,
        note,
    } = event
    else {
        return vec![];
    };
    let Some(clock) = after.clock(clock) else {
        return vec![];
    };
    let step = clock.steps.iter().find(|step| {
        let escalation = &step.escalation;
        (step.rung, escalation.deadline, escalation.repetition) == (*rung, *deadline, *repetition)
    });
    let Some(by) = step.and_then(|step| step.explanations.last()?.by.person()) else {
        return vec![];
    };
    let (result, to_do) = match accepted {
        true => ("已被采纳", "请继续按要求办结原事项。"),
        false => ("没有被采纳", "请针对意见重新说明，并立即办结原事项。"),
    };
    let to = staff(by);
    let body = Draft::to(&desk.name(&to))
        .says(format!("您就{}提交的说明{result}。", rung.in_chinese()))
        .line("事项", discretion.open(&clock.what))
        .line("意见", discretion.open(note))
        .says(to_do)
        .answer_at(&desk.at("待说明事项"));
    vec![Letter {
        to,
        template: "explanation_judged",
        subject: format!("【说明认定】{}的说明{result}", rung.in_chinese()),
        body,
        about: subject.clone(),
    }]
}

impl Desk<'_> {
    /// How the addressee is called.
    pub(crate) fn name(&self, to: &Addressee) -> String {
        match to {
            Addressee::Staff { staff } => self
                .jurisdiction
                .staff
                .get(staff)
                .map_or_else(|| staff.to_string(), |member| member.name.clone()),
            Addressee::Unit { unit } => self.jurisdiction.unit_name(unit),
            Addressee::Receipt { .. } => "举报人".to_owned(),
        }
    }
    fn at(&self, list: &str) -> String {
        format!("办理入口：登录 {}，打开“{list}”。", self.console_url)
    }
}

fn addressee(addressed: &Addressed) -> Addressee {
    match &addressed.person {
        Some(person) => staff(person),
        None => unit(&addressed.unit),
    }
}
fn staff(account: &StaffId) -> Addressee {
    let staff = account.clone();
    Addressee::Staff { staff }
}
fn unit(code: &UnitCode) -> Addressee {
    let unit = code.clone();
    Addressee::Unit { unit }
}

#[cfg(test)]
mod tests;
