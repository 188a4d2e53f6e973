//! Whether histories are in order: revisions without gap, ids once, actor and cause on every fact, time running forward.

use crate::lane::{Fold, Lane};
use crate::titles::title;
use jiff::Timestamp;
use mingcha_proto::audit::{VerifyChainResponse, VerifyFinding};
use platform::Recorded;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Checks facts one by one, in commit order.
#[derive(Default)]
pub(crate) struct Verification {
    streams: BTreeMap<String, Seen>,
    ids: BTreeSet<Uuid>,
    last_position: u64,
    outcome: VerifyChainResponse,
}

struct Seen {
    revision: u64,
    at: Timestamp,
    fold: Fold,
}

impl Verification {
    pub(crate) fn take(&mut self, fact: &Recorded) {
        self.outcome.events += 1;
        if fact.position <= self.last_position {
            self.found(fact, "out_of_order", "提交位置没有递增");
        }
        self.last_position = fact.position;
        if !self.ids.insert(fact.id) {
            self.found(fact, "duplicate_id", "事件编号出现了两次");
        }
        let metadata = &fact.metadata;
        if metadata.causation.is_nil() || metadata.command_id.is_nil() || metadata.correlation.is_nil() {
            self.found(fact, "incomplete_metadata", "缺少来由（命令或起因）");
        }
        if title(&fact.name) == fact.name {
            self.found(fact, "unknown_event", "本程序不认识这种事件");
        }
        let earlier = self.streams.remove(&fact.stream);
        let expected = earlier.as_ref().map_or(0, |seen| seen.revision + 1);
        if fact.revision != expected {
            self.found(
                fact,
                "revision_gap",
                &format!("应为第 {expected} 条，却是第 {} 条", fact.revision),
            );
        }
        if earlier.as_ref().is_some_and(|seen| metadata.at < seen.at) {
            self.found(fact, "time_backwards", "发生时间早于同一记录流的上一条");
        }
        let mut fold = earlier.map_or_else(|| Fold::of(Lane::of(&fact.stream)), |seen| seen.fold);
        if let Err(error) = fold.apply(fact) {
            self.found(fact, "unreadable", &format!("内容无法读取：{}", error.reason));
        }
        self.streams.insert(
            fact.stream.clone(),
            Seen {
                revision: fact.revision,
                at: metadata.at,
                fold,
            },
        );
    }

    pub(crate) fn finished(mut self) -> VerifyChainResponse {
        self.outcome.whole = self.outcome.findings.is_empty();
        self.outcome.streams = self.streams.len() as u64;
        self.outcome.position = self.last_position;
        self.outcome
    }

    fn found(&mut self, fact: &Recorded, code: &str, says: &str) {
        self.outcome.findings.push(VerifyFinding {
            code: code.to_owned(),
            stream: fact.stream.clone(),
            revision: fact.revision,
            position: fact.position,
            says: format!("{}：{says}。", title(&fact.name)),
        });
    }
}
