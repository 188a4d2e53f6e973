//! From what a reporter sends to a command: lengths checked, photos stored, everything that betrays sealed.

use crate::Vault;
use crate::evidence::{self, EvidenceError};
use crate::seal::SealError;
use jurisdiction::{Actor, Against, EvidenceId, Role};
use mingcha_proto::intake::{Attachment, Concerned, Contact, ReceiveTipRequest};
use platform::{invalid, read_value, refuse};
use serde_json::json;
use std::sync::Arc;
use tip_domain::{Authenticity, Channel, Compartment, Place, ReceiveTip, Sealed, Seen, TipRefusal};
use tonic::Status;

const LONGEST_NARRATIVE: usize = 5000;
const LONGEST_CONTACT: usize = 200;
const LONGEST_SAID: usize = 500;
const LONGEST_WHEN: usize = 100;
const MOST_PHOTOS: usize = 10;
const MOST_RECORDINGS: usize = 3;

/// What was sent, read and checked; nothing of it is kept yet.
pub(crate) struct Report {
    /// As it will be decided; what is sealed and stored stands in for itself.
    pub(crate) command: ReceiveTip,
    narrative: String,
    contact: Option<String>,
    photos: Vec<Attachment>,
    recordings: Vec<Attachment>,
}

/// Reads what a reporter sends, or an operator for one.
///
/// # Errors
/// Naming the field that does not fit.
pub(crate) fn read(
    actor: &Actor,
    receipt_hash: String,
    request: ReceiveTipRequest,
) -> Result<Report, Status> {
    let channel = channel(actor, &request)?;
    let said = bounded("narrative", request.narrative.trim(), LONGEST_NARRATIVE)?;
    let in_words = !said.is_empty();
    let against = request
        .concerns
        .as_ref()
        .map(|concerns| against(actor, concerns))
        .transpose()?;
    let narrative = with_concerned(said, request.concerns.as_ref())?;
    let contact = request
        .contact
        .clone()
        .map(checked_contact)
        .transpose()?
        .flatten();
    checked_files(channel, &request)?;
    let later = |compartment| Sealed {
        compartment,
        field: String::new(),
        format: 0,
        commitment: String::new(),
        ciphertext: String::new(),
    };
    let command = ReceiveTip {
        channel,
        line: request.line.clone().map(|line| line.chars().take(32).collect()),
        authenticity: if actor.person().is_some() {
            Authenticity::Operator
        } else {
            Authenticity::Unsigned
        },
        place: place(&request)?,
        seen: seen(&request.seen)?,
        seen_when: bounded("seen_when", request.seen_when.trim(), LONGEST_WHEN)?,
        evidence: not_kept_yet(request.photos.len()),
        recordings: not_kept_yet(request.recordings.len()),
        in_words,
        confidential: request.confidential,
        wants_answer: request.wants_answer,
        danger: request.danger,
        receipt_hash,
        identity: contact.is_some().then(|| later(Compartment::Identity)),
        content: (!narrative.is_empty()).then(|| later(Compartment::Content)),
        against,
    };
    Ok(Report {
        command,
        narrative,
        contact,
        photos: request.photos,
        recordings: request.recordings,
    })
}

/// Seals and stores what was read; `owner` is the tip's stream. Only for a command that would be carried out: what was kept
/// for a tip that never is, nobody could ever have destroyed.
///
/// # Errors
/// A photo that cannot be read, or a disk that fails.
pub(crate) async fn keep(vault: &Arc<Vault>, owner: &str, report: Report) -> Result<ReceiveTip, Status> {
    let evidence = store_photos(vault, owner, report.photos).await?;
    let recordings = keep_recordings(vault, owner, report.recordings).await?;
    let seal = |compartment, field: &str, text: &[u8]| {
        vault
            .keyring
            .seal(owner, compartment, field, text)
            .map_err(sealing_failed)
    };
    let content = (!report.narrative.is_empty())
        .then(|| seal(Compartment::Content, "narrative", report.narrative.as_bytes()))
        .transpose()?;
    let identity = report
        .contact
        .map(|contact| seal(Compartment::Identity, "contact", contact.as_bytes()))
        .transpose()?;
    Ok(ReceiveTip {
        evidence,
        recordings,
        identity,
        content,
        ..report.command
    })
}

/// As many, and of the right kind; photos are looked into when they are rendered.
fn checked_files(channel: Channel, request: &ReceiveTipRequest) -> Result<(), Status> {
    if request.photos.len() > MOST_PHOTOS {
        return Err(invalid("photos", "一次最多上传 10 张图片。"));
    }
    if !request.recordings.is_empty() && channel != Channel::Phone {
        return Err(invalid("recordings", "只有电话举报可以附通话录音。"));
    }
    if request.recordings.len() > MOST_RECORDINGS {
        return Err(invalid("recordings", "一次最多上传 3 段录音，其余登记后再补。"));
    }
    for (index, recording) in request.recordings.iter().enumerate() {
        let checked = evidence::check_recording(&recording.data);
        checked.map_err(|error| file_refused(&format!("recordings[{index}]"), error))?;
    }
    Ok(())
}

/// So many ids that stand for something else.
fn not_kept_yet(many: usize) -> Vec<EvidenceId> {
    let ids = (0..many).map(|number| format!("{number:064x}"));
    ids.filter_map(|id| EvidenceId::parse(&id)).collect()
}

/// Operators type what they heard; everything else comes in by itself.
fn channel(actor: &Actor, request: &ReceiveTipRequest) -> Result<Channel, Status> {
    let channel: Channel = serde_json::from_value(json!(request.channel))
        .map_err(|_| invalid("channel", "渠道只能是 web、phone、sms、open311 或 counter。"))?;
    let typed_by_staff = matches!(channel, Channel::Phone | Channel::Counter);
    let by_staff = matches!(actor.role(), Some(Role::Operator | Role::Dispatcher));
    match (actor, typed_by_staff) {
        (Actor::Citizen, true) => Err(invalid("channel", "电话和窗口举报由话务员登记。")),
        (Actor::Staff { .. }, false) if by_staff => {
            Err(invalid("channel", "话务员登记的渠道只能是 phone 或 counter。"))
        }
        _ => Ok(channel),
    }
}

/// Units and accounts stand in the open, so that the tip can be kept from them. Accounts are known to staff only.
fn against(actor: &Actor, concerns: &Concerned) -> Result<Against, Status> {
    if actor.person().is_none() && !concerns.persons.is_empty() {
        return Err(invalid(
            "concerns.persons",
            "请选择单位，把姓名和职务写在“反映的是谁”里。",
        ));
    }
    #[derive(serde::Deserialize)]
    struct Field {
        concerns: Against,
    }
    let named = json!({ "units": concerns.units, "persons": concerns.persons });
    let field: Field = read_value(&json!({ "concerns": named }))?;
    Ok(field.concerns)
}

/// Names are sealed with the narrative: those who screen read both.
fn with_concerned(narrative: String, concerns: Option<&Concerned>) -> Result<String, Status> {
    let said = concerns.map_or("", |concerns| concerns.said.trim());
    let said = bounded("concerns.said", said, LONGEST_SAID)?;
    Ok(match (said.is_empty(), narrative.is_empty()) {
        (true, _) => narrative,
        (false, true) => format!("反映的单位或干部：{said}"),
        (false, false) => format!("{narrative}\n\n反映的单位或干部：{said}"),
    })
}

fn place(request: &ReceiveTipRequest) -> Result<Place, Status> {
    let Some(place) = &request.place else {
        return Ok(Place::default());
    };
    let value = json!({ "place": place });
    let wrapped: PlaceField = read_value(&value)?;
    Ok(Place {
        text: wrapped.place.text.trim().to_owned(),
        ..wrapped.place
    })
}

/// Keeps `place.` in the path of a field that does not fit.
#[derive(serde::Deserialize)]
struct PlaceField {
    place: Place,
}

fn seen(codes: &[String]) -> Result<Vec<Seen>, Status> {
    #[derive(serde::Deserialize)]
    struct SeenField {
        seen: Vec<Seen>,
    }
    let mut field: SeenField = read_value(&json!({ "seen": codes }))?;
    field.seen.sort_unstable();
    field.seen.dedup();
    Ok(field.seen)
}

/// The contact as JSON to be sealed; `None` if every field is blank.
fn checked_contact(contact: Contact) -> Result<Option<String>, Status> {
    let fields = [
        ("contact.name", contact.name.trim()),
        ("contact.phone", contact.phone.trim()),
        ("contact.email", contact.email.trim()),
        ("contact.address", contact.address.trim()),
    ];
    for (field, text) in fields {
        bounded(field, text, LONGEST_CONTACT)?;
    }
    if fields.iter().all(|(_, text)| text.is_empty()) {
        return Ok(None);
    }
    let [name, phone, email, address] = fields.map(|(_, text)| text);
    Ok(Some(
        json!({ "name": name, "phone": phone, "email": email, "address": address }).to_string(),
    ))
}

/// Stores photos on a thread for slow work: all of them or, if one cannot be read, none.
pub(crate) async fn store_photos(
    vault: &Arc<Vault>,
    owner: &str,
    photos: Vec<Attachment>,
) -> Result<Vec<EvidenceId>, Status> {
    if photos.len() > MOST_PHOTOS {
        return Err(invalid("photos", "一次最多上传 10 张图片。"));
    }
    let (vault, owner) = (Arc::clone(vault), owner.to_owned());
    let work = move || {
        let refused = |index: usize, error| file_refused(&format!("photos[{index}]"), error);
        let rendered = photos
            .iter()
            .enumerate()
            .map(|(index, photo)| evidence::render(&photo.data).map_err(|error| refused(index, error)));
        let renditions = rendered.collect::<Result<Vec<_>, _>>()?;
        let kept = photos.iter().zip(&renditions).enumerate();
        kept.map(|(index, (photo, rendition))| {
            let kept = vault.evidence.keep(&owner, &photo.data, rendition);
            kept.map_err(|error| refused(index, error))
        })
        .collect()
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| storage_failed(&e.to_string()))?
}

/// Keeps recordings, which were checked, on a thread for slow work.
async fn keep_recordings(
    vault: &Arc<Vault>,
    owner: &str,
    recordings: Vec<Attachment>,
) -> Result<Vec<EvidenceId>, Status> {
    let (vault, owner) = (Arc::clone(vault), owner.to_owned());
    let work = move || {
        let keep = |(index, recording): (usize, Attachment)| {
            let kept = vault.evidence.keep_recording(&owner, &recording.data);
            kept.map_err(|error| file_refused(&format!("recordings[{index}]"), error))
        };
        recordings.into_iter().enumerate().map(keep).collect()
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| storage_failed(&e.to_string()))?
}

/// Told at the field of the file that is not taken.
pub(crate) fn file_refused(field: &str, error: EvidenceError) -> Status {
    match error {
        EvidenceError::Erased => refuse(TipRefusal::Erased),
        EvidenceError::Storage(reason) => storage_failed(&reason),
        told => invalid(field, &told.to_string()),
    }
}

pub(crate) fn bounded(field: &str, text: &str, most: usize) -> Result<String, Status> {
    if text.chars().count() > most {
        return Err(invalid(field, &format!("最多 {most} 个字。")));
    }
    Ok(text.to_owned())
}

pub(crate) fn sealing_failed(error: SealError) -> Status {
    match error {
        SealError::Erased => refuse(TipRefusal::Erased),
        other => storage_failed(&other.to_string()),
    }
}

/// The disk is at fault, not the reporter: nothing was kept, and trying again is right.
fn storage_failed(reason: &str) -> Status {
    tracing::error!(reason, "reporter data or evidence could not be stored");
    platform::away(
        "系统暂时无法保存，您的内容还没有提交。",
        "请稍等一分钟再试，或者直接拨打举报电话。",
    )
}
