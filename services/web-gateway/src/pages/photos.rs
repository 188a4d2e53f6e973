//! Photos of the public forms: kept if there is room for them; if not they pass by, and not a word around them is lost.

use crate::body;
use crate::edge::Edge;
use crate::large::{self, Permit, permit_for};
use crate::limits::Bucket;
use crate::problem::Problem;
use crate::source::Source;
use axum::body::Bytes;
use axum::extract::Request;
use axum::extract::multipart::{Field, MultipartError};
use mingcha_proto::intake::Attachment;

/// Five photos of 10 MiB and the texts.
pub(super) const LARGEST_FORM: usize = 51 * 1024 * 1024;
/// So much is read of a form that is too large, for a browser that is cut off in the middle of sending shows its own error
/// instead of our sentence.
const MOST_READ: usize = 4 * LARGEST_FORM;
/// What they are called on every form.
const PHOTOS: &str = "photos";
/// No field that somebody types into is longer.
const LONGEST_TEXT: usize = 256 * 1024;

/// The photos of one form.
#[derive(Default)]
pub(crate) struct Photos {
    pub kept: Vec<Attachment>,
    /// Why those that came were not kept.
    pub refused: Option<Problem>,
    /// The right to hold them.
    permit: Option<Permit>,
}

impl Photos {
    /// Browsers keep no files: they have to be chosen again wherever the form is shown again.
    pub(crate) fn were_sent(&self) -> bool {
        !self.kept.is_empty() || self.refused.is_some()
    }
    fn drop_for(&mut self, problem: Problem) {
        *self = Self {
            refused: Some(problem),
            ..Self::default()
        };
    }
    fn bytes(&self) -> usize {
        self.kept.iter().map(|photo| photo.data.len()).sum()
    }
}

/// A form with photos among its fields.
pub(super) trait Form: Default {
    fn take(&mut self, name: &str, text: &str);
    /// Whether danger was ticked. It stands before the photos on every form.
    fn tells_danger(&self) -> bool;
    fn photos(&mut self) -> &mut Photos;
}

/// Whether photos may be kept of a form of so many bytes, as its browser says. Heaps of photos are not read of somebody
/// who writes too often, as `share` says, unless it burns.
pub(super) fn admit(
    edge: &Edge,
    share: &Result<(), Problem>,
    length: u64,
    danger: bool,
) -> Result<Option<Permit>, Problem> {
    if let (Err(problem), false) = (share, danger) {
        return Err(problem.clone());
    }
    if length > LARGEST_FORM as u64 {
        return Err(Problem::too_large(LARGEST_FORM));
    }
    permit_for(edge, length)
}

/// Reads a form to its end. Whether its photos are kept `admit` says, once, of the form's length and its danger.
///
/// # Errors
/// If it breaks off, or is no form; never for its photos.
pub(super) async fn read<F: Form>(
    request: Request,
    admit: impl Fn(u64, bool) -> Result<Option<Permit>, Problem>,
) -> Result<F, Problem> {
    let length = large::length(request.headers());
    let mut form = F::default();
    let mut parts = body::multipart(request, MOST_READ).await?;
    let mut admitted = false;
    while let Some(mut part) = parts.next_field().await.map_err(bad)? {
        let name = part.name().unwrap_or_default().to_owned();
        // Browsers send an empty file where none was chosen.
        let mut first = part.chunk().await.map_err(bad)?;
        while first.as_ref().is_some_and(Bytes::is_empty) {
            first = part.chunk().await.map_err(bad)?;
        }
        if name != PHOTOS {
            let bytes = whole(&mut part, first, LONGEST_TEXT).await?;
            let bytes = bytes.ok_or_else(|| Problem::invalid(&name, "这一项太长了。"))?;
            form.take(&name, &body::text(&bytes, &name)?);
        } else if first.is_some() {
            let danger = form.tells_danger();
            let photos = form.photos();
            if !admitted && photos.refused.is_none() {
                match admit(length, danger) {
                    Ok(permit) => (admitted, photos.permit) = (true, permit),
                    Err(problem) => photos.drop_for(problem),
                }
            }
            let room = LARGEST_FORM.saturating_sub(photos.bytes());
            let room = if photos.refused.is_some() { 0 } else { room };
            match whole(&mut part, first, room).await? {
                Some(data) => photos.kept.push(Attachment { data }),
                None if photos.refused.is_some() => {}
                None => photos.drop_for(Problem::too_large(LARGEST_FORM)),
            }
        }
    }
    Ok(form)
}

/// The bytes of a field; none if they are more than `most`, which are let pass by.
async fn whole(part: &mut Field<'_>, first: Option<Bytes>, most: usize) -> Result<Option<Vec<u8>>, Problem> {
    let mut kept = Some(Vec::new());
    let mut next = first;
    while let Some(chunk) = next {
        kept = kept.filter(|kept| kept.len() + chunk.len() <= most);
        if let Some(kept) = &mut kept {
            kept.extend_from_slice(&chunk);
        }
        next = part.chunk().await.map_err(bad)?;
    }
    Ok(kept)
}

fn bad(error: MultipartError) -> Problem {
    body::bad_part(&error, LARGEST_FORM)
}

/// The share of a source, or, for whoever tells of danger, the one kept for that: whoever shares an address with many
/// others is not to blame for them when it burns.
pub(super) async fn share_or_danger(
    edge: &Edge,
    source: &Source,
    share: Result<(), Problem>,
    danger: bool,
) -> Result<(), Problem> {
    match share {
        Err(_) if danger => edge.limits.take(Bucket::Danger, source).await,
        share => share,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::pages::report_form::ReportForm;
    use axum::body::Body;
    use axum::http::{Request as HttpRequest, StatusCode, header};

    pub(in crate::pages) fn multipart(parts: &[(&str, Option<&str>, &str)]) -> Request {
        let mut body = String::new();
        for (name, file, content) in parts {
            let file = file.map_or(String::new(), |file| format!("; filename=\"{file}\""));
            body.push_str(&format!(
                "--b\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n"
            ));
        }
        body.push_str("--b--\r\n");
        HttpRequest::post("/report")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
            .body(Body::from(body))
            .expect("request")
    }
    pub(in crate::pages) async fn filled(parts: &[(&str, Option<&str>, &str)]) -> ReportForm {
        let form = read(multipart(parts), |_, _| Ok(None)).await;
        form.expect("form")
    }

    #[tokio::test]
    async fn photos_that_find_no_room_pass_by_and_the_words_around_them_stay() {
        let fields = [
            ("narrative", None, "前"),
            ("photos", Some("a.jpg"), "JPEG"),
            ("photos", Some("b.jpg"), "JPEG"),
            ("confidential", None, "yes"),
        ];
        let form: ReportForm = read(multipart(&fields), |_, _| Err(Problem::busy()))
            .await
            .expect("form");
        assert_eq!((form.narrative.as_str(), form.confidential), ("前", true));
        assert!(form.photos.kept.is_empty() && form.photos.were_sent());
        let why = form.photos.refused.expect("a reason");
        assert_eq!(why.status(), StatusCode::SERVICE_UNAVAILABLE);
    }
    #[tokio::test]
    async fn who_sends_no_photos_is_not_told_of_any() {
        let fields = [("narrative", None, "x"), ("photos", Some(""), "")];
        let form: ReportForm = read(multipart(&fields), |_, _| Err(Problem::busy()))
            .await
            .expect("form");
        assert!(!form.photos.were_sent());
    }
    #[tokio::test]
    async fn danger_is_known_before_the_first_photo() {
        let fields = [("danger", None, "yes"), ("photos", Some("a.jpg"), "JPEG")];
        let admit = |_, danger: bool| danger.then_some(None).ok_or_else(Problem::busy);
        let form: ReportForm = read(multipart(&fields), admit).await.expect("form");
        assert_eq!(form.photos.kept.len(), 1);
    }
    #[tokio::test]
    async fn a_novel_is_not_taken_into_memory() {
        let novel = "x".repeat(LONGEST_TEXT + 1);
        let reading = read::<ReportForm>(multipart(&[("narrative", None, &novel)]), |_, _| Ok(None)).await;
        let problem = reading.err().expect("refused");
        assert_eq!(problem.details().field.as_deref(), Some("narrative"));
    }
}
