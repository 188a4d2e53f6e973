//! Whether a history is whole: revisions, ids, metadata, times, and every named invariant. What the store cannot even hand out is
//! a finding too.

use crate::leads;
use crate::promises::Promises;
use crate::titles::title;
use crate::under_way::UnderWay;
use invariants::Extent;
use jiff::{SignedDuration, Timestamp};
use jurisdiction::Jurisdiction;
use mingcha_proto::audit::{VerifyChainResponse, VerifyFinding};
use platform::{Followed, Link, Recorded, Store, StoreError, event_id};
use std::collections::{HashMap, HashSet};
use std::time::Duration;
use uuid::Uuid;

/// Two commands on one stream at the same moment may be committed in the other order; more than that is back-dating.
const CROSSING: SignedDuration = SignedDuration::from_secs(60);
/// Without a fact for so long, the store has met one that it cannot hand out.
const STALLED: Duration = Duration::from_secs(10);
/// Whoever watches a verification is told every so many facts.
const TOLD_EVERY: u64 = 500;

/// Looks at facts in the order of commit.
pub(crate) struct Verification<'c> {
    answer: VerifyChainResponse,
    ids: HashSet<Uuid>,
    streams: HashMap<String, Progress>,
    promises: Promises<'c>,
}

struct Progress {
    next_revision: u64,
    position: u64,
    at: Timestamp,
    /// Of the fact before, which the next one names; whether any fact has named one so far.
    link: Option<Link>,
    is_linked: bool,
    /// How many facts each command has left in the stream so far: the index that their ids are derived from.
    of_command: HashMap<Uuid, usize>,
}

impl Progress {
    /// What is wrong with the link to the fact before, and remembers this one. Facts from before there were links have none;
    /// where one has been, every later one has.
    fn broken_link(&mut self, fact: &Recorded) -> Option<String> {
        let before = self.link.replace(Link::to(fact));
        let previous = fact.metadata.previous;
        let was_linked = self.is_linked;
        self.is_linked |= previous.is_some();
        match (previous, before) {
            (Some(named), Some(before)) if named != before => {
                Some("与前一条的摘要链对不上：前一条或者本条被改写过。".to_owned())
            }
            (None, _) if was_linked => Some("缺少与前一条相连的摘要：本条被改写过。".to_owned()),
            _ => None,
        }
    }
}

impl<'c> Verification<'c> {
    fn new(promises: Promises<'c>) -> Self {
        Self {
            answer: VerifyChainResponse::default(),
            ids: HashSet::new(),
            streams: HashMap::new(),
            promises,
        }
    }

    /// Reads and looks at whole streams.
    ///
    /// # Errors
    /// If the store is out of reach.
    pub(crate) async fn of_streams(
        store: &Store,
        jurisdiction: &'c Jurisdiction,
        now: Timestamp,
        streams: &[String],
        extent: Extent,
    ) -> Result<Self, StoreError> {
        let moves = store.read_stream(leads::STREAM).await?;
        let promises = Promises::new(jurisdiction, now, extent).with_leads(&moves);
        let mut verification = Self::new(promises);
        let mut facts = Vec::new();
        for stream in streams {
            match store.read_stream(stream).await {
                Ok(of_stream) => facts.extend(of_stream),
                Err(StoreError::Unreadable {
                    stream,
                    revision,
                    reason,
                }) => verification.unreadable(stream, revision, &reason),
                Err(error) => return Err(error),
            }
        }
        // Stable: within a stream the order stays the one in which it was handed out.
        facts.sort_by_key(|fact| fact.position);
        facts.iter().for_each(|fact| verification.look(fact));
        Ok(verification)
    }

    /// Looks at everything the store has that is to be counted, as it comes: nothing is kept but what the rules need.
    ///
    /// # Errors
    /// If the store is out of reach.
    pub(crate) async fn of_everything(
        store: &Store,
        jurisdiction: &'c Jurisdiction,
        now: Timestamp,
        under_way: &UnderWay,
        counted: impl Fn(&Recorded) -> bool,
    ) -> Result<Self, StoreError> {
        let mut verification = Self::new(Promises::new(jurisdiction, now, Extent::Everything));
        let ticket = under_way.begin(store.head().await?);
        let mut followed = store.follow(None, &[]);
        loop {
            match tokio::time::timeout(STALLED, followed.recv()).await {
                Ok(Some(Followed::Event(fact))) if !counted(&fact) => {}
                Ok(Some(Followed::Event(fact))) => {
                    verification.look(&fact);
                    let events = verification.answer.events;
                    if events.is_multiple_of(TOLD_EVERY) {
                        ticket.reached(events, fact.position);
                    }
                }
                Ok(Some(Followed::Checkpoint(_))) => {}
                Ok(Some(Followed::CaughtUp) | None) => return Ok(verification),
                Err(_) => {
                    let position = verification.answer.position;
                    let says =
                        format!("位置 {position} 之后的记录读不出来，后面的没有核对；请核对出错的那个流。");
                    verification.find("unreadable", ("", 0, position), says);
                    return Ok(verification);
                }
            }
        }
    }

    /// The outcome.
    pub(crate) fn answer(mut self) -> VerifyChainResponse {
        let (findings, invariants) = self.promises.outcome();
        self.answer.findings.extend(findings);
        self.answer.invariants = invariants;
        self.answer.whole = is_whole(&self.answer.findings);
        self.answer.streams = self.streams.len() as u64;
        self.answer.at = self.promises.now().to_string();
        self.answer
    }

    /// Looks at one fact.
    pub(crate) fn look(&mut self, fact: &Recorded) {
        self.answer.events += 1;
        self.answer.position = self.answer.position.max(fact.position);
        let place = (fact.stream.as_str(), fact.revision, fact.position);
        if !self.ids.insert(fact.id) {
            self.find("duplicate_id", place, format!("事件编号 {} 重复出现。", fact.id));
        }
        if title(&fact.name).is_none() {
            self.find("unknown_event", place, format!("不认识的事件“{}”。", fact.name));
        }
        self.look_at_metadata(fact);
        self.look_at_order(fact);
        self.promises.take(fact);
    }

    fn look_at_metadata(&mut self, fact: &Recorded) {
        let place = (fact.stream.as_str(), fact.revision, fact.position);
        let metadata = &fact.metadata;
        let causes = [metadata.causation, metadata.correlation, metadata.command_id];
        if causes.iter().any(Uuid::is_nil) {
            self.find(
                "incomplete_metadata",
                place,
                "没有记明起因、链条或命令。".to_owned(),
            );
        }
        let progress = self.streams.get(&fact.stream);
        let index = progress.and_then(|progress| progress.of_command.get(&metadata.command_id));
        let index = index.copied().unwrap_or_default();
        // The id holds the time in milliseconds and follows from the command: whoever back-dates has to forge it as well.
        if event_id(metadata.at, metadata.command_id, index) != fact.id {
            self.find(
                "id_mismatch",
                place,
                "事件编号与时间、命令不符，时间可能被改动。".to_owned(),
            );
        }
    }

    fn look_at_order(&mut self, fact: &Recorded) {
        let place = (fact.stream.as_str(), fact.revision, fact.position);
        let at = fact.metadata.at;
        let progress = self.streams.entry(fact.stream.clone()).or_insert(Progress {
            next_revision: 0,
            position: 0,
            at,
            link: None,
            is_linked: false,
            of_command: HashMap::new(),
        });
        let mut found = Vec::new();
        if fact.revision != progress.next_revision {
            let expected = progress.next_revision;
            found.push((
                "revision_gap",
                format!("应是第 {expected} 号，却是第 {} 号。", fact.revision),
            ));
        }
        if fact.position < progress.position {
            found.push(("out_of_order", "提交位置比前一条还早。".to_owned()));
        }
        if at + CROSSING < progress.at {
            found.push((
                "time_backwards",
                format!("时间 {at} 早于前一条 {}。", progress.at),
            ));
        }
        if let Some(says) = progress.broken_link(fact) {
            found.push(("broken_link", says));
        }
        progress.next_revision = fact.revision + 1;
        progress.position = fact.position;
        progress.at = progress.at.max(at);
        *progress.of_command.entry(fact.metadata.command_id).or_default() += 1;
        for (code, says) in found {
            self.find(code, place, says);
        }
    }

    fn unreadable(&mut self, stream: String, revision: u64, reason: &str) {
        let says = format!("没有记明办理人或起因，或者内容损坏：{reason}。本流其后的记录没有核对。");
        self.find("incomplete_metadata", (&stream, revision, 0), says);
        // Counted among the streams, for it was looked at.
        self.streams.entry(stream).or_insert(Progress {
            next_revision: revision,
            position: 0,
            at: Timestamp::MIN,
            link: None,
            is_linked: false,
            of_command: HashMap::new(),
        });
    }

    fn find(&mut self, code: &str, (stream, revision, position): (&str, u64, u64), says: String) {
        self.answer.findings.push(VerifyFinding {
            code: code.to_owned(),
            stream: stream.to_owned(),
            revision,
            position,
            says,
            invariant: None,
            pending: false,
        });
    }
}

/// What may yet come is not missing.
pub(crate) fn is_whole(findings: &[VerifyFinding]) -> bool {
    findings.iter().all(|finding| finding.pending)
}

#[cfg(test)]
mod tests {
    use super::*;
    use directory_domain::{DirectoryCommand, DirectoryEntry};
    use jurisdiction::{Actor, CommandId};
    use platform::{Envelope, Mark, NewEvent, Past, WorkedOut, work_out};

    fn next(last: Option<&Recorded>) -> Recorded {
        let at = Timestamp::constant(1_590_000_000, 0);
        let envelope = Envelope {
            command_id: CommandId::sample(last.map_or(1, |last| u128::from(last.revision) + 2)),
            actor: Actor::system("test"),
            at,
            causation: None,
            correlation: None,
            traceparent: None,
            seen: None,
        };
        let past = Past {
            last: last.map(Mark::of),
            ..Past::default()
        };
        let command = DirectoryCommand::AdvanceClock { seconds: 60 };
        let done = work_out::<DirectoryEntry>(&past, &Jurisdiction::default(), &envelope, &command);
        let Ok(WorkedOut::Facts(mut facts)) = done else {
            panic!("no facts");
        };
        let NewEvent {
            id,
            name,
            data,
            metadata,
        } = facts.remove(0);
        let revision = last.map_or(0, |last| last.revision + 1);
        Recorded {
            id,
            stream: "clock-simulated".to_owned(),
            revision,
            position: revision + 1,
            name,
            data,
            metadata,
        }
    }
    fn found(facts: &[Recorded]) -> Vec<(String, u64)> {
        let jurisdiction = Jurisdiction::default();
        let now = Timestamp::constant(1_590_000_000, 0);
        let mut verification = Verification::new(Promises::new(&jurisdiction, now, Extent::Streams));
        facts.iter().for_each(|fact| verification.look(fact));
        let findings = verification.answer.findings.iter();
        findings
            .map(|finding| (finding.code.clone(), finding.revision))
            .collect()
    }

    /// Fault of comparable systems: an audit hash without a link to the previous one.
    #[test]
    fn whoever_rewrites_a_body_is_found_by_the_fact_that_follows() {
        let first = next(None);
        let second = next(Some(&first));
        let third = next(Some(&second));
        let whole = [first.clone(), second.clone(), third.clone()];
        assert_eq!(found(&whole), []);
        let mut rewritten = whole.clone();
        rewritten[0].data["seconds"] = serde_json::json!(3600);
        assert_eq!(found(&rewritten), [("broken_link".to_owned(), 1)]);
        let mut by_another = whole.clone();
        by_another[1].metadata.actor = Actor::system("another");
        assert_eq!(found(&by_another), [("broken_link".to_owned(), 2)]);
        let mut cut = whole;
        cut[2].metadata.previous = None;
        assert_eq!(found(&cut), [("broken_link".to_owned(), 2)]);
    }
}
