//! The RPC of audit and replay.

use crate::chain::{self, Chain};
use crate::dossier;
use crate::holders::holders;
use crate::index::Index;
use crate::reader::{Reader, inspects, instant};
use crate::readings;
use crate::search;
use crate::seeing;
use crate::sight::Sight;
use crate::steps::{Lens, Walk};
use crate::threads;
use crate::under_way::UnderWay;
use crate::verify::Verification;
use invariants::Extent;
use jiff::Timestamp;
use jurisdiction::{Actor, CaseId, Jurisdiction, Role};
use mingcha_proto::audit::audit_server::Audit;
use mingcha_proto::audit::{
    GetCaseSightRequest, GetCaseSightResponse, GetTipSightRequest, GetTipSightResponse,
    GetVerificationProgressRequest, GetVerificationProgressResponse, ListReadingsRequest,
    ListReadingsResponse, PrintDossierRequest, PrintDossierResponse, PrintThreadRequest, PrintThreadResponse,
    ReplayCaseRequest, ReplayCaseResponse, ReplayStreamRequest, ReplayStreamResponse, ReplayThreadRequest,
    ReplayThreadResponse, SearchFactsRequest, SearchFactsResponse, VerifyChainRequest, VerifyChainResponse,
};
use platform::{Caller, Context, PlatformRefusal, Recorded, refuse};
use reading_domain::ReadingEvent;
use std::collections::BTreeSet;
use tonic::{Request, Response, Status};

/// Reads histories.
pub(crate) struct AuditService {
    reader: Reader,
    under_way: UnderWay,
}

/// Who proves whether histories are whole.
const VERIFYING: [Role; 2] = [Role::Inspector, Role::Supervisor];

impl AuditService {
    pub(crate) fn new(context: Context, index: Index) -> Self {
        Self {
            reader: Reader::new(context, index),
            under_way: UnderWay::default(),
        }
    }

    async fn verified(&self, actor: &Actor, case: &str) -> Result<VerifyChainResponse, Status> {
        let streams = self.reader.streams(actor, case).await?;
        let (jurisdiction, now) = (self.reader.jurisdiction(), self.reader.now());
        let store = &self.reader.context.store;
        let verification =
            Verification::of_streams(store, &jurisdiction, now, &streams, Extent::Chain).await?;
        self.reader.without_own(actor, verification.answer()).await
    }
}

/// What somebody sees of a case. Who holds it now decides who may look, also at its past.
fn sight(
    actor: &Actor,
    facts: &[Recorded],
    case: CaseId,
    jurisdiction: &Jurisdiction,
) -> Result<Sight, Status> {
    let state = chain::state(facts, &case.to_string());
    let (owner, division) = (state.owner.as_ref(), state.place.division.as_ref());
    Sight::of(actor, owner, division, jurisdiction)
}

fn case_id(case: &str) -> Result<CaseId, Status> {
    case.parse().map_err(|_| refuse(PlatformRefusal::BadIdentifier))
}

#[tonic::async_trait]
impl Audit for AuditService {
    async fn replay_case(
        &self,
        request: Request<ReplayCaseRequest>,
    ) -> Result<Response<ReplayCaseResponse>, Status> {
        let caller = Caller::of(&request)?;
        Sight::asks(&caller.actor)?;
        let request = request.into_inner();
        let asked = instant("at", request.at.as_ref())?;
        let case = case_id(&request.case_id)?;
        let mut facts = self.reader.chain(&caller.actor, &request.case_id).await?;
        let jurisdiction = self.reader.jurisdiction();
        let sight = sight(&caller.actor, &facts, case, &jurisdiction)?;
        if sight == Sight::Whole {
            facts = readings::beside(&self.reader, &caller.actor, facts).await?;
        }
        let lens = Lens {
            jurisdiction: &jurisdiction,
            index: &self.reader.index,
            sight,
        };
        let at = asked.unwrap_or_else(|| self.reader.now());
        let history = replay(&lens, &case.to_string(), facts, at);
        let reading = ReadingEvent::CaseReplayed { case, at: asked };
        self.reader.record(caller, reading).await?;
        Ok(Response::new(history))
    }

    async fn replay_thread(
        &self,
        request: Request<ReplayThreadRequest>,
    ) -> Result<Response<ReplayThreadResponse>, Status> {
        let caller = Caller::of(&request)?;
        Sight::asks(&caller.actor)?;
        let request = request.into_inner();
        let asked = instant("at", request.at.as_ref())?;
        self.reader.ready().await?;
        let history = threads::replay(&self.reader, &caller.actor, &request.subject, asked).await?;
        let reading = ReadingEvent::ThreadReplayed {
            subject: history.subject.clone(),
            at: asked,
        };
        self.reader.record(caller, reading).await?;
        Ok(Response::new(history))
    }

    async fn replay_stream(
        &self,
        request: Request<ReplayStreamRequest>,
    ) -> Result<Response<ReplayStreamResponse>, Status> {
        let caller = Caller::of(&request)?;
        inspects(&caller.actor, &[Role::Inspector])?;
        self.reader.ready().await?;
        let stream = request.into_inner().stream;
        self.reader.visible(&caller.actor, &stream).await?;
        let facts = self.reader.context.store.read_stream(&stream).await?;
        // Readings have a list of their own, which knows who must not see them.
        let last = facts.last().filter(|_| !readings::is_reading(&stream));
        let position = last.ok_or_else(|| refuse(PlatformRefusal::NotFound))?.position;
        let jurisdiction = self.reader.jurisdiction();
        let lens = Lens {
            jurisdiction: &jurisdiction,
            index: &self.reader.index,
            sight: Sight::Whole,
        };
        let mut walk = Walk::new(&lens, &facts, &stream);
        let events = facts.iter().filter_map(|fact| walk.take(fact, true)).collect();
        let reading = ReadingEvent::StreamReplayed {
            stream: stream.clone(),
        };
        self.reader.record(caller, reading).await?;
        Ok(Response::new(ReplayStreamResponse {
            stream,
            events,
            position,
        }))
    }

    async fn get_case_sight(
        &self,
        request: Request<GetCaseSightRequest>,
    ) -> Result<Response<GetCaseSightResponse>, Status> {
        let caller = Caller::of(&request)?;
        inspects(&caller.actor, &[Role::Inspector])?;
        let request = request.into_inner();
        let asked = instant("at", request.at.as_ref())?;
        let case = case_id(&request.case_id)?;
        let seen = seeing::of_a_case(&self.reader, &caller.actor, case, asked).await?;
        let reading = ReadingEvent::SightExamined { case, at: asked };
        self.reader.record(caller, reading).await?;
        Ok(Response::new(seen))
    }

    async fn get_tip_sight(
        &self,
        request: Request<GetTipSightRequest>,
    ) -> Result<Response<GetTipSightResponse>, Status> {
        let caller = Caller::of(&request)?;
        inspects(&caller.actor, &[Role::Inspector])?;
        let request = request.into_inner();
        let asked = instant("at", request.at.as_ref())?;
        let tip = request.tip_id.parse();
        let tip = tip.map_err(|_| refuse(PlatformRefusal::BadIdentifier))?;
        self.reader.ready().await?;
        let seen = seeing::of_a_tip(&self.reader, &caller.actor, tip, asked).await?;
        let reading = ReadingEvent::TipSightExamined { tip, at: asked };
        self.reader.record(caller, reading).await?;
        Ok(Response::new(seen))
    }

    async fn print_dossier(
        &self,
        request: Request<PrintDossierRequest>,
    ) -> Result<Response<PrintDossierResponse>, Status> {
        let caller = Caller::of(&request)?;
        Sight::asks(&caller.actor)?;
        let request = request.into_inner();
        let asked = instant("at", request.at.as_ref())?;
        let case = case_id(&request.case_id)?;
        let facts = self.reader.chain(&caller.actor, &request.case_id).await?;
        let jurisdiction = self.reader.jurisdiction();
        let lens = Lens {
            jurisdiction: &jurisdiction,
            index: &self.reader.index,
            sight: sight(&caller.actor, &facts, case, &jurisdiction)?,
        };
        let now = self.reader.now();
        let history = replay(&lens, &case.to_string(), facts, asked.unwrap_or(now));
        let verified = self.verified(&caller.actor, &request.case_id).await?;
        let printed = (&history).into();
        let html = dossier::print(&printed, &verified, &lens.actor(&caller.actor).text, now);
        let html = html.map_err(|error| Status::internal(error.to_string()))?;
        let reading = ReadingEvent::DossierPrinted { case, at: asked };
        self.reader.record(caller, reading).await?;
        Ok(Response::new(PrintDossierResponse { html }))
    }

    async fn print_thread(
        &self,
        request: Request<PrintThreadRequest>,
    ) -> Result<Response<PrintThreadResponse>, Status> {
        let caller = Caller::of(&request)?;
        Sight::asks(&caller.actor)?;
        let request = request.into_inner();
        let asked = instant("at", request.at.as_ref())?;
        self.reader.ready().await?;
        let history = threads::print(&self.reader, &caller.actor, &request.subject, asked).await?;
        let (jurisdiction, now) = (self.reader.jurisdiction(), self.reader.now());
        let streams: BTreeSet<_> = history.events.iter().map(|event| event.stream.clone()).collect();
        let streams: Vec<_> = streams.into_iter().collect();
        let store = &self.reader.context.store;
        let verification =
            Verification::of_streams(store, &jurisdiction, now, &streams, Extent::Streams).await?;
        let verified = self
            .reader
            .without_own(&caller.actor, verification.answer())
            .await?;
        let lens = Lens {
            jurisdiction: &jurisdiction,
            index: &self.reader.index,
            sight: Sight::Unsealed,
        };
        let printed = (&history).into();
        let html = dossier::print(&printed, &verified, &lens.actor(&caller.actor).text, now);
        let html = html.map_err(|error| Status::internal(error.to_string()))?;
        let subject = history.subject;
        let reading = ReadingEvent::ThreadPrinted { subject, at: asked };
        self.reader.record(caller, reading).await?;
        Ok(Response::new(PrintThreadResponse { html }))
    }

    async fn search_facts(
        &self,
        request: Request<SearchFactsRequest>,
    ) -> Result<Response<SearchFactsResponse>, Status> {
        let caller = Caller::of(&request)?;
        inspects(&caller.actor, &VERIFYING)?;
        self.reader.ready().await?;
        let (found, reading) = search::facts(&self.reader, &caller.actor, request.get_ref()).await?;
        self.reader.record(caller, reading).await?;
        Ok(Response::new(found))
    }

    async fn list_readings(
        &self,
        request: Request<ListReadingsRequest>,
    ) -> Result<Response<ListReadingsResponse>, Status> {
        let actor = Caller::of(&request)?.actor;
        inspects(&actor, &[Role::Inspector])?;
        self.reader.ready().await?;
        let listed = readings::list(&self.reader, &actor, request.get_ref()).await?;
        Ok(Response::new(listed))
    }

    async fn verify_chain(
        &self,
        request: Request<VerifyChainRequest>,
    ) -> Result<Response<VerifyChainResponse>, Status> {
        let actor = Caller::of(&request)?.actor;
        inspects(&actor, &VERIFYING)?;
        self.reader.ready().await?;
        let store = &self.reader.context.store;
        let (jurisdiction, now) = (self.reader.jurisdiction(), self.reader.now());
        let verification = match request.into_inner() {
            VerifyChainRequest {
                case_id: Some(case), ..
            } => return self.verified(&actor, &case).await.map(Response::new),
            VerifyChainRequest {
                stream: Some(stream), ..
            } => {
                self.reader.visible(&actor, &stream).await?;
                if readings::is_reading(&stream) && !actor.is(Role::Inspector) {
                    return Err(refuse(PlatformRefusal::NotFound));
                }
                Verification::of_streams(store, &jurisdiction, now, &[stream], Extent::Streams).await?
            }
            _ => {
                // Readings are inspectors' business, their number as well.
                let counted =
                    |fact: &Recorded| actor.is(Role::Inspector) || !readings::is_reading(&fact.stream);
                Verification::of_everything(store, &jurisdiction, now, &self.under_way, counted).await?
            }
        };
        let answer = self.reader.without_own(&actor, verification.answer()).await?;
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
    let chain = Chain { facts }.until(at);
    let mut walk = Walk::new(lens, &chain.facts, &format!("case-{case}"));
    let cases = chain::cases(&chain.facts);
    let events = chain
        .facts
        .iter()
        .filter_map(|fact| walk.take(fact, chain::concerns(fact, &cases)))
        .collect();
    ReplayCaseResponse {
        case_id: case.to_owned(),
        at: at.to_string(),
        summary: walk.case().summary.clone(),
        place: walk.case().place.text.clone(),
        states: walk.states(),
        holders: holders(lens, walk.case(), at, &chain.facts),
        position: chain.facts.last().map_or(0, |fact| fact.position),
        events,
    }
}
