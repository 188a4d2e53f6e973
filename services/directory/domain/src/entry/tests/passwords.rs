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
    let (own, other) = ("leader-321322102", "leader-321322103");
    let leader = || Actor::staff(StaffId::of(own), UnitCode::of(sample::TOWNSHIP), Role::Leader);
    let story = || Scenario::<DirectoryEntry>::new().by(leader());
    story().when(&set(own)).then(done(own));
    story().when(&set(other)).then_refused(Refusal::NotAdmin);
    admin().when(&set(other)).then(done(other));
    admin()
        .when(&set("leader-to-come"))
        .then_refused(Refusal::UnknownStaff);
}
