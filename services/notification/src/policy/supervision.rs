//! Letters about what a stage asks for, findings, judged explanations of failures, special supervision and tasks of the joint conference.

use super::{Desk, Discretion, staff, unit};
use crate::letters::{Draft, Letter};
use accountability_domain::{
    AccountabilityEvent, AccountabilityState, Answer, ClockId, Gravity, SeenNumbers,
};
use jiff::Timestamp;
use jurisdiction::{Obligation, Role, Subject, UnitCode, UnitKind};
use notification_domain::Addressee;

/// `after` is the state right after the event.
pub(super) fn letters(
    subject: &Subject,
    event: &AccountabilityEvent,
    (after, discretion): (&AccountabilityState, &Discretion),
    desk: Desk<'_>,
) -> Vec<Letter> {
    let about = About {
        subject,
        after,
        discretion,
        desk,
    };
    match event {
        AccountabilityEvent::FindingRecorded {
            unit,
            gravity,
            text,
            clock,
            ..
        } => vec![about.found(unit, *gravity, text, about.due(clock))],
        AccountabilityEvent::FindingJudged {
            finding,
            accepted,
            note,
        } => {
            let mut findings = after.findings.iter();
            let finding = findings.find(|known| known.number == *finding);
            let told = finding.map(|finding| (finding.answers.as_slice(), &finding.text, &finding.clock));
            about.judged("督导问题答复", told, *accepted, note)
        }
        AccountabilityEvent::ClockStarted {
            obligation: Obligation::Guarantee | Obligation::AreaReport,
            unit,
            what,
            due,
            ..
        } => vec![about.asked(unit, what, *due)],
        AccountabilityEvent::FailureJudged {
            failure,
            accepted,
            note,
        } => {
            let mut failures = after.failures.iter();
            let failure = failures.find(|known| known.number == *failure);
            let told = failure.and_then(|failure| {
                let clock = failure.clock.as_ref()?;
                Some((failure.answers.as_slice(), &failure.note, clock))
            });
            about.judged("问责事项说明", told, *accepted, note)
        }
        AccountabilityEvent::TaskAssigned {
            unit,
            meeting,
            text,
            due,
            ..
        } => vec![about.tasked(unit, (meeting, text), *due)],
        AccountabilityEvent::TaskAccepted { task, note } => about.task_judged(*task, true, note),
        AccountabilityEvent::TaskReturned { task, reason } => about.task_judged(*task, false, reason),
        AccountabilityEvent::SpecialSupervisionOpened { unit, seen, .. } => about.special(unit, seen, None),
        AccountabilityEvent::SpecialSupervisionClosed { seen, note, .. } => match after.special.last() {
            Some(special) => about.special(&special.unit, seen, Some(note)),
            None => vec![],
        },
        _ => vec![],
    }
}

struct About<'a> {
    subject: &'a Subject,
    after: &'a AccountabilityState,
    discretion: &'a Discretion,
    desk: Desk<'a>,
}

impl About<'_> {
    fn due(&self, clock: &ClockId) -> Option<Timestamp> {
        self.after.clock(clock).map(|clock| clock.due)
    }
    /// The head of the unit; the unit's mailbox if it has none.
    fn head(&self, of: &UnitCode) -> Addressee {
        let head = self.desk.jurisdiction.first_responsible(of);
        match head.filter(|member| member.unit == *of) {
            Some(member) => staff(&member.account),
            None => unit(of),
        }
    }

    fn found(&self, of: &UnitCode, gravity: Gravity, text: &str, due: Option<Timestamp>) -> Letter {
        let to = self.head(of);
        let kind = match gravity {
            Gravity::Grave => "突出问题",
            Gravity::Ordinary => "问题",
        };
        let body = Draft::to(&self.desk.name(&to))
            .says(format!("督导组在你单位发现一个{kind}，请立即整改并按期答复。"))
            .line("问题", text);
        let body = match due {
            Some(due) => body.time("最迟答复", due),
            None => body,
        };
        self.letter(
            to,
            "finding_recorded",
            format!("【督导】发现{kind}，请整改答复"),
            body.answer_at(&self.desk.at("督导问题")),
        )
    }

    /// The stage is what asks: nobody assigns a report.
    fn asked(&self, of: &UnitCode, what: &str, due: Timestamp) -> Letter {
        let to = self.head(of);
        let body = Draft::to(&self.desk.name(&to))
            .says("按工作阶段安排，请你单位按期办理下列事项，超期将逐级督办。")
            .line("事项", what)
            .time("最迟办理", due)
            .answer_at(&self.desk.at("待办事项"));
        self.letter(to, "area_asked", "【阶段任务】请按期办理".to_owned(), body)
    }

    fn tasked(&self, of: &UnitCode, (meeting, text): (&str, &str), due: Timestamp) -> Letter {
        let to = self.head(of);
        let body = Draft::to(&self.desk.name(&to))
            .says("联席会议决定由你单位办理下列任务，超期将逐级督办。")
            .line("会议", meeting)
            .line("任务", text)
            .time("完成期限", due)
            .answer_at(&self.desk.at("联席会议任务"));
        self.letter(to, "task_assigned", "【联席会议】交办任务".to_owned(), body)
    }

    fn task_judged(&self, number: u32, accepted: bool, note: &str) -> Vec<Letter> {
        let task = self.after.tasks.iter().find(|task| task.number == number);
        let told = task.map(|task| (task.reports.as_slice(), &task.text, &task.clock));
        self.judged("联席会议任务报告", told, accepted, note)
    }

    /// To whoever answered; what is not accepted is due again.
    fn judged(
        &self,
        what: &str,
        told: Option<(&[Answer], &String, &ClockId)>,
        accepted: bool,
        note: &str,
    ) -> Vec<Letter> {
        let Some((answers, text, clock)) = told else {
            return vec![];
        };
        let Some(by) = answers.last().and_then(|answer| answer.by.person()) else {
            return vec![];
        };
        let to = staff(by);
        let result = if accepted { "已认定" } else { "没有被认定" };
        let body = Draft::to(&self.desk.name(&to))
            .says(format!("您提交的{what}{result}。"))
            .line("事项", self.discretion.open(text))
            .line("意见", self.discretion.open(note));
        let body = match self.due(clock).filter(|_| !accepted) {
            Some(due) => body
                .says("请针对意见继续办理，原来剩余的时间继续计算。")
                .time("最迟完成", due),
            None => body,
        };
        let list = self.desk.at("待办事项");
        vec![self.letter(
            to,
            "answer_judged",
            format!("【认定】{what}{result}"),
            body.answer_at(&list),
        )]
    }

    /// To the head of the unit and to the supervision groups, with the numbers that decided it.
    fn special(&self, of: &UnitCode, seen: &SeenNumbers, closed: Option<&str>) -> Vec<Letter> {
        let name = self.desk.jurisdiction.unit_name(of);
        let what = if closed.is_some() {
            "结束专项督查"
        } else {
            "列入专项督查"
        };
        let mut to = vec![self.head(of)];
        let groups = self.desk.jurisdiction.units.values();
        let groups = groups.filter(|group| {
            group.kind == UnitKind::Supervision && self.desk.jurisdiction.covers(&group.code, of)
        });
        for group in groups {
            let members = self.desk.jurisdiction.staff_of(&group.code, Role::Supervisor);
            to.extend(members.map(|member| staff(&member.account)));
        }
        let letter = |to: Addressee| {
            let body = Draft::to(&self.desk.name(&to))
                .says(format!(
                    "{name}{what}。判定时的数量和标准如下（标准为 0 的不考核）。"
                ))
                .line("未办结督导问题", &pair(seen, |n| n.open_findings))
                .line("突出问题", &pair(seen, |n| n.grave_findings))
                .line("问责事项", &pair(seen, |n| n.failures))
                .line("超期未办", &pair(seen, |n| n.overdue))
                .line("说明", closed.unwrap_or_default())
                .answer_at(&self.desk.at("专项督查"));
            self.letter(
                to,
                "special_supervision",
                format!("【专项督查】{name}{what}"),
                body,
            )
        };
        to.into_iter().map(letter).collect()
    }

    fn letter(&self, to: Addressee, template: &'static str, subject: String, body: String) -> Letter {
        Letter {
            to,
            template,
            subject,
            body,
            about: self.subject.clone(),
        }
    }
}

fn pair(seen: &SeenNumbers, number: impl Fn(&jurisdiction::SupervisionNumbers) -> u32) -> String {
    format!(
        "{} 个（标准 {}）",
        number(&seen.numbers),
        number(&seen.thresholds)
    )
}
