//! The whole city from real processes, the people who use it, and the stories they live through.

mod campaign;
mod city;
mod collector;
mod grep;
mod http;
mod mail;
mod narrator;
mod parts;
mod people;
mod photo;
mod ports;
mod process;
mod programs;
mod settings;
pub mod stories;
mod town;
mod wait;

pub use city::City;
pub use collector::{Collector, SeenSpan};
pub use grep::{Finding, Needle, search};
pub use http::{Answer, Client, Problem};
pub use mail::{Mail, Mailbox};
pub use narrator::Narrator;
pub use people::{Citizen, Clock, Inspection, Screen, Staff, Tip};
pub use photo::Photo;
pub use programs::mingcha;
pub use town::Town;
pub use wait::{PATIENCE, eventually, soon};
