//! Failures across cases: whoever had found nothing at a site that another case confirms, and whoever had closed it.

use super::{Fact, Follows, cases::place_words};
use crate::sites::{Cleared, Disposed, Earlier};
use accountability_domain::{AccountabilityCommand, FailureKind};
use case_domain::CaseState;
use jurisdiction::{Against, CaseId, Subject};

/// Where the confirmed case is about somebody, the failure stands with it, so that it is told to nobody who must not know.
pub fn on_earlier(confirmed: CaseId, earlier: Earlier, after: &CaseState, fact: Fact<'_>) -> Follows {
    let told = Told {
        confirmed,
        after,
        fact,
    };
    let cleared = earlier.cleared.into_iter().map(|cleared| told.concealed(cleared));
    let disposed = earlier.disposed.into_iter();
    cleared
        .chain(disposed.map(|disposed| told.relapsed(disposed)))
        .collect()
}

/// The confirmed case and what surrounds it.
struct Told<'a> {
    confirmed: CaseId,
    after: &'a CaseState,
    fact: Fact<'a>,
}

impl Told<'_> {
    /// 瞒报: each case found it clean by itself.
    fn concealed(&self, cleared: Cleared) -> (Subject, AccountabilityCommand) {
        let note = format!(
            "曾在另案中被认定“未发现”或者不属于“小化工”的点位后经查实：{}",
            place_words(&self.after.place)
        );
        let cause = format!("{}/{}", self.fact.id, cleared.case);
        let (subject, against) = self.stands_with(cleared.case, &cleared.against);
        let of = (cleared.unit, cleared.persons);
        self.fact
            .failure_unless_hidden(&subject, &against, FailureKind::Concealment, of, note)
            .because(cause)
    }

    /// 死灰复燃 that nobody said was one. Of one closing there is one relapse, however many cases find it.
    fn relapsed(&self, disposed: Disposed) -> (Subject, AccountabilityCommand) {
        let note = format!(
            "销号点位死灰复燃，在另案中查实：{}",
            place_words(&self.after.place)
        );
        let cause = format!("{}/{}", disposed.closing, disposed.case);
        let (subject, against) = self.stands_with(disposed.case, &disposed.against);
        let of = (disposed.unit, vec![]);
        self.fact
            .failure_unless_hidden(&subject, &against, FailureKind::Relapse, of, note)
            .because(cause)
    }

    fn stands_with(&self, earlier: CaseId, about: &Against) -> (Subject, Against) {
        let subject = match self.after.against.is_empty() {
            true => Subject::Case(earlier),
            false => Subject::Case(self.confirmed),
        };
        (subject, self.after.against.clone().and(about.clone()))
    }
}

trait Because {
    /// Named after that cause rather than after the fact alone.
    fn because(self, cause: String) -> Self;
}

impl Because for (Subject, AccountabilityCommand) {
    fn because(mut self, cause: String) -> Self {
        if let AccountabilityCommand::RecordFailure(failure) = &mut self.1 {
            failure.cause = cause;
        }
        self
    }
}
