//! Tells a story in Chinese while it is played: what each person does and sees.

/// Speaks to the terminal; a test's terminal is only shown if the story fails.
#[derive(Clone, Debug)]
pub struct Narrator {
    indent: &'static str,
}

impl Default for Narrator {
    fn default() -> Self {
        Self { indent: "  " }
    }
}

impl Narrator {
    /// A new chapter.
    pub fn chapter(&self, title: &str) {
        println!("\n━━ {title} ━━");
    }
    /// What a person does.
    pub fn does(&self, who: &str, what: &str) {
        println!("{}● {who}：{what}", self.indent);
    }
    /// What a person sees on the screen, on paper or in the mail.
    pub fn sees(&self, what: &str) {
        for line in what.lines() {
            println!("{}    │ {line}", self.indent);
        }
    }
}

/// A time as people in Suqian read it; the text itself if it is none.
pub(crate) fn in_beijing(rfc_3339: &str) -> String {
    let Ok(at) = rfc_3339.parse::<jiff::Timestamp>() else {
        return rfc_3339.to_owned();
    };
    let local = jiff::tz::offset(8).to_datetime(at);
    format!(
        "{}月{}日 {:02}:{:02}",
        local.month(),
        local.day(),
        local.hour(),
        local.minute()
    )
}
