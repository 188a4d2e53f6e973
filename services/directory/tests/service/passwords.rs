//! Passwords: who knows them, who may change them, and where they are not.

use super::*;

#[tokio::test]
async fn a_password_lets_its_owner_in_until_it_is_changed_or_the_owner_leaves() {
    let town = Town::start().await;
    let office = Office::open(&town, Clock::new(true)).await;
    let short = RegisterStaffRequest {
        password: Some("short".into()),
        ..member("leader-new", sample::VILLAGE)
    };
    let refused = office.employs(short.clone()).await.expect_err("refused");
    assert_eq!(reason(&refused).1, "password");
    assert!(
        town.names("staff-leader-new").await.is_empty(),
        "nothing half done"
    );
    let first = "the first password";
    let registered = RegisterStaffRequest {
        password: Some(first.into()),
        ..short
    };
    office.employs(registered).await.expect("recorded");
    assert_eq!(
        office.knows_password("leader-new", first).await.expect("right"),
        ["leader"]
    );
    for (account, password) in [("leader-new", "the wrong password"), ("nobody", first)] {
        let wrong = office.knows_password(account, password).await.expect_err("wrong");
        assert_eq!(wrong.code(), Code::Unauthenticated, "{account}");
    }
    // Only the sign-in may try passwords.
    let asked = VerifyPasswordRequest {
        account: "leader-new".into(),
        password: first.into(),
    };
    let (mut client, request) = office.asks(&admin(), asked);
    let refused = client.verify_password(request).await.expect_err("refused");
    assert_eq!(refused.code(), Code::PermissionDenied);

    let owner = sample::acting(Role::Leader, sample::VILLAGE);
    let own = Actor::staff(
        "leader-new".parse().expect("an account"),
        owner.unit().expect("a unit").clone(),
        Role::Leader,
    );
    let second = "the second password";
    let change = |current: &str| ChangePasswordRequest {
        account: "leader-new".into(),
        current: current.into(),
        new: second.into(),
    };
    let (mut client, request) = office.asks(&owner, change(first));
    let by_another = client.change_password(request).await.expect_err("refused");
    assert_eq!(by_another.code(), Code::PermissionDenied);
    let (mut client, request) = office.asks(&own, change("not the first"));
    assert_eq!(
        reason(&client.change_password(request).await.expect_err("refused")).1,
        "current"
    );
    let (mut client, request) = office.asks(&own, change(first));
    client.change_password(request).await.expect("changed");
    assert!(office.knows_password("leader-new", first).await.is_err());
    office.knows_password("leader-new", second).await.expect("right");

    // Whoever knows it because they set it stands in the history under their own name.
    let third = "the third password";
    let set = ChangePasswordRequest {
        account: "leader-new".into(),
        current: String::new(),
        new: third.into(),
    };
    let (mut client, request) = office.asks(&admin(), set);
    client.change_password(request).await.expect("set");
    office.knows_password("leader-new", third).await.expect("right");
    let facts = town.stream("staff-leader-new").await;
    let actors: Vec<&Actor> = facts.iter().map(|fact| &fact.metadata.actor).collect();
    assert_eq!(actors[1..], [&own, &admin()]);

    // Nor does registering the same person once more hide it.
    let fourth = "the fourth password";
    let registered = RegisterStaffRequest {
        password: Some(fourth.into()),
        ..member("leader-new", sample::VILLAGE)
    };
    assert_eq!(office.employs(registered).await.expect("recorded"), 1);
    office.knows_password("leader-new", fourth).await.expect("right");
    let second = fourth;

    let leaving = RetireStaffRequest {
        account: "leader-new".into(),
        reason: "调任".into(),
    };
    let (mut client, request) = office.asks(&admin(), leaving);
    client.retire_staff(request).await.expect("retired");
    assert!(office.knows_password("leader-new", second).await.is_err());
    let names = town.names("staff-leader-new").await;
    let expected = [
        "staff.registered.v1",
        "staff.password_set.v1",
        "staff.password_set.v1",
        "staff.password_set.v1",
        "staff.retired.v1",
    ];
    assert_eq!(names, expected);
    let history = format!("{:?}", town.stream("staff-leader-new").await);
    assert!(
        !history.contains(first) && !history.contains(second),
        "a password in the history"
    );
    office.close().await;
    town.stop().await;
}

/// What is refused opens nothing: a password left behind for somebody who does not exist yet would let its author in later.
#[tokio::test]
async fn a_password_that_is_refused_is_not_set() {
    let town = Town::start().await;
    let office = Office::open(&town, Clock::new(true)).await;
    let password = "left behind for later";
    let set = ChangePasswordRequest {
        account: "leader-later".into(),
        current: String::new(),
        new: password.into(),
    };
    let (mut client, request) = office.asks(&admin(), set);
    client
        .change_password(request)
        .await
        .expect_err("nobody of that name");
    let registered = member("leader-later", sample::VILLAGE);
    office.employs(registered).await.expect("recorded");
    let wrong = office.knows_password("leader-later", password).await;
    assert_eq!(wrong.expect_err("wrong").code(), Code::Unauthenticated);
    office.close().await;
    town.stop().await;
}
