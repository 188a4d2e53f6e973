//! The people of the stories: citizens without an account, and staff who have signed in.

mod accountability;
mod admin;
mod cases;
mod citizen;
mod disposals;
mod form;
mod live;
mod reading;
mod reports;
mod screening;
mod staff;

pub use accountability::Clock;
pub use cases::Inspection;
pub(crate) use cases::inspection_body;
pub use citizen::{Citizen, Tip};
pub use live::Screen;
pub use staff::Staff;
