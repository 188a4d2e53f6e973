//! One year from its first day to rest, and what is said of it.

use crate::plan::Plan;
use crate::settings::{BEGIN, Settings};
use crate::world::{Finding, Task, World};
use jiff::SignedDuration;
use platform::Recorded;
use std::collections::BTreeMap;
use std::fmt;

/// So much of the chain is shown with a failure.
const TAIL: usize = 20;
/// After the last day everybody goes on until nothing is left to do, but not for ever.
const LONGEST_REST: SignedDuration = SignedDuration::from_hours(24 * 20);

/// What came of a seed.
#[derive(Debug)]
pub struct Year {
    pub seed: u64,
    pub facts: usize,
    pub tips: usize,
    pub cases: usize,
    /// The same for the same seed, on every machine.
    pub digest: String,
    /// Why commands were refused, and how often.
    pub refusals: BTreeMap<&'static str, usize>,
    /// What went wrong with machines and messages, and how often.
    pub mishaps: BTreeMap<&'static str, usize>,
    /// Names of facts, and how many there are.
    pub names: BTreeMap<String, usize>,
    pub failures: Vec<Failure>,
}

/// Something that does not hold, with what led there.
#[derive(Debug)]
pub struct Failure {
    pub seed: u64,
    pub at: jiff::Timestamp,
    pub invariant: String,
    pub stream: String,
    pub revision: u64,
    pub says: String,
    pub tail: Vec<String>,
}

/// Simulates a year.
pub fn simulate(seed: u64, settings: Settings) -> Year {
    let plan = Plan::new(seed, settings);
    told(&lived(&plan), seed)
}

/// The facts of a year in the order of commit, for whoever needs a long history that is like a real one.
///
/// # Panics
/// If something does not hold of it.
pub fn history(seed: u64, settings: Settings) -> Vec<Recorded> {
    let plan = Plan::new(seed, settings);
    let world = lived(&plan);
    let failures = told(&world, seed).failures;
    assert!(failures.is_empty(), "{failures:?}");
    world.log.into_facts()
}

fn lived(plan: &Plan) -> World<'_> {
    let mut world = World::new(plan);
    prepare(&mut world);
    while world.findings.is_empty()
        && let Some(task) = world.next(plan.settings.end())
    {
        perform(&mut world, task);
    }
    if world.findings.is_empty() {
        come_to_rest(&mut world);
    }
    world
}

fn prepare(world: &mut World<'_>) {
    world.drift();
    world.change_directory(0);
    let plan = world.plan;
    for (step, change) in plan.directory.iter().enumerate().skip(1) {
        world.at(change.at, Task::Directory(step));
    }
    for (number, report) in plan.reports.iter().enumerate() {
        world.at(report.at, Task::File(number));
    }
    for index in 0..world.consumers.len() {
        let pause = world.faults.days(20, 330);
        world.after(pause, Task::StartOver(index));
    }
    for index in 0..world.timers.len() {
        for _ in 0..3 {
            let (pause, away) = (world.faults.days(5, 340), world.faults.hours(1, 5 * 24));
            world.after(pause, Task::Kill(index, away));
        }
    }
    for _ in 0..3 {
        let (pause, jump) = (world.faults.days(5, 340), world.faults.hours(1, 60));
        world.after(pause, Task::Jump(jump));
    }
    for step in 0..crate::people::DAYS.len() {
        world.at(
            BEGIN + SignedDuration::from_hours(24 * crate::people::DAYS[step]),
            Task::Report(step),
        );
    }
    world.after(SignedDuration::from_hours(24 * 20), Task::ReportEarly);
    world.after(SignedDuration::from_hours(24 * 30), Task::Draw);
    world.after(SignedDuration::from_hours(24 * 5), Task::Supervise);
    world.after(SignedDuration::from_hours(24 * 3), Task::Confer);
    world.after(SignedDuration::from_hours(24 * 7), Task::Numbers);
    world.after(SignedDuration::from_hours(24), Task::Recheck);
    world.after(SignedDuration::from_hours(24), Task::Drift);
    world.after(plan.settings.look_every, Task::Look);
}

fn perform(world: &mut World<'_>, task: Task) {
    let day = SignedDuration::from_hours(24);
    match task {
        Task::Directory(step) => world.change_directory(step),
        Task::File(number) => world.file(number),
        Task::Screen(number) => world.screen(number),
        Task::Work(case) => world.work_on(case),
        Task::Deliver(index) => world.deliver(index),
        Task::Redeliver(index, place) => world.redeliver(index, place),
        Task::StartOver(index) => world.start_over(index),
        Task::Retry(index) => world.retry(index),
        Task::Timer(index) => world.tick(index),
        Task::Kill(index, pause) => {
            world.mishap("killed");
            world.kill(index, pause);
        }
        Task::Answer(stream) => world.answer(&stream),
        Task::Merge(double, first) => world.merge(double, first),
        Task::TakeApart(case) => world.take_apart(case),
        Task::Identity(number) => world.look_into_identity(number),
        Task::Erase(number) => world.erase(number),
        Task::ProposeReward(case) => world.propose_reward(case),
        Task::Reward(tip) => world.see_reward_through(tip),
        Task::Referral(case) => world.answer_referrals(case),
        Task::Expose(case) => world.see_exposure_through(case),
        Task::Supervise => world.supervise(),
        Task::Confer => world.confer(),
        Task::Numbers => world.look_at_numbers(),
        Task::Recheck => {
            world.raise_rechecks();
            world.after(day / 4, Task::Recheck);
        }
        Task::Draw => world.draw(),
        Task::Report(step) => world.report(step),
        Task::ReportEarly => world.report_early(),
        Task::Jump(by) => {
            world.mishap("clocks jumped");
            world.now += by;
        }
        Task::Drift => {
            world.drift();
            world.after(day * 5, Task::Drift);
        }
        Task::Look => {
            world.look(false);
            let pause = world.plan.settings.look_every;
            world.after(pause, Task::Look);
        }
    }
}

/// Nothing fails any more, and whoever has something to do does it at once: then nothing may be missing.
fn come_to_rest(world: &mut World<'_>) {
    world.calm = true;
    for index in 0..world.consumers.len() {
        world.retry(index);
    }
    let end = world.now + LONGEST_REST;
    while world.findings.is_empty()
        && let Some(task) = world.next(end)
    {
        match task {
            Task::Jump(_)
            | Task::Kill(..)
            | Task::TakeApart(_)
            | Task::StartOver(_)
            | Task::Drift
            | Task::Supervise
            | Task::Confer
            | Task::Draw => {}
            task => perform(world, task),
        }
    }
    // What is in flight at the last instant lands, and no clock is slow.
    world.agree();
    world.now += SignedDuration::from_mins(1);
    for index in 0..world.consumers.len() {
        world.retry(index);
    }
    world.raise_rechecks();
    world.flush();
    if world.findings.is_empty() {
        world.look(true);
    }
}

fn told(world: &World<'_>, seed: u64) -> Year {
    let facts = world.log.facts();
    let mut names = BTreeMap::new();
    for fact in facts {
        *names.entry(fact.name.clone()).or_default() += 1;
    }
    let failure = |finding: &Finding| Failure {
        seed,
        at: finding.at,
        invariant: finding.invariant.clone(),
        stream: finding.stream.clone(),
        revision: finding.revision,
        says: finding.says.clone(),
        tail: tail(facts, &finding.stream, finding.revision),
    };
    Year {
        seed,
        facts: facts.len(),
        tips: world.plan.reports.len(),
        cases: world.sites.len(),
        digest: world.log.digest(),
        refusals: world.refusals.clone(),
        mishaps: world.mishaps.clone(),
        names,
        failures: world.findings.iter().take(5).map(failure).collect(),
    }
}

/// The facts that led there, of everything with the same id: tip, case, disposal and clocks.
fn tail(facts: &[Recorded], stream: &str, revision: u64) -> Vec<String> {
    let id = stream.split_once('-').map_or(stream, |(_, id)| id);
    let there = facts
        .iter()
        .find(|fact| fact.stream == stream && fact.revision == revision);
    let there = there.map_or(u64::MAX, |fact| fact.position);
    let chain = facts
        .iter()
        .filter(|fact| fact.subject() == id && fact.position <= there);
    let chain: Vec<&Recorded> = chain.collect();
    let last = chain.iter().skip(chain.len().saturating_sub(TAIL));
    last.map(|fact| {
        let metadata = &fact.metadata;
        format!(
            "{} {}@{} {} by {} because {} {}",
            metadata.at, fact.stream, fact.revision, fact.name, metadata.actor, metadata.causation, fact.data
        )
    })
    .collect()
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let refused: usize = self.refusals.values().sum();
        write!(
            f,
            "seed={} tips={} cases={} facts={} refused={refused} digest={} {}",
            self.seed,
            self.tips,
            self.cases,
            self.facts,
            self.digest,
            if self.failures.is_empty() {
                "holds"
            } else {
                "DOES NOT HOLD"
            },
        )
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "seed={} at={} {} {}@{} {}",
            self.seed, self.at, self.invariant, self.stream, self.revision, self.says
        )?;
        for line in &self.tail {
            writeln!(f, "  {line}")?;
        }
        write!(f, "make simulate SEEDS={}", self.seed)
    }
}
