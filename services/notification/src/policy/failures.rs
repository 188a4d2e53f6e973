//! Letters about failures that need no clock 问责事项.

use super::{Desk, Discretion, staff, unit};
use crate::letters::{Draft, Letter};
use accountability_domain::AccountabilityEvent;
use jurisdiction::{Role, Subject, UnitKind};
use notification_domain::Addressee;

/// To the inspectors, to those who failed, and to the head of the unit, who has to explain it.
pub(super) fn recorded(
    subject: &Subject,
    event: &AccountabilityEvent,
    discretion: &Discretion,
    desk: Desk<'_>,
) -> Vec<Letter> {
    let AccountabilityEvent::FailureRecorded {
        kind,
        unit: of,
        persons,
        note,
        clock,
        ..
    } = event
    else {
        return vec![];
    };
    let name = desk.jurisdiction.unit_name(of);
    let write = |to: Addressee, to_do: &str, list: &str| Letter {
        body: Draft::to(&desk.name(&to))
            .says(format!(
                "系统记录了一项应当追究责任的情形：{}。",
                kind.in_chinese()
            ))
            .line("责任单位", &name)
            .line("情况", discretion.open(note))
            .says(to_do)
            .answer_at(&desk.at(list)),
        to,
        template: "failure_recorded",
        subject: format!("【问责】{name}：{}", kind.in_chinese()),
        about: subject.clone(),
    };
    let inspectors = desk.jurisdiction.unit_of_kind(UnitKind::Discipline);
    let inspectors = inspectors.into_iter().flat_map(|discipline| {
        let members = desk.jurisdiction.staff_of(&discipline.code, Role::Inspector);
        members.map(|member| staff(&member.account))
    });
    let mut letters: Vec<Letter> = inspectors
        .map(|to| write(to, "请依规审查并决定是否立案。", "问责事项"))
        .collect();
    let mut concerned: Vec<Addressee> = persons.iter().map(staff).collect();
    if concerned.is_empty() {
        concerned.push(unit(of));
    }
    // Facts from before it was asked for ask nobody.
    let head = clock
        .as_ref()
        .and_then(|_| desk.jurisdiction.first_responsible(of));
    let explains = head.map(|head| staff(&head.account));
    concerned.extend(explains.clone());
    for to in concerned {
        let to_do = match Some(&to) == explains.as_ref() {
            true => "请立即整改，配合核查，并在期限前以第一责任人名义作出说明。",
            false => "请立即整改，并配合核查。",
        };
        if letters.iter().all(|letter| letter.to != to) {
            letters.push(write(to, to_do, "问责事项"));
        }
    }
    letters
}
