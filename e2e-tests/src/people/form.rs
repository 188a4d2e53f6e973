//! An HTML form as a browser without scripts fills and sends it.

use reqwest::multipart;

/// What a form would send, in the order of the page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form {
    action: String,
    fields: Vec<(String, String)>,
    file: Option<String>,
}

impl Form {
    /// The first form of the page that `suits`.
    pub(crate) fn read(page: &str, suits: impl Fn(&Self) -> bool) -> Self {
        let forms = page.split("<form").skip(1).map(Self::parse);
        let mut fitting = forms.filter(suits);
        fitting.next().unwrap_or_else(|| panic!("no such form: {page}"))
    }

    fn parse(html: &str) -> Self {
        let inside = html.split("</form").next().unwrap_or_default();
        let mut form = Self {
            action: attribute(inside.split('>').next().unwrap_or_default(), "action").unwrap_or_default(),
            ..Self::default()
        };
        for tag in inside.split('<').filter_map(|rest| rest.split('>').next()) {
            let kind = tag.split_whitespace().next().unwrap_or_default();
            let Some(name) = attribute(tag, "name") else {
                continue;
            };
            let input = attribute(tag, "type").unwrap_or_default();
            match (kind, input.as_str()) {
                ("input", "file") => form.file = Some(name),
                // Left alone, a box is not ticked and a button is not pressed.
                ("input", "checkbox" | "radio" | "submit") | ("button", _) => {}
                ("input" | "textarea" | "select", _) => {
                    form.fields
                        .push((name, attribute(tag, "value").unwrap_or_default()));
                }
                _ => {}
            }
        }
        form
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Types a text into the field of that name, or into the first whose name begins so.
    pub(crate) fn fill(&mut self, name: &str, text: &str) {
        let at = self
            .find(name)
            .unwrap_or_else(|| panic!("no field {name} in {self:?}"));
        self.fields[at].1 = text.to_owned();
    }

    pub(crate) fn action_or(&self, otherwise: &str) -> String {
        if self.action.is_empty() {
            otherwise.to_owned()
        } else {
            self.action.clone()
        }
    }
    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        self.fields.clone()
    }
    pub(crate) fn multipart(&self, file: multipart::Part) -> multipart::Form {
        let mut form = multipart::Form::new();
        for (name, value) in self.fields.clone() {
            form = form.text(name, value);
        }
        match self.file.clone() {
            Some(name) => form.part(name, file),
            None => panic!("the form takes no photos: {self:?}"),
        }
    }

    fn find(&self, name: &str) -> Option<usize> {
        let exact = self.fields.iter().position(|(field, _)| field == name);
        exact.or_else(|| self.fields.iter().position(|(field, _)| field.starts_with(name)))
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}="))? + name.len() + 2;
    let rest = &tag[start..];
    let value = match rest.chars().next()? {
        quote @ ('"' | '\'') => rest[1..].split(quote).next()?,
        _ => rest.split_whitespace().next()?,
    };
    Some(value.replace("&#38;", "&").replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_a_browser_would() {
        let page = r#"<form action="/search"><input name="q"></form>
            <form method=post action="/report" enctype="multipart/form-data">
            <input type="hidden" name="key" value="k1"><textarea name="narrative" rows=3></textarea>
            <input type=checkbox name=danger value=on><input type="file" name="photos" multiple></form>"#;
        let mut form = Form::read(page, |form| form.has("narrative"));
        form.fill("narrative", "夜里有气味");
        assert_eq!(form.action_or("/"), "/report");
        assert_eq!(form.file.as_deref(), Some("photos"));
        let expected =
            [("key", "k1"), ("narrative", "夜里有气味")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(form.pairs(), expected);
    }
}
