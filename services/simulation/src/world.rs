//! The city at one instant: its history, its machines, its people, and what is to happen next.

use crate::city;
use crate::consumers::Consumer;
use crate::log::Log;
use crate::numbers::Numbers;
use crate::plan::Plan;
use crate::random::Random;
use crate::reactions::Service;
use crate::sabotage::Sabotage;
use crate::settings::{BEGIN, GRACE};
use crate::timers::{Recheckers, Timer};
use crate::truth;
use accountability_escalation::sites::Book;
use case_domain::Mergers;
use directory_domain::{DirectoryEntry, DirectoryView, stream_of};
use invariants::{Circumstances, Extent, Fact, Watch};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{Actor, CaseId, Jurisdiction, TipId, UnitCode};
use platform::{Envelope, Recorded, derived_command};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use uuid::Uuid;

/// Something that is to happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// The directory changes.
    Directory(usize),
    /// A citizen reports.
    File(usize),
    /// A dispatcher looks at a tip.
    Screen(usize),
    /// Whoever's turn it is looks at a case.
    Work(CaseId),
    /// A service takes what has been committed.
    Deliver(usize),
    /// A message comes once more.
    Redeliver(usize, usize),
    /// A service hears everything from the beginning.
    StartOver(usize),
    /// An administrator has the dead letters tried again.
    Retry(usize),
    /// The clocks of a replica are due.
    Timer(usize),
    /// A replica ends, and is there again after so long.
    Kill(usize, SignedDuration),
    /// Somebody looks at what an accountability asks of them.
    Answer(String),
    /// A case turns out to be of the same site as another.
    Merge(CaseId, CaseId),
    /// A merged case turns out to be of another site.
    TakeApart(CaseId),
    /// The re-checks are looked at.
    Recheck,
    /// The supervision group draws, or makes its draw.
    Draw,
    /// Somebody looks at where the opening of a reporter's identity stands.
    Identity(usize),
    /// A reporter is to be forgotten.
    Erase(usize),
    /// Somebody thinks of who reported a site, or sees to a reward that was proposed.
    ProposeReward(CaseId),
    Reward(TipId),
    /// Receivers answer what was referred to them.
    Referral(CaseId),
    /// The city looks at what is to be exposed, or was.
    Expose(CaseId),
    /// A supervision group is out.
    Supervise,
    /// The joint conference meets.
    Confer,
    /// The numbers of all units are looked at.
    Numbers,
    /// Areas report.
    Report(usize),
    /// Somebody would rather report before there is anything to report.
    ReportEarly,
    /// All clocks jump ahead.
    Jump(SignedDuration),
    /// The clocks of the machines drift apart anew.
    Drift,
    /// The invariants are asked.
    Look,
}

/// What does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub at: Timestamp,
    /// Code of the invariant, or what the simulation itself demands.
    pub invariant: String,
    pub stream: String,
    pub revision: u64,
    pub says: String,
}

pub(crate) struct World<'p> {
    pub plan: &'p Plan,
    pub log: Log,
    pub now: Timestamp,
    /// What people do, apart from what goes wrong: a fault more changes nobody's mind.
    pub people: Random,
    pub faults: Random,
    pub consumers: Vec<Consumer>,
    pub timers: Vec<Timer>,
    pub rechecks: Recheckers,
    /// What special supervision is decided by.
    pub numbers: Numbers,
    /// What was found clean where.
    pub book: Book,
    /// Which case goes on in which.
    pub merged: Mergers,
    /// Site of each case, and the newest case of each site.
    pub sites: BTreeMap<CaseId, usize>,
    pub newest: BTreeMap<usize, CaseId>,
    pub waiting: BTreeSet<CaseId>,
    /// Accountabilities that somebody is going to look at.
    pub to_answer: BTreeSet<String>,
    /// Cheats that were tried on a case.
    pub tried: BTreeSet<(CaseId, &'static str)>,
    pub refusals: BTreeMap<&'static str, usize>,
    /// What went wrong with machines and messages, and how often.
    pub mishaps: BTreeMap<&'static str, usize>,
    pub findings: Vec<Finding>,
    /// Faults are over: everything is to come to rest.
    pub calm: bool,
    pub struck: bool,
    queue: BTreeMap<(Timestamp, u64), Task>,
    number: u64,
    step: usize,
    drifts: BTreeMap<Service, SignedDuration>,
    watch: Watch<'p>,
    seen: usize,
}

impl<'p> World<'p> {
    pub fn new(plan: &'p Plan) -> Self {
        let mut random = Random::new(plan.seed ^ 0x006d_696e_6763_6861);
        let circumstances = Circumstances {
            jurisdiction: plan.jurisdiction(0),
            now: BEGIN,
            grace: GRACE,
            extent: Extent::Everything,
            secrets: &plan.secrets,
        };
        let mut world = Self {
            plan,
            log: Log::default(),
            now: BEGIN,
            people: random.fork(),
            faults: random.fork(),
            consumers: Service::ALL.map(Consumer::new).into(),
            timers: vec![Timer::default(), Timer::default()],
            rechecks: Recheckers::default(),
            numbers: Numbers::default(),
            book: Book::default(),
            merged: Mergers::default(),
            sites: BTreeMap::new(),
            newest: BTreeMap::new(),
            waiting: BTreeSet::new(),
            to_answer: BTreeSet::new(),
            tried: BTreeSet::new(),
            refusals: BTreeMap::new(),
            mishaps: BTreeMap::new(),
            findings: Vec::new(),
            calm: false,
            struck: false,
            queue: BTreeMap::new(),
            number: 0,
            step: 0,
            drifts: BTreeMap::new(),
            watch: Watch::new(circumstances),
            seen: 0,
        };
        if plan.settings.sabotage == Some(Sabotage::SkipRung) {
            world.log.lose("accountability.supervision_ordered.v1");
        }
        world
    }

    pub fn jurisdiction(&self) -> &'p Jurisdiction {
        self.plan.jurisdiction(self.step)
    }
    pub fn at(&mut self, at: Timestamp, task: Task) {
        self.number += 1;
        self.queue.insert((at, self.number), task);
    }
    pub fn after(&mut self, pause: SignedDuration, task: Task) {
        self.at(self.now + pause, task);
    }
    /// The next thing that is to happen by then. Time may have jumped past it.
    pub fn next(&mut self, until: Timestamp) -> Option<Task> {
        let first = self.queue.first_entry().filter(|first| first.key().0 <= until)?;
        self.now = self.now.max(first.key().0);
        Some(first.remove())
    }
    /// What the machine of a service takes for the time.
    pub fn clock_of(&self, service: Service) -> Timestamp {
        self.now + self.drifts.get(&service).copied().unwrap_or_default()
    }
    /// All machines agree on the time.
    pub fn agree(&mut self) {
        self.drifts.clear();
    }
    pub fn drift(&mut self) {
        for service in Service::ALL {
            let drift = self.faults.seconds(-15, 15);
            self.drifts.insert(service, drift);
        }
    }

    /// New facts: the invariants look at them, services hear of them, clocks wake, people see them.
    pub fn settle(&mut self, new: Range<usize>) {
        if new.is_empty() {
            return;
        }
        for place in new.start.max(self.seen)..new.end {
            let Some(fact) = self.log.facts().get(place) else {
                continue;
            };
            self.watch.take(&as_fact(fact));
            self.book.take(fact);
            if let Err(error) = self.merged.take(&fact.stream, &fact.name, &fact.data) {
                panic!("an unreadable fact: {error:?}");
            }
            self.seen = place + 1;
            let stream = fact.stream.clone();
            match stream.split_once('-') {
                Some(("case" | "disposal", id)) => {
                    if let Ok(case) = id.parse() {
                        self.look_at(case);
                    }
                }
                Some(("accountability", _)) => {
                    self.wake_timers();
                    self.look_at_answers(&stream);
                }
                _ => {}
            }
        }
        self.wake_consumers();
    }

    /// Whoever has the case looks at it before long: within hours if diligent, after days if not.
    pub fn look_at(&mut self, case: CaseId) {
        if !self.waiting.insert(case) {
            return;
        }
        let pause = match self.people.below(20) {
            0 => self.people.days(12, 35),
            1..=3 => self.people.days(1, 6),
            4..=10 => self.people.hours(4, 20),
            _ => self.people.seconds(600, 4 * 3600),
        };
        let pause = if self.calm { self.people.hours(1, 3) } else { pause };
        self.after(pause, Task::Work(case));
    }

    pub fn change_directory(&mut self, step: usize) {
        let plan = self.plan;
        let Some(change) = plan.directory.get(step) else {
            return;
        };
        let mut view = DirectoryView::default();
        if let Some(before) = step.checked_sub(1) {
            view.jurisdiction = plan.jurisdiction(before).clone();
        }
        for (index, command) in change.commands.iter().enumerate() {
            let envelope = Envelope {
                command_id: derived_command(Uuid::nil(), &format!("campaign/{step}"), index),
                actor: Actor::system("directory/campaign"),
                at: self.now,
                causation: None,
                correlation: None,
                traceparent: None,
                seen: None,
            };
            let new = self
                .log
                .execute::<DirectoryEntry>(
                    &view.jurisdiction,
                    &stream_of(command, city::CAMPAIGN_ID),
                    &envelope,
                    command,
                )
                .expect("the campaign holds together");
            for fact in self.log.facts().get(new.clone()).unwrap_or_default() {
                if let Ok(event) = decider::decode(&fact.name, fact.data.clone()) {
                    view.apply(&event, fact.metadata.at);
                }
            }
            self.settle(new);
        }
        self.step = step;
        self.watch.judge_by(self.jurisdiction());
        self.recount();
    }

    /// Asks what is wrong, or missing for longer than anything takes. At rest nothing may be missing at all.
    pub fn look(&mut self, at_rest: bool) {
        self.watch.allow(match at_rest {
            true => SignedDuration::ZERO,
            false => GRACE,
        });
        for violation in self.watch.violations(self.now) {
            self.findings.push(Finding {
                at: self.now,
                invariant: violation.invariant.code().to_owned(),
                stream: violation.stream,
                revision: violation.revision,
                says: violation.says,
            });
        }
        if at_rest {
            truth::check(self);
        }
    }

    pub fn leader(&self, unit: &UnitCode) -> Option<Actor> {
        city::leader(self.jurisdiction(), unit)
    }
}

fn as_fact(recorded: &Recorded) -> Fact<'_> {
    let metadata = &recorded.metadata;
    Fact {
        id: recorded.id,
        stream: &recorded.stream,
        revision: recorded.revision,
        position: recorded.position,
        name: &recorded.name,
        data: &recorded.data,
        at: metadata.at,
        actor: &metadata.actor,
        cause: metadata.causation,
        command: metadata.command_id,
    }
}
