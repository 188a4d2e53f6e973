//! What each service does when it hears of a fact: its own policy, asked as its reactor asks it.

use crate::log::Log;
use accountability_domain::{Accountability, AccountabilityCommand};
use accountability_escalation::policy as clocks;
use accountability_escalation::sites::{Book, Earlier};
use case_assignment::policy as cases;
use case_domain::{Case, CaseCommand, CaseEvent, CaseState, Mergers};
use decider::{StoredEvent, decode};
use disposal_domain::draw::DrawEvent;
use disposal_domain::{Disposal, DisposalCommand, DisposalEvent};
use disposal_tracking::policy as disposals;
use jiff::Timestamp;
use jurisdiction::{Actor, CaseId, Jurisdiction, TipId};
use platform::{Envelope, ExecuteError, Follow, Recorded, derived_command};
use report_domain::{Report, ReportCommand, ReportEvent, ReportId};
use result_reporting::policy as reports;
use std::ops::Range;
use std::str::FromStr;
use tip_domain::{Progress, Tip, TipCommand, TipEvent, TipState};
use tip_intake::policy as tips;
use uuid::Uuid;

/// A service that hears what is committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Service {
    TipIntake,
    CaseAssignment,
    DisposalTracking,
    Accountability,
    ResultReporting,
}

impl Service {
    pub const ALL: [Self; 5] = [
        Self::TipIntake,
        Self::CaseAssignment,
        Self::DisposalTracking,
        Self::Accountability,
        Self::ResultReporting,
    ];
    /// The service that owns the streams of a category.
    pub fn of(category: &str) -> Self {
        match category {
            "tip" => Self::TipIntake,
            "case" => Self::CaseAssignment,
            "disposal" | "draw" => Self::DisposalTracking,
            "report" => Self::ResultReporting,
            _ => Self::Accountability,
        }
    }
    /// Whether anything can follow from a fact of that stream.
    pub fn hears(self, stream: &str) -> bool {
        let category = stream.split_once('-').map_or("", |(category, _)| category);
        let heard: &[&str] = match self {
            // Its reactor hears of tips as well: of keys, which are not simulated.
            Self::TipIntake => &["case"],
            Self::ResultReporting => &reports::HEARS,
            Self::CaseAssignment => &cases::HEARS,
            Self::DisposalTracking => &disposals::HEARS,
            Self::Accountability => &clocks::HEARS,
        };
        heard.contains(&category)
    }
    /// One that cannot be done keeps the others from being done, except where they have nothing to do with each other.
    pub fn goes_on_after_a_refusal(self) -> bool {
        self == Self::DisposalTracking
    }
}

/// A command of any service.
#[derive(Debug)]
pub enum Command {
    Tip(TipCommand),
    Case(CaseCommand),
    Disposal(DisposalCommand),
    Accountability(AccountabilityCommand),
    Report(ReportCommand),
}

/// All that follows from a fact for a service, in the order in which it is done.
pub fn follows(
    service: Service,
    (log, book, merged): (&Log, &Book, &Mergers),
    fact: &Recorded,
    jurisdiction: &Jurisdiction,
) -> Vec<Follow<Command>> {
    match service {
        Service::TipIntake => {
            let event = read::<CaseEvent>("case", fact).filter(tips::concerns_tips);
            let follows = event.and_then(|event| {
                let after = log.state_at::<Case>(&fact.stream, fact.revision);
                Some(tips::reactions(subject(fact)?, &event, &after))
            });
            wrapped(follows.unwrap_or_default(), Command::Tip)
        }
        Service::CaseAssignment => {
            let follows = heard_by_cases((log, merged), fact).map(cases::reactions);
            wrapped(follows.unwrap_or_default(), Command::Case)
        }
        Service::DisposalTracking => {
            let follows = heard_by_disposals(log, fact).map(disposals::reactions);
            wrapped(follows.unwrap_or_default(), Command::Disposal)
        }
        Service::Accountability => {
            let known = clocks::Fact {
                id: fact.id,
                at: fact.metadata.at,
                by: &fact.metadata.actor,
                jurisdiction,
            };
            let heard = heard_by_clocks(log, book, fact);
            let follows = heard.map(|heard| clocks::reactions(&heard, known));
            wrapped(follows.unwrap_or_default(), Command::Accountability)
        }
        Service::ResultReporting => {
            let heard = heard_by_reports((log, merged), fact, jurisdiction);
            let follows = heard.map(|heard| reports::reactions(&heard, jurisdiction));
            wrapped(follows.unwrap_or_default(), Command::Report)
        }
    }
}

/// Does what follows, as of an instant that is not before the fact.
///
/// # Errors
/// If it is refused.
pub fn carry_out(
    log: &mut Log,
    jurisdiction: &Jurisdiction,
    cause: &Recorded,
    follow: &Follow<Command>,
    now: Timestamp,
) -> Result<Range<usize>, ExecuteError> {
    let envelope = Envelope {
        command_id: derived_command(cause.id, follow.policy, follow.index),
        actor: Actor::system(follow.policy),
        at: now.max(cause.metadata.at),
        causation: Some(cause.id),
        correlation: Some(cause.metadata.correlation),
        traceparent: None,
        seen: None,
    };
    let stream = &follow.stream;
    match &follow.command {
        Command::Tip(command) => log.execute::<Tip>(jurisdiction, stream, &envelope, command),
        Command::Case(command) => log.execute::<Case>(jurisdiction, stream, &envelope, command),
        Command::Disposal(command) => log.execute::<Disposal>(jurisdiction, stream, &envelope, command),
        Command::Accountability(command) => {
            log.execute::<Accountability>(jurisdiction, stream, &envelope, command)
        }
        Command::Report(command) => log.execute::<Report>(jurisdiction, stream, &envelope, command),
    }
}

fn wrapped<C>(follows: Vec<Follow<C>>, wrap: impl Fn(C) -> Command) -> Vec<Follow<Command>> {
    let one = |follow: Follow<C>| Follow {
        policy: follow.policy,
        index: follow.index,
        stream: follow.stream,
        command: wrap(follow.command),
    };
    follows.into_iter().map(one).collect()
}

fn heard_by_cases((log, merged): (&Log, &Mergers), fact: &Recorded) -> Option<cases::Heard> {
    if let Some(event) = read::<TipEvent>("tip", fact) {
        let after = Box::new(log.state_at::<Tip>(&fact.stream, fact.revision));
        if matches!(event, TipEvent::NotFixedSaid { .. }) {
            let (case, state) = goes_on_in(log, &after)?;
            let said_at = fact.metadata.at;
            return Some(cases::Heard::NotFixed(case, Box::new(state), said_at));
        }
        return Some(cases::Heard::Tip(subject(fact)?, event, after));
    }
    if let Some(event) = read::<CaseEvent>("case", fact) {
        return merging((log, merged), event, fact).map(cases::Heard::Case);
    }
    let event = read::<DisposalEvent>("disposal", fact)?;
    let case = subject(fact)?;
    let now = log.state::<Disposal>(&fact.stream)?;
    if !cases::still_holds(&event, now) {
        return None;
    }
    let asks = cases::asks_for_the_case(&event);
    let state = asks.then(|| log.state::<Case>(&format!("case-{case}")).cloned());
    Some(cases::Heard::Disposal(case, event, state.flatten().map(Box::new)))
}

fn merging((log, merged): (&Log, &Mergers), event: CaseEvent, fact: &Recorded) -> Option<cases::CaseHeard> {
    if !cases::goes_to_other_cases(&event) {
        return None;
    }
    let case = subject(fact)?;
    let after = Box::new(log.state_at::<Case>(&fact.stream, fact.revision));
    let circle = match &event {
        CaseEvent::CasesMerged { into, .. } => circle(log, case, *into),
        _ => vec![],
    };
    let (mut left_goes_on_in, mut strangers) = (None, Vec::new());
    if let (CaseEvent::CaseReopened { .. }, Some(left)) = (&event, after.unmerged_from) {
        left_goes_on_in = merged_into(log, left);
        let gone = |tip: &&TipId| {
            let state = log.state::<Tip>(&format!("tip-{tip}"));
            state.is_none_or(|state| cases::is_stranger(state, case, left))
        };
        strangers.extend(after.tips.iter().filter(gone));
    }
    let survivor_against = match &event {
        CaseEvent::CasesMerged { into, .. } => log.state::<Case>(&format!("case-{into}")),
        _ => None,
    };
    let survivor_against = survivor_against.map(|survivor| survivor.against.clone());
    let absorbed = match &event {
        CaseEvent::ConflictNoted { .. } => merged.led_to(case),
        _ => vec![],
    };
    Some(cases::CaseHeard {
        case,
        event,
        after,
        absorbed,
        survivor_against: survivor_against.unwrap_or_default(),
        circle,
        left_goes_on_in,
        strangers,
    })
}

fn circle(log: &Log, case: CaseId, into: CaseId) -> Vec<CaseId> {
    if merged_into(log, case) != Some(into) {
        return vec![];
    }
    let (mut passed, mut next) = (vec![case], into);
    while next != case {
        if passed.contains(&next) {
            return vec![];
        }
        passed.push(next);
        match merged_into(log, next) {
            Some(further) => next = further,
            None => return vec![],
        }
    }
    passed
}

fn merged_into(log: &Log, case: CaseId) -> Option<CaseId> {
    log.state::<Case>(&format!("case-{case}"))
        .and_then(cases::merged_into)
}

/// The case in which the tip's site is handled now.
fn goes_on_in(log: &Log, tip: &TipState) -> Option<(CaseId, CaseState)> {
    let Progress::Accepted { mut case } = tip.progress else {
        return None;
    };
    let mut passed = vec![case];
    while let Some(into) = merged_into(log, case) {
        if passed.contains(&into) {
            return None;
        }
        passed.push(into);
        case = into;
    }
    let state = log.state::<Case>(&format!("case-{case}"));
    Some((case, state.cloned().unwrap_or_default()))
}

fn heard_by_disposals(log: &Log, fact: &Recorded) -> Option<disposals::Heard> {
    if let Some(event) = read::<DrawEvent>("draw", fact) {
        return Some(disposals::Heard::Draw(event));
    }
    if let Some(TipEvent::NotFixedSaid { .. }) = read("tip", fact) {
        let tip = log.state_at::<Tip>(&fact.stream, fact.revision);
        let (case, state) = goes_on_in(log, &tip)?;
        let said_at = fact.metadata.at;
        return Some(disposals::Heard::NotFixed(case, Box::new(state), said_at));
    }
    let event = read::<CaseEvent>("case", fact).filter(disposals::concerns_disposals)?;
    let case = subject(fact)?;
    let after = log.state_at::<Case>(&fact.stream, fact.revision);
    let disposal = log.state::<Disposal>(&format!("disposal-{case}"));
    let disposal = disposal.cloned().unwrap_or_default();
    Some(disposals::Heard::Case(
        case,
        event,
        Box::new(after),
        Box::new(disposal),
    ))
}

fn heard_by_reports(
    known: (&Log, &Mergers),
    fact: &Recorded,
    jurisdiction: &Jurisdiction,
) -> Option<reports::Heard> {
    if let Some(heard) = confirmed(known, fact, jurisdiction) {
        return Some(reports::Heard::Case(heard));
    }
    let ReportEvent::ReportDrafted { report, position, .. } = read("report", fact)? else {
        return None;
    };
    let (from, to) = (
        usize::try_from(position).ok()?,
        usize::try_from(fact.position).ok()?,
    );
    let between = known.0.facts().get(from..to - 1).unwrap_or_default().iter();
    let overtaking = between.filter_map(|fact| confirmed(known, fact, jurisdiction));
    let overtaking = overtaking.collect();
    Some(reports::Heard::Drafted(report, overtaking))
}

fn confirmed(
    (log, merged): (&Log, &Mergers),
    fact: &Recorded,
    jurisdiction: &Jurisdiction,
) -> Option<reports::CaseHeard> {
    let event = read::<CaseEvent>("case", fact).filter(reports::concerns_reports)?;
    let after = Box::new(log.state_at::<Case>(&fact.stream, fact.revision));
    let case = subject(fact)?;
    let known = |report: ReportId| {
        let state = log.state::<Report>(&format!("report-{report}"));
        (report, state.cloned().unwrap_or_default())
    };
    let reports = reports::reports_of(&event, &after, jurisdiction);
    Some(reports::CaseHeard {
        case,
        event,
        after,
        merged: merged.led_to(case),
        reports: reports.into_iter().map(known).collect(),
    })
}

fn heard_by_clocks(log: &Log, book: &Book, fact: &Recorded) -> Option<clocks::Heard> {
    if let Some(event) = read::<TipEvent>("tip", fact) {
        let after = Box::new(log.state_at::<Tip>(&fact.stream, fact.revision));
        return Some(clocks::Heard::Tip(subject(fact)?, event, after));
    }
    if let Some(event) = read::<CaseEvent>("case", fact) {
        let after = Box::new(log.state_at::<Case>(&fact.stream, fact.revision));
        let case = subject(fact)?;
        let earlier = match event {
            CaseEvent::CaseConfirmed { .. } => book.earlier(case, fact.position),
            _ => Earlier::default(),
        };
        return Some(clocks::Heard::Case(case, event, after, earlier));
    }
    if let Some(event) = read::<DisposalEvent>("disposal", fact) {
        let after = Box::new(log.state_at::<Disposal>(&fact.stream, fact.revision));
        return Some(clocks::Heard::Disposal(subject(fact)?, event, after));
    }
    if let Some(event) = read::<DrawEvent>("draw", fact) {
        return Some(clocks::Heard::Draw(event));
    }
    read::<ReportEvent>("report", fact)?;
    let until_then = log
        .stream(&fact.stream)
        .filter(|known| known.revision <= fact.revision);
    let history: Vec<(Uuid, ReportEvent)> = until_then
        .filter_map(|known| Some((known.id, read("report", known)?)))
        .collect();
    Some(clocks::Heard::Report(subject(fact)?, history))
}

fn read<E: StoredEvent>(category: &str, fact: &Recorded) -> Option<E> {
    let (of, _) = fact.stream.split_once('-')?;
    if of != category {
        return None;
    }
    decode(&fact.name, fact.data.clone()).ok()
}

fn subject<I: FromStr>(fact: &Recorded) -> Option<I> {
    fact.subject().parse().ok()
}
