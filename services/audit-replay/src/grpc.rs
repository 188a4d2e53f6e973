//! The RPC of audit and replay.

use crate::chain::{self, concerns};
use crate::index::Index;
use crate::sight::Sight;
use crate::steps::{Lens, Walk};
use crate::verify::Verification;
use case_domain::CaseState;
use jiff::Timestamp;
use jurisdiction::{Actor, CaseId, Role};
use mingcha_proto::audit::audit_server::Audit;
use mingcha_proto::audit::{
    ReplayCaseRequest, ReplayCaseResponse, ReplayStreamRequest, ReplayStreamResponse, VerifyChainRequest,
    VerifyChainResponse,
};
use platform::{Caller, Context, PlatformRefusal, Recorded, StoreError, invalid, load_state, refuse};
use std::time::Duration;
use tonic::{Request, Response, Status};

/// Longer than this nobody waits for the index after a start.
const PATIENCE: Duration = Duration::from_secs(5);

/// Reads histories.
pub(crate) struct AuditService {
    context: Context,
    index: Index,
}

impl AuditService {
    pub(crate) fn new(context: Context, index: Index) -> Self {
        Self { context, index }
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

    /// The chain of a case.
    async fn chain(&self, case: &str) -> Result<Vec<Recorded>, Status> {
        self.ready().await?;
        let chain = chain::read(&self.context.store, &self.index, &identity(case)?).await?;
        if chain.facts.is_empty() {
            return Err(refuse(PlatformRefusal::NotFound));
        }
        Ok(chain.facts)
    }

    /// The streams of the chain of a case. If one of them cannot be read, that one and what every case has: a damaged
    /// history must not be the one that nobody can verify.
    async fn streams(&self, case: &str) -> Result<Vec<String>, Status> {
        self.ready().await?;
        let case = identity(case)?;
        match chain::read(&self.context.store, &self.index, &case).await {
            Ok(chain) if chain.facts.is_empty() => Err(refuse(PlatformRefusal::NotFound)),
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
        let request = request.into_inner();
        let now = self.context.clock.now();
        let at = instant(request.at.as_ref(), now)?;
        let facts = self.chain(&request.case_id).await?;
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
        inspects(&Caller::of(&request)?.actor, &[Role::Inspector])?;
        self.ready().await?;
        let stream = request.into_inner().stream;
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
        inspects(&Caller::of(&request)?.actor, &[Role::Inspector, Role::Supervisor])?;
        let store = &self.context.store;
        let verification = match request.into_inner() {
            VerifyChainRequest {
                case_id: Some(case), ..
            } => {
                let streams = self.streams(&case).await?;
                Verification::of_streams(store, &streams).await?
            }
            VerifyChainRequest {
                stream: Some(stream), ..
            } => Verification::of_streams(store, &[stream]).await?,
            _ => Verification::of_everything(store).await,
        };
        Ok(Response::new(verification.answer()))
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
