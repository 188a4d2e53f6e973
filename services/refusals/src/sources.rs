//! Where a rule comes from, as an official would cite it.

/// Rules of ours that carry out an article of the order or a law: how the code names them, how people do.
const RULES: &[(&str, &str)] = &[
    ("domain.md §1", "职责与辖区规则（24号文 四）"),
    ("domain.md §2", "职责与辖区规则（24号文 四）"),
    (
        "domain.md §3 Tip",
        "线索受理规则（24号文 五（五）；《安全生产法》（2014）第七十条）",
    ),
    ("domain.md §3 Case", "案件办理规则（24号文 二（二）、四）"),
    (
        "domain.md §3 Disposal",
        "处置与验收规则（24号文 二（三）、五（三））",
    ),
    ("domain.md §3 Area report", "结果上报规则（24号文 四）"),
    (
        "domain.md §3 Accountability",
        "时限与问责规则（24号文 五（二）、五（四））",
    ),
    ("domain.md §3 Directory", "名册规则（24号文 四）"),
    ("domain.md §4", "分类处置规则（24号文 二（三））"),
    ("domain.md §5", "办理时限规则（24号文 三、五（二））"),
    ("domain.md §6", "统计与通报规则（24号文 五（一））"),
    (
        "domain.md §7",
        "举报人保护与回避规则（《安全生产法》（2014）第七十条）",
    ),
    ("architecture.md", "系统运行规则"),
];

/// The citation of a source; what is not one of our rules stands as it is.
pub fn source_in_chinese(source: &str) -> String {
    let parts = source.split([';', '；']).map(str::trim);
    let mut cited: Vec<String> = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        // The longest name that fits: a section's part before the section.
        let rule = RULES
            .iter()
            .filter(|(name, _)| part.starts_with(name))
            .max_by_key(|(name, _)| name.len());
        let words = match rule {
            Some((_, words)) => (*words).to_owned(),
            None => of_the_order(part),
        };
        if !cited.contains(&words) {
            cited.push(words);
        }
    }
    cited.join("；")
}

fn of_the_order(part: &str) -> String {
    let short = part.replace("宿政办发〔2020〕24号", "24号文");
    short.replace('(', "（").replace(')', "）")
}

#[cfg(test)]
mod tests {
    use super::source_in_chinese;

    #[test]
    fn articles_are_cited_alike_and_our_rules_by_what_they_carry_out() {
        assert_eq!(
            source_in_chinese("宿政办发〔2020〕24号 二(三)"),
            "24号文 二（三）"
        );
        assert_eq!(
            source_in_chinese("宿政办发〔2020〕24号 二(二); domain.md §3 Case"),
            "24号文 二（二）；案件办理规则（24号文 二（二）、四）"
        );
        assert_eq!(source_in_chinese("architecture.md §2 Clocks"), "系统运行规则");
        assert_eq!(
            source_in_chinese("《安全生产法》第七十条"),
            "《安全生产法》第七十条"
        );
    }
    #[test]
    fn nobody_is_sent_to_a_page_of_ours() {
        for reason in crate::catalogue().iter().flat_map(|chapter| &chapter.reasons) {
            let cited = source_in_chinese(reason.source);
            assert!(
                !cited.is_ascii() && !cited.contains(".md"),
                "{}: {cited}",
                reason.code
            );
        }
    }
}
