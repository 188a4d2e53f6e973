//! What a change of the directory would do to the running clocks, before it is made: the question, and the way to whoever keeps them.

use jiff::Timestamp;
use jurisdiction::{Jurisdiction, Obligation, UnitCode};
use tokio::sync::{mpsc, oneshot};

/// A clock that would have another date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moved {
    pub stream: String,
    pub unit: UnitCode,
    pub obligation: Obligation,
    pub from: Timestamp,
    pub to: Timestamp,
    /// It has been missed by now, and would no longer be.
    pub no_longer_missed: bool,
}

/// What would become of the clocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Foreseen {
    pub running: usize,
    /// By the date that they would have.
    pub moved: Vec<Moved>,
}

/// A directory that is not in force, and who wants to know.
pub(crate) struct Question {
    pub jurisdiction: Jurisdiction,
    pub answer: oneshot::Sender<Option<Foreseen>>,
}

/// More than so many questions at a time wait for each other.
const AT_ONCE: usize = 4;

/// Asks the keeper of the clocks.
#[derive(Clone)]
pub(crate) struct Foresight(mpsc::Sender<Question>);

/// Where the questions arrive.
pub(crate) type Questions = mpsc::Receiver<Question>;

impl Foresight {
    pub(crate) fn new() -> (Self, Questions) {
        let (sender, questions) = mpsc::channel(AT_ONCE);
        (Self(sender), questions)
    }

    /// What the directory would do if it were in force now; `None` before all clocks are known.
    pub(crate) async fn ask(&self, jurisdiction: Jurisdiction) -> Option<Foreseen> {
        let (answer, answered) = oneshot::channel();
        let question = Question { jurisdiction, answer };
        self.0.send(question).await.ok()?;
        answered.await.ok()?
    }
}
