//! Letters about one's own account.

use super::{Desk, staff};
use crate::letters::{Draft, Letter};
use directory_domain::DirectoryEvent;
use jiff::Timestamp;
use jurisdiction::{Actor, Subject};

/// Whoever set a password can sign in that name: its holder learns who did and when, and what to do if nobody was asked to.
pub(crate) fn on_account(
    event: &DirectoryEvent,
    by: &Actor,
    at: Timestamp,
    desk: Desk<'_>,
) -> Option<Letter> {
    let DirectoryEvent::PasswordSet { account } = event else {
        return None;
    };
    let member = desk.jurisdiction.staff.get(account)?;
    if by.person() == Some(account) {
        return None;
    }
    let whoever = match by.person() {
        Some(person) => desk.name(&staff(person)),
        None => "系统".to_owned(),
    };
    let draft = Draft::to(&member.name)
        .says("您的账号被设置了新的登录密码，原来的密码不能再用。")
        .line("设置人", &whoever)
        .time("时间", at)
        .says("请立即登录，改成只有您自己知道的密码。不是您要求设置的，请马上报告市纪委监委：知道密码的人可以用您的名义签字。");
    Some(Letter {
        to: staff(account),
        template: "password_set",
        subject: "【账号】您的登录密码被重新设置".to_owned(),
        body: draft.answer_at(&desk.at("个人资料")),
        about: Subject::Unit(member.unit.clone()),
    })
}
