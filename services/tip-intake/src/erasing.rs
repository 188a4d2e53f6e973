//! What erasure destroys outside the history: messages that wait, keys, photos. May be done again at any time, and is: the
//! fact is recorded first, and whoever hears of it finishes what a crash has interrupted.

use crate::Vault;
use crate::evidence::EvidenceError;
use crate::seal::SealError;
use mingcha_proto::intake::Contact;
use platform::{Context, Followed, Store, StoreError};
use std::sync::Arc;
use tip_domain::{Compartment, Sealed, TipEvent};

const ERASED: &str = "tip.reporter_erased.v1";

/// Why it could not be finished yet.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ErasingError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Evidence(#[from] EvidenceError),
    #[error("{0}")]
    Keyring(SealError),
    #[error("the work was broken off: {0}")]
    BrokenOff(String),
}

/// Destroys everything that the facts of the tip say is erased.
///
/// # Errors
/// If something is out of reach; what is left is destroyed when it is called again.
pub(crate) async fn finish(store: &Store, vault: &Arc<Vault>, tip: &str) -> Result<(), ErasingError> {
    let owner = format!("tip-{tip}");
    let mut contact = None;
    let mut erased = Vec::new();
    for recorded in store.read_stream(&owner).await? {
        match decider::decode::<TipEvent>(&recorded.name, recorded.data) {
            Ok(TipEvent::TipReceived { identity, .. }) => contact = identity,
            Ok(TipEvent::ReporterErased { compartments, .. }) => erased.extend(compartments),
            _ => {}
        }
    }
    let vault = Arc::clone(vault);
    let work = move || destroy(&vault, &owner, &erased, contact.as_ref());
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|e| ErasingError::BrokenOff(e.to_string()))?
}

/// Finishes every erasure on record once more.
pub(crate) async fn again(context: Context, vault: Arc<Vault>) {
    let mut facts = context.store.follow_readable(None, &["tip-"]);
    loop {
        let item = tokio::select! {
            item = facts.recv() => item,
            () = context.shutdown.cancelled() => return,
        };
        match item {
            Some(Followed::Event(fact)) if fact.name == ERASED => {
                if let Err(error) = finish(&context.store, &vault, fact.subject()).await {
                    tracing::warn!(%error, "an erasure is finished when its fact is heard of");
                }
            }
            Some(Followed::Event(_) | Followed::Checkpoint(_)) => {}
            Some(Followed::CaughtUp) | None => return,
        }
    }
}

/// Messages go first: without the key nobody would know which to take back. Photos go last: without the key nobody can
/// bring new ones meanwhile.
fn destroy(
    vault: &Vault,
    owner: &str,
    erased: &[Compartment],
    contact: Option<&Sealed>,
) -> Result<(), ErasingError> {
    if erased.contains(&Compartment::Identity)
        && let Some(number) = contact.and_then(|sealed| number_of(vault, owner, sealed))
    {
        vault.outbox.forget(&number).map_err(ErasingError::Keyring)?;
    }
    for compartment in erased {
        let destroyed = vault.keyring.destroy(owner, *compartment);
        destroyed.map_err(ErasingError::Keyring)?;
    }
    if erased.contains(&Compartment::Content) {
        vault.evidence.destroy(owner)?;
    }
    Ok(())
}

/// `None` if the key is gone already, or no number was left.
fn number_of(vault: &Vault, owner: &str, sealed: &Sealed) -> Option<String> {
    let bytes = vault.keyring.open_sealed(owner, sealed).ok()?;
    let contact: Contact = serde_json::from_slice(&bytes).ok()?;
    Some(contact.phone).filter(|number| !number.is_empty())
}

#[cfg(test)]
mod tests;
