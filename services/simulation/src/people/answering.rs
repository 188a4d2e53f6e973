//! Whoever was reminded answers, or stays silent; others judge; the inspectors look into what was referred to them.

use crate::city;
use crate::world::{Task, World};
use accountability_domain::{
    Accountability, AccountabilityCommand, AccountabilityState, Accountable, Addressee, Clock, ClockId,
    CloseInquiry, DecideInquiry, ExplainFailure, Finding, InquiryNumber, JudgeExplanation, JudgeFailure,
    OpenInquiry, Step, SubmitExplanation, Task as Given,
};
use jurisdiction::{Actor, Obligation, Role, Rung, UnitCode, UnitKind};

/// What somebody has to do next about an accountability.
enum Next {
    Explain(ClockId, Rung, Addressee),
    Judge(ClockId, Rung, Actor),
    ExplainFailure(u32, Addressee),
    JudgeFailure(u32),
    AnswerFinding(Finding),
    JudgeFinding(Finding),
    ReportTask(Given),
    JudgeTask(Given),
    Inquire(ClockId),
    Decide(InquiryNumber),
    Close(InquiryNumber),
}

impl World<'_> {
    /// Somebody looks at what is asked of them: mostly within days, at times not for weeks, and then the ladder climbs.
    pub fn look_at_answers(&mut self, stream: &str) {
        if !self.to_answer.insert(stream.to_owned()) {
            return;
        }
        let pause = match (self.calm, self.people.below(10)) {
            (true, _) => self.people.hours(1, 3),
            (false, 0) => self.people.days(12, 35),
            (false, 1..=3) => self.people.days(2, 6),
            (false, _) => self.people.hours(3, 40),
        };
        self.after(pause, Task::Answer(stream.to_owned()));
    }

    pub fn answer(&mut self, stream: &str) {
        self.to_answer.remove(stream);
        let state = self.log.state::<Accountability>(stream);
        let Some(next) = state.and_then(next) else {
            return;
        };
        match next {
            Next::Explain(clock, rung, answerer) => self.explain(stream, clock, rung, &answerer),
            Next::Judge(clock, rung, author) => self.judge_explanation(stream, clock, rung, &author),
            Next::ExplainFailure(failure, answerer) => {
                let text = "包保人员没有按时走访，已调整".to_owned();
                let explain = AccountabilityCommand::ExplainFailure(ExplainFailure { failure, text });
                self.work::<Accountability>(self.answerer(&answerer), stream, &explain);
            }
            Next::JudgeFailure(failure) => {
                let judge = AccountabilityCommand::JudgeFailure(JudgeFailure {
                    failure,
                    accepted: self.calm || self.people.percent(70),
                    note: "已核实整改".into(),
                });
                self.work::<Accountability>(Some(city::inspector()), stream, &judge);
            }
            Next::AnswerFinding(finding) => self.answer_finding(stream, &finding),
            Next::JudgeFinding(finding) => self.judge_finding(stream, &finding),
            Next::ReportTask(task) => self.report_task(stream, &task),
            Next::JudgeTask(task) => self.judge_task(stream, &task),
            Next::Inquire(clock) => {
                let reason = "多次逾期，移送调查".to_owned();
                let clock = Some(clock);
                let open = AccountabilityCommand::OpenInquiry(OpenInquiry {
                    clock,
                    failure: None,
                    reason,
                });
                self.work::<Accountability>(Some(city::inspector()), stream, &open);
            }
            Next::Decide(inquiry) => {
                let decide = AccountabilityCommand::DecideInquiry(DecideInquiry {
                    inquiry,
                    against: Accountable::Official,
                    name: "演示·被问责人".into(),
                    person: None,
                    basis: "《中国共产党问责条例》第七条".into(),
                    decision: "诫勉".into(),
                });
                self.work::<Accountability>(Some(city::inspector()), stream, &decide);
            }
            Next::Close(inquiry) => {
                let note = "已送达本人并执行".to_owned();
                let close = AccountabilityCommand::CloseInquiry(CloseInquiry { inquiry, note });
                self.work::<Accountability>(Some(city::inspector()), stream, &close);
            }
        }
    }

    fn explain(&mut self, stream: &str, clock: ClockId, rung: Rung, answerer: &Addressee) {
        let explain = AccountabilityCommand::SubmitExplanation(SubmitExplanation {
            clock,
            rung,
            text: "汛期道路中断".into(),
        });
        let by = self.answerer(answerer);
        // Somebody else's excuse counts for nothing.
        if self.people.percent(5) {
            let other = Some(city::supervisor());
            self.cheat::<Accountability>(other, stream, &explain, &["accountability.not_addressed"]);
        }
        self.work::<Accountability>(by, stream, &explain);
    }

    fn judge_explanation(&mut self, stream: &str, clock: ClockId, rung: Rung, author: &Actor) {
        let judge = AccountabilityCommand::JudgeExplanation(JudgeExplanation {
            clock,
            rung,
            accepted: self.calm || self.people.percent(70),
            note: "写明了每日安排".into(),
        });
        if self.people.percent(10) {
            let codes = ["accountability.judges_own", "accountability.not_a_judge"];
            self.cheat::<Accountability>(Some(author.clone()), stream, &judge, &codes);
        }
        // What the group itself owed is not judged within it.
        let of_the_group = author.unit().and_then(|unit| self.jurisdiction().unit(unit));
        let of_the_group = of_the_group.is_some_and(|unit| unit.kind == UnitKind::Supervision);
        let by = match rung {
            Rung::Referral => city::inspector(),
            _ if of_the_group => city::inspector(),
            _ => city::supervisor(),
        };
        self.work::<Accountability>(Some(by), stream, &judge);
    }

    /// The person addressed, who acts as the leader of their own unit; if there is none, who heads the unit.
    fn answerer(&self, answerer: &Addressee) -> Option<Actor> {
        let jurisdiction = self.jurisdiction();
        let head = || jurisdiction.first_responsible(&answerer.unit);
        let named = answerer.person.as_ref();
        let member = named
            .and_then(|person| jurisdiction.staff.get(person))
            .or_else(head)?;
        let role = member.roles.iter().next().copied().unwrap_or(Role::Leader);
        Some(Actor::staff(
            member.account.clone(),
            UnitCode::clone(&member.unit),
            role,
        ))
    }
}

/// Whether the last explanation was judged; `None` if there is none.
fn judged_last(step: &Step) -> Option<bool> {
    Some(step.explanations.last()?.judged.is_some())
}

/// The first thing that somebody has to do.
fn next(state: &AccountabilityState) -> Option<Next> {
    let answered = |clock: &Clock| clock.obligation.is_of_accountability();
    let mut asked = state.clocks.iter().filter(|clock| !answered(clock));
    asked
        .find_map(|clock| next_of_clock(state, clock))
        .or_else(|| next_of_failures(state))
        .or_else(|| next_of_findings(state))
        .or_else(|| next_of_tasks(state))
        .or_else(|| next_of_inquiries(state))
}

fn next_of_clock(state: &AccountabilityState, clock: &Clock) -> Option<Next> {
    let waiting = clock.steps.iter().rfind(|step| judged_last(step) == Some(false));
    if let Some(step) = waiting {
        let author = step.explanations.last()?.by.clone();
        return Some(Next::Judge(clock.clock.clone(), step.rung, author));
    }
    let last = clock.standing_steps().next_back()?;
    let explain = || Next::Explain(clock.clock.clone(), last.rung, asked_now(state, clock, last));
    (!last.is_answered()).then(explain)
}

/// Whoever the clock of the answer names by now: it may have passed on to others.
fn asked_now(state: &AccountabilityState, clock: &Clock, step: &Step) -> Addressee {
    let of = format!("#{}/", clock.clock);
    let mut answers = state.running_clocks();
    let owed = answers
        .find(|owed| owed.obligation == Obligation::AnswerEscalation && owed.clock.as_str().contains(&of));
    owed.map_or_else(
        || step.answerer().clone(),
        |owed| Addressee {
            unit: owed.unit.clone(),
            person: owed.person.clone(),
            name: None,
        },
    )
}

fn next_of_failures(state: &AccountabilityState) -> Option<Next> {
    state
        .failures
        .iter()
        .find_map(|failure| match failure.standing() {
            "answered" => Some(Next::JudgeFailure(failure.number)),
            "accepted" => None,
            _ => {
                let clock = failure.clock.as_ref().and_then(|clock| state.clock(clock))?;
                let (unit, person) = (clock.unit.clone(), clock.person.clone());
                let name = None;
                Some(Next::ExplainFailure(
                    failure.number,
                    Addressee { unit, person, name },
                ))
            }
        })
}

fn next_of_findings(state: &AccountabilityState) -> Option<Next> {
    let mut findings = state.findings.iter();
    findings.find_map(|finding| match finding.standing() {
        "answered" => Some(Next::JudgeFinding(finding.clone())),
        "accepted" => None,
        _ => Some(Next::AnswerFinding(finding.clone())),
    })
}

fn next_of_tasks(state: &AccountabilityState) -> Option<Next> {
    let mut tasks = state.tasks.iter();
    tasks.find_map(|task| match task.standing() {
        "answered" => Some(Next::JudgeTask(task.clone())),
        "accepted" => None,
        _ => Some(Next::ReportTask(task.clone())),
    })
}

/// Of what was referred, the inspectors look into every third.
fn next_of_inquiries(state: &AccountabilityState) -> Option<Next> {
    if let Some(open) = state.open_inquiries().next() {
        return Some(match open.decisions.is_empty() {
            true => Next::Decide(open.number),
            false => Next::Close(open.number),
        });
    }
    let referred = |clock: &&Clock| clock.standing_steps().any(|step| step.rung == Rung::Referral);
    let clock = state.clocks.iter().find(referred)?;
    let looked_into = state.inquiries.iter().any(|known| known.clock.is_some());
    let third = clock.started.as_second() % 3 == 0;
    (third && !looked_into).then(|| Next::Inquire(clock.clock.clone()))
}
