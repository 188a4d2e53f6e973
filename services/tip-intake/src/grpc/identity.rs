//! Opening a reporter's identity, and what is told of it.

use super::TipIntakeService;
use crate::inbound::sealing_failed;
use decider::Refusal;
use jiff::Timestamp;
use jurisdiction::{Actor, Jurisdiction, Role};
use mingcha_proto::intake::{
    Contact, GetTipByReceiptResponse, ReadCustodyRequest, ReadCustodyResponse, RevealEntry,
    RevealIdentityRequest, RevealIdentityResponse, RevealNotice, RewardEntry, RewardNotice,
};
use platform::{Caller, PlatformRefusal, refuse};
use tip_domain::{
    Compartment, Progress, Reveal, RevealAnswer, Reward, RewardProgress, Sealed, TipCommand, TipEvent,
    TipRefusal, TipState, identity_is_kept, may_be_rewarded,
};
use tonic::{Request, Response, Status};

impl TipIntakeService {
    /// The fact first, then the key: whoever reads an identity is on record before the first letter is decrypted.
    pub(super) async fn reveal(
        &self,
        request: Request<RevealIdentityRequest>,
    ) -> Result<Response<RevealIdentityResponse>, Status> {
        let caller = Caller::of(&request)?;
        let tip_id = request.into_inner().tip_id;
        let done = self
            .desk
            .execute(caller.clone(), &tip_id, &TipCommand::RevealIdentity);
        let position = done.await?.into_inner().position;
        let sealed = self.opened_by(&caller, &tip_id).await?;
        let owner = format!("tip-{tip_id}");
        let opened = self
            .vault
            .keyring
            .open_sealed(&owner, &sealed)
            .map_err(sealing_failed)?;
        // The parser's error would quote what it read.
        let contact: Contact = serde_json::from_slice(&opened)
            .map_err(|_| platform::broken("举报人身份无法读取。", "请联系系统管理员。"))?;
        Ok(Response::new(RevealIdentityResponse {
            tip_id,
            contact: Some(contact),
            position,
        }))
    }

    /// The sealed identity, for the very command that is on record as its opening. A command that is sent again after its
    /// answer was lost is answered again while the approval holds; any other command under a known id is not.
    async fn opened_by(&self, caller: &Caller, tip_id: &str) -> Result<Sealed, Status> {
        let (mut identity, mut until, mut opened) = (None, None, false);
        let history = self
            .desk
            .context
            .store
            .read_stream(&format!("tip-{tip_id}"))
            .await?;
        for recorded in history {
            match decider::decode::<TipEvent>(&recorded.name, recorded.data) {
                Ok(TipEvent::TipReceived { identity: sealed, .. }) => identity = sealed,
                Ok(TipEvent::IdentityRevealApproved { until: end, .. }) => {
                    (until, opened) = (Some(end), false);
                }
                Ok(TipEvent::IdentityRevealed { .. }) => {
                    let metadata = &recorded.metadata;
                    opened = metadata.command_id == caller.command_id.0 && metadata.actor == caller.actor;
                }
                _ => {}
            }
        }
        let holds = until.is_some_and(|until| self.desk.context.clock.now() < until);
        match identity {
            Some(sealed) if opened && holds => Ok(sealed),
            _ => Err(refuse(TipRefusal::RevealNotApproved)),
        }
    }

    pub(super) async fn custody(
        &self,
        request: Request<ReadCustodyRequest>,
    ) -> Result<Response<ReadCustodyResponse>, Status> {
        let actor = Caller::of(&request)?.actor;
        let tip_id = request.into_inner().tip_id;
        let (state, _) = self.desk.state(&tip_id).await?;
        let jurisdiction = self.desk.context.directory.current();
        if state.progress == Progress::Absent || state.against.hides_from(&actor, &jurisdiction) {
            return Err(refuse(TipRefusal::NotReceived));
        }
        // Whether somebody left a name is told to those who may ask for it, not to those who agree to others' asking.
        let asks = jurisdiction.may_ask_for_identity(&actor);
        let custodian = asks || jurisdiction.may_agree_to_open_identity(&actor);
        let proposes = dispatches(&actor, &state, &jurisdiction);
        if !custodian && !proposes {
            return Err(refuse(PlatformRefusal::WrongRole));
        }
        let no_reward = match proposes {
            true => because(may_be_rewarded(&state, self.site(&tip_id, &state).await?)),
            false => None,
        };
        let now = self.desk.context.clock.now();
        let reveals = state.reveals.iter().filter(|_| custodian);
        Ok(Response::new(ReadCustodyResponse {
            reveals: reveals
                .map(|reveal| reveal_entry(reveal, now, &jurisdiction))
                .collect(),
            rewards: state.rewards.iter().map(reward_entry).collect(),
            no_reveal: because(identity_is_kept(&state)).filter(|_| asks),
            no_reward,
            tip_id,
        }))
    }
}

/// What is said to whoever would try.
fn because(allowed: Result<(), TipRefusal>) -> Option<String> {
    allowed.err().map(|refusal| refusal.reason().to_string())
}

fn dispatches(actor: &Actor, state: &TipState, jurisdiction: &Jurisdiction) -> bool {
    let city = jurisdiction.city().map(|city| &city.code);
    let authority = state.against.authority(jurisdiction).map(|unit| &unit.code);
    let within = authority.or(state.place.division.as_ref()).or(city);
    actor.is(Role::Dispatcher) && within.is_some_and(|within| jurisdiction.actor_covers(actor, within))
}

fn reveal_entry(reveal: &Reveal, now: Timestamp, jurisdiction: &Jurisdiction) -> RevealEntry {
    let until = match reveal.answer {
        Some(RevealAnswer::Approved { until }) => Some(until),
        _ => None,
    };
    let state = match &reveal.answer {
        None => "open",
        Some(RevealAnswer::Refused { .. }) => "refused",
        Some(RevealAnswer::Approved { .. }) if reveal.opened_at.is_some() => "opened",
        Some(RevealAnswer::Approved { until }) if now >= *until => "expired",
        Some(RevealAnswer::Approved { .. }) => "approved",
    };
    let unit = reveal.requested_by.unit();
    RevealEntry {
        request: reveal.request,
        reason: reveal.reason.clone(),
        requested_at: reveal.requested_at.to_string(),
        requested_by: account(&reveal.requested_by),
        requested_by_unit: unit.map(|unit| jurisdiction.unit_name(unit)).unwrap_or_default(),
        state: state.to_owned(),
        until: until.map(|until| until.to_string()),
        answered_by: reveal.answered_by.as_ref().map(account),
        opened_at: reveal.opened_at.map(|at| at.to_string()),
    }
}

fn reward_entry(reward: &Reward) -> RewardEntry {
    RewardEntry {
        rules: reward.rules.clone(),
        fine_fen: reward.fine_fen,
        amount_fen: reward.amount_fen,
        proposed_at: reward.proposed_at.to_string(),
        proposed_by: account(&reward.proposed_by),
        state: reward_state(&reward.progress).to_owned(),
        at: reward.at.to_string(),
        reason: refused_because(&reward.progress),
    }
}

fn account(actor: &Actor) -> String {
    actor.person().map(ToString::to_string).unwrap_or_default()
}

fn reward_state(progress: &RewardProgress) -> &'static str {
    match progress {
        RewardProgress::Proposed => "proposed",
        RewardProgress::Approved => "approved",
        RewardProgress::Refused { .. } => "refused",
        RewardProgress::Paid => "paid",
    }
}

fn refused_because(progress: &RewardProgress) -> Option<String> {
    match progress {
        RewardProgress::Refused { reason } => Some(reason.clone()),
        _ => None,
    }
}

/// What has been destroyed, as codes.
pub(super) fn erased_codes(state: &TipState) -> Vec<String> {
    let compartments = state.erased.compartments.iter();
    compartments
        .map(|compartment| compartment.code().to_owned())
        .collect()
}

/// The reporter's own share of it: every opening with office and reason, what is destroyed, how the reward stands.
pub(super) fn told_of_the_sealed_side(
    state: &TipState,
    jurisdiction: &Jurisdiction,
) -> GetTipByReceiptResponse {
    let opened = state.reveals.iter().filter_map(|reveal| {
        let unit = reveal.requested_by.unit();
        Some(RevealNotice {
            at: reveal.opened_at?.to_string(),
            office: unit.map(|unit| jurisdiction.unit_name(unit)).unwrap_or_default(),
            reason: reveal.reason.clone(),
        })
    });
    let reward = state.rewards.last().map(|reward| {
        let agreed = matches!(reward.progress, RewardProgress::Approved | RewardProgress::Paid);
        RewardNotice {
            state: reward_state(&reward.progress).to_owned(),
            at: reward.at.to_string(),
            amount_fen: agreed.then_some(reward.amount_fen),
            reason: refused_because(&reward.progress),
        }
    });
    GetTipByReceiptResponse {
        reveals: opened.collect(),
        erased: erased_codes(state),
        erased_at: state.erased.at.map(|at| at.to_string()),
        reward,
        has_contact: state.has_identity && !state.is_erased(Compartment::Identity),
        ..GetTipByReceiptResponse::default()
    }
}
