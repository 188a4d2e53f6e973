//! The JSON API, one file a service. A new file is one `mod` and one line in [`entries`].

mod accountability;
mod assignment;
mod audit;
mod directory;
mod disposal;
mod intake;
mod ledger;
mod live;
mod map;
mod notification;
mod public;
mod refusals;
mod reporting;
mod session;
mod uploads;

pub(crate) use public::{TipStatus, add_to, digits, erase_own, grouped, look_up, object_to, say_not_fixed};

use crate::routes::Entry;

/// The whole table.
pub(crate) fn entries() -> Vec<Entry> {
    [
        public::entries(),
        refusals::entries(),
        session::entries(),
        intake::entries(),
        uploads::entries(),
        assignment::entries(),
        disposal::entries(),
        accountability::entries(),
        reporting::entries(),
        notification::entries(),
        ledger::entries(),
        live::entries(),
        map::entries(),
        audit::entries(),
        directory::entries(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
