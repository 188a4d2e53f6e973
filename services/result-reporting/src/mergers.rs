//! Which cases go on in which other: a site that is listed under a case merged since is listed, and accuses nobody.

use case_domain::Mergers;
use platform::{Kept, Recorded};

/// Every merger that stands, kept from the store.
pub(crate) type KnownMergers = Kept<Mergers>;

pub(crate) fn known() -> KnownMergers {
    Kept::new(&["case-"], take)
}

fn take(mergers: &mut Mergers, fact: &Recorded) {
    if let Err(error) = mergers.take(&fact.stream, &fact.name, &fact.data) {
        tracing::error!(stream = %fact.stream, %error, "a fact is unreadable");
    }
}
