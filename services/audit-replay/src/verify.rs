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
use platform::{Followed, Recorded, Store, StoreError, event_id};
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
    /// How many facts each command has left in the stream so far: the index that their ids are derived from.
    of_command: HashMap<Uuid, usize>,
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
