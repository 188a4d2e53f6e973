//! Nobody gives himself roles, a post or the first responsibility, or leaves by his own hand.

use super::*;
use jurisdiction::Actor;

/// An administrator of the sample's office, as registered.
fn myself() -> StaffMember {
    let account = account();
    sample::suqian().staff.remove(&account).expect("an administrator")
}
fn account() -> StaffId {
    StaffId::of(&format!("admin-{}", sample::OFFICE))
}
fn register(change: impl FnOnce(&mut StaffMember)) -> Command {
    let mut member = myself();
    change(&mut member);
    Command::RegisterStaff(member)
}
fn another() -> Actor {
    Actor::staff(StaffId::of("admin-2"), UnitCode::of(sample::OFFICE), Role::Admin)
}

#[test]
fn an_administrator_takes_no_other_roles_or_post() {
    for change in [
        (|member| member.roles.extend([Role::Inspector])) as fn(&mut StaffMember),
        |member| member.roles = [Role::Leader].into(),
        |member| member.unit = UnitCode::of(sample::DISCIPLINE),
        |member| member.first_responsible = true,
    ] {
        admin().when(&register(change)).then_refused(Refusal::OwnAccount);
    }
    // One who has left does not come back by his own hand either.
    admin()
        .jurisdiction(|known| {
            known.staff.remove(&account());
        })
        .when(&register(|_| ()))
        .then_refused(Refusal::OwnAccount);
}

#[test]
fn what_is_no_power_everybody_writes_down_for_himself_and_another_gives_the_rest() {
    let renamed = register(|member| member.name = "演示·管理员".into());
    admin().when(&renamed).then_done();
    let promoted = register(|member| {
        member.roles.insert(Role::Operator);
    });
    admin().by(another()).when(&promoted).then_done();
    // The first one is recorded by nobody.
    let system = Actor::system("directory/bootstrap");
    admin().by(system).when(&promoted).then_done();
}

#[test]
fn nobody_retires_himself_or_takes_over_a_unit() {
    let retire = Command::RetireStaff {
        account: account(),
        reason: "调离".into(),
    };
    let story = admin().when(&retire).then_refused(Refusal::OwnAccount);
    story.by(another()).when(&retire).then_done();
    let take_over = Command::HandOver {
        unit: UnitCode::of(sample::OFFICE),
        to: account(),
        reason: "任免通知".into(),
    };
    let also_leading = |known: &mut Jurisdiction| {
        let member = known.staff.get_mut(&account()).expect("an administrator");
        member.roles.insert(Role::Leader);
    };
    let story = admin().jurisdiction(also_leading).when(&take_over);
    let story = story.then_refused(Refusal::OwnAccount);
    story.by(another()).when(&take_over).then_done();
}
