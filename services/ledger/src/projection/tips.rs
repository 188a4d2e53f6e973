//! Rows of tips: what was said openly and what became of it. Sealed compartments and receipts never get here.

use crate::book::BookError;
use crate::columns::{At, code};
use crate::search;
use platform::Recorded;
use rusqlite::{Transaction, params};
use tip_domain::{Compartment, Place, TipEvent};

pub(super) fn project(
    transaction: &Transaction<'_>,
    fact: &Recorded,
    event: &TipEvent,
) -> Result<(), BookError> {
    let (tip, at) = (fact.subject(), At(fact.metadata.at));
    match event {
        TipEvent::TipReceived { .. } => return receive(transaction, fact, event),
        // Whom it is about stands in a table of its own, for all kinds of facts.
        TipEvent::ConflictNoted { .. } => {}
        TipEvent::DangerRaised {} => {
            transaction.execute("UPDATE tips SET danger = 1, urgent = 1 WHERE tip = ?1", [tip])?;
        }
        TipEvent::EvidenceAdded { evidence } => {
            transaction.execute(
                "UPDATE tips SET photos = photos + ?2, last_message_at = ?3 WHERE tip = ?1",
                params![tip, evidence.len() as i64, at],
            )?;
        }
        TipEvent::LinkedToCase { case } => {
            transaction.execute(
                "UPDATE tips SET progress = 'accepted', screened_at = coalesce(screened_at, ?2), case_id = ?3 WHERE tip = ?1",
                params![tip, at, case.to_string()],
            )?;
        }
        TipEvent::Unlinked { .. } => {
            transaction.execute(
                "UPDATE tips SET progress = 'received', screened_at = NULL, case_id = NULL WHERE tip = ?1",
                [tip],
            )?;
        }
        TipEvent::NotFixedSaid { message } => {
            transaction.execute(
                "UPDATE tips SET messages = messages + ?2, last_message_at = ?3 WHERE tip = ?1",
                params![tip, i64::from(message.is_some()), at],
            )?;
        }
        TipEvent::ScreeningReconsidered { .. } => screened_again(transaction, tip)?,
        TipEvent::ScreeningObjected { message, .. } => {
            screened_again(transaction, tip)?;
            transaction.execute(
                "UPDATE tips SET messages = messages + ?2, last_message_at = ?3 WHERE tip = ?1",
                params![tip, i64::from(message.is_some()), at],
            )?;
        }
        TipEvent::ReporterWrote { message: _ } => {
            transaction.execute(
                "UPDATE tips SET messages = messages + 1, last_message_at = ?2 WHERE tip = ?1",
                params![tip, at],
            )?;
        }
        TipEvent::ReplySent { text } => tell(transaction, fact, "reply", text)?,
        TipEvent::TipAccepted { .. } => accept(transaction, fact, event)?,
        TipEvent::TipRejected { reason, explanation } => {
            transaction.execute(
                "UPDATE tips SET progress = 'rejected', screened_at = ?2, rejection_reason = ?3 WHERE tip = ?1",
                params![tip, at, code(reason)],
            )?;
            tell(transaction, fact, "rejected", explanation)?;
        }
        TipEvent::TipDiverted {
            authority,
            explanation,
        } => {
            transaction.execute(
                "UPDATE tips SET progress = 'diverted', screened_at = ?2, authority = ?3 WHERE tip = ?1",
                params![tip, at, authority],
            )?;
            tell(transaction, fact, "diverted", explanation)?;
        }
        TipEvent::OutcomeTold { text, interim } => {
            if !interim {
                transaction.execute(
                    "UPDATE tips SET outcome_told_at = ?2 WHERE tip = ?1",
                    params![tip, at],
                )?;
            }
            tell(transaction, fact, "outcome", text)?;
        }
        TipEvent::TipPlaced { place } => {
            put_at(transaction, tip, place)?;
            search::index(transaction, &fact.stream, &place.text, &[])?;
        }
        TipEvent::ReporterErased { compartments, .. } => {
            if compartments.contains(&Compartment::Content) {
                transaction.execute("UPDATE tips SET photos = 0 WHERE tip = ?1", [tip])?;
            }
        }
        // Who asked for an identity, and who was rewarded, is in no list of tips; what is to be done about it waits for the few
        // who may do it, see awaiting.rs.
        TipEvent::RecordingAdded { .. }
        | TipEvent::TranscriptRecorded { .. }
        | TipEvent::IdentityRevealRequested { .. }
        | TipEvent::IdentityRevealApproved { .. }
        | TipEvent::IdentityRevealRefused { .. }
        | TipEvent::IdentityRevealed { .. }
        | TipEvent::RewardProposed { .. }
        | TipEvent::RewardApproved { .. }
        | TipEvent::RewardRefused { .. }
        | TipEvent::RewardPaid { .. } => {}
    }
    Ok(())
}

fn screened_again(transaction: &Transaction<'_>, tip: &str) -> Result<(), BookError> {
    transaction.execute(
        "UPDATE tips SET progress = 'received', screened_at = NULL, rejection_reason = NULL, authority = NULL WHERE tip = ?1",
        [tip],
    )?;
    Ok(())
}

fn receive(transaction: &Transaction<'_>, fact: &Recorded, event: &TipEvent) -> Result<(), BookError> {
    let TipEvent::TipReceived {
        channel,
        place,
        seen,
        seen_when,
        evidence,
        confidential,
        wants_answer,
        danger,
        ..
    } = event
    else {
        return Ok(());
    };
    transaction.execute(
        "INSERT OR REPLACE INTO tips (tip, received_at, channel, place, latitude, longitude, division, urgent, \
         confidential, danger, wants_answer, seen, seen_when, photos) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?8, ?10, ?11, ?12, ?13)",
        params![
            fact.subject(),
            At(fact.metadata.at),
            code(channel),
            place.text,
            place.coordinates.map(|point| point.latitude),
            place.coordinates.map(|point| point.longitude),
            place.division.as_ref().map(|unit| unit.as_str()),
            danger,
            confidential,
            wants_answer,
            serde_json::to_string(seen)?,
            seen_when,
            evidence.len() as i64,
        ],
    )?;
    search::index(transaction, &fact.stream, &place.text, &[])
}

fn accept(transaction: &Transaction<'_>, fact: &Recorded, event: &TipEvent) -> Result<(), BookError> {
    let TipEvent::TipAccepted {
        case,
        summary,
        enterprise,
        place,
        urgency,
        ..
    } = event
    else {
        return Ok(());
    };
    transaction.execute(
        "UPDATE tips SET progress = 'accepted', screened_at = ?2, case_id = ?3, summary = ?4, enterprise = ?5, \
         urgent = urgent OR ?6 WHERE tip = ?1",
        params![
            fact.subject(),
            At(fact.metadata.at),
            case.to_string(),
            summary,
            enterprise,
            *urgency == jurisdiction::Urgency::Urgent,
        ],
    )?;
    put_at(transaction, fact.subject(), place)?;
    let words = [summary.as_str(), enterprise.as_deref().unwrap_or_default()];
    search::index(transaction, &fact.stream, &place.text, &words)
}

fn put_at(transaction: &Transaction<'_>, tip: &str, place: &Place) -> Result<(), BookError> {
    transaction.execute(
        "UPDATE tips SET place = ?2, latitude = ?3, longitude = ?4, division = ?5 WHERE tip = ?1",
        params![
            tip,
            place.text,
            place.coordinates.map(|point| point.latitude),
            place.coordinates.map(|point| point.longitude),
            place.division.as_ref().map(|unit| unit.as_str()),
        ],
    )?;
    Ok(())
}

fn tell(transaction: &Transaction<'_>, fact: &Recorded, kind: &str, text: &str) -> Result<(), BookError> {
    transaction.execute(
        "INSERT OR REPLACE INTO told VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            fact.subject(),
            fact.position.cast_signed(),
            At(fact.metadata.at),
            kind,
            text
        ],
    )?;
    transaction.execute(
        "UPDATE tips SET replies = replies + 1 WHERE tip = ?1",
        [fact.subject()],
    )?;
    Ok(())
}
