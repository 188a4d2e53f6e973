//! The RPC of audit and replay.

use crate::chain::{self, Chain};
use crate::mail::MailIndex;
use crate::replay;
use crate::verify::Verification;
use case_domain::CaseState;
use jiff::Timestamp;
use jurisdiction::{Actor, CaseId, Role};
use mingcha_proto::audit::audit_server::Audit;
use mingcha_proto::audit::{
    ReplayCaseRequest, ReplayCaseResponse, ReplayStreamRequest, ReplayStreamResponse, VerifyChainRequest,
    VerifyChainResponse,
};
use platform::{Caller, Context, Followed, PlatformRefusal, invalid, refuse};
use tonic::{Request, Response, Status};

pub struct AuditService {
    context: Context,
    mail: MailIndex,
}

impl AuditService {
    pub(crate) fn new(context: Context, mail: MailIndex) -> Self {
        Self { context, mail }
    }

    async fn chain(&self, case_id: &str, until: Option<Timestamp>) -> Result<Chain, Status> {
        case_id
            .parse::<CaseId>()
            .map_err(|_| invalid("case_id", "不是正确的案件编号。"))?;
        self.mail.ready().await;
        let chain = chain::read(&self.context.store, &self.mail, case_id, until).await?;
        chain.ok_or_else(|| refuse(PlatformRefusal::NotFound))
    }

    /// Inspectors and supervisors see every case; leaders and dispatchers those of their subtree.
    fn may_replay(&self, actor: &Actor, case: &CaseState) -> Result<(), Status> {
        let jurisdiction = self.context.directory.current();
        match actor {
            Actor::Staff {
                role: Role::Inspector | Role::Supervisor,
                ..
            } => Ok(()),
            Actor::Staff {
                role: Role::Leader | Role::Dispatcher,
                unit,
                ..
            } => {
                let place = case.owner.as_ref().or(case.place.division.as_ref());
                let place = place.or(jurisdiction.city().map(|city| &city.code));
                let covered = place.is_some_and(|place| jurisdiction.covers(unit, place));
                if covered {
                    Ok(())
                } else {
                    Err(refuse(PlatformRefusal::OutsideSubtree))
                }
            }
            _ => Err(refuse(PlatformRefusal::WrongRole)),
        }
    }

    async fn verify_everything(&self) -> VerifyChainResponse {
        let mut verification = Verification::default();
        let mut facts = self.context.store.follow(None, &[]);
        while let Some(item) = facts.recv().await {
            match item {
                Followed::Event(fact) => verification.take(&fact),
                Followed::CaughtUp => break,
                Followed::Checkpoint(_) => {}
            }
        }
        verification.finished()
    }
}

fn inspector_only<T>(request: &Request<T>) -> Result<(), Status> {
    if Caller::of(request)?.actor.is(Role::Inspector) {
        Ok(())
    } else {
        Err(refuse(PlatformRefusal::WrongRole))
    }
}

#[tonic::async_trait]
impl Audit for AuditService {
    async fn replay_case(
        &self,
        request: Request<ReplayCaseRequest>,
    ) -> Result<Response<ReplayCaseResponse>, Status> {
        let caller = Caller::of(&request)?;
        let ReplayCaseRequest { case_id, at } = request.into_inner();
        let until = at.map(|at| at.parse::<Timestamp>()).transpose();
        let until = until.map_err(|_| invalid("at", "时刻应写作 2020-06-01T08:00:00+08:00 的形式。"))?;
        let chain = self.chain(&case_id, until).await?;
        self.may_replay(&caller.actor, &chain.case)?;
        let at = until.unwrap_or_else(|| self.context.clock.now());
        let jurisdiction = self.context.directory.current();
        Ok(Response::new(replay::of_case(
            &case_id,
            &chain,
            at,
            &jurisdiction,
        )))
    }

    async fn replay_stream(
        &self,
        request: Request<ReplayStreamRequest>,
    ) -> Result<Response<ReplayStreamResponse>, Status> {
        inspector_only(&request)?;
        let stream = request.into_inner().stream;
        let facts = self.context.store.read_stream(&stream).await?;
        let position = facts
            .last()
            .ok_or_else(|| refuse(PlatformRefusal::NotFound))?
            .position;
        let (events, _) = replay::of_facts(&facts, None, &self.context.directory.current());
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
        inspector_only(&request)?;
        let facts = match request.into_inner() {
            VerifyChainRequest {
                case_id: Some(case_id),
                ..
            } => self.chain(&case_id, None).await?.facts,
            VerifyChainRequest {
                stream: Some(stream), ..
            } => self.context.store.read_stream(&stream).await?,
            _ => return Ok(Response::new(self.verify_everything().await)),
        };
        let mut verification = Verification::default();
        facts.iter().for_each(|fact| verification.take(fact));
        Ok(Response::new(verification.finished()))
    }
}
