//! Exposures 警示曝光 as they are published, now or at a past instant.

use crate::board;
use disposal_domain::{Disposal, Exposure};
use jiff::Timestamp;
use jurisdiction::{CaseId, Jurisdiction, UnitCode};
use mingcha_proto::disposal::PublishedExposure;
use platform::{Context, load_state_as_of};
use std::cmp::Reverse;
use tonic::Status;

pub(crate) fn published(
    (exposure, area, at): (&Exposure, &UnitCode, Timestamp),
    jurisdiction: &Jurisdiction,
) -> PublishedExposure {
    PublishedExposure {
        enterprise: exposure.enterprise.clone(),
        area: area.to_string(),
        area_name: jurisdiction.unit_name(area),
        facts: exposure.facts.clone(),
        published_at: at.to_string(),
    }
}

/// What stood published then, the newest first; units are called as they were.
pub(crate) async fn of_then(
    context: &Context,
    cases: Vec<CaseId>,
    at: Timestamp,
) -> Result<Vec<PublishedExposure>, Status> {
    let jurisdiction = context.directory.as_of(at);
    let mut found = Vec::new();
    for case in cases {
        let state = load_state_as_of::<Disposal>(context, &case.to_string(), at).await?;
        if let Some(exposed) = board::exposed(&state) {
            found.push((Reverse(exposed.2), published(exposed, &jurisdiction)));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    Ok(found.into_iter().map(|(_, exposure)| exposure).collect())
}
