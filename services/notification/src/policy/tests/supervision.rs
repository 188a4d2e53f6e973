//! Letters about findings, tasks and special supervision.

use super::*;
use accountability_domain::{FindingSource, Gravity, SeenNumbers};
use jurisdiction::{SupervisionNumbers, SupervisionThresholds};

fn head() -> Actor {
    sample::acting(Role::Leader, sample::TOWNSHIP)
}
fn rule() -> Actor {
    Actor::system("test")
}
fn found() -> AccountabilityEvent {
    AccountabilityEvent::FindingRecorded {
        finding: 1,
        unit: township(),
        source: FindingSource::City,
        gravity: Gravity::Grave,
        text: "三处停产企业未翻墙三查，电话 19900000000".into(),
        evidence: vec![],
        clock: clock(),
    }
}
fn assigned() -> AccountabilityEvent {
    AccountabilityEvent::TaskAssigned {
        task: 1,
        unit: township(),
        meeting: "市联席会议第二次会议".into(),
        text: "张贴举报电话".into(),
        due: at(DUE),
        clock: clock(),
    }
}
fn has(letter: &Letter, parts: &[&str]) {
    for part in parts {
        assert!(letter.body.contains(part), "{part} is not in\n{}", letter.body);
    }
}

#[test]
fn given_a_finding_then_the_head_of_the_unit_reads_it_and_until_when_to_answer() {
    let written = letters(&[(rule(), started()), (rule(), found())]);
    assert_eq!(to(&written), ["leader-321322102"]);
    has(
        &written[0],
        &["突出问题", "未翻墙三查", "最迟答复：2020年6月4日 23:59"],
    );
    assert!(!written[0].body.contains("19900000000"));
}

#[test]
fn given_a_judgement_then_whoever_answered_reads_it() {
    let answered = AccountabilityEvent::FindingAnswered {
        finding: 1,
        text: "已补查".into(),
        evidence: vec![],
    };
    let judged = |accepted| AccountabilityEvent::FindingJudged {
        finding: 1,
        accepted,
        note: "缺一处".into(),
    };
    let facts = |accepted| {
        [
            (rule(), started()),
            (rule(), found()),
            (head(), answered.clone()),
            (rule(), judged(accepted)),
        ]
    };
    let rejected = letters(&facts(false));
    assert_eq!(to(&rejected), ["leader-321322102"]);
    has(
        &rejected[0],
        &["没有被认定", "意见：缺一处", "剩余的时间", "最迟完成"],
    );
    let accepted = letters(&facts(true));
    assert!(!accepted[0].body.contains("最迟完成"));
}

#[test]
fn given_a_task_then_the_unit_is_told_and_so_is_whoever_reported_it() {
    let written = letters(&[(rule(), assigned())]);
    assert_eq!(to(&written), ["leader-321322102"]);
    has(
        &written[0],
        &["任务：张贴举报电话", "完成期限：2020年6月4日 23:59"],
    );
    let reported = AccountabilityEvent::TaskReported {
        task: 1,
        text: "已张贴".into(),
        evidence: vec![],
    };
    let returned = AccountabilityEvent::TaskReturned {
        task: 1,
        reason: "缺三个村".into(),
    };
    let handler = sample::acting(Role::Handler, sample::TOWNSHIP);
    let facts = [(rule(), assigned()), (handler, reported), (rule(), returned)];
    let written = letters(&facts);
    assert_eq!(to(&written), ["handler-321322102"]);
    has(&written[0], &["意见：缺三个村"]);
}

#[test]
fn given_special_supervision_then_unit_and_group_read_the_numbers() {
    let seen = |overdue| SeenNumbers {
        numbers: SupervisionNumbers {
            overdue,
            ..Default::default()
        },
        thresholds: SupervisionThresholds::default().township,
        since: at("2020-05-04T15:59:59Z"),
    };
    let opened = AccountabilityEvent::SpecialSupervisionOpened {
        supervision: 1,
        unit: township(),
        seen: seen(12),
    };
    let closed = AccountabilityEvent::SpecialSupervisionClosed {
        supervision: 1,
        seen: seen(2),
        note: "整改到位".into(),
    };
    let written = letters(&[(rule(), opened.clone())]);
    assert_eq!(to(&written), ["leader-321322102", "supervisor-321300-DDZ"]);
    has(&written[0], &["胡集镇列入专项督查", "超期未办：12 个（标准 10）"]);
    let written = letters(&[(rule(), opened), (rule(), closed)]);
    has(&written[1], &["结束专项督查", "超期未办：2 个", "说明：整改到位"]);
}
