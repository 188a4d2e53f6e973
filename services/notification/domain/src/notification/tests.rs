//! Given/when/then of the notification.

use super::*;
use crate::MOST_ATTEMPTS;
use decider::scenario::Scenario;
use jiff::SignedDuration;
use jurisdiction::{Actor, CaseId, Role, StaffId, UnitCode, sample};
use proptest::prelude::*;

fn policy() -> Actor {
    Actor::system("notification/test")
}
fn a_letter() -> RequestNotification {
    RequestNotification {
        channel: Channel::Mail,
        addressee: Addressee::Staff {
            staff: StaffId::of("leader-321322102"),
        },
        template: "supervision_order".into(),
        subject: "督办：老砖瓦厂首次现场核查逾期".into(),
        body: "请于三个工作日内说明原因。".into(),
        about: Subject::Case(CaseId::sample(7)),
    }
}
/// A message to a reporter, by whatever stands for the number.
fn to_reporter(token: &str) -> RequestNotification {
    RequestNotification {
        channel: Channel::Sms,
        addressee: Addressee::Receipt { token: token.into() },
        subject: String::new(),
        body: "您举报的线索已办结，请凭查询码查看结果。".into(),
        ..a_letter()
    }
}
fn request(command: RequestNotification) -> NotificationCommand {
    NotificationCommand::Request(command)
}
fn sent(attempt: u16) -> NotificationCommand {
    NotificationCommand::MarkSent(MarkSent {
        attempt,
        provider_id: Some("smtp-4711".into()),
    })
}
fn failed(attempt: u16) -> NotificationCommand {
    NotificationCommand::MarkFailed(MarkFailed {
        attempt,
        reason: "连接超时".into(),
        permanent: false,
    })
}
fn requested() -> Scenario<Notification> {
    let story = Scenario::new().by(policy());
    story.when(&request(a_letter())).then_done()
}
fn refused(command: RequestNotification, refusal: NotificationRefusal) {
    let story = Scenario::<Notification>::new().by(policy());
    story.when(&request(command)).then_refused(refusal);
}

#[test]
fn a_message_is_requested_once() {
    let letter = a_letter();
    let story = Scenario::<Notification>::new().by(policy());
    let story = story
        .when(&request(a_letter()))
        .then([NotificationEvent::NotificationRequested {
            channel: letter.channel,
            addressee: letter.addressee,
            template: letter.template,
            subject: letter.subject,
            body: letter.body,
            about: letter.about,
        }]);
    assert!(story.state().next_attempt().is_some());
    let story = story.when(&request(a_letter())).then_nothing();
    let other = RequestNotification {
        body: "别的内容".into(),
        ..a_letter()
    };
    story
        .when(&request(other))
        .then_refused(NotificationRefusal::OtherRequest);
}

#[test]
fn only_policies_notify() {
    let people = [sample::acting(Role::Admin, sample::OFFICE), Actor::Citizen];
    for actor in people {
        for command in [request(a_letter()), sent(1), failed(1)] {
            let story = requested().by(actor.clone()).when(&command);
            story.then_refused(NotificationRefusal::NotAPolicy);
        }
    }
}

#[test]
fn a_message_needs_template_title_and_body_of_a_sensible_length() {
    let letter = a_letter;
    let template = String::new();
    refused(
        RequestNotification { template, ..letter() },
        NotificationRefusal::TemplateMissing,
    );
    let subject = " ".into();
    refused(
        RequestNotification { subject, ..letter() },
        NotificationRefusal::SubjectMissing,
    );
    let body = " ".into();
    refused(
        RequestNotification { body, ..letter() },
        NotificationRefusal::BodyMissing,
    );
    let body = "长".repeat(LONGEST_MAIL + 1);
    refused(
        RequestNotification { body, ..letter() },
        NotificationRefusal::TooLong,
    );
    let body = "长".repeat(LONGEST_SMS + 1);
    let message = to_reporter("r-3f9a2c7e51b04d68");
    refused(
        RequestNotification { body, ..message },
        NotificationRefusal::TooLong,
    );
}

#[test]
fn a_reporter_is_named_by_an_opaque_token_only() {
    for number in [
        "19900000000",
        "1234567890123456",
        "a@example.org",
        "+8619900000000",
        "r-3f9a",
    ] {
        refused(to_reporter(number), NotificationRefusal::TokenNotOpaque);
    }
    let by_mail = RequestNotification {
        channel: Channel::Mail,
        subject: "结果".into(),
        ..to_reporter("r-3f9a2c7e51b04d68")
    };
    refused(by_mail, NotificationRefusal::OnlyByMessage);
    let story = Scenario::<Notification>::new().by(policy());
    story
        .when(&request(to_reporter("r-3f9a2c7e51b04d68")))
        .then_done();
}

#[test]
fn no_text_holds_a_telephone_number_or_a_receipt() {
    let body = "请回拨 19900000000".into();
    refused(
        RequestNotification { body, ..a_letter() },
        NotificationRefusal::NumberInText,
    );
    let subject = "查询码 1234 5678 9012 3456".into();
    refused(
        RequestNotification {
            subject,
            ..a_letter()
        },
        NotificationRefusal::NumberInText,
    );
}

#[test]
fn what_was_sent_is_sent_once() {
    let story = requested()
        .when(&sent(1))
        .then([NotificationEvent::NotificationSent {
            attempt: 1,
            provider_id: Some("smtp-4711".into()),
        }]);
    let story = story.when(&sent(1)).then_nothing();
    let story = story.when(&failed(2)).then_nothing();
    assert_eq!(story.state().next_attempt(), None);
}

#[test]
fn a_failure_waits_and_tries_again() {
    let story = requested()
        .when(&failed(1))
        .then([NotificationEvent::NotificationFailed {
            attempt: 1,
            reason: "连接超时".into(),
        }]);
    let first = story.state().next_attempt().expect("a retry");
    let story = story.when(&failed(1)).then_nothing();
    let story = story.later(SignedDuration::from_mins(1));
    let story = story.when(&failed(2)).then_done();
    let second = story.state().next_attempt().expect("a retry");
    assert_eq!(second.duration_since(first), SignedDuration::from_mins(5));
    let story = story.when(&sent(3)).then_done();
    assert_eq!(story.state().attempts, 3);
}

#[test]
fn late_news_of_an_earlier_attempt_do_not_turn_the_count_back() {
    let story = requested().when(&failed(1)).then_done();
    let story = story.when(&failed(2)).then_done();
    let story = story.when(&sent(1)).then_done();
    assert_eq!(story.state().attempts, 2);
}

#[test]
fn attempts_are_counted_without_a_gap() {
    let story = requested()
        .when(&failed(2))
        .then_refused(NotificationRefusal::AttemptSkipped);
    story
        .when(&sent(2))
        .then_refused(NotificationRefusal::AttemptSkipped);
}

#[test]
fn after_the_last_attempt_it_is_given_up_and_that_is_a_fact() {
    let mut story = requested();
    for attempt in 1..MOST_ATTEMPTS {
        story = story.when(&failed(attempt)).then_done();
        assert!(story.state().next_attempt().is_some());
    }
    let story = story.when(&failed(MOST_ATTEMPTS)).then([
        NotificationEvent::NotificationFailed {
            attempt: MOST_ATTEMPTS,
            reason: "连接超时".into(),
        },
        NotificationEvent::NotificationAbandoned {
            attempts: MOST_ATTEMPTS,
            reason: "连接超时".into(),
        },
    ]);
    assert_eq!(story.state().next_attempt(), None);
    let story = story.when(&failed(MOST_ATTEMPTS + 1)).then_nothing();
    // The provider had it all along.
    let story = story.when(&sent(MOST_ATTEMPTS)).then_done();
    assert!(matches!(story.state().delivery, Delivery::Sent { .. }));
}

#[test]
fn where_trying_again_is_pointless_it_is_given_up_at_once() {
    let nowhere = NotificationCommand::MarkFailed(MarkFailed {
        attempt: 1,
        reason: "没有这个邮箱".into(),
        permanent: true,
    });
    let story = requested().when(&nowhere).then_done();
    assert!(matches!(story.state().delivery, Delivery::Abandoned { .. }));
}

#[test]
fn a_providers_words_are_kept_without_numbers() {
    let telling = NotificationCommand::MarkFailed(MarkFailed {
        attempt: 1,
        reason: "19900000000 is unreachable".into(),
        permanent: false,
    });
    let mute = NotificationCommand::MarkFailed(MarkFailed {
        attempt: 2,
        reason: " ".into(),
        permanent: false,
    });
    let story = requested().when(&telling).then_done();
    let reason = story.state().last_failure.expect("a reason");
    assert!(!reason.contains("138"), "{reason}");
    let story = story.when(&mute).then_done();
    assert_eq!(story.state().last_failure.as_deref(), Some("没有说明"));
}

#[test]
fn nothing_can_be_marked_that_was_not_requested() {
    for command in [sent(1), failed(1)] {
        let story = Scenario::<Notification>::new().by(policy());
        story
            .when(&command)
            .then_refused(NotificationRefusal::NotRequested);
    }
}

/// Fault of comparable systems: one recipient who cannot be reached ends the loop for all after. Every addressee has a
/// stream of their own here, so giving one up is no fact of another's.
#[test]
fn one_addressee_given_up_leaves_the_next_one_waiting() {
    let mut story = requested();
    for attempt in 1..=MOST_ATTEMPTS {
        story = story.when(&failed(attempt)).then_done();
    }
    let next = RequestNotification {
        addressee: Addressee::Unit {
            unit: UnitCode::of(sample::COUNTY),
        },
        ..a_letter()
    };
    let other = Scenario::<Notification>::new().by(policy());
    let other = other.when(&request(next)).then_done();
    assert!(story.state().next_attempt().is_none() && other.state().next_attempt().is_some());
}

proptest! {
    /// Invariant: `evolve` is total; any sequence of facts, in any order, folds without panic.
    #[test]
    fn any_history_folds(picks in proptest::collection::vec(0usize..4, 0..40)) {
        let samples = crate::events::samples();
        let stamp = Stamp { at: Timestamp::MAX, by: Actor::Citizen };
        let mut state = NotificationState::default();
        for pick in picks {
            Notification::evolve(&mut state, &samples[pick % samples.len()], &stamp);
        }
    }

    /// Whatever is reported, in whatever order and however often: there are never more attempts than allowed, and a
    /// message that is neither sent nor given up is always to be tried again.
    #[test]
    fn no_message_is_forgotten(reports in proptest::collection::vec((any::<bool>(), 0u16..12), 0..60)) {
        let jurisdiction = sample::suqian();
        let stamp = Stamp { at: Timestamp::UNIX_EPOCH, by: policy() };
        let given = Given { at: stamp.at, by: &stamp.by, jurisdiction: &jurisdiction };
        let mut state = requested().state();
        for (success, attempt) in reports {
            let command = if success { sent(attempt) } else { failed(attempt) };
            for event in Notification::decide(&state, &command, given).unwrap_or_default() {
                Notification::evolve(&mut state, &event, &stamp);
            }
            prop_assert!(state.attempts <= MOST_ATTEMPTS);
            let done = matches!(state.delivery, Delivery::Sent { .. } | Delivery::Abandoned { .. });
            prop_assert_eq!(done, state.next_attempt().is_none());
        }
    }
}

#[test]
fn every_event_ever_written_can_be_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    decider::scenario::assert_golden(&folder, &crate::events::samples());
}
