//! How letters are worded: what is due, until when in Suqian's time, what to do and where. Pure.

use jiff::Timestamp;
use jurisdiction::{Subject, campaign_time};
use notification_domain::{Addressee, Channel, RequestNotification};

const LONGEST_TEXT: usize = 600;
/// A run of so many digits may be a telephone number, and tell who reported.
const TELLING_DIGITS: usize = 7;

/// One letter to one addressee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    pub to: Addressee,
    /// Code of the text.
    pub template: &'static str,
    pub subject: String,
    pub body: String,
    pub about: Subject,
}

impl From<Letter> for RequestNotification {
    fn from(letter: Letter) -> Self {
        Self {
            channel: Channel::Mail,
            addressee: letter.to,
            template: letter.template.to_owned(),
            subject: letter.subject,
            body: letter.body,
            about: letter.about,
        }
    }
}

/// A letter under way: a greeting, lines, what to do, where.
pub(crate) struct Draft {
    lines: Vec<String>,
}

impl Draft {
    /// `name` is the addressee's.
    pub(crate) fn to(name: &str) -> Self {
        Self {
            lines: vec![format!("{name}："), String::new()],
        }
    }
    pub(crate) fn says(mut self, sentence: impl Into<String>) -> Self {
        self.lines.push(sentence.into());
        self
    }
    /// A line such as `期限：2020年6月4日 23:59`; nothing if there is nothing to say.
    pub(crate) fn line(mut self, title: &str, text: &str) -> Self {
        let text = harmless(text);
        if !text.is_empty() {
            self.lines.push(format!("{title}：{text}"));
        }
        self
    }
    /// Our own times have many digits and tell nothing of anybody: they are never masked.
    pub(crate) fn time(mut self, title: &str, at: Timestamp) -> Self {
        self.lines.push(format!("{title}：{}", in_suqian(at)));
        self
    }
    /// Ends the letter.
    pub(crate) fn answer_at(mut self, where_to: &str) -> String {
        self.lines.push(String::new());
        self.lines.push(where_to.to_owned());
        self.lines
            .push("本邮件由明察系统按规则自动发出，请勿直接回复，也请勿转发给无关人员。".to_owned());
        self.lines.join("\n")
    }
}

/// `2020年6月4日 23:59（北京时间）`
pub(crate) fn in_suqian(at: Timestamp) -> String {
    let at = campaign_time(at);
    format!(
        "{}年{}月{}日 {:02}:{:02}（北京时间）",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute()
    )
}

/// Words that somebody typed, in one line and not endless. Runs of digits as long as a telephone number are masked, blanks
/// and hyphens between them ignored: letters are kept for ever, and must never name who reported.
pub(crate) fn harmless(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut words = String::new();
    let mut run = String::new();
    for c in line.chars().take(LONGEST_TEXT) {
        if c.is_ascii_digit() || (!run.is_empty() && matches!(c, ' ' | '-')) {
            run.push(c);
        } else {
            words.push_str(&masked(&run));
            run.clear();
            words.push(c);
        }
    }
    words + &masked(&run)
}

fn masked(run: &str) -> String {
    let digits = run.chars().filter(char::is_ascii_digit).count();
    if digits < TELLING_DIGITS {
        return run.to_owned();
    }
    run.chars()
        .map(|c| if c.is_ascii_digit() { '×' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_clocks_in_suqian_show_them() {
        let at = "2020-06-04T15:59:59Z".parse().expect("a timestamp");
        assert_eq!(in_suqian(at), "2020年6月4日 23:59（北京时间）");
    }
    #[test]
    fn numbers_that_could_be_somebody_s_do_not_get_into_letters() {
        assert_eq!(harmless("厂门在 204 国道旁"), "厂门在 204 国道旁");
        assert_eq!(
            harmless("找老王 199 0000 0000\n在砖瓦厂"),
            "找老王 ××× ×××× ×××× 在砖瓦厂"
        );
    }
    #[test]
    fn house_numbers_stay_however_many_there_are() {
        let place = "204国道旁3号院2号楼12间，2020-6-1";
        assert_eq!(harmless(place), place);
    }
    #[test]
    fn a_letter_shows_its_dates() {
        let due = "2020-06-04T15:59:59Z".parse().expect("a timestamp");
        let body = Draft::to("胡集镇").time("原定期限", due).answer_at("入口");
        assert!(
            body.contains("原定期限：2020年6月4日 23:59（北京时间）"),
            "{body}"
        );
    }
    #[test]
    fn a_letter_leaves_out_lines_without_content() {
        let body = Draft::to("胡集镇")
            .says("请办理。")
            .line("说明", " ")
            .answer_at("入口");
        assert!(body.starts_with("胡集镇：\n\n请办理。\n\n入口\n"), "{body}");
    }
}
