//! The catalogue as a page.

use crate::{catalogue, source_in_chinese};
use decider::{Kind, Reason};
use std::fmt::Write;

const HEAD: &str = "# 拒绝理由一览

本页由程序生成（`mingcha refusals`），不要手工修改。每一条都是系统不予办理时会说的话：代码不变，供程序判断；话说给人听。
“出处”里的“24号文”是《宿迁市集中开展违法违规“小化工”专项整治行动实施方案》（宿政办发〔2020〕24号）。
";

/// The whole page.
pub fn markdown() -> String {
    let mut page = HEAD.to_owned();
    for chapter in catalogue() {
        let _ = write!(
            page,
            "\n## {}\n\n| 代码 | 性质 | 含义 | 怎么办 | 出处 |\n|---|---|---|---|---|\n",
            chapter.title
        );
        for reason in chapter.reasons {
            row(&mut page, reason);
        }
    }
    page
}

fn row(page: &mut String, reason: &Reason) {
    let _ = writeln!(
        page,
        "| `{}` | {} | {} | {} | {} |",
        reason.code,
        kind(reason.kind),
        cell(reason.says),
        cell(reason.remedy),
        cell(&source_in_chinese(reason.source))
    );
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Invalid => "填写有误",
        Kind::NotFound => "没有找到",
        Kind::Forbidden => "无权办理",
        Kind::Conflict => "与现状不符",
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
