//! A simulated year of the whole city: the domains and policies themselves, with everything that can go wrong around them.

mod asking;
mod city;
mod consumers;
mod log;
mod numbers;
mod people;
mod plan;
mod random;
mod reactions;
mod run;
mod sabotage;
mod settings;
mod standing;
mod timers;
mod truth;
mod world;

pub use run::{Failure, Year, history, simulate};
pub use sabotage::Sabotage;
pub use settings::Settings;
