//! Draws as they are published, and how anybody does one again from what is published alone.

use disposal_domain::draw::{DrawState, Strata, choose, digest, is_as_announced};
use mingcha_proto::disposal::{DrawStratum, DrawSummary, GetDrawResponse};

/// What came of doing a published draw again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redrawn {
    /// The digest of the published list.
    pub digest: String,
    /// The sites that list and seed lead to; nothing while the seed is not known.
    pub chosen: Strata,
    /// The published digest is that of the published list.
    pub same_digest: bool,
    /// The published choice is the one that list and seed lead to.
    pub same_choice: bool,
}

impl Redrawn {
    pub fn is_equal(&self) -> bool {
        self.same_digest && self.same_choice
    }
}

/// Does a draw again from the public list alone.
///
/// # Errors
/// If a code or number in it is malformed, in Chinese.
pub fn redraw(draw: &GetDrawResponse) -> Result<Redrawn, String> {
    let list = strata(&draw.list)?;
    let percent = u8::try_from(draw.percent).map_err(|_| "抽查比例不对".to_owned())?;
    let digits = draw.digits.map(u8::try_from).transpose();
    let digits = digits.map_err(|_| "种子的位数不对".to_owned())?;
    if draw
        .seed
        .as_deref()
        .is_some_and(|seed| !is_as_announced(seed, digits))
    {
        return Err("公布的种子不是公告的那么多位数字".to_owned());
    }
    let chosen = match &draw.seed {
        Some(seed) => choose(&list, seed, percent, draw.at_least),
        None => Strata::new(),
    };
    let digest = digest(&list);
    Ok(Redrawn {
        same_digest: digest == draw.digest,
        same_choice: chosen == strata(&draw.chosen)?,
        digest,
        chosen,
    })
}

pub(crate) fn published(id: &str, draw: &DrawState) -> GetDrawResponse {
    GetDrawResponse {
        draw_id: id.to_owned(),
        round: draw.round,
        announced_at: draw.announced_at.map(|at| at.to_string()).unwrap_or_default(),
        list: messages(&draw.list),
        position: draw.position,
        digest: draw.digest.clone(),
        percent: draw.percent.into(),
        at_least: draw.at_least,
        source: draw.source.clone(),
        digits: draw.digits.map(u32::from),
        seed_at: draw.seed_at.map(|at| at.to_string()).unwrap_or_default(),
        seed: draw.seed.clone(),
        made_at: draw.made_at.map(|at| at.to_string()),
        chosen: messages(&draw.chosen),
        cancelled_at: draw.cancelled.as_ref().map(|cancelled| cancelled.at.to_string()),
        cancelled_because: draw.cancelled.as_ref().map(|cancelled| cancelled.reason.clone()),
    }
}

pub(crate) fn summary(id: &str, draw: &DrawState) -> DrawSummary {
    let count = |strata: &Strata| strata.values().map(|cases| cases.len() as u32).sum();
    DrawSummary {
        draw_id: id.to_owned(),
        round: draw.round,
        announced_at: draw.announced_at.map(|at| at.to_string()).unwrap_or_default(),
        source: draw.source.clone(),
        seed_at: draw.seed_at.map(|at| at.to_string()).unwrap_or_default(),
        seed: draw.seed.clone(),
        listed: count(&draw.list),
        chosen: count(&draw.chosen),
        cancelled_because: draw.cancelled.as_ref().map(|cancelled| cancelled.reason.clone()),
    }
}

fn messages(strata: &Strata) -> Vec<DrawStratum> {
    let message = |(county, cases): (&jurisdiction::UnitCode, &std::collections::BTreeSet<_>)| DrawStratum {
        county: county.to_string(),
        case_ids: cases.iter().map(jurisdiction::CaseId::to_string).collect(),
    };
    strata.iter().map(message).collect()
}

fn strata(messages: &[DrawStratum]) -> Result<Strata, String> {
    let stratum = |message: &DrawStratum| {
        let county = message.county.parse().map_err(str::to_owned)?;
        let case = |id: &String| id.parse().map_err(|_| format!("{id} 不是正确的案件编号"));
        let cases = message.case_ids.iter().map(case).collect::<Result<_, String>>()?;
        Ok((county, cases))
    };
    messages.iter().map(stratum).collect()
}
