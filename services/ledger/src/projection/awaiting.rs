//! What waits for somebody's judgement: extensions, answers to findings, reports on tasks, draws that were announced,
//! exposures that were proposed, and what the keepers of sealed tips are asked.

use crate::book::BookError;
use crate::columns::{At, at};
use accountability_domain::{AccountabilityState, Answer};
use case_domain::{CaseState, Progress};
use disposal_domain::DisposalEvent;
use disposal_domain::draw::DrawState;
use jiff::Timestamp;
use jurisdiction::{Actor, UnitCode};
use platform::Recorded;
use rusqlite::{Transaction, params};
use tip_domain::{Channel, Compartment, TipEvent};

/// One row.
struct Waits<'a> {
    kind: &'a str,
    number: u32,
    subject: &'a str,
    unit: &'a str,
    since: Timestamp,
    due: Option<Timestamp>,
    clock: Option<&'a str>,
    obligation: Option<&'a str>,
    what: &'a str,
    asked_by: Option<&'a Actor>,
}

/// What nobody could ask about: an SMS, and a call that was only recorded.
fn is_to_be_placed(event: &TipEvent) -> bool {
    let TipEvent::TipReceived {
        channel,
        place,
        content,
        ..
    } = event
    else {
        return false;
    };
    let unasked = match channel {
        Channel::Sms => true,
        Channel::Phone => content.is_none(),
        _ => false,
    };
    unasked && place.division.is_none()
}

/// Only custodians, leaders of the city and those who take calls ever read these; the tip is hidden from whom it is about.
pub(super) fn of_tip(
    transaction: &Transaction<'_>,
    fact: &Recorded,
    event: &TipEvent,
) -> Result<(), BookError> {
    let over = |kinds: &[&str]| {
        kinds
            .iter()
            .try_for_each(|kind| forget_kind(transaction, &fact.stream, kind))
    };
    let actor = &fact.metadata.actor;
    let waits = |kind, number| Waits {
        kind,
        number,
        unit: actor.unit().map_or("", UnitCode::as_str),
        asked_by: Some(actor),
        ..Waits::about(&fact.stream, fact.metadata.at)
    };
    if is_to_be_placed(event) {
        let what = "没有写明地点，请看内容（听录音）后补记";
        let waits = waits("place_to_record", 0);
        put(transaction, &fact.stream, &Waits { what, ..waits })?;
    }
    match event {
        // Whoever screens it says where it is, or there is nothing to place.
        TipEvent::TipPlaced { .. }
        | TipEvent::TipAccepted { .. }
        | TipEvent::TipRejected { .. }
        | TipEvent::TipDiverted { .. }
        | TipEvent::LinkedToCase { .. } => over(&["place_to_record"]),
        TipEvent::TipReceived {
            channel: Channel::Phone,
            content: None,
            evidence,
            ..
        } if !evidence.is_empty() => {
            let what = "来电没有文字，请看图后写成文字";
            put(
                transaction,
                &fact.stream,
                &Waits {
                    what,
                    ..waits("transcript_to_record", 0)
                },
            )
        }
        TipEvent::RecordingAdded {
            to_transcribe: true, ..
        } => {
            let what = "来电没有文字，请听录音后写成文字";
            put(
                transaction,
                &fact.stream,
                &Waits {
                    what,
                    ..waits("transcript_to_record", 0)
                },
            )
        }
        TipEvent::TranscriptRecorded { .. } => over(&["transcript_to_record"]),
        TipEvent::IdentityRevealRequested { request, reason } => {
            let what = reason.as_str();
            put(
                transaction,
                &fact.stream,
                &Waits {
                    what,
                    ..waits("reveal_to_approve", *request)
                },
            )
        }
        TipEvent::IdentityRevealApproved { request, until } => approved(transaction, fact, *request, *until),
        TipEvent::IdentityRevealRefused { .. } => over(&["reveal_to_approve"]),
        TipEvent::IdentityRevealed { .. } => over(&["identity_to_open"]),
        TipEvent::RewardProposed { amount_fen, .. } => {
            let what = reward(*amount_fen);
            put(
                transaction,
                &fact.stream,
                &Waits {
                    what: &what,
                    ..waits("reward_to_approve", 0)
                },
            )
        }
        TipEvent::RewardApproved { amount_fen } => {
            over(&["reward_to_approve"])?;
            let what = reward(*amount_fen);
            put(
                transaction,
                &fact.stream,
                &Waits {
                    what: &what,
                    ..waits("reward_to_pay", 0)
                },
            )
        }
        TipEvent::RewardRefused { .. } => over(&["reward_to_approve"]),
        TipEvent::RewardPaid { .. } => over(&["reward_to_pay"]),
        TipEvent::ReporterErased { compartments, .. } => {
            if compartments.contains(&Compartment::Content) {
                over(&["transcript_to_record", "place_to_record"])?;
            }
            if compartments.contains(&Compartment::Identity) {
                over(&["reveal_to_approve", "identity_to_open"])?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// What was agreed to is for whoever asked.
fn approved(
    transaction: &Transaction<'_>,
    fact: &Recorded,
    request: u32,
    until: Timestamp,
) -> Result<(), BookError> {
    forget_kind(transaction, &fact.stream, "identity_to_open")?;
    transaction
        .prepare_cached(
            "UPDATE awaiting SET kind = 'identity_to_open', since = ?3, due = ?4 \
             WHERE stream = ?1 AND kind = 'reveal_to_approve' AND number = ?2",
        )?
        .execute(params![fact.stream, request, At(fact.metadata.at), At(until)])?;
    Ok(())
}

fn reward(fen: u64) -> String {
    format!("奖励 {}.{:02} 元", fen / 100, fen % 100)
}

pub(super) fn of_case(
    transaction: &Transaction<'_>,
    fact: &Recorded,
    state: &CaseState,
) -> Result<(), BookError> {
    if state.extensions.is_empty() {
        return Ok(());
    }
    forget(transaction, &fact.stream)?;
    if state.progress == Progress::Closed {
        return Ok(());
    }
    for (number, asked) in (0..).zip(&state.extensions) {
        if asked.answer.is_some() {
            continue;
        }
        let waits = Waits {
            kind: "extension_to_judge",
            number,
            subject: &fact.stream,
            unit: asked.unit.as_str(),
            since: asked.requested_at,
            due: Some(asked.due),
            clock: Some(&asked.clock),
            obligation: Some(asked.obligation.code()),
            what: &asked.reason,
            asked_by: None,
        };
        put(transaction, &fact.stream, &waits)?;
    }
    Ok(())
}

/// What is to be told to everybody waits for somebody else of the city.
pub(super) fn of_disposal(
    transaction: &Transaction<'_>,
    fact: &Recorded,
    event: &DisposalEvent,
) -> Result<(), BookError> {
    let kind = "exposure_to_publish";
    match event {
        DisposalEvent::ExposureProposed { enterprise, .. } => {
            let subject = format!("case-{}", fact.subject());
            let actor = &fact.metadata.actor;
            let waits = Waits {
                kind,
                what: enterprise,
                unit: actor.unit().map_or("", UnitCode::as_str),
                asked_by: Some(actor),
                ..Waits::about(&subject, fact.metadata.at)
            };
            put(transaction, &fact.stream, &waits)
        }
        DisposalEvent::ExposurePublished { .. } | DisposalEvent::ExposureWithdrawn { .. } => {
            forget_kind(transaction, &fact.stream, kind)
        }
        _ => Ok(()),
    }
}

pub(super) fn of_unit(
    transaction: &Transaction<'_>,
    fact: &Recorded,
    state: &AccountabilityState,
) -> Result<(), BookError> {
    if state.findings.is_empty() && state.tasks.is_empty() {
        return Ok(());
    }
    forget(transaction, &fact.stream)?;
    for finding in &state.findings {
        let waits = |since| Waits {
            kind: "finding_answer_to_judge",
            number: finding.number,
            unit: finding.unit.as_str(),
            what: &finding.text,
            ..Waits::about("", since)
        };
        answered(transaction, fact, &finding.answers, waits)?;
    }
    for task in &state.tasks {
        let waits = |since| Waits {
            kind: "task_report_to_judge",
            number: task.number,
            unit: task.unit.as_str(),
            what: &task.text,
            ..Waits::about("", since)
        };
        answered(transaction, fact, &task.reports, waits)?;
    }
    Ok(())
}

pub(super) fn of_draw(
    transaction: &Transaction<'_>,
    fact: &Recorded,
    state: &DrawState,
) -> Result<(), BookError> {
    forget(transaction, &fact.stream)?;
    let Some(seed_at) = state.seed_at.filter(|_| state.is_open()) else {
        return Ok(());
    };
    let waits = Waits {
        kind: "draw_to_make",
        number: state.round,
        what: &state.source,
        ..Waits::about(&fact.stream, seed_at)
    };
    put(transaction, &fact.stream, &waits)
}

impl<'a> Waits<'a> {
    fn about(subject: &'a str, since: Timestamp) -> Self {
        Self {
            kind: "",
            number: 0,
            subject,
            unit: "",
            since,
            due: None,
            clock: None,
            obligation: None,
            what: "",
            asked_by: None,
        }
    }
}

/// The last answer, if nobody has judged it yet. It is the affair of the unit.
fn answered<'a>(
    transaction: &Transaction<'_>,
    fact: &Recorded,
    answers: &[Answer],
    waits: impl Fn(Timestamp) -> Waits<'a>,
) -> Result<(), BookError> {
    let Some(last) = answers.last().filter(|answer| answer.judged.is_none()) else {
        return Ok(());
    };
    let waits = waits(last.at);
    let subject = format!("unit-{}", waits.unit);
    let waits = Waits {
        subject: &subject,
        ..waits
    };
    put(transaction, &fact.stream, &waits)
}

fn forget(transaction: &Transaction<'_>, stream: &str) -> Result<(), BookError> {
    transaction
        .prepare_cached("DELETE FROM awaiting WHERE stream = ?1")?
        .execute([stream])?;
    Ok(())
}

fn forget_kind(transaction: &Transaction<'_>, stream: &str, kind: &str) -> Result<(), BookError> {
    transaction
        .prepare_cached("DELETE FROM awaiting WHERE stream = ?1 AND kind = ?2")?
        .execute([stream, kind])?;
    Ok(())
}

fn put(transaction: &Transaction<'_>, stream: &str, waits: &Waits<'_>) -> Result<(), BookError> {
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO awaiting VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            stream,
            waits.kind,
            waits.number,
            waits.subject,
            waits.unit,
            At(waits.since),
            at(waits.due),
            waits.clock,
            waits.obligation,
            waits.what,
            waits.asked_by.map(serde_json::to_string).transpose()?,
        ])?;
    Ok(())
}
