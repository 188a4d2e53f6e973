//! Conflict of interest: whom a history is about. For them it does not exist, whatever role they hold and whatever the instant
//! that they ask for.

use crate::chain;
use crate::index::Index;
use jurisdiction::{Against, CaseId, Subject, TipId};
use notification_domain::NotificationEvent;
use platform::{Recorded, Store, StoreError};
use serde_json::Value;
use std::collections::BTreeSet;

/// Kinds of streams whose facts may say whom they are about.
const SAYING: [&str; 3] = ["tip-", "case-", "disposal-"];

/// What facts say of whom they are about. Facts of every kind spell it alike; who is once in conflict stays so.
pub(crate) fn against(facts: &[Recorded]) -> Against {
    let said = facts
        .iter()
        .filter(|fact| SAYING.iter().any(|prefix| fact.stream.starts_with(prefix)))
        .filter_map(|fact| fact.data.get("against"))
        .filter_map(|said| serde_json::from_value::<Against>(said.clone()).ok());
    said.fold(Against::default(), Against::and)
}

/// Whom a single stream is about: that of a disposal, a clock or a message is about whom its case or tip is about.
///
/// # Errors
/// If the store cannot be reached or holds an unreadable fact.
pub(crate) async fn of_stream(store: &Store, index: &Index, stream: &str) -> Result<Against, StoreError> {
    let Some((category, id)) = stream.split_once('-') else {
        return Ok(Against::default());
    };
    match category {
        "case" | "disposal" => of_case(store, index, id).await,
        "tip" => of_tip(store, index, id).await,
        "accountability" => {
            let of_case = of_case(store, index, id).await?;
            Ok(of_case.and(of_tip(store, index, id).await?))
        }
        "notification" => match subject_of_mail(&store.read_stream(stream).await?) {
            Some(Subject::Case(case)) => of_case(store, index, &case.to_string()).await,
            Some(Subject::Tip(tip)) => of_tip(store, index, &tip.to_string()).await,
            Some(Subject::Unit(_)) | None => Ok(Against::default()),
        },
        _ => Ok(Against::default()),
    }
}

async fn of_case(store: &Store, index: &Index, id: &str) -> Result<Against, StoreError> {
    match id.parse::<CaseId>() {
        Ok(case) => Ok(against(
            &chain::read(store, index, &case.to_string()).await?.facts,
        )),
        Err(_) => Ok(Against::default()),
    }
}

/// Whoever may not know of a case cannot know of the tips that led to it.
async fn of_tip(store: &Store, index: &Index, id: &str) -> Result<Against, StoreError> {
    let Ok(tip) = id.parse::<TipId>() else {
        return Ok(Against::default());
    };
    let facts = store.read_stream(&format!("tip-{tip}")).await?;
    let named = facts.iter().filter_map(|fact| fact.data.get("case"));
    let cases: BTreeSet<&str> = named.filter_map(Value::as_str).collect();
    let mut found = against(&facts);
    for case in cases {
        found = found.and(of_case(store, index, case).await?);
    }
    Ok(found)
}

fn subject_of_mail(facts: &[Recorded]) -> Option<Subject> {
    facts.iter().find_map(
        |fact| match decider::decode::<NotificationEvent>(&fact.name, fact.data.clone()) {
            Ok(NotificationEvent::NotificationRequested { about, .. }) => Some(about),
            _ => None,
        },
    )
}
