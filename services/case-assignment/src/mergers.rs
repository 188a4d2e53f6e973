//! Which cases go on in which other, kept from the store.

use case_domain::Mergers;
use platform::{Kept, Recorded};

/// Every merger that stands.
pub(crate) type KnownMergers = Kept<Mergers>;

pub(crate) fn known() -> KnownMergers {
    Kept::new(&["case-"], take)
}

fn take(mergers: &mut Mergers, fact: &Recorded) {
    if let Err(error) = mergers.take(&fact.stream, &fact.name, &fact.data) {
        tracing::error!(stream = %fact.stream, %error, "a fact is unreadable");
    }
}
