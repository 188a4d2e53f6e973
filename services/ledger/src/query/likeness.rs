//! How much speaks for two descriptions being of one site, and in which words that is said.

use super::names::Names;
use case_domain::Coordinates;

/// domain.md §3: suggest what lies within 500 m.
pub(super) const NEAR_METRES: f64 = 500.0;
/// Farther apart than this, texts that are merely alike say nothing: there are many brickyards.
const FAR_METRES: f64 = 5_000.0;
/// Shares of equal text from which on two are called alike. Short names differ in one character of four or five.
const LIKE_PLACE: f64 = 0.6;
const LIKE_ENTERPRISE: f64 = 0.7;
const LIKE_SUMMARY: f64 = 0.7;
/// Texts of fewer characters are alike only if they are the same.
const SHORTEST: usize = 3;
const SHORTEST_SUMMARY: usize = 6;
const NUMERALS: &str = "0123456789一二三四五六七八九十百零〇两";
/// What every enterprise's name may end in.
const FORMS: [&str; 4] = ["有限责任公司", "股份有限公司", "有限公司", "个体工商户"];

/// What is known of a site.
pub(super) struct Site<'a> {
    pub(super) place: &'a str,
    pub(super) coordinates: Option<(f64, f64)>,
    pub(super) enterprise: &'a str,
    pub(super) summary: &'a str,
}

/// One thing that speaks for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reason {
    Near(u32),
    SamePlace,
    SameEnterprise,
    /// The enterprise of one stands in the words of the other.
    EnterpriseNamed,
    LikePlace(f64),
    LikeEnterprise(f64),
    LikeSummary(f64),
}

impl Reason {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Near(_) => "near",
            Self::SamePlace => "same_place",
            Self::SameEnterprise => "same_enterprise",
            Self::EnterpriseNamed => "enterprise_named",
            Self::LikePlace(_) => "like_place",
            Self::LikeEnterprise(_) => "like_enterprise",
            Self::LikeSummary(_) => "like_summary",
        }
    }
    /// How sure one could be by this alone.
    fn weight(self) -> f64 {
        match self {
            Self::Near(metres) => 0.9 - 0.5 * f64::from(metres) / NEAR_METRES,
            Self::SamePlace | Self::SameEnterprise => 0.9,
            Self::EnterpriseNamed => 0.8,
            Self::LikePlace(share) => 0.8 * share,
            Self::LikeEnterprise(share) => 0.75 * share,
            Self::LikeSummary(share) => 0.4 * share,
        }
    }
    fn in_chinese(self) -> String {
        let percent = |share: f64| format!("{:.0}%", share * 100.0);
        match self {
            Self::Near(metres) => format!("相距 {metres} 米"),
            Self::SamePlace => "地点文字相同".to_owned(),
            Self::SameEnterprise => "企业名称相同".to_owned(),
            Self::EnterpriseNamed => "提到同一企业".to_owned(),
            Self::LikePlace(share) => format!("地点文字相近（{}）", percent(share)),
            Self::LikeEnterprise(share) => format!("企业名称相近（{}）", percent(share)),
            Self::LikeSummary(share) => format!("案情摘要相近（{}）", percent(share)),
        }
    }
}

/// All that speaks for two being one, weightiest first.
pub(super) struct Alike {
    pub(super) reasons: Vec<Reason>,
    /// How far apart, if both say where they are.
    pub(super) metres: Option<u32>,
}

impl Alike {
    /// Several reasons make it likelier than the best of them, and none makes it certain.
    pub(super) fn likeness(&self) -> f64 {
        let doubt = self.reasons.iter().map(|reason| 1.0 - reason.weight());
        1.0 - doubt.product::<f64>()
    }
    pub(super) fn in_chinese(&self) -> String {
        let reasons: Vec<_> = self.reasons.iter().map(|reason| reason.in_chinese()).collect();
        reasons.join("；")
    }
}

/// What speaks for the two being one; `None` if nothing does.
pub(super) fn compare(one: &Site<'_>, other: &Site<'_>, names: &Names) -> Option<Alike> {
    let apart = one.coordinates.zip(other.coordinates);
    let metres = apart.map(|(one, other)| distance(one, other));
    let mut reasons = Vec::new();
    if let Some(metres) = metres.filter(|metres| *metres <= NEAR_METRES) {
        reasons.push(Reason::Near(metres.round() as u32));
    }
    let same = |one: &str, other: &str| !one.trim().is_empty() && one.trim() == other.trim();
    let (same_place, same_enterprise) = (
        same(one.place, other.place),
        same(one.enterprise, other.enterprise),
    );
    if same_place {
        reasons.push(Reason::SamePlace);
    }
    if same_enterprise {
        reasons.push(Reason::SameEnterprise);
    }
    if metres.is_none_or(|metres| metres <= FAR_METRES) {
        if !same_place {
            reasons.extend(like_place(one.place, other.place, names).map(Reason::LikePlace));
        }
        let (core, other_core) = (core(one.enterprise, names), core(other.enterprise, names));
        if !same_enterprise {
            reasons.extend(like(&core, &other_core, LIKE_ENTERPRISE, SHORTEST).map(Reason::LikeEnterprise));
        }
        if stands_in(&core, other) || stands_in(&other_core, one) {
            reasons.push(Reason::EnterpriseNamed);
        }
        let (summary, other_summary) = (
            plain(&names.without(one.summary)),
            plain(&names.without(other.summary)),
        );
        let alike = like(&summary, &other_summary, LIKE_SUMMARY, SHORTEST_SUMMARY);
        reasons.extend(alike.map(Reason::LikeSummary));
    }
    reasons.sort_by(|one, other| other.weight().total_cmp(&one.weight()));
    (!reasons.is_empty()).then(|| Alike {
        reasons,
        metres: metres.map(|metres| metres.round() as u32),
    })
}

/// Counties, townships and villages in the texts are no likeness of sites; two different villages are two places, and so are
/// two different numbers.
fn like_place(one: &str, other: &str, names: &Names) -> Option<f64> {
    let (villages, other_villages) = (names.villages_in(one), names.villages_in(other));
    let elsewhere =
        !villages.is_empty() && !other_villages.is_empty() && villages.is_disjoint(&other_villages);
    let (one, other) = (plain(&names.without(one)), plain(&names.without(other)));
    let numbers = |text: &[char]| text.iter().filter(|c| NUMERALS.contains(**c)).collect::<String>();
    let (numbered, other_numbered) = (numbers(&one), numbers(&other));
    let another = !numbered.is_empty() && !other_numbered.is_empty() && numbered != other_numbered;
    if elsewhere || another {
        return None;
    }
    like(&one, &other, LIKE_PLACE, SHORTEST)
}

/// The share of equal text if it is large enough: characters in their order, or pairs of neighbours in whatever order.
fn like(one: &[char], other: &[char], enough: f64, shortest: usize) -> Option<f64> {
    if one.len().min(other.len()) < shortest {
        return None;
    }
    let in_order = strsim::normalized_damerau_levenshtein(&String::from_iter(one), &String::from_iter(other));
    let share = in_order.max(pairs_in_common(one, other));
    (share >= enough).then_some(share)
}

/// Sørensen and Dice's measure over pairs of neighbours. The library's own counts bytes, of which a Chinese character has three.
fn pairs_in_common(one: &[char], other: &[char]) -> f64 {
    let mut left: Vec<&[char]> = other.windows(2).collect();
    let all = one.len() + other.len() - 2;
    let mut common = 0u32;
    for pair in one.windows(2) {
        if let Some(found) = left.iter().position(|other| *other == pair) {
            left.swap_remove(found);
            common += 1;
        }
    }
    f64::from(2 * common) / all as f64
}

fn stands_in(enterprise: &[char], site: &Site<'_>) -> bool {
    let said = |text: &str| {
        let text = plain(text);
        text.windows(enterprise.len()).any(|window| window == enterprise)
    };
    enterprise.len() >= SHORTEST && (said(site.place) || said(site.summary))
}

/// An enterprise's name without where it is and of which form.
fn core(enterprise: &str, names: &Names) -> Vec<char> {
    let mut name = names.without(enterprise);
    for form in FORMS {
        name = name.replace(form, "");
    }
    plain(&name)
}

/// Without blanks and punctuation, in small letters.
fn plain(text: &str) -> Vec<char> {
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

fn distance(one: (f64, f64), other: (f64, f64)) -> f64 {
    let at = |(latitude, longitude)| Coordinates { latitude, longitude };
    at(one).metres_to(at(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jurisdiction::sample::suqian;
    use proptest::prelude::*;

    fn at(place: &'static str) -> Site<'static> {
        Site {
            place,
            coordinates: None,
            enterprise: "",
            summary: "",
        }
    }
    fn reasons(one: &Site<'_>, other: &Site<'_>) -> Vec<&'static str> {
        let alike = compare(one, other, &Names::of(&suqian()));
        let reasons = alike.into_iter().flat_map(|alike| alike.reasons);
        reasons.map(Reason::code).collect()
    }

    #[test]
    fn two_characters_swapped_or_added_are_still_the_same_place() {
        for other in [
            "胡集镇老瓦砖厂院内",
            "胡集镇老砖瓦厂的大院内",
            "老砖瓦厂 院内",
            "沭阳县胡集镇老砖瓦厂院内",
            "胡集镇院内老砖瓦厂",
            "胡集镇老砖厂院内",
        ] {
            assert_eq!(
                reasons(&at("胡集镇老砖瓦厂院内"), &at(other)),
                ["like_place"],
                "{other}"
            );
        }
    }
    #[test]
    fn another_place_with_the_same_town_village_or_kind_of_works_is_another_place() {
        for (one, other) in [
            ("胡集镇老砖瓦厂院内", "胡集镇废弃面粉厂"),
            ("胡集镇示范一村水泥厂", "胡集镇示范一村轮胎厂"),
            ("示范一村老砖瓦厂", "示范二村老砖瓦厂"),
            ("老砖瓦厂 1 号", "老砖瓦厂 2 号"),
            ("三组养殖场", "五组养殖场"),
            ("胡集镇", "沭阳县胡集镇"),
            ("桥北", "桥南"),
        ] {
            assert_eq!(
                reasons(&at(one), &at(other)),
                [] as [&str; 0],
                "{one} and {other}"
            );
        }
    }
    #[test]
    fn what_is_alike_in_words_and_far_apart_is_not_the_same() {
        let with = |place, coordinates| Site {
            coordinates: Some(coordinates),
            ..at(place)
        };
        let (one, other) = (
            with("老砖瓦厂院内", (34.1, 118.7)),
            with("老瓦砖厂院内", (34.3, 118.7)),
        );
        assert_eq!(reasons(&one, &other), [] as [&str; 0]);
        let same = with("老砖瓦厂院内", (34.3, 118.7));
        assert_eq!(reasons(&one, &same), ["same_place"]);
    }
    #[test]
    fn enterprises_are_compared_without_their_form_and_found_in_words() {
        let named = |enterprise| Site { enterprise, ..at("") };
        assert_eq!(
            reasons(&named("宏发新型建材有限公司"), &named("宿迁市宏发新型建材厂")),
            ["like_enterprise"]
        );
        assert_eq!(
            reasons(&named("恒通化工有限公司"), &named("宏发化工有限公司")),
            [] as [&str; 0]
        );
        assert_eq!(
            reasons(&named("宏发建材有限公司"), &at("桥北宏发建材院内")),
            ["enterprise_named"]
        );
    }
    #[test]
    fn more_reasons_make_it_likelier_and_the_weightiest_comes_first() {
        let one = Site {
            coordinates: Some((34.1, 118.7)),
            ..at("老砖瓦厂院内")
        };
        let near = Site {
            coordinates: Some((34.1005, 118.7)),
            ..at("废弃面粉厂")
        };
        let both = Site {
            coordinates: Some((34.1005, 118.7)),
            ..at("老砖瓦厂大院内")
        };
        let names = Names::of(&suqian());
        let (near, both) = (
            compare(&one, &near, &names).expect("near"),
            compare(&one, &both, &names).expect("near and alike"),
        );
        assert!(near.likeness() < both.likeness() && both.likeness() < 1.0);
        assert_eq!(both.in_chinese(), "相距 56 米；地点文字相近（86%）");
        assert_eq!(both.metres, Some(56));
    }
    #[test]
    fn a_thousandth_of_a_degree_of_latitude_is_about_111_metres() {
        let metres = distance((34.1, 118.7), (34.101, 118.7));
        assert!((metres - 111.2).abs() < 0.5, "{metres}");
    }

    proptest! {
        #[test]
        fn likeness_is_the_same_both_ways_and_between_nothing_and_certainty(
            one in "[老砖瓦厂院内桥北一二]{0,9}", other in "[老砖瓦厂院内桥北一二]{0,9}",
        ) {
            let names = Names::of(&suqian());
            let site = |place| Site { place, coordinates: None, enterprise: "", summary: "" };
            let there = compare(&site(&one), &site(&other), &names).map(|alike| alike.likeness());
            let back = compare(&site(&other), &site(&one), &names).map(|alike| alike.likeness());
            prop_assert_eq!(there, back);
            prop_assert!(there.is_none_or(|likeness| likeness > 0.0 && likeness < 1.0));
        }
    }
}
