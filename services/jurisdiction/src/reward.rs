//! What the first valid tip of a site earns 举报奖励, by rules that are dated: each version holds from a day on.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

const FEN_IN_A_YUAN: u64 = 100;

/// One version of the rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RewardRule {
    /// e.g. `2018`
    pub version: String,
    /// The document that says so.
    #[serde(default)]
    pub document: String,
    /// Tips that come in from this day on earn by it.
    pub from: Date,
    /// Of the fine.
    pub share_percent: u32,
    pub least_yuan: u32,
    pub most_yuan: u32,
    /// What somebody from inside gets of what anybody else would get.
    pub insider_percent: u32,
}

impl RewardRule {
    /// The reward in fen for a fine in fen. Insiders are raised after the bounds: at the top they would get no more else.
    pub fn amount_fen(&self, fine_fen: u64, insider: bool) -> u64 {
        let fen = |yuan: u32| u64::from(yuan) * FEN_IN_A_YUAN;
        let share = percent(fine_fen, self.share_percent);
        // `clamp` would panic on bounds that the directory never lets in.
        let bounded = share.min(fen(self.most_yuan)).max(fen(self.least_yuan));
        if insider {
            percent(bounded, self.insider_percent)
        } else {
            bounded
        }
    }
}

/// Rounded down to whole fen.
fn percent(fen: u64, percent: u32) -> u64 {
    u64::try_from(u128::from(fen) * u128::from(percent) / 100).unwrap_or(u64::MAX)
}

/// All versions, in order of their first days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RewardRules(Vec<RewardRule>);

impl RewardRules {
    pub fn new(mut rules: Vec<RewardRule>) -> Self {
        rules.sort_by_key(|rule| rule.from);
        Self(rules)
    }
    /// The version of a day; `None` before the first.
    pub fn of_day(&self, day: Date) -> Option<&RewardRule> {
        self.0.iter().rev().find(|rule| rule.from <= day)
    }
    pub fn iter(&self) -> impl Iterator<Item = &RewardRule> {
        self.0.iter()
    }
}

impl Default for RewardRules {
    /// 15 % of the fine, 3,000 to 300,000 yuan. That employees get more is national; how much more is for the province
    /// to say, so the factor is a configured one.
    fn default() -> Self {
        Self::new(vec![RewardRule {
            version: "2018".to_owned(),
            document: "《安全生产领域举报奖励办法》（安监总财〔2018〕19号）".to_owned(),
            from: Date::constant(2018, 1, 4),
            share_percent: 15,
            least_yuan: 3_000,
            most_yuan: 300_000,
            insider_percent: 120,
        }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const YUAN: u64 = FEN_IN_A_YUAN;

    fn of_2018() -> RewardRule {
        let rules = RewardRules::default();
        rules.of_day(Date::constant(2020, 6, 1)).expect("a rule").clone()
    }

    #[test]
    fn fifteen_percent_within_the_bounds() {
        let rule = of_2018();
        assert_eq!(rule.amount_fen(100_000 * YUAN, false), 15_000 * YUAN);
        assert_eq!(rule.amount_fen(0, false), 3_000 * YUAN);
        assert_eq!(rule.amount_fen(20_000 * YUAN, false), 3_000 * YUAN);
        assert_eq!(rule.amount_fen(20_000 * YUAN + 7, false), 300_001);
        assert_eq!(rule.amount_fen(2_000_000 * YUAN, false), 300_000 * YUAN);
        assert_eq!(rule.amount_fen(u64::MAX, false), 300_000 * YUAN);
    }
    #[test]
    fn insiders_always_get_more() {
        let rule = of_2018();
        for fine in [0, 100_000 * YUAN, 50_000_000 * YUAN] {
            assert!(rule.amount_fen(fine, true) > rule.amount_fen(fine, false));
        }
        assert_eq!(rule.amount_fen(0, true), 3_600 * YUAN);
    }
    #[test]
    fn each_day_has_the_rules_of_that_day() {
        let later = RewardRule {
            version: "2021".to_owned(),
            from: Date::constant(2021, 1, 1),
            share_percent: 20,
            ..of_2018()
        };
        let rules = RewardRules::new(vec![later, of_2018()]);
        let version = |year, month, day| {
            let rule = rules.of_day(Date::constant(year, month, day));
            rule.map(|rule| rule.version.as_str())
        };
        assert_eq!(version(2018, 1, 3), None);
        assert_eq!(version(2018, 1, 4), Some("2018"));
        assert_eq!(version(2020, 12, 31), Some("2018"));
        assert_eq!(version(2021, 1, 1), Some("2021"));
    }
}
