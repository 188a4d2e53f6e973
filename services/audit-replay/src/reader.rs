//! Whoever reads histories: what is ready, what is visible to whom, and that each reading is recorded before it is answered.

use crate::chain;
use crate::conflict;
use crate::index::Index;
use crate::verify::is_whole;
use jiff::Timestamp;
use jurisdiction::{Actor, CaseId, Jurisdiction, Role};
use mingcha_proto::audit::VerifyChainResponse;
use platform::{Caller, Context, Desk, PlatformRefusal, Recorded, StoreError, away, invalid, refuse};
use reading_domain::{Reading, ReadingCommand, ReadingEvent, RecordReading};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tonic::Status;

/// Longer than this nobody waits for the index after a start.
const PATIENCE: Duration = Duration::from_secs(5);

/// What every answer needs.
pub(crate) struct Reader {
    pub(crate) context: Context,
    pub(crate) index: Index,
    readings: Desk<Reading>,
}

impl Reader {
    pub(crate) fn new(context: Context, index: Index) -> Self {
        Self {
            readings: Desk::new(context.clone(), "subject"),
            context,
            index,
        }
    }

    pub(crate) fn jurisdiction(&self) -> Arc<Jurisdiction> {
        self.context.directory.current()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.context.clock.now()
    }

    /// A replay without its mail would look whole and not be it.
    pub(crate) async fn ready(&self) -> Result<(), Status> {
        let ready = async {
            self.index.ready().await;
            self.context.directory.ready().await;
        };
        tokio::time::timeout(PATIENCE, ready)
            .await
            .map_err(|_| away("历史记录索引正在重建，数据没有丢失。", "请过一会儿再查。"))
    }

    /// Takes down that somebody is about to be shown something. What cannot be recorded is not shown.
    pub(crate) async fn record(&self, caller: Caller, reading: ReadingEvent) -> Result<(), Status> {
        let subject = reading.subject();
        let command = ReadingCommand::Record(RecordReading { reading });
        self.readings.execute(caller, &subject, &command).await.map(drop)
    }

    /// The chain of a case. Whom it, or a tip in it, is about is answered as if there were no such case.
    pub(crate) async fn chain(&self, actor: &Actor, case: &str) -> Result<Vec<Recorded>, Status> {
        self.ready().await?;
        let chain = chain::read(&self.context.store, &self.index, &identity(case)?).await?;
        let hidden = conflict::against(&chain.facts).hides_from(actor, &self.jurisdiction());
        if chain.facts.is_empty() || hidden {
            return Err(refuse(PlatformRefusal::NotFound));
        }
        Ok(chain.facts)
    }

    /// A single stream, unless it is about whoever asks.
    pub(crate) async fn visible(&self, actor: &Actor, stream: &str) -> Result<(), Status> {
        let against = conflict::of_stream(&self.context.store, &self.index, stream).await;
        let against = match against {
            // A damaged stream is what somebody wants to verify; that it is there is no secret of the case's.
            Err(StoreError::Unreadable { .. }) => return Ok(()),
            other => other?,
        };
        if against.hides_from(actor, &self.jurisdiction()) {
            return Err(refuse(PlatformRefusal::NotFound));
        }
        Ok(())
    }

    /// The streams of the chain of a case. If one of them cannot be read, that one and what every case has: a damaged
    /// history must not be the one that nobody can verify.
    pub(crate) async fn streams(&self, actor: &Actor, case: &str) -> Result<Vec<String>, Status> {
        self.ready().await?;
        let case = identity(case)?;
        match chain::read(&self.context.store, &self.index, &case).await {
            Ok(chain) if chain.facts.is_empty() => Err(refuse(PlatformRefusal::NotFound)),
            Ok(chain) if conflict::against(&chain.facts).hides_from(actor, &self.jurisdiction()) => {
                Err(refuse(PlatformRefusal::NotFound))
            }
            Ok(chain) => Ok(chain.streams().into_iter().map(str::to_owned).collect()),
            Err(StoreError::Unreadable { stream, .. }) => {
                let mut streams = ["case", "disposal", "accountability"]
                    .map(|category| format!("{category}-{case}"))
                    .to_vec();
                if !streams.contains(&stream) {
                    streams.push(stream);
                }
                Ok(streams)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Leaves out of what was found what is about whoever asks.
    pub(crate) async fn without_own(
        &self,
        actor: &Actor,
        mut answer: VerifyChainResponse,
    ) -> Result<VerifyChainResponse, Status> {
        let mut visible: HashMap<String, bool> = HashMap::new();
        for finding in &answer.findings {
            if !visible.contains_key(&finding.stream) {
                let seen = self.visible(actor, &finding.stream).await.is_ok();
                visible.insert(finding.stream.clone(), seen);
            }
        }
        let before = answer.findings.len();
        answer
            .findings
            .retain(|finding| visible.get(&finding.stream) != Some(&false));
        if answer.findings.len() < before {
            answer.whole = is_whole(&answer.findings);
            for fared in &mut answer.invariants {
                let of = |pending| {
                    let found = answer.findings.iter();
                    found
                        .filter(|finding| finding.code == fared.code && finding.pending == pending)
                        .count() as u32
                };
                (fared.findings, fared.pending) = (of(false), of(true));
            }
        }
        Ok(answer)
    }
}

/// The id as streams spell it.
pub(crate) fn identity(case: &str) -> Result<String, Status> {
    let id: Result<CaseId, _> = case.parse();
    id.map(|id| id.to_string())
        .map_err(|_| refuse(PlatformRefusal::BadIdentifier))
}

/// Those who may look into any stream and prove the whole.
pub(crate) fn inspects(actor: &Actor, roles: &[Role]) -> Result<(), Status> {
    let may = actor.is_system() || actor.role().is_some_and(|role| roles.contains(&role));
    may.then_some(())
        .ok_or_else(|| refuse(PlatformRefusal::WrongRole))
}

/// An instant that somebody wrote.
pub(crate) fn instant(field: &str, text: Option<&String>) -> Result<Option<Timestamp>, Status> {
    text.map(|text| text.parse())
        .transpose()
        .map_err(|_| invalid(field, "时间应写作 2020-06-01T09:00:00+08:00。"))
}
