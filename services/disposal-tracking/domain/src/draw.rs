//! The draw 抽签 of spot checks: a list frozen before the seed can be known, and the lot that follows from both.

mod commands;
mod events;
mod lot;
mod refusals;

pub use commands::{AnnounceDraw, CancelDraw, DrawCommand, Frozen, MakeDraw};
pub use events::DrawEvent;
pub use lot::{Strata, choose, digest, is_as_announced, sample_size};
pub use refusals::DrawRefusal;

use decider::{Decider, Given, Stamp};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{Role, UnitKind};
use serde::{Deserialize, Serialize};

const LONGEST_TEXT: usize = 200;
/// Fewer could be guessed at, or steered by a friend at the counter.
const FEWEST_DIGITS: u8 = 3;
const MOST_DIGITS: u8 = 60;
/// So long before the number becomes known a draw may be announced.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(24 * 31);

/// A draw as it is published: all that anybody needs to do it again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DrawState {
    /// `None` while the stream is empty.
    pub announced_at: Option<Timestamp>,
    pub round: u32,
    pub list: Strata,
    pub position: u64,
    pub digest: String,
    pub percent: u8,
    pub at_least: u32,
    pub source: String,
    /// How many digits the seed has; `None` in draws from before it was fixed.
    #[serde(default)]
    pub digits: Option<u8>,
    pub seed_at: Option<Timestamp>,
    /// `None` until the draw is made.
    pub seed: Option<String>,
    pub made_at: Option<Timestamp>,
    pub chosen: Strata,
    #[serde(default)]
    pub cancelled: Option<Cancelled>,
}

/// When and why a draw was called off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cancelled {
    pub at: Timestamp,
    pub reason: String,
}

impl DrawState {
    /// The draw as it stood at an instant; `None` before it was announced.
    pub fn as_of(mut self, at: Timestamp) -> Option<Self> {
        self.announced_at.filter(|announced| *announced <= at)?;
        if self.made_at.is_none_or(|made| made > at) {
            (self.made_at, self.seed) = (None, None);
            self.chosen.clear();
        }
        self.cancelled = self.cancelled.filter(|cancelled| cancelled.at <= at);
        Some(self)
    }
    pub fn is_open(&self) -> bool {
        self.announced_at.is_some() && self.seed.is_none() && self.cancelled.is_none()
    }
    /// Whether the digest is that of the list, the seed is what was announced, and the chosen are those that list and seed
    /// lead to.
    pub fn is_true(&self) -> bool {
        let seed = self.seed.as_deref();
        if seed.is_some_and(|seed| !is_as_announced(seed, self.digits)) {
            return false;
        }
        let lot = match &self.seed {
            Some(seed) => choose(&self.list, seed, self.percent, self.at_least),
            None => Strata::new(),
        };
        digest(&self.list) == self.digest && lot == self.chosen
    }
}

type Decision = Result<Vec<DrawEvent>, DrawRefusal>;

/// The aggregate.
#[derive(Debug)]
pub struct Draw;

impl Decider for Draw {
    const CATEGORY: &'static str = "draw";
    type State = DrawState;
    type Command = DrawCommand;
    type Event = DrawEvent;
    type Refusal = DrawRefusal;

    fn decide(state: &DrawState, command: &DrawCommand, given: Given<'_>) -> Decision {
        if let DrawCommand::Cancel(command) = command {
            return cancel(state, command, given);
        }
        if !given.by.is(Role::Supervisor) || !given.jurisdiction.actor_covers_city(given.by) {
            return Err(DrawRefusal::NotDrawer);
        }
        match command {
            DrawCommand::Cancel(_) => Err(DrawRefusal::NotCanceller),
            DrawCommand::Announce(command) => announce(state, command, given),
            DrawCommand::Make(command) => make(state, command, given),
        }
    }

    fn evolve(state: &mut DrawState, event: &DrawEvent, stamp: &Stamp) {
        match event {
            DrawEvent::DrawAnnounced {
                round,
                list,
                position,
                digest,
                percent,
                at_least,
                source,
                digits,
                seed_at,
            } => {
                *state = DrawState {
                    announced_at: Some(stamp.at),
                    round: *round,
                    list: list.clone(),
                    position: *position,
                    digest: digest.clone(),
                    percent: *percent,
                    at_least: *at_least,
                    source: source.clone(),
                    digits: *digits,
                    seed_at: Some(*seed_at),
                    ..DrawState::default()
                };
            }
            DrawEvent::DrawCancelled { reason, .. } => {
                state.cancelled = Some(Cancelled {
                    at: stamp.at,
                    reason: reason.clone(),
                });
            }
            DrawEvent::DrawMade { seed, chosen, .. } => {
                state.seed = Some(seed.clone());
                state.made_at = Some(stamp.at);
                state.chosen = chosen.clone();
            }
        }
    }
}

fn announce(state: &DrawState, command: &AnnounceDraw, given: Given<'_>) -> Decision {
    if state.announced_at.is_some() {
        return Err(DrawRefusal::AlreadyAnnounced);
    }
    let frozen = &command.frozen;
    if frozen.another_is_open {
        return Err(DrawRefusal::AnotherIsOpen);
    }
    if !(1..=100).contains(&command.percent) {
        return Err(DrawRefusal::PercentOutOfRange);
    }
    if !(FEWEST_DIGITS..=MOST_DIGITS).contains(&command.digits) {
        return Err(DrawRefusal::DigitsOutOfRange);
    }
    if command.seed_at <= given.at {
        return Err(DrawRefusal::SeedNotInFuture);
    }
    // Announced and never due, it would keep every other draw from being announced.
    if command.seed_at > given.at + LONGEST_WAIT {
        return Err(DrawRefusal::SeedTooFarOff);
    }
    if frozen.list.values().all(|cases| cases.is_empty()) {
        return Err(DrawRefusal::NothingToDraw);
    }
    Ok(vec![DrawEvent::DrawAnnounced {
        round: frozen.round,
        list: frozen.list.clone(),
        position: frozen.position,
        digest: digest(&frozen.list),
        percent: command.percent,
        at_least: command.at_least,
        source: words(&command.source, DrawRefusal::SourceMissing)?,
        digits: Some(command.digits),
        seed_at: command.seed_at,
    }])
}

/// Before the seed can be known nobody gains by calling it off. Afterwards whoever does not like the lot might: then it
/// takes somebody who draws no lots.
fn cancel(state: &DrawState, command: &CancelDraw, given: Given<'_>) -> Decision {
    let known = state.seed_at.is_some_and(|seed_at| given.at >= seed_at);
    let directs = || {
        let unit = given.by.unit().and_then(|unit| given.jurisdiction.unit(unit));
        unit.is_some_and(|unit| matches!(unit.kind, UnitKind::Government | UnitKind::Office))
    };
    let may = match given.by.role() {
        Some(Role::Supervisor) => !known,
        Some(Role::Leader) => directs(),
        _ => false,
    };
    if !may || !given.jurisdiction.actor_covers_city(given.by) {
        return Err(DrawRefusal::NotCanceller);
    }
    if state.announced_at.is_none() {
        return Err(DrawRefusal::NotAnnounced);
    }
    if state.seed.is_some() {
        return Err(DrawRefusal::AlreadyMade);
    }
    if state.cancelled.is_some() {
        return Err(DrawRefusal::Cancelled);
    }
    Ok(vec![DrawEvent::DrawCancelled {
        round: state.round,
        reason: words(&command.reason, DrawRefusal::ReasonMissing)?,
    }])
}

fn make(state: &DrawState, command: &MakeDraw, given: Given<'_>) -> Decision {
    let seed_at = state.seed_at.ok_or(DrawRefusal::NotAnnounced)?;
    if state.cancelled.is_some() {
        return Err(DrawRefusal::Cancelled);
    }
    let seed = words(&command.seed, DrawRefusal::SeedMissing)?;
    match &state.seed {
        Some(known) if *known == seed => return Ok(vec![]),
        Some(_) => return Err(DrawRefusal::AlreadyMade),
        None => {}
    }
    if given.at < seed_at {
        return Err(DrawRefusal::TooEarly);
    }
    // Whoever may choose a spelling tries them all, and enters the one that spares a friend.
    if !is_as_announced(&seed, state.digits) {
        return Err(DrawRefusal::SeedMalformed);
    }
    let chosen = choose(&state.list, &seed, state.percent, state.at_least);
    Ok(vec![DrawEvent::DrawMade {
        round: state.round,
        seed,
        chosen,
    }])
}

fn words(text: &str, missing: DrawRefusal) -> Result<String, DrawRefusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(missing);
    }
    if text.chars().count() > LONGEST_TEXT {
        return Err(DrawRefusal::TextTooLong);
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests;
