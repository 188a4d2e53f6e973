//! The form in which a reporter writes again: words, photos, danger, that it is not fixed, that it should have been taken up.

use super::Mistakes;
use super::photos::{Form, Photos, share_or_danger};
use super::report_form::MOST_PHOTOS;
use super::status::sentence;
use crate::api::{add_to, digits, object_to, say_not_fixed};
use crate::edge::Edge;
use crate::problem::Problem;
use crate::random;
use crate::source::Source;
use axum::http::StatusCode;
use mingcha_proto::intake::{AddToTipRequest, ObjectToScreeningRequest, SayNotFixedRequest};
use uuid::Uuid;

/// The reporter writes again.
#[derive(Default)]
pub(super) struct AddForm {
    pub(super) token: Option<Uuid>,
    pub(super) receipt: String,
    pub(super) message: String,
    pub(super) photos: Photos,
    /// What was done does not hold: take the case up again.
    pub(super) not_fixed: bool,
    /// It should have been taken up: the level above is to screen it again.
    objects: bool,
    /// There is danger now.
    pub(super) danger: bool,
}

impl AddForm {
    pub(super) fn to(receipt: &str) -> Self {
        Self {
            token: Some(random::uuid()),
            receipt: digits(receipt),
            ..Self::default()
        }
    }

    /// Passes on what was written; `share` says whether its sender has written too often.
    pub(super) async fn submit(
        &self,
        edge: &Edge,
        source: &Source,
        share: Result<(), Problem>,
    ) -> Result<(), (StatusCode, Mistakes)> {
        let mut mistakes = Mistakes::default();
        let presses = self.not_fixed || self.objects || self.danger;
        if self.message.is_empty() && !self.photos.were_sent() && !presses {
            mistakes.add("message", "请写下要补充的内容，或者选择照片。");
        }
        if self.photos.kept.len() > MOST_PHOTOS {
            let says = "一次最多上传 5 张照片，其余的可以再补充一次。";
            mistakes.add(self.own("photos"), says);
        }
        if mistakes.any() {
            return Err((StatusCode::UNPROCESSABLE_ENTITY, mistakes));
        }
        let told = |problem: Problem| -> (StatusCode, Mistakes) {
            let mut mistakes = Mistakes::default();
            mistakes.add(self.field_of(&problem), sentence(&problem));
            (problem.status(), mistakes)
        };
        let share = share_or_danger(edge, source, share, self.danger).await;
        share.map_err(told)?;
        // Danger does not wait for photos.
        if let (Some(problem), false) = (&self.photos.refused, self.danger) {
            let mut mistakes = Mistakes::default();
            mistakes.add(self.own("photos"), sentence(problem));
            return Err((problem.status(), mistakes));
        }
        let command_id = self.token.map_or_else(random::command_id, |token| {
            platform::derived_command(token, "citizen POST /status/add", 0)
        });
        let words = |message: String| AddToTipRequest {
            receipt: self.receipt.clone(),
            message,
            photos: self.photos.kept.clone(),
            danger: self.danger,
            answer_to: None,
        };
        if !self.not_fixed && !self.objects {
            let added = add_to(edge, source, Some(command_id), words(self.message.clone())).await;
            return added.map(|_| ()).map_err(told);
        }
        if !self.photos.kept.is_empty() || self.danger {
            // Two commands under one form need two ids.
            let id = platform::derived_command(command_id.0, "photos", 0);
            let added = add_to(edge, source, Some(id), words(String::new())).await;
            added.map_err(told)?;
        }
        let (receipt, message) = (self.receipt.clone(), self.message.clone());
        if self.objects {
            let message = ObjectToScreeningRequest { receipt, message };
            let said = object_to(edge, source, Some(command_id), message).await;
            return said.map(|_| ()).map_err(told);
        }
        let message = SayNotFixedRequest { receipt, message };
        let said = say_not_fixed(edge, source, Some(command_id), message).await;
        said.map(|_| ()).map_err(told)
    }

    fn field_of(&self, problem: &Problem) -> &'static str {
        match problem.details().field.as_deref() {
            Some(field) if field.starts_with("photos") || field.starts_with("evidence") => self.own("photos"),
            Some(field) if field.starts_with("message") => self.own("message"),
            _ => "",
        }
    }
    /// That it is not fixed is said in a form of its own, which has fields of its own.
    fn own(&self, field: &'static str) -> &'static str {
        match (self.not_fixed, field) {
            (true, "photos") => "not_fixed-photos",
            (true, "message") => "not_fixed-message",
            _ => field,
        }
    }
}

impl Form for AddForm {
    fn take(&mut self, name: &str, text: &str) {
        match name {
            "token" => self.token = Uuid::parse_str(text).ok(),
            "receipt" => self.receipt = digits(text),
            "not_fixed" => self.not_fixed = true,
            "objects" => self.objects = true,
            "danger" => self.danger = true,
            "message" => self.message = text.trim().replace("\r\n", "\n"),
            _ => {}
        }
    }
    fn tells_danger(&self) -> bool {
        self.danger
    }
    fn photos(&mut self) -> &mut Photos {
        &mut self.photos
    }
}
