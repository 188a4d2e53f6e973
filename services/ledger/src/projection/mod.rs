//! From facts to rows. States are folded by the domains' own deciders; the projections only write down what they say.

mod against;
mod awaiting;
mod cases;
mod clocks;
mod disposals;
mod reports;
mod tips;

pub(crate) use disposals::spot_check;

use crate::book::BookError;
use crate::columns::At;
use accountability_domain::Accountability;
use case_domain::Case;
use decider::{Decider, Stamp, StoredEvent, decode};
use disposal_domain::Disposal;
use disposal_domain::draw::Draw;
use jurisdiction::Actor;
use platform::Recorded;
use report_domain::Report;
use rusqlite::{Connection, Transaction};
use serde_json::Value;
use std::collections::HashMap;
use tip_domain::TipEvent;

/// More states than this are not kept in memory between facts; they are folded again when needed.
const MOST_STATES: usize = 20_000;
/// Fields of facts that are not for the ledger, wherever they stand.
const SEALED: [&str; 3] = ["ciphertext", "commitment", "receipt_hash"];

/// Takes in facts, one by one and in order.
#[derive(Default)]
pub(crate) struct Projector {
    cases: States<Case>,
    disposals: States<Disposal>,
    draws: States<Draw>,
    accountability: States<Accountability>,
    clocks: clocks::Written,
    reports: States<Report>,
}

impl Projector {
    /// Takes in one fact. A fact that this program cannot read is noted and passed over: the rest must go on.
    pub(crate) fn take(&mut self, transaction: &Transaction<'_>, fact: &Recorded) -> Result<(), BookError> {
        let category = fact.stream.split_once('-').map_or("", |(category, _)| category);
        against::project(transaction, fact)?;
        match category {
            "tip" => {
                keep(transaction, fact)?;
                match read::<TipEvent>(transaction, fact)? {
                    Some(event) => {
                        awaiting::of_tip(transaction, fact, &event)?;
                        tips::project(transaction, fact, &event)
                    }
                    None => Ok(()),
                }
            }
            "case" => {
                let Some((event, state)) = self.cases.take(transaction, fact)? else {
                    return Ok(());
                };
                awaiting::of_case(transaction, fact, state)?;
                cases::project(transaction, fact, &event, state)
            }
            "disposal" => {
                let Some((event, state)) = self.disposals.take(transaction, fact)? else {
                    return Ok(());
                };
                awaiting::of_disposal(transaction, fact, &event)?;
                disposals::project(transaction, fact, &event, state)
            }
            "accountability" => match self.accountability.take(transaction, fact)? {
                Some((_, state)) => {
                    awaiting::of_unit(transaction, fact, state)?;
                    self.clocks.project(transaction, fact, state)
                }
                None => Ok(()),
            },
            "draw" => match self.draws.take(transaction, fact)? {
                Some((_, state)) => awaiting::of_draw(transaction, fact, state),
                None => Ok(()),
            },
            "report" => match self.reports.take(transaction, fact)? {
                Some((_, state)) => reports::project(transaction, state),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }
}

/// A fact that was read, and the state after it.
type Taken<'s, D> = (<D as Decider>::Event, &'s <D as Decider>::State);

/// The newest state of each stream of one kind.
struct States<D: Decider>(HashMap<String, (u64, D::State)>);

impl<D: Decider> Default for States<D> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<D: Decider> States<D> {
    /// Keeps the fact and answers with it and the state after it; `None` if it cannot be read.
    fn take(
        &mut self,
        transaction: &Transaction<'_>,
        fact: &Recorded,
    ) -> Result<Option<Taken<'_, D>>, BookError> {
        keep(transaction, fact)?;
        let Some(event) = read::<D::Event>(transaction, fact)? else {
            return Ok(None);
        };
        if self.0.len() > MOST_STATES {
            self.0.clear();
        }
        let known = self.0.remove(&fact.stream);
        let state = match known {
            Some((revision, mut state)) if revision + 1 == fact.revision => {
                D::evolve(&mut state, &event, &fact.stamp());
                state
            }
            _ => fold::<D>(transaction, &fact.stream)?,
        };
        let entry = self.0.entry(fact.stream.clone());
        let (_, state) = entry.insert_entry((fact.revision, state)).into_mut();
        Ok(Some((event, state)))
    }
}

/// The state of a stream as far as the ledger has it.
pub(crate) fn fold<D: Decider>(connection: &Connection, stream: &str) -> Result<D::State, BookError> {
    let mut facts = connection
        .prepare_cached("SELECT name, data, at, actor FROM facts WHERE stream = ?1 ORDER BY revision")?;
    let mut rows = facts.query([stream])?;
    let mut state = D::State::default();
    while let Some(row) = rows.next()? {
        let (name, data, At(at), actor): (String, String, At, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let by: Actor = serde_json::from_str(&actor)?;
        if let Ok(event) = decode::<D::Event>(&name, serde_json::from_str(&data)?) {
            D::evolve(&mut state, &event, &Stamp { at, by });
        }
    }
    Ok(state)
}

/// The newest revision of a stream, if there is any.
pub(crate) fn revision(connection: &Connection, stream: &str) -> Result<Option<u64>, BookError> {
    let mut select = connection.prepare_cached("SELECT max(revision) FROM facts WHERE stream = ?1")?;
    let revision: Option<i64> = select.query_row([stream], |row| row.get(0))?;
    Ok(revision.map(i64::cast_unsigned))
}

/// Keeps the fact itself, without anything that was sealed.
fn keep(transaction: &Transaction<'_>, fact: &Recorded) -> Result<(), BookError> {
    let mut data = fact.data.clone();
    blank(&mut data);
    transaction
        .prepare_cached("INSERT OR REPLACE INTO facts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
        .execute((
            fact.position.cast_signed(),
            &fact.stream,
            fact.revision.cast_signed(),
            &fact.name,
            data.to_string(),
            At(fact.metadata.at),
            serde_json::to_string(&fact.metadata.actor)?,
        ))?;
    Ok(())
}

/// Sealed values keep their shape, so that the domain still reads the fact, and nothing else.
fn blank(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                let secret = SEALED.contains(&name.as_str());
                match field {
                    Value::String(text) if secret => text.clear(),
                    _ => blank(field),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(blank),
        _ => {}
    }
}

fn read<E: StoredEvent>(transaction: &Transaction<'_>, fact: &Recorded) -> Result<Option<E>, BookError> {
    match decode(&fact.name, fact.data.clone()) {
        Ok(event) => Ok(Some(event)),
        Err(error) => {
            tracing::error!(stream = fact.stream, revision = fact.revision, %error, "fact passed over");
            transaction.execute(
                "INSERT OR REPLACE INTO unread VALUES (?1, ?2, ?3, ?4, ?5)",
                (
                    fact.position.cast_signed(),
                    &fact.stream,
                    fact.revision.cast_signed(),
                    &fact.name,
                    error.reason,
                ),
            )?;
            Ok(None)
        }
    }
}
