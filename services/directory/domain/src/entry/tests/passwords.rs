//! Everybody sets their own password, an administrator also another's: it is recorded who did.

use super::*;
use jurisdiction::Actor;

#[test]
fn everybody_sets_their_own_password_and_only_an_administrator_anothers() {
    let set = |account: &str| Command::SetPassword {
        account: StaffId::of(account),
    };
    let done = |account: &str| {
        [Event::PasswordSet {
            account: StaffId::of(account),
        }]
    };
    let handler = || {
        Actor::staff(
            StaffId::of("handler-1"),
            UnitCode::of(sample::TOWNSHIP),
            Role::Handler,
        )
    };
    let story = || Scenario::<DirectoryEntry>::new().by(handler());
    story().when(&set("handler-1")).then(done("handler-1"));
    story().when(&set("handler-2")).then_refused(Refusal::NotAdmin);
    admin().when(&set("handler-2")).then(done("handler-2"));
}
