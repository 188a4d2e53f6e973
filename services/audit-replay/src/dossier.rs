//! The dossier 案卷 of a case or another thread, to be printed: what happened, who had it, who signed, what it amounts to, whether it is whole. Every
//! line cites the event that it rests on.

use crate::durations::{beijing, in_chinese};
use crate::render::kind;
use crate::speech::NOTHING;
use askama::Template;
use jiff::{SignedDuration, Timestamp};
use mingcha_proto::audit::{
    ReplayCaseResponse, ReplayEvent, ReplayHolder, ReplayState, ReplayThreadResponse, VerifyChainResponse,
};
use std::collections::HashMap;

/// Facts by which somebody answers for something with their name.
const SIGNING: [&str; 17] = [
    "case.identification_requested",
    "case.site_identified",
    "case.site_classified",
    "case.clean_finding_reviewed",
    "case.extension_granted",
    "case.extension_refused",
    "disposal.safety_plan_approved",
    "disposal.safety_plan_rejected",
    "disposal.review_passed",
    "disposal.review_failed",
    "disposal.spot_check_passed",
    "disposal.spot_check_failed",
    "disposal.recheck_passed",
    "disposal.exposure_published",
    "accountability.explanation_judged",
    "accountability.inquiry_decided",
    "report.contradicted",
];
/// A value of more letters than this is cut: the whole of it stands in the event that is cited.
const LONGEST_VALUE: usize = 400;

#[derive(Template)]
#[template(path = "dossier.html")]
struct Dossier<'d> {
    printed: &'d Printed<'d>,
    at: String,
    printed_at: String,
    printed_by: &'d str,
    summary: Vec<Stated>,
    lines: Vec<Line<'d>>,
    signatures: Vec<Line<'d>>,
    holders: Vec<Held<'d>>,
    states: Vec<State<'d>>,
    verified: &'d VerifyChainResponse,
    verified_at: String,
}

/// Where something is written.
#[derive(Clone, Default)]
struct Cited {
    /// e.g. `case-…@3`
    place: String,
    position: String,
    event: String,
}

struct Line<'d> {
    event: &'d ReplayEvent,
    at: String,
    elapsed: String,
    actor: &'d str,
    cause: Option<String>,
    changes: Vec<(&'d str, String)>,
    cited: Cited,
}

struct Held<'d> {
    holder: &'d ReplayHolder,
    from: String,
    until: String,
    persons: Vec<Person<'d>>,
    cited: Cited,
}

struct Person<'d> {
    name: &'d str,
    kind: &'static str,
    from: String,
    until: String,
    held_for: &'d str,
    cited: Cited,
}

struct State<'d> {
    state: &'d ReplayState,
    fields: Vec<Stated>,
}

/// One field of a state, and the event that made it so.
struct Stated {
    name: String,
    value: String,
    cited: Cited,
}

/// What is printed: a case with whoever had it, or another thread.
pub(crate) struct Printed<'d> {
    /// e.g. 案件
    pub kind: &'d str,
    pub number: &'d str,
    /// Its own stream, e.g. `case-…`.
    pub stream: String,
    pub at: &'d str,
    pub events: &'d [ReplayEvent],
    pub holders: &'d [ReplayHolder],
    pub states: &'d [ReplayState],
}

impl Printed<'_> {
    fn is_case(&self) -> bool {
        self.stream.starts_with("case-")
    }
}

impl<'d> From<&'d ReplayCaseResponse> for Printed<'d> {
    fn from(history: &'d ReplayCaseResponse) -> Self {
        Self {
            kind: "案件",
            number: &history.case_id,
            stream: format!("case-{}", history.case_id),
            at: &history.at,
            events: &history.events,
            holders: &history.holders,
            states: &history.states,
        }
    }
}

impl<'d> From<&'d ReplayThreadResponse> for Printed<'d> {
    fn from(history: &'d ReplayThreadResponse) -> Self {
        let number = history.subject.split_once('-').map_or("", |(_, number)| number);
        Self {
            kind: &history.title,
            number,
            stream: history.subject.clone(),
            at: &history.at,
            events: &history.events,
            holders: &[],
            states: &history.states,
        }
    }
}

/// The document.
///
/// # Errors
/// If it cannot be written.
pub(crate) fn print(
    printed: &Printed<'_>,
    verified: &VerifyChainResponse,
    printed_by: &str,
    now: Timestamp,
) -> Result<String, askama::Error> {
    let causes = last_changes(printed.events);
    let lines = || printed.events.iter().map(line);
    let own = printed.states.iter().find(|state| state.stream == printed.stream);
    let holders = printed.holders.iter();
    let dossier = Dossier {
        printed,
        at: time(printed.at),
        printed_at: beijing(now),
        printed_by,
        summary: own.map_or_else(Vec::new, |state| summary(state, &causes)),
        lines: lines().collect(),
        signatures: lines().filter(|line| signs(&line.event.name)).collect(),
        holders: holders.map(|holder| held(holder, printed)).collect(),
        states: printed
            .states
            .iter()
            .map(|state| stated(state, &causes))
            .collect(),
        verified,
        verified_at: time(&verified.at),
    };
    dossier.render()
}

fn signs(name: &str) -> bool {
    let fact = name.rsplit_once(".v").map_or(name, |(fact, _)| fact);
    SIGNING.contains(&fact)
}

fn cite(event: &ReplayEvent) -> Cited {
    Cited {
        place: format!("{}@{}", event.stream, event.revision),
        position: event.position.to_string(),
        event: event.event_id.clone(),
    }
}

/// Which event last changed each field of each stream.
fn last_changes(events: &[ReplayEvent]) -> HashMap<(&str, &str), &ReplayEvent> {
    let mut last = HashMap::new();
    for event in events {
        for change in &event.changes {
            let first = change.path.split('/').nth(1).unwrap_or_default();
            last.insert((event.stream.as_str(), first), event);
        }
    }
    last
}

fn line(event: &ReplayEvent) -> Line<'_> {
    let changes = event.changes.iter().map(|change| {
        let after = shortened(change.after_said.as_deref().unwrap_or(NOTHING));
        let before = change.before_said.as_deref().map(shortened);
        let said = match before.filter(|before| !before.is_empty() && before != NOTHING) {
            Some(before) => format!("{before} → {after}"),
            None => after,
        };
        (change.title.as_str(), said)
    });
    let cause = event.cause.as_ref();
    let cause = cause.and_then(|cause| Some((cause.title.as_ref()?, cause.at.as_ref()?)));
    Line {
        event,
        at: time(&event.at),
        elapsed: elapsed(event),
        actor: event.actor.as_ref().map_or("不详", |actor| actor.text.as_str()),
        cause: cause.map(|(title, at)| format!("{title}（{at}）")),
        changes: changes.collect(),
        cited: cite(event),
    }
}

fn held<'d>(holder: &'d ReplayHolder, printed: &Printed<'d>) -> Held<'d> {
    let (case, events) = (&printed.stream, printed.events);
    let given = events.iter().find(|event| {
        let handed = event
            .changes
            .iter()
            .any(|change| change.path.starts_with("/holders"));
        event.stream == *case && event.at == holder.from && handed
    });
    let cited = given.map(cite).unwrap_or_default();
    let persons = holder.persons.iter().map(|person| {
        let first = events.iter().find(|event| {
            let by = event.actor.as_ref().and_then(|actor| actor.account.as_ref());
            event.at == person.from && by == Some(&person.account)
        });
        Person {
            name: &person.name,
            kind: kind(&person.kind),
            from: time(&person.from),
            until: person.until.as_deref().map_or_else(|| "至今".to_owned(), up_to),
            held_for: &person.held_for,
            // Who answers for a unit stands in the directory; that the unit had it stands here.
            cited: first.map_or_else(|| cited.clone(), cite),
        }
    });
    Held {
        holder,
        from: time(&holder.from),
        until: holder.until.as_deref().map_or_else(|| "至今".to_owned(), up_to),
        persons: persons.collect(),
        cited: cited.clone(),
    }
}

fn stated<'d>(state: &'d ReplayState, causes: &HashMap<(&str, &str), &ReplayEvent>) -> State<'d> {
    let fields = state.fields.iter().map(|field| Stated {
        name: field.title.clone(),
        value: shortened(&field.said),
        cited: causes
            .get(&(state.stream.as_str(), field.name.as_str()))
            .map(|event| cite(event))
            .unwrap_or_else(|| Cited {
                place: format!("{}@{}", state.stream, state.revision),
                ..Cited::default()
            }),
    });
    State {
        state,
        fields: fields.collect(),
    }
}

/// What somebody wants to know first.
fn summary(state: &ReplayState, causes: &HashMap<(&str, &str), &ReplayEvent>) -> Vec<Stated> {
    const FIRST: [&str; 10] = [
        "案情摘要",
        "企业",
        "地点",
        "来源",
        "进展",
        "责任单位",
        "协办单位",
        "类别",
        "立案时间",
        "办结时间",
    ];
    let mut fields = stated(state, causes).fields;
    fields.retain(|field| FIRST.contains(&field.name.as_str()));
    fields.sort_by_key(|field| FIRST.iter().position(|name| *name == field.name));
    fields
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST_VALUE {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST_VALUE).collect();
    format!("{cut}……（全文见所引记录）")
}

fn time(text: &str) -> String {
    text.parse::<Timestamp>()
        .map_or_else(|_| text.to_owned(), beijing)
}

fn up_to(text: &str) -> String {
    format!("至 {}", time(text))
}

/// How long after the fact before.
fn elapsed(event: &ReplayEvent) -> String {
    let since = event.since_previous_seconds.filter(|seconds| *seconds > 0);
    since.map_or_else(String::new, |seconds| {
        format!("距上一步 {}", in_chinese(SignedDuration::from_secs(seconds)))
    })
}
