//! The weekly bulletin on paper, for the joint conference: what a browser prints.

use super::words::moment;
use super::{assets, page};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use jurisdiction::Obligation;
use mingcha_proto::ledger::{BulletinResponse, EscalationRow, Figure, ReportRow};

/// What the page has room for of the table; the file has everything.
const SHOWN: [&str; 12] = [
    "tips",
    "tips_waiting",
    "cases",
    "cases_open",
    "cases_overdue",
    "cases_closed",
    "cases_closed_late",
    "measures_done",
    "reports_signed",
    "reports_filed",
    "spot_checks_failed",
    "relapses",
];

#[derive(Template)]
#[template(path = "bulletin.html")]
struct Paper {
    style: &'static str,
    told: BulletinResponse,
}

impl Paper {
    fn when(&self, at: &str) -> String {
        moment(at)
    }
    fn percent(&self, rate: &Option<f64>) -> String {
        rate.map_or_else(|| "—".to_owned(), |rate| format!("{:.1}%", rate * 100.0))
    }
    fn place(&self, rank: &Option<u32>) -> String {
        rank.map_or_else(|| "—".to_owned(), |rank| rank.to_string())
    }
    fn level(&self, code: &str) -> &'static str {
        match code {
            "county" => "县区",
            "township" => "乡镇",
            "village" => "村居",
            _ => "全市",
        }
    }
    fn shown<'r>(&self, row: &'r ReportRow) -> Vec<&'r Figure> {
        let find = |code: &&str| row.figures.iter().find(|figure| figure.code == **code);
        SHOWN.iter().filter_map(find).collect()
    }
    /// Every number opens its list.
    fn link(&self, figure: &Figure) -> String {
        format!("/api/v1/{}", figure.list)
    }
    /// The duty that was not done in time.
    fn missed(&self, row: &EscalationRow) -> &'static str {
        let known = Obligation::ALL.into_iter();
        let mut known = known.filter(|obligation| obligation.code() == row.obligation);
        known.next().map_or("", Obligation::in_chinese)
    }
    fn standing(&self, state: &str) -> &'static str {
        match state {
            "open" => "待办理",
            "answered" => "已报送，待审核",
            "returned" => "退回重办",
            _ => "",
        }
    }
}

/// The bulletin as a page.
pub(crate) fn paper(told: BulletinResponse) -> Response {
    page(
        StatusCode::OK,
        &Paper {
            style: assets::paper_style(),
            told,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingcha_proto::ledger::{BulletinChange, RankRow, TaskRow};

    fn figure(code: &str, title: &str, value: u32) -> Figure {
        Figure {
            code: code.to_owned(),
            title: title.to_owned(),
            value,
            list: format!("cases?unit=321322&{code}=true"),
        }
    }

    #[test]
    fn the_paper_has_every_part_and_every_number_leads_to_its_list() {
        let told = BulletinResponse {
            unit_name: "宿迁市".to_owned(),
            week: "2020-W23".to_owned(),
            from: "2020-06-01".to_owned(),
            until: "2020-06-07".to_owned(),
            at: "2020-06-07T15:59:59Z".to_owned(),
            rows: vec![ReportRow {
                name: "沭阳县".to_owned(),
                on_time_rate: Some(0.5),
                figures: vec![figure("cases", "案件总数", 42), figure("hidden", "不在纸上", 7)],
                ..ReportRow::default()
            }],
            changes: vec![BulletinChange {
                title: "立案".to_owned(),
                this_week: Some(figure("cases_opened", "立案", 9)),
                week_before: Some(figure("cases_opened", "立案", 4)),
                ..BulletinChange::default()
            }],
            tasks: vec![TaskRow {
                text: "张贴<举报电话>".to_owned(),
                state: "open".to_owned(),
                due: "2020-06-10T10:00:00Z".to_owned(),
                overdue: true,
                ..TaskRow::default()
            }],
            criticised: vec![EscalationRow {
                about_unit_name: "胡集镇".to_owned(),
                obligation: "first_inspection".to_owned(),
                deadline: "2020-06-01T10:00:00Z".to_owned(),
                ..EscalationRow::default()
            }],
            ranking: vec![RankRow {
                name: "沭阳县".to_owned(),
                rank: Some(1),
                on_time_rate: Some(0.5),
                ..RankRow::default()
            }],
            ..BulletinResponse::default()
        };
        let page = Paper {
            style: assets::paper_style(),
            told,
        };
        let text = page.render().expect("a page");
        for part in [
            "2020-W23",
            "案件总数",
            ">42</a>",
            "/api/v1/cases?unit=321322&#38;cases=true",
            ">9</a>",
            ">4</a>",
            "50.0%",
            "张贴&#60;举报电话&#62;",
            "2020年6月10日 18:00（已超期）",
            "没有单位在专项督查中",
            "<td>胡集镇</td><td>—</td><td>首次现场核查</td>",
        ] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
        assert!(!text.contains("不在纸上") && !text.contains("<script"));
    }
}
