//! The stories: played by the tests against a city of their own, and by the demonstration against a running one.

mod all_goes_well;
mod area_report;
mod bad_input;
mod cast;
mod clean_then_confirmed;
mod identity_opened;
mod misses_deadlines;
mod no_personal_data;
mod october_holiday;
mod official_rotated;
mod one_trace;
mod parts_go_down;
mod relapse_after_ninety_days;
mod replay;
mod reporter_erased;
mod returned_twice;
mod steps;
mod tips_arrive;
mod under_fire;

pub use all_goes_well::all_goes_well;
pub use bad_input::bad_input;
pub use cast::Cast;
pub use clean_then_confirmed::clean_then_confirmed;
pub use identity_opened::identity_opened;
pub use misses_deadlines::misses_deadlines_and_relapses;
pub use no_personal_data::no_personal_data_in_clear;
pub use october_holiday::october_holiday;
pub use official_rotated::official_rotated;
pub use one_trace::one_trace;
pub use parts_go_down::{parts_go_down, parts_hang, services_go_down};
pub use relapse_after_ninety_days::relapse_after_ninety_days;
pub use reporter_erased::reporter_erased;
pub use returned_twice::returned_twice;
pub use tips_arrive::tips_arrive_on_every_channel;
pub use under_fire::kill_nine;
