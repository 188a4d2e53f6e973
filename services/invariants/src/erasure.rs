//! What is erased stays erased: nothing is read from a destroyed compartment, and nothing sealed under its name again.

use crate::event::Event;
use crate::{Circumstances, Fact, Found, Rule};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::TipId;
use serde_json::Value;
use std::collections::BTreeMap;
use tip_domain::{Compartment, TipEvent};

/// Somebody was reading when it was destroyed: that they read is recorded once they have.
const WAS_READING: SignedDuration = SignedDuration::from_mins(1);

#[derive(Default)]
pub(crate) struct Erasure {
    /// What was destroyed, and when.
    erased: BTreeMap<(TipId, Compartment), Timestamp>,
}

impl Rule for Erasure {
    fn take(&mut self, fact: &Fact<'_>, event: &Event, _: &Circumstances<'_>, found: &mut Found<'_>) {
        if let Event::Tip(tip, event) = event {
            self.of_tip(*tip, event, fact, found);
        } else if matches!(
            fact.name,
            "reading.content_opened.v1" | "reading.evidence_opened.v1" | "reading.recording_heard.v1"
        ) {
            let tip = fact.data.get("tip").and_then(|tip| tip.as_str()?.parse().ok());
            let erased = tip.and_then(|tip| self.erased.get(&(tip, Compartment::Content)));
            if erased.is_some_and(|erased| fact.at.duration_since(*erased) > WAS_READING) {
                found.wrong(fact, "举报内容销毁以后，仍有人查看。");
            }
        }
    }
}

impl Erasure {
    fn of_tip(&mut self, tip: TipId, event: &TipEvent, fact: &Fact<'_>, found: &mut Found<'_>) {
        let is_erased = |compartment| self.erased.contains_key(&(tip, compartment));
        for compartment in Compartment::ALL.into_iter().filter(|known| is_erased(*known)) {
            if seals(fact.data, compartment.code()) {
                found.wrong(fact, "已经销毁的密钥名下又密封了新的内容。");
            }
        }
        match event {
            TipEvent::IdentityRevealRequested { .. }
            | TipEvent::IdentityRevealApproved { .. }
            | TipEvent::IdentityRevealed { .. }
                if is_erased(Compartment::Identity) =>
            {
                found.wrong(fact, "举报人身份销毁以后，仍有人要查看。");
            }
            TipEvent::EvidenceAdded { .. } | TipEvent::RecordingAdded { .. }
                if is_erased(Compartment::Content) =>
            {
                found.wrong(fact, "举报内容销毁以后，又补充了证据。");
            }
            TipEvent::ReporterErased { compartments, .. } => {
                for compartment in compartments {
                    self.erased.entry((tip, *compartment)).or_insert(fact.at);
                }
            }
            _ => {}
        }
    }
}

/// Whether something in there is sealed under that compartment's key.
fn seals(data: &Value, compartment: &str) -> bool {
    match data {
        Value::Object(fields) if fields.contains_key("ciphertext") => {
            fields.get("compartment").and_then(Value::as_str) == Some(compartment)
        }
        Value::Object(fields) => fields.values().any(|value| seals(value, compartment)),
        Value::Array(items) => items.iter().any(|item| seals(item, compartment)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::Invariant::ErasedStaysErased;
    use crate::story::{Story, tip_received};
    use jurisdiction::{EvidenceId, TipId};
    use serde_json::json;
    use tip_domain::{Compartment, Sealed, TipEvent};

    fn erased(compartment: Compartment) -> Story {
        let erased = TipEvent::ReporterErased {
            compartments: vec![compartment],
            reason: "举报人要求".into(),
        };
        Story::new()
            .record("tip-1", tip_received())
            .record("tip-1", erased)
    }
    fn wrote() -> TipEvent {
        TipEvent::ReporterWrote {
            message: Sealed::sample(Compartment::Content, "message"),
        }
    }
    fn asked() -> TipEvent {
        TipEvent::IdentityRevealRequested {
            request: 1,
            reason: "核实".into(),
        }
    }

    #[test]
    fn nothing_is_sealed_under_a_destroyed_key() {
        erased(Compartment::Identity)
            .record("tip-1", wrote())
            .holds(ErasedStaysErased);
        erased(Compartment::Content)
            .record("tip-1", wrote())
            .breaks(ErasedStaysErased, "又密封了");
        let added = TipEvent::EvidenceAdded {
            evidence: vec![EvidenceId::sample(3)],
        };
        erased(Compartment::Content)
            .record("tip-1", added)
            .breaks(ErasedStaysErased, "又补充了证据");
        let recorded = TipEvent::RecordingAdded {
            recording: EvidenceId::sample(3),
            to_transcribe: false,
        };
        erased(Compartment::Content)
            .record("tip-1", recorded)
            .breaks(ErasedStaysErased, "又补充了证据");
    }
    #[test]
    fn nobody_asks_for_a_destroyed_identity() {
        erased(Compartment::Content)
            .record("tip-1", asked())
            .holds(ErasedStaysErased);
        erased(Compartment::Identity)
            .record("tip-1", asked())
            .breaks(ErasedStaysErased, "仍有人要查看");
    }
    #[test]
    fn nobody_reads_what_is_destroyed() {
        let read = |story: Story, hours: i64| {
            let tip = json!({ "tip": TipId::sample(1).to_string() });
            story
                .hours_later(hours)
                .record_raw("reading-1", "reading.content_opened.v1", tip)
        };
        read(erased(Compartment::Content), 0).holds(ErasedStaysErased);
        read(erased(Compartment::Identity), 1).holds(ErasedStaysErased);
        read(erased(Compartment::Content), 1).breaks(ErasedStaysErased, "仍有人查看");
    }
}
