//! The catalogue of every refusal of every domain: what is the matter, what to do, and where the rule comes from.

mod markdown;
mod sources;

pub use markdown::markdown;
pub use sources::source_in_chinese;

use decider::{Reason, Refusal};

/// The refusals of one part.
pub struct Chapter {
    pub title: &'static str,
    /// In the order of declaration, which is the order in which somebody meets them.
    pub reasons: Vec<&'static Reason>,
}

/// All of them. A new domain is one line here.
pub fn catalogue() -> Vec<Chapter> {
    vec![
        chapter::<tip_domain::TipRefusal>("举报线索"),
        chapter::<case_domain::CaseRefusal>("案件办理"),
        chapter::<disposal_domain::DisposalRefusal>("处置与验收"),
        chapter::<disposal_domain::draw::DrawRefusal>("验收抽签"),
        chapter::<report_domain::ReportRefusal>("结果上报"),
        chapter::<accountability_domain::AccountabilityRefusal>("时限与问责"),
        chapter::<directory_domain::DirectoryRefusal>("单位与人员名册"),
        chapter::<notification_domain::NotificationRefusal>("通知"),
        chapter::<notification_domain::RetryRefusal>("通知重发"),
        chapter::<reading_domain::ReadingRefusal>("查阅历史记录"),
        chapter::<platform::PlatformRefusal>("各处通用"),
    ]
}

fn chapter<R: Refusal>(title: &'static str) -> Chapter {
    Chapter {
        title,
        reasons: R::catalogue(),
    }
}

#[cfg(test)]
mod tests {
    use super::catalogue;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_is_one_refusal() {
        let mut seen = BTreeSet::new();
        for reason in catalogue().iter().flat_map(|chapter| &chapter.reasons) {
            assert!(seen.insert(reason.code), "{} twice", reason.code);
        }
    }
    #[test]
    fn every_refusal_says_in_chinese_what_is_the_matter_and_what_to_do() {
        for reason in catalogue().iter().flat_map(|chapter| &chapter.reasons) {
            assert!(!reason.says.is_ascii(), "{}", reason.code);
            assert!(!reason.remedy.is_ascii(), "{}: no remedy", reason.code);
            assert!(!reason.source.trim().is_empty(), "{}: no source", reason.code);
        }
    }
}
