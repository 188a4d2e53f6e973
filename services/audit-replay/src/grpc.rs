//! The RPC of audit and replay.

use crate::chain::{self, concerns};
use crate::conflict;
use crate::index::Index;
use crate::sight::Sight;
use crate::steps::{Lens, Walk};
use crate::under_way::UnderWay;
use crate::verify::{Verification, is_whole};
use case_domain::CaseState;
use invariants::Extent;
use jiff::Timestamp;
use jurisdiction::{Actor, CaseId, Role};
use mingcha_proto::audit::audit_server::Audit;
use mingcha_proto::audit::{
    GetVerificationProgressRequest, GetVerificationProgressResponse, ReplayCaseRequest, ReplayCaseResponse,
    ReplayStreamRequest, ReplayStreamResponse, VerifyChainRequest, VerifyChainResponse,
};
use platform::{Caller, Context, PlatformRefusal, Recorded, StoreError, invalid, load_state, refuse};
use std::collections::HashMap;
use std::time::Duration;
use tonic::{Request, Response, Status};

/// Longer than this nobody waits for the index after a start.
const PATIENCE: Duration = Duration::from_secs(5);

/// Reads histories.
pub(crate) struct AuditService {
    context: Context,
    index: Index,
    under_way: UnderWay,
}

/// Who proves whether histories are whole.
const VERIFYING: [Role; 2] = [Role::Inspector, Role::Supervisor];

impl AuditService {
    pub(crate) fn new(context: Context, index: Index) -> Self {
        Self {
            context,
            index,
            under_way: UnderWay::default(),
        }
    }

    /// A replay without its mail would look whole and not be it.
    async fn ready(&self) -> Result<(), Status> {
        let ready = async {
            self.index.ready().await;
            self.context.directory.ready().await;
        };
        tokio::time::timeout(PATIENCE, ready)
            .await
            .map_err(|_| Status::unavailable("历史记录索引正在重建，请过一会儿再查；数据没有丢失。"))
    }

    /// The chain of a case. Whom it, or a tip in it, is about is answered as if there were no such case.
    async fn chain(&self, actor: &Actor, case: &str) -> Result<Vec<Recorded>, Status> {
        self.ready().await?;
        let chain = chain::read(&self.context.store, &self.index, &identity(case)?).await?;
        let hidden = conflict::against(&chain.facts).hides_from(actor, &self.context.directory.current());
        if chain.facts.is_empty() || hidden {
            return Err(refuse(PlatformRefusal::NotFound));
        }
        Ok(chain.facts)
    }

    /// A single stream, unless it is about whoever asks.
    async fn visible(&self, actor: &Actor, stream: &str) -> Result<(), Status> {
        let against = conflict::of_stream(&self.context.store, &self.index, stream).await;
        let against = match against {
            // A damaged stream is what somebody wants to verify; that it is there is no secret of the case's.
            Err(StoreError::Unreadable { .. }) => return Ok(()),
            other => other?,
        };
        if against.hides_from(actor, &self.context.directory.current()) {
            return Err(refuse(PlatformRefusal::NotFound));
        }
        Ok(())
    }

    /// Leaves out what is about whoever asks.
    async fn without_own(
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

    /// The streams of the chain of a case. If one of them cannot be read, that one and what every case has: a damaged
    /// history must not be the one that nobody can verify.
    async fn streams(&self, actor: &Actor, case: &str) -> Result<Vec<String>, Status> {
        self.ready().await?;
        let case = identity(case)?;
        let jurisdiction = self.context.directory.current();
        match chain::read(&self.context.store, &self.index, &case).await {
            Ok(chain) if chain.facts.is_empty() => Err(refuse(PlatformRefusal::NotFound)),
            Ok(chain) if conflict::against(&chain.facts).hides_from(actor, &jurisdiction) => {
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
}

/// The id as streams spell it.
fn identity(case: &str) -> Result<String, Status> {
    let id: Result<CaseId, _> = case.parse();
    id.map(|id| id.to_string())
        .map_err(|_| refuse(PlatformRefusal::BadIdentifier))
}

/// Those who may look into any stream and prove the whole.
fn inspects(actor: &Actor, roles: &[Role]) -> Result<(), Status> {
    let may = actor.is_system() || actor.role().is_some_and(|role| roles.contains(&role));
    may.then_some(())
        .ok_or_else(|| refuse(PlatformRefusal::WrongRole))
}

fn instant(text: Option<&String>, now: Timestamp) -> Result<Timestamp, Status> {
    let Some(text) = text else { return Ok(now) };
    text.parse()
        .map_err(|_| invalid("at", "时间应写作 2020-06-01T09:00:00+08:00。"))
}

#[tonic::async_trait]
impl Audit for AuditService {
    async fn replay_case(
        &self,
        request: Request<ReplayCaseRequest>,
    ) -> Result<Response<ReplayCaseResponse>, Status> {
        let actor = Caller::of(&request)?.actor;
        Sight::asks(&actor)?;
        let request = request.into_inner();
        let now = self.context.clock.now();
        let at = instant(request.at.as_ref(), now)?;
        let facts = self.chain(&actor, &request.case_id).await?;
        let jurisdiction = self.context.directory.current();
        // Who holds the case now decides who may look, also at its past.
        let (state, _): (CaseState, _) =
            load_state::<case_domain::Case>(&self.context, &request.case_id).await?;
        let sight = Sight::of(
            &actor,
            state.owner.as_ref(),
            state.place.division.as_ref(),
            &jurisdiction,
        )?;
        let lens = Lens {
            jurisdiction: &jurisdiction,
            index: &self.index,
            sight,
        };
        Ok(Response::new(replay(&lens, &request.case_id, facts, at)))
    }

    async fn replay_stream(
        &self,
        request: Request<ReplayStreamRequest>,
    ) -> Result<Response<ReplayStreamResponse>, Status> {
        let actor = Caller::of(&request)?.actor;
        inspects(&actor, &[Role::Inspector])?;
        self.ready().await?;
        let stream = request.into_inner().stream;
        self.visible(&actor, &stream).await?;
        let facts = self.context.store.read_stream(&stream).await?;
        let last = facts.last().ok_or_else(|| refuse(PlatformRefusal::NotFound))?;
        let position = last.position;
        let jurisdiction = self.context.directory.current();
        let lens = Lens {
            jurisdiction: &jurisdiction,
            index: &self.index,
            sight: Sight::Whole,
        };
        let mut walk = Walk::new(&lens, &facts);
        let events = facts.iter().filter_map(|fact| walk.take(fact, true)).collect();
        Ok(Response::new(ReplayStreamResponse {
            stream,
            events,
            position,
        }))
    }

    async fn verify_chain(
        &self,
        request: Request<VerifyChainRequest>,
    ) -> Result<Response<VerifyChainResponse>, Status> {
        let actor = Caller::of(&request)?.actor;
        inspects(&actor, &VERIFYING)?;
        let store = &self.context.store;
        let jurisdiction = self.context.directory.current();
        let now = self.context.clock.now();
        let verification = match request.into_inner() {
            VerifyChainRequest {
                case_id: Some(case), ..
            } => {
                let streams = self.streams(&actor, &case).await?;
                Verification::of_streams(store, &jurisdiction, now, &streams, Extent::Chain).await?
            }
            VerifyChainRequest {
                stream: Some(stream), ..
            } => {
                self.ready().await?;
                self.visible(&actor, &stream).await?;
                Verification::of_streams(store, &jurisdiction, now, &[stream], Extent::Streams).await?
            }
            _ => {
                self.ready().await?;
                Verification::of_everything(store, &jurisdiction, now, &self.under_way).await?
            }
        };
        let answer = self.without_own(&actor, verification.answer()).await?;
        Ok(Response::new(answer))
    }

    async fn get_verification_progress(
        &self,
        request: Request<GetVerificationProgressRequest>,
    ) -> Result<Response<GetVerificationProgressResponse>, Status> {
        inspects(&Caller::of(&request)?.actor, &VERIFYING)?;
        let under_way = self.under_way.list();
        Ok(Response::new(GetVerificationProgressResponse { under_way }))
    }
}

/// The replay of a chain up to an instant. Pure.
pub(crate) fn replay(lens: &Lens<'_>, case: &str, facts: Vec<Recorded>, at: Timestamp) -> ReplayCaseResponse {
    let chain = chain::Chain { facts }.until(at);
    let mut walk = Walk::new(lens, &chain.facts);
    let events = chain
        .facts
        .iter()
        .filter_map(|fact| walk.take(fact, concerns(fact, case)))
        .collect();
    ReplayCaseResponse {
        case_id: case.to_owned(),
        at: at.to_string(),
        summary: walk.case().summary.clone(),
        place: walk.case().place.text.clone(),
        states: walk.states(),
        holders: walk.holders(at),
        position: chain.facts.last().map_or(0, |fact| fact.position),
        events,
    }
}
