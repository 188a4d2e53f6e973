//! Calls that were recorded: kept once, by those who take calls, and written down.

use super::erasure::own_wish;
use super::*;
use crate::{AddRecording, RecordTranscript, TipEvent};

#[test]
fn recordings_of_a_call_are_kept_by_those_who_take_calls_and_once() {
    let operator = sample::acting(Role::Operator, sample::OFFICE);
    let recording = |number| {
        TipCommand::AddRecording(AddRecording {
            recording: EvidenceId::sample(number),
        })
    };
    received()
        .by(operator.clone())
        .when(&recording(1))
        .then_refused(TipRefusal::NotACall);
    let call = ReceiveTip {
        channel: Channel::Phone,
        ..a_report()
    };
    let story = Scenario::<Tip>::new()
        .by(operator.clone())
        .when(&TipCommand::Receive(call))
        .then_done();
    let added = |number, to_transcribe| TipEvent::RecordingAdded {
        recording: EvidenceId::sample(number),
        to_transcribe,
    };
    // What was typed during the call is there to be read.
    let story = story.when(&recording(1)).then([added(1, false)]);
    let story = story.when(&recording(1)).then_nothing();
    let story = story
        .by(sample::acting(Role::Handler, sample::TOWNSHIP))
        .when(&recording(2))
        .then_refused(TipRefusal::NotTranscriber);
    let mut story = story
        .by(sample::acting(Role::Dispatcher, sample::OTHER_COUNTY))
        .when(&recording(2))
        .then_refused(TipRefusal::OutsideSubtree)
        .by(operator.clone());
    for number in 2..=10 {
        story = story.when(&recording(number)).then_done();
    }
    let story = story
        .when(&recording(11))
        .then_refused(TipRefusal::TooManyRecordings);
    assert_eq!(story.state().recordings.len(), 10);
    let story = story
        .by(Actor::Citizen)
        .when(&own_wish(&[Compartment::Content]))
        .then_done();
    assert_eq!(story.state().recordings, []);
    story
        .by(operator)
        .when(&recording(1))
        .then_refused(TipRefusal::Erased);
}

#[test]
fn a_call_that_was_only_recorded_is_a_tip_that_waits_to_be_written_down() {
    let operator = sample::acting(Role::Operator, sample::OFFICE);
    let recorded = |channel, named_only: bool| {
        TipCommand::Receive(ReceiveTip {
            channel,
            // Only whom it is about was typed beside it.
            content: named_only.then(|| Sealed::sample(Compartment::Content, "narrative")),
            evidence: vec![],
            recordings: vec![EvidenceId::sample(1), EvidenceId::sample(1)],
            in_words: false,
            ..a_report()
        })
    };
    Scenario::<Tip>::new()
        .by(operator.clone())
        .when(&recorded(Channel::Counter, false))
        .then_refused(TipRefusal::NotACall);
    let named = Scenario::<Tip>::new()
        .by(operator.clone())
        .when(&recorded(Channel::Phone, true))
        .then_done();
    assert!(!named.state().in_words);
    let story = Scenario::<Tip>::new()
        .by(operator)
        .when(&recorded(Channel::Phone, false))
        .then_done();
    assert_eq!(story.state().recordings, [EvidenceId::sample(1)]);
    assert!(!story.state().in_words);
    let second = TipCommand::AddRecording(AddRecording {
        recording: EvidenceId::sample(2),
    });
    let story = story.when(&second).then([TipEvent::RecordingAdded {
        recording: EvidenceId::sample(2),
        to_transcribe: true,
    }]);
    let transcript = TipCommand::RecordTranscript(RecordTranscript {
        content: Sealed::sample(Compartment::Content, "transcript"),
    });
    assert!(story.when(&transcript).then_done().state().in_words);
}

#[test]
fn recorded_calls_are_written_down_by_those_who_take_calls() {
    let transcript = TipCommand::RecordTranscript(RecordTranscript {
        content: Sealed::sample(Compartment::Content, "transcript"),
    });
    let operator = sample::acting(Role::Operator, sample::OFFICE);
    let call = ReceiveTip {
        channel: Channel::Phone,
        ..a_report()
    };
    received()
        .by(operator.clone())
        .when(&transcript)
        .then_refused(TipRefusal::NotACall);
    let story = Scenario::<Tip>::new()
        .by(operator.clone())
        .when(&TipCommand::Receive(call))
        .then_done();
    let story = story.when(&transcript).then_done();
    let story = story
        .by(sample::acting(Role::Handler, sample::TOWNSHIP))
        .when(&transcript)
        .then_refused(TipRefusal::NotTranscriber);
    let story = story
        .by(sample::acting(Role::Dispatcher, sample::OTHER_COUNTY))
        .when(&transcript)
        .then_refused(TipRefusal::OutsideSubtree);
    let story = story
        .by(Actor::Citizen)
        .when(&own_wish(&[Compartment::Content]))
        .then_done();
    story
        .by(operator)
        .when(&transcript)
        .then_refused(TipRefusal::Erased);
}
