//! A password that somebody else set is known to its holder.

use super::*;
use directory_domain::DirectoryEvent;

const HOLDER: &str = "leader-321322102";

fn letter(by: &Actor) -> Option<Letter> {
    let account = StaffId::of(HOLDER);
    let suqian = sample::suqian();
    on_account(
        &DirectoryEvent::PasswordSet { account },
        by,
        at(DUE),
        desk(&suqian),
    )
}

#[test]
fn given_a_password_that_an_administrator_set_then_its_holder_learns_who_and_when() {
    let admin = sample::acting(Role::Admin, sample::OFFICE);
    let letter = letter(&admin).expect("a letter");
    assert_eq!(letter.to, staff(&StaffId::of(HOLDER)));
    assert_eq!(letter.about, Subject::Unit(township()));
    for part in [
        "设置人：演示·市安委办系统管理员",
        "时间：2020年6月4日 23:59（北京时间）",
        "纪委监委",
    ] {
        assert!(letter.body.contains(part), "{part} is not in\n{}", letter.body);
    }
}

#[test]
fn given_ones_own_password_then_nobody_is_written_to() {
    assert_eq!(letter(&sample::acting(Role::Leader, sample::TOWNSHIP)), None);
    let suqian = sample::suqian();
    let admin = sample::acting(Role::Admin, sample::OFFICE);
    for silent in [
        DirectoryEvent::PasswordSet {
            account: StaffId::of("nobody"),
        },
        DirectoryEvent::StaffRetired {
            account: StaffId::of(HOLDER),
            reason: "调离".into(),
        },
    ] {
        assert_eq!(on_account(&silent, &admin, at(DUE), desk(&suqian)), None);
    }
}
