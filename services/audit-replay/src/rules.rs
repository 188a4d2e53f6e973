//! What each rule of the system is called in Chinese: who looks into a case reads by which rule a fact came about.

/// The rule by its name as recorded; `None` for a name nobody knows.
pub fn rule(policy: &str) -> Option<&'static str> {
    let (service, name) = policy.split_once('/')?;
    match service {
        "tip-intake" => of_tips(name),
        "case-assignment" => of_cases(name),
        "disposal-tracking" => of_disposals(name),
        "accountability-escalation" => of_accountability(name),
        "result-reporting" => of_reports(name),
        "notification" | "directory" | "web-gateway" => of_the_desk(service, name),
        _ => None,
    }
}

fn of_tips(name: &str) -> Option<&'static str> {
    Some(match name {
        "closed-case-is-told" => "案件办结，向举报人反馈",
        "confirmed-site-is-told" => "点位确认属实，向举报人反馈",
        "late-tip-is-told" => "案件办结后并入的线索，也向举报人反馈",
        "conflict-of-a-case-is-its-tips" => "案件涉及的单位和干部，其线索一并回避",
        "tips-go-along-with-their-case" => "案件并案或者拆分，线索随案件走",
        _ => return None,
    })
}

fn of_cases(name: &str) -> Option<&'static str> {
    Some(match name {
        "accepted-tip-opens-or-joins-case" => "线索受理后立案或者并入已有案件",
        "tips-follow-their-case" => "并案时线索和案情随案件走",
        "cases-of-one-site-are-about-the-same-people" => "并案的案件同样回避涉及的单位和干部",
        "tips-of-another-site-are-let-go" => "拆分时不属于本点位的线索不带走",
        "cases-merged-into-each-other-are-taken-apart" => "同时互相并案的，取出其中一件继续办理",
        "disposal-closes-or-reopens-case" => "处置销号即办结，处置重开即重新办理",
        "case-has-the-class-of-its-disposal" => "处置类别更正，案件随之更正",
        "not-fixed-reopens-case" => "举报人反映没有解决，重新办理",
        "relapse-opens-case" => "发现死灰复燃，另立案件",
        _ => return None,
    })
}

fn of_disposals(name: &str) -> Option<&'static str> {
    Some(match name {
        "confirmed-case-orders-disposal" => "案件定性后按类别下达处置措施",
        "handed-over-case-takes-its-disposal" => "案件改派，处置随之移交",
        "conflict-of-a-case-is-its-disposals" => "案件涉及的单位和干部，其处置一并回避",
        "urgent-case-has-an-urgent-disposal" => "紧急案件的处置按紧急时限",
        "not-fixed-reopens-disposal" => "举报人反映没有解决，重新处置",
        "undone-in-a-merged-case-is-undone-in-the-other" => "并案前的措施不合格，合并后的案件同样重做",
        "confirmed-relapse-is-known-to-the-old-disposal" => "死灰复燃确认，记入原处置",
        "drawn-sites-are-checked" => "抽签抽中的点位接受抽查",
        "sites-on-no-public-list-are-all-checked" => "不能列入公开名单的点位全部抽查",
        "rechecks-fall-due" => "到了回头看的日期",
        _ => return None,
    })
}

fn of_accountability(name: &str) -> Option<&'static str> {
    Some(match name {
        "clocks-follow-the-facts" => "按办理进展起止时限、记录问责事项",
        "clock-fires" => "时限届满，逐级督促",
        "calendar-moves-clocks" => "工作日历更正，顺延在办时限",
        "successor-takes-over-clocks" => "责任人变动，在办时限转到继任者",
        "numbers-open-special-supervision" => "问题数量达到督查线，启动专项督查",
        _ => return None,
    })
}

fn of_reports(name: &str) -> Option<&'static str> {
    Some(match name {
        "turns-come-with-the-stage" => "阶段到期，应当保证或者报告",
        "confirmed-site-contradicts-signed-reports" => "新确认的点位与已签字的报告矛盾",
        "draft-overtaken-by-confirmed-site" => "起草之后又有点位确认，草稿需要更新",
        _ => return None,
    })
}

fn of_the_desk(service: &str, name: &str) -> Option<&'static str> {
    Some(match (service, name) {
        ("notification", "letters-follow-the-facts") => "按办理进展发出通知",
        ("notification", "sender") => "发送通知并记录结果",
        ("directory", "bootstrap") => "系统首次启动，登记首个管理员",
        ("directory", "campaign") => "载入专项行动的机构和设置",
        ("directory", "password-changed") => "本人修改密码",
        ("web-gateway", "sign-in") => "登录",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::rule;
    use std::fs;
    use std::path::{Path, PathBuf};

    /// The sources are asked, not a second list: a rule that is added without a name here fails.
    #[test]
    fn every_rule_of_every_service_has_a_name() {
        let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut sources = Vec::new();
        for service in fs::read_dir(&services).expect("the services") {
            let source = service.expect("a service").path().join("src");
            collect(&source, &mut sources);
        }
        let mut known = 0;
        for source in sources {
            let text = fs::read_to_string(&source).expect("a source");
            for line in text.lines().filter(|line| line.contains("const ")) {
                let Some(name) = line.split('"').nth(1).filter(|_| line.contains(": &str = ")) else {
                    continue;
                };
                let is_rule = name.split_once('/').is_some_and(|(service, rest)| {
                    services.join(service).join("src").is_dir() && rest.contains('-')
                });
                if is_rule {
                    assert!(rule(name).is_some(), "{name} of {} has no name", source.display());
                    known += 1;
                }
            }
        }
        assert!(known > 30, "only {known} rules were found");
    }

    fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, into);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                into.push(path);
            }
        }
    }
}
