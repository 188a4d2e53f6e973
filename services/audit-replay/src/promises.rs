//! The named invariants on live data: recorded facts as the invariants read them, and what they find as findings.

use crate::leads::Leads;
use invariants::{Circumstances, Extent, Fact, Invariant, Violation, Watch};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::Jurisdiction;
use mingcha_proto::audit::{VerifiedInvariant, VerifyFinding};
use platform::Recorded;

/// What is younger has its consequences still to come; to name each of them would be noise.
const GRACE: SignedDuration = SignedDuration::from_mins(1);
/// What is missing after so long by the real clock is not under way any more.
const LATE: SignedDuration = SignedDuration::from_mins(10);

/// A recorded fact as the invariants read it.
pub fn as_fact(fact: &Recorded) -> Fact<'_> {
    Fact {
        id: fact.id,
        stream: &fact.stream,
        revision: fact.revision,
        position: fact.position,
        name: &fact.name,
        data: &fact.data,
        at: fact.metadata.at,
        actor: &fact.metadata.actor,
        cause: fact.metadata.causation,
        command: fact.metadata.command_id,
    }
}

/// Watches a history for what must hold of it.
pub(crate) struct Promises<'c> {
    watch: Watch<'c>,
    leads: Leads,
    now: Timestamp,
}

impl<'c> Promises<'c> {
    pub(crate) fn new(jurisdiction: &'c Jurisdiction, now: Timestamp, extent: Extent) -> Self {
        let circumstances = Circumstances {
            jurisdiction,
            now,
            grace: GRACE,
            extent,
            secrets: &[],
        };
        Self {
            watch: Watch::new(circumstances),
            leads: Leads::default(),
            now,
        }
    }

    /// How the clock was moved, if the history at hand does not tell.
    pub(crate) fn with_leads(mut self, moves: &[Recorded]) -> Self {
        moves.iter().for_each(|fact| self.leads.take(fact));
        self
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// Looks at the next fact, in the order of commit.
    pub(crate) fn take(&mut self, fact: &Recorded) {
        self.leads.take(fact);
        self.watch.take(&as_fact(fact));
    }

    /// What was found, and how each invariant fared. What is missing now and was not yet missing a while ago is pending.
    pub(crate) fn outcome(&self) -> (Vec<VerifyFinding>, Vec<VerifiedInvariant>) {
        let before = self.watch.violations(self.leads.ago(self.now, LATE));
        let mut fared = Invariant::ALL.map(|invariant| VerifiedInvariant {
            code: invariant.code().to_owned(),
            title: invariant.in_chinese().to_owned(),
            findings: 0,
            pending: 0,
        });
        let findings = self.watch.violations(self.now).into_iter().map(|violation| {
            let pending = violation.pending && !before.contains(&violation);
            let code = violation.invariant.code();
            if let Some(fared) = fared.iter_mut().find(|fared| fared.code == code) {
                if pending {
                    fared.pending += 1;
                } else {
                    fared.findings += 1;
                }
            }
            finding(violation, pending)
        });
        let findings = findings.collect();
        (findings, fared.to_vec())
    }
}

fn finding(violation: Violation, pending: bool) -> VerifyFinding {
    VerifyFinding {
        code: violation.invariant.code().to_owned(),
        stream: violation.stream,
        revision: violation.revision,
        position: violation.position,
        says: violation.says,
        invariant: Some(violation.invariant.in_chinese().to_owned()),
        pending,
    }
}
