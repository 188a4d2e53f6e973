//! Who is responsible for what, where and until when: units, staff, roles, working days and time limits, as pure values.

mod actor;
mod against;
mod calendar;
mod codes;
mod custody;
mod ids;
mod ladder;
mod limits;
mod personal;
mod rechecks;
mod reward;
mod scope;
mod settings;
mod subject;
mod supervision;
mod view;

#[cfg(any(test, feature = "sample"))]
pub mod sample;

pub use actor::{Actor, Role};
pub use against::Against;
pub use calendar::{WorkingCalendar, YearCalendar, campaign_time, end_of_day};
pub use codes::{Department, Level, StaffId, UnitCode, UnitKind};
pub use custody::Custody;
pub use ids::{CaseId, CommandId, EvidenceId, TipId};
pub use ladder::{Ladder, Rung};
pub use limits::{Limit, Obligation, ObligationLimits, TimeLimits, Urgency};
pub use personal::names_somebody;
pub use rechecks::{RecheckDays, RecheckHistory};
pub use reward::{RewardRule, RewardRules};
pub use scope::{CaseLies, Scope, TipLies, Why};
pub use settings::{Scheduled, Setting};
pub use subject::Subject;
pub use supervision::{SupervisionNumbers, SupervisionThresholds};
pub use view::{Hotline, Jurisdiction, StaffMember, Stage, StageDuty, Unit};
