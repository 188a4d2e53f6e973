//! The campaign's settings: stages, calendars, hotlines, limits, ladder and the clock.

use super::*;

#[tokio::test]
async fn stages_hotlines_and_calendars_are_checked_field_by_field() {
    let town = Town::start().await;
    let office = Office::open(&town, Clock::new(true)).await;
    let backwards = SetStagesRequest {
        stages: vec![Stage {
            code: "sweep".into(),
            name: "排查摸底".into(),
            from: "2020-06-30".into(),
            to: Some("2020-05-20".into()),
            ..Stage::default()
        }],
    };
    let (mut client, request) = office.asks(&admin(), backwards);
    let refused = client.set_stages(request).await.expect_err("refused");
    assert_eq!(reason(&refused).0, "directory.stage_ends_before_start");
    let hotline = PublishHotlineRequest {
        number: "call me".into(),
        name: "举报".into(),
        hours: String::new(),
        by_sms: false,
    };
    let (mut client, request) = office.asks(&admin(), hotline);
    let refused = client.publish_hotline(request).await.expect_err("refused");
    assert_eq!(
        reason(&refused),
        ("directory.hotline_number".into(), "number".into())
    );
    let year = |holiday: &str| SetCalendarYearRequest {
        year: 2021,
        holidays: vec![holiday.into()],
        make_up_workdays: vec![],
        basis: String::new(),
    };
    for wrong in ["2021-02-30", "2020-10-01"] {
        let (mut client, request) = office.asks(&admin(), year(wrong));
        let refused = client.set_calendar_year(request).await.expect_err("refused");
        assert_eq!(refused.code(), Code::InvalidArgument, "{wrong}");
    }
    let (mut client, request) = office.asks(&admin(), year("2021-10-01"));
    client.set_calendar_year(request).await.expect("recorded");
    office.close().await;
    town.stop().await;
}

#[tokio::test]
async fn only_a_simulated_clock_can_be_moved_and_only_forward() {
    let town = Town::start().await;
    let demonstration = Office::open(&town, Clock::new(true)).await;
    let production = Office::open(&town, Clock::new(false)).await;
    let advance = |seconds| AdvanceClockRequest { seconds };
    let (mut client, request) = production.asks(&admin(), advance(3600));
    let refused = client.advance_clock(request).await.expect_err("refused");
    assert_eq!(refused.code(), Code::PermissionDenied);
    assert_eq!(reason(&refused).0, "platform.clock_is_real");
    assert!(
        town.names("clock-simulated").await.is_empty(),
        "nothing was recorded"
    );
    for seconds in [0, -1, 34_560_001] {
        let (mut client, request) = demonstration.asks(&admin(), advance(seconds));
        let refused = client.advance_clock(request).await.expect_err("refused");
        assert_eq!(
            reason(&refused),
            ("directory.clock_only_forward".into(), "seconds".into())
        );
    }
    let leader = sample::acting(Role::Leader, sample::CITY);
    let (mut client, request) = demonstration.asks(&leader, advance(3600));
    let refused = client.advance_clock(request).await.expect_err("refused");
    assert_eq!(reason(&refused).0, "directory.not_admin");
    let (mut client, request) = demonstration.asks(&admin(), advance(3600));
    client.advance_clock(request).await.expect("moved");
    assert_eq!(town.names("clock-simulated").await, ["clock.advanced.v1"]);
    demonstration.close().await;
    production.close().await;
    town.stop().await;
}

#[tokio::test]
async fn limits_and_ladder_are_set_read_and_remembered() {
    let town = Town::start().await;
    let office = Office::open(&town, Clock::new(true)).await;
    let hours = |hours| {
        Some(TimeLimit {
            hours: Some(hours),
            ..TimeLimit::default()
        })
    };
    let row = |obligation: &str, normal, urgent| ObligationLimit {
        obligation: obligation.into(),
        normal,
        urgent,
    };
    let both = Some(TimeLimit {
        working_days: Some(1),
        hours: Some(1),
        minutes: None,
    });
    for (limits, field) in [
        (vec![row("sleep", hours(8), hours(4))], "limits[0].obligation"),
        (vec![row("acknowledge", both, hours(4))], "limits[0].normal"),
        (vec![row("acknowledge", hours(8), None)], "limits[0].urgent"),
        (
            vec![row("acknowledge", hours(8), hours(4)); 2],
            "limits[1].obligation",
        ),
        (vec![row("acknowledge", hours(4), hours(8))], "limits"),
    ] {
        let (mut client, request) = office.asks(&admin(), SetLimitsRequest { limits, from: None });
        let refused = client.set_limits(request).await.expect_err("refused");
        assert_eq!(reason(&refused).1, field);
    }
    let limits = vec![row("acknowledge", hours(8), hours(4))];
    let (mut client, request) = office.asks(&admin(), SetLimitsRequest { limits, from: None });
    client.set_limits(request).await.expect("set");
    let ladder = SetLadderRequest {
        supervision_order_after: 2,
        interview_after: 4,
        criticism_after: 6,
        referral_after: 12,
        repeat_days: 7,
        from: None,
    };
    let (mut client, request) = office.asks(&admin(), ladder.clone());
    client.set_ladder(request).await.expect("set");

    let never = SetRecheckDaysRequest {
        days: vec![70_000],
        from: None,
    };
    let (mut client, request) = office.asks(&admin(), never);
    let refused = client.set_recheck_days(request).await.expect_err("refused");
    assert_eq!(reason(&refused).0, "directory.recheck_days");
    let twice = SetRecheckDaysRequest {
        days: vec![60, 20],
        from: None,
    };
    let (mut client, request) = office.asks(&admin(), twice);
    client.set_recheck_days(request).await.expect("set");

    let leader = sample::acting(Role::Leader, sample::VILLAGE);
    let (mut client, request) = office.asks(&leader, GetCampaignRequest {});
    let campaign = client.get_campaign(request).await.expect("told").into_inner();
    assert_eq!(campaign.ladder, Some(ladder));
    assert_eq!(campaign.recheck_days, [20, 60]);
    let told = |obligation: &str| {
        let rows = campaign.limits.iter();
        rows.filter(|row| row.obligation == obligation)
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(told("acknowledge"), [row("acknowledge", hours(8), hours(4))]);
    assert_eq!(
        told("immediate_measure"),
        [row("immediate_measure", hours(24), hours(4))],
        "by default"
    );
    office.close().await;
    town.stop().await;
}

#[tokio::test]
async fn thresholds_are_set_at_once_or_for_a_day_to_come_and_told() {
    let town = Town::start().await;
    let office = Office::open(&town, Clock::new(true)).await;
    let many = |failures| SupervisionThresholds {
        failures,
        ..SupervisionThresholds::default()
    };
    let thresholds = |failures, from: Option<String>| SetSupervisionRequest {
        window_days: 20,
        county: Some(many(failures)),
        township: Some(many(failures)),
        from,
    };
    let leader = sample::acting(Role::Leader, sample::VILLAGE);
    let told = async || {
        let (mut client, request) = office.asks(&leader, GetCampaignRequest {});
        client.get_campaign(request).await.expect("told").into_inner()
    };
    let (mut client, request) = office.asks(&admin(), thresholds(4, None));
    client.set_supervision(request).await.expect("set");
    assert_eq!(told().await.supervision, Some(thresholds(4, None)));
    assert!(told().await.scheduled.is_empty());

    for (from, code) in [("2020-05-20", "directory.day_not_to_come"), ("soon", "")] {
        let (mut client, request) = office.asks(&admin(), thresholds(2, Some(from.into())));
        let refused = client.set_supervision(request).await.expect_err("refused");
        assert_eq!(reason(&refused).1, "from");
        assert!(code.is_empty() || reason(&refused).0 == code);
    }
    let nothing = SetSupervisionRequest {
        window_days: 0,
        ..thresholds(2, None)
    };
    let (mut client, request) = office.asks(&admin(), nothing);
    let refused = client.set_supervision(request).await.expect_err("refused");
    assert_eq!(reason(&refused).0, "directory.thresholds_missing");

    let to_come = "2099-01-01".to_owned();
    let (mut client, request) = office.asks(&admin(), thresholds(2, Some(to_come.clone())));
    client.set_supervision(request).await.expect("scheduled");
    let campaign = told().await;
    assert_eq!(campaign.supervision, Some(thresholds(4, None)), "until then");
    assert_eq!(campaign.scheduled.len(), 1);
    assert_eq!(campaign.scheduled[0].from, to_come);
    assert_eq!(campaign.scheduled[0].supervision, Some(thresholds(2, None)));
    let names = town.names("campaign-2020").await;
    assert_eq!(
        names[1..],
        ["campaign.supervision_set.v1", "campaign.setting_scheduled.v1"]
    );
    office.close().await;
    town.stop().await;
}

#[tokio::test]
async fn reward_rules_and_custody_are_set_read_and_remembered() {
    let town = Town::start().await;
    let office = Office::open(&town, Clock::new(true)).await;
    let rule = |version: &str, from: &str| RewardRule {
        version: version.into(),
        document: "奖励办法".into(),
        from: from.into(),
        share_percent: 15,
        least_yuan: 3000,
        most_yuan: 300_000,
        insider_percent: 150,
    };
    for (rules, field) in [
        (vec![rule("2018", "2018年")], "rules[0].from"),
        (
            vec![rule("2018", "2018-01-04"), rule("2018", "2021-01-01")],
            "rules",
        ),
    ] {
        let (mut client, request) = office.asks(&admin(), SetRewardRulesRequest { rules });
        let refused = client.set_reward_rules(request).await.expect_err("refused");
        assert_eq!(reason(&refused).1, field);
    }
    let rules = vec![rule("2018", "2018-01-04"), rule("2021", "2021-01-01")];
    let set = SetRewardRulesRequest { rules: rules.clone() };
    let leader = sample::acting(Role::Leader, sample::OFFICE);
    let (mut client, request) = office.asks(&leader, set.clone());
    let refused = client.set_reward_rules(request).await.expect_err("refused");
    assert_eq!(reason(&refused).0, "directory.not_admin");
    let (mut client, request) = office.asks(&admin(), set);
    client.set_reward_rules(request).await.expect("set");
    let custody = |approval_hours, from: Option<&str>| SetCustodyRequest {
        approval_hours,
        from: from.map(str::to_owned),
    };
    for set in [custody(8, None), custody(4, Some("2099-01-01"))] {
        let (mut client, request) = office.asks(&admin(), set);
        client.set_custody(request).await.expect("set");
    }
    let watch = SetRecheckDaysRequest {
        days: vec![10],
        from: Some("2099-02-01".into()),
    };
    let (mut client, request) = office.asks(&admin(), watch);
    client.set_recheck_days(request).await.expect("scheduled");
    let (mut client, request) = office.asks(&leader, GetCampaignRequest {});
    let campaign = client.get_campaign(request).await.expect("told").into_inner();
    assert_eq!(campaign.reward_rules, rules);
    assert_eq!(campaign.custody, Some(custody(8, None)), "until its day");
    assert_eq!(campaign.recheck_days, [30, 90, 180]);
    let to_come = &campaign.scheduled;
    assert_eq!(to_come[0].custody, Some(custody(4, None)));
    assert_eq!(
        (&*to_come[1].from, &*to_come[1].recheck_days),
        ("2099-02-01", &[10][..])
    );
    office.close().await;
    town.stop().await;
}
