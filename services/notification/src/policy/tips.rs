//! Letters about tips: immediate danger, and tips about units or officials. Nothing of what was reported is in any of them.

use super::{DANGER, Desk, staff, unit};
use crate::letters::{Draft, Letter};
use jurisdiction::{Actor, Against, Level, Role, StaffMember, Subject, TipId, Unit, UnitKind};
use notification_domain::Addressee;
use tip_domain::{Progress, TipEvent, TipState};

const AT_ONCE: &str = "请立即打开线索甄审，通知消防、公安、医疗和属地政府先行处置，并在 15 分钟内完成甄审。";

/// Nobody is written to about any other fact of a tip: for those the tip is not worth a look.
pub(crate) fn asks_for_the_tip(event: &TipEvent) -> bool {
    match event {
        TipEvent::DangerRaised {} => true,
        TipEvent::TipReceived { against, .. } | TipEvent::ConflictNoted { against } => !against.is_empty(),
        _ => false,
    }
}

/// `after` is the tip right after the event.
pub(crate) fn on_tip(tip: TipId, event: &TipEvent, after: &TipState, desk: Desk<'_>) -> Vec<Letter> {
    match event {
        TipEvent::DangerRaised {} => danger(tip, after, desk),
        TipEvent::TipReceived { against, .. } | TipEvent::ConflictNoted { against }
            if !against.is_empty() =>
        {
            about_officials(tip, &after.against, desk)
        }
        _ => vec![],
    }
}

/// Immediate danger alarms the duty contacts: the dispatchers of the city's office, of the county in which it lies, and of
/// whoever screens the tip, except those whom it is about.
fn danger(tip: TipId, after: &TipState, desk: Desk<'_>) -> Vec<Letter> {
    let jurisdiction = desk.jurisdiction;
    let office = jurisdiction.unit_of_kind(UnitKind::Office);
    let division = after.place.division.as_ref();
    let county = division.and_then(|division| jurisdiction.government_at(division, Level::County));
    let authority = after.against.authority(jurisdiction);
    let mut to: Vec<Addressee> = Vec::new();
    for on_duty in office.into_iter().chain(county).chain(authority) {
        for addressee in screeners(on_duty, &after.against, desk) {
            if !to.contains(&addressee) {
                to.push(addressee);
            }
        }
    }
    let screened = !matches!(after.progress, Progress::Absent | Progress::Received);
    let (happened, to_do, list) = match (after.danger_came_later, screened) {
        (_, true) => (
            "一条已经甄审的举报，现在得知现场有泄漏、火灾、爆炸危险或者有人受伤。",
            "请立即打开线索核对，通知消防、公安、医疗和属地政府先行处置，并告知承办单位；没有受理的，请提请复核。",
            "线索查询",
        ),
        (true, false) => (
            "一条还没有甄审的举报，现在得知现场有泄漏、火灾、爆炸危险或者有人受伤。",
            AT_ONCE,
            "待甄审线索",
        ),
        (false, false) => (
            "刚收到一条举报，举报人称现场有泄漏、火灾、爆炸危险或者有人受伤。",
            AT_ONCE,
            "待甄审线索",
        ),
    };
    let letter = |to: Addressee| {
        let body = Draft::to(&desk.name(&to))
            .says(happened)
            .says(to_do)
            .answer_at(&desk.at(list));
        Letter {
            to,
            template: DANGER,
            subject: "【紧急】举报现场有即时危险，请立即处理".to_owned(),
            body,
            about: Subject::Tip(tip),
        }
    };
    to.into_iter().map(letter).collect()
}

/// Whoever is above them screens it; of a possible protective umbrella 保护伞 the political and legal committee hears too.
fn about_officials(tip: TipId, against: &Against, desk: Desk<'_>) -> Vec<Letter> {
    let Some(authority) = against.authority(desk.jurisdiction) else {
        return vec![];
    };
    let write = |to: Addressee, to_do: String| Letter {
        body: Draft::to(&desk.name(&to))
            .says("收到一条反映单位或者干部的举报，被反映的单位及其下级看不到它。")
            .says(to_do)
            .answer_at(&desk.at("待甄审线索")),
        to,
        template: "tip_about_officials",
        subject: "【回避】收到反映单位或者干部的举报".to_owned(),
        about: Subject::Tip(tip),
    };
    let mut letters: Vec<Letter> = screeners(authority, against, desk)
        .into_iter()
        .map(|to| {
            write(
                to,
                "请你单位直接甄审，不得转给被反映的单位，也不得透露。".to_owned(),
            )
        })
        .collect();
    let committee = desk.jurisdiction.unit_of_kind(UnitKind::PoliticalLegal);
    let told = committee.filter(|committee| !against.holds_unit(&committee.code, desk.jurisdiction));
    letters.extend(told.map(|committee| {
        let name = &authority.name;
        let to_do = format!("本举报由{name}甄审，可能涉及“保护伞”，请与其联系，不得透露。");
        write(unit(&committee.code), to_do)
    }));
    letters
}

/// Who screens at a unit and may know of the tip; the unit itself if nobody is named there.
pub(super) fn screeners(at: &Unit, against: &Against, desk: Desk<'_>) -> Vec<Addressee> {
    let role = match at.kind {
        UnitKind::Discipline => Role::Inspector,
        _ => Role::Dispatcher,
    };
    if against.holds_unit(&at.code, desk.jurisdiction) && at.kind != UnitKind::Discipline {
        return vec![];
    }
    let members = || desk.jurisdiction.staff_of(&at.code, role);
    let may_know = |member: &&StaffMember| {
        let acting = Actor::staff(member.account.clone(), member.unit.clone(), role);
        !against.hides_from(&acting, desk.jurisdiction)
    };
    if members().next().is_none() {
        return vec![unit(&at.code)];
    }
    members()
        .filter(may_know)
        .map(|member| staff(&member.account))
        .collect()
}
