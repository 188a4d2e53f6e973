//! The report form as people fill it in: read from multipart, turned into a message, shown again with mistakes.

use super::Mistakes;
use super::photos::{Form, Photos};
use crate::random;
use jurisdiction::{Jurisdiction, Level, Unit, UnitKind};
use mingcha_proto::common::{Coordinates, Place};
use mingcha_proto::intake::{Concerned, Contact, ReceiveTipRequest};

pub(crate) const MOST_PHOTOS: usize = 5;

/// What can be seen, in the order and words of the catalogue.
pub(crate) const SEEN: [(&str, &str); 7] = [
    ("equipment", "反应釜、罐子等生产设备"),
    ("barrels", "成堆的桶、袋装原料"),
    ("smell", "刺鼻的气味"),
    ("waste_water", "颜色或气味异常的污水"),
    ("night_work", "夜里生产、夜里拉货"),
    ("private_wiring", "私接的电线或水管"),
    ("other", "其他可疑情况"),
];

/// Everything typed; photos are not kept by browsers and have to be chosen again.
#[derive(Default)]
pub(crate) struct ReportForm {
    /// What was given out with the form: under it a form that is sent twice is recognised.
    pub challenge: String,
    /// The answer to it, where scripts run.
    pub proof: String,
    pub place: String,
    /// Where the reporter's device was, if they gave it.
    pub latitude: String,
    pub longitude: String,
    pub division: String,
    pub seen: Vec<String>,
    pub seen_when: String,
    pub narrative: String,
    pub danger: bool,
    pub confidential: bool,
    pub wants_answer: bool,
    /// It is about a unit or an official.
    pub official: bool,
    pub official_unit: String,
    pub official_said: String,
    /// Chose to stay unknown: whatever stands in the fields of a name is not taken.
    pub anonymous: bool,
    pub named: bool,
    pub name: String,
    pub phone: String,
    pub photos: Photos,
}

impl ReportForm {
    /// An empty form. Reporters are protected unless they say that they need not be.
    pub(crate) fn fresh(challenge: String) -> Self {
        Self {
            challenge,
            confidential: true,
            anonymous: true,
            ..Self::default()
        }
    }

    pub(crate) fn has_seen(&self, code: &str) -> bool {
        self.seen.iter().any(|seen| seen == code)
    }
    /// Whoever chose a unit or wrote a name meant it, with or without the tick.
    pub(crate) fn is_about_officials(&self) -> bool {
        self.official || !self.official_unit.is_empty() || !self.official_said.is_empty()
    }
    /// Whoever wrote a name on a form without that choice meant it.
    pub(crate) fn has_contact(&self) -> bool {
        !self.anonymous && (!self.name.is_empty() || !self.phone.is_empty())
    }
    /// The position, if it is one.
    pub(crate) fn coordinates(&self) -> Option<Coordinates> {
        let degrees = |text: &str, most: f64| text.parse().ok().filter(|value: &f64| value.abs() <= most);
        Some(Coordinates {
            latitude: degrees(&self.latitude, 90.0)?,
            longitude: degrees(&self.longitude, 180.0)?,
        })
    }
    /// Tells one content from another, and nothing of either: the key is in no store.
    pub(crate) fn digest(&self) -> String {
        let words = serde_json::to_vec(&self.words()).unwrap_or_default();
        let photos = self.photos.kept.iter().map(|photo| photo.data.as_slice());
        let parts: Vec<&[u8]> = std::iter::once(words.as_slice()).chain(photos).collect();
        hex::encode(random::keyed_hash(self.challenge.as_bytes(), &parts))
    }

    /// What the service cannot tell as well as the form; everything else is the service's to judge.
    pub(crate) fn mistakes(&self) -> Mistakes {
        let mut mistakes = Mistakes::default();
        if self.place.is_empty() && self.coordinates().is_none() {
            mistakes.add("place", "请写下地点，村名、路名、厂名都可以。");
        }
        if self.narrative.is_empty() && !self.photos.were_sent() {
            let says = match self.seen.is_empty() {
                true => "请写一句看到的情况，或者在下面上传照片，两样至少有一样。",
                false => "只勾选还不够：请写一句看到的情况，或者在下面上传照片，两样至少有一样。",
            };
            mistakes.add("narrative", says);
        }
        if self.photos.kept.len() > MOST_PHOTOS {
            mistakes.add("photos", "一次最多上传 5 张照片，其余的可以凭查询码补充。");
        }
        if self.named && !self.has_contact() {
            let says = "选了留下联系方式，请写下称呼或者电话；不想留，请改选匿名。";
            mistakes.add("name", says);
        }
        mistakes
    }

    pub(crate) fn message(&self) -> ReceiveTipRequest {
        ReceiveTipRequest {
            photos: self.photos.kept.clone(),
            ..self.words()
        }
    }

    /// The message but for the photos.
    fn words(&self) -> ReceiveTipRequest {
        let contact = self.has_contact().then(|| Contact {
            name: self.name.clone(),
            phone: self.phone.clone(),
            ..Contact::default()
        });
        ReceiveTipRequest {
            channel: "web".to_owned(),
            line: None,
            narrative: self.narrative.clone(),
            place: Some(Place {
                text: self.place.clone(),
                coordinates: self.coordinates(),
                division: Some(self.division.clone()).filter(|code| !code.is_empty()),
            }),
            seen: self.seen.clone(),
            seen_when: self.seen_when.clone(),
            photos: Vec::new(),
            recordings: Vec::new(),
            confidential: self.confidential,
            wants_answer: self.wants_answer,
            danger: self.danger,
            contact,
            concerns: self.is_about_officials().then(|| Concerned {
                units: Some(self.official_unit.clone())
                    .filter(|code| !code.is_empty())
                    .into_iter()
                    .collect(),
                persons: Vec::new(),
                said: self.official_said.clone(),
            }),
        }
    }
}

impl Form for ReportForm {
    fn take(&mut self, name: &str, text: &str) {
        let text = text.trim();
        let owned = text.to_owned();
        match name {
            "challenge" => self.challenge = owned,
            "proof" => self.proof = owned,
            "place" => self.place = owned,
            "latitude" => self.latitude = owned,
            "longitude" => self.longitude = owned,
            "division" => self.division = owned,
            "seen" => self.seen.push(owned),
            "seen_when" => self.seen_when = owned,
            // Browsers send line ends as CR LF; the limit on length is meant for what was typed.
            "narrative" => self.narrative = owned.replace("\r\n", "\n"),
            "danger" => self.danger = true,
            "confidential" => self.confidential = true,
            "wants_answer" => self.wants_answer = true,
            "official" => self.official = true,
            "official_unit" => self.official_unit = owned,
            "official_said" => self.official_said = owned.replace("\r\n", "\n"),
            "identity" => {
                self.named = text == "named";
                self.anonymous = !self.named;
            }
            "name" => self.name = owned,
            "phone" => self.phone = owned,
            // Forms of other versions may say more; nobody's report is refused for that.
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

/// Where on the form a field of the message stands.
pub(crate) fn place_on_form(field: &str) -> &'static str {
    let first = field.split(['.', '[']).next().unwrap_or_default();
    match (first, field) {
        (_, "place.division") => "division",
        ("place", _) => "place",
        ("seen", _) => "seen",
        ("seen_when", _) => "seen_when",
        ("narrative", _) => "narrative",
        ("photos" | "evidence", _) => "photos",
        (_, "concerns.said") => "official_said",
        ("concerns" | "against", _) => "official_unit",
        (_, "contact.name") => "name",
        ("contact", _) => "phone",
        _ => "",
    }
}

/// A county with its townships, for the list to choose from.
pub(crate) struct County {
    pub code: String,
    pub name: String,
    pub townships: Vec<(String, String)>,
}

pub(crate) fn counties(jurisdiction: &Jurisdiction) -> Vec<County> {
    let governments = |level: Level| {
        let units = jurisdiction.open_units();
        units.filter(move |unit| unit.level == level && unit.kind == UnitKind::Government)
    };
    let named = |unit: &Unit| (unit.code.to_string(), unit.name.clone());
    governments(Level::County)
        .map(|county| County {
            code: county.code.to_string(),
            name: county.name.clone(),
            townships: governments(Level::Township)
                .filter(|township| township.parent.as_ref() == Some(&county.code))
                .map(named)
                .collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::photos::tests::filled;
    use mingcha_proto::intake::Attachment;

    #[tokio::test]
    async fn the_form_is_read_as_it_was_filled_in() {
        let form = filled(&[
            ("place", None, " 桥北砖瓦厂 "),
            ("seen", None, "smell"),
            ("seen", None, "barrels"),
            ("narrative", None, "一\r\n二"),
            ("danger", None, "on"),
            ("photos", Some(""), ""),
            ("photos", Some("a.jpg"), "JPEG"),
            ("something_new", None, "x"),
        ])
        .await;
        assert_eq!(
            (form.place.as_str(), form.narrative.as_str()),
            ("桥北砖瓦厂", "一\n二")
        );
        assert!(form.has_seen("smell") && form.has_seen("barrels") && form.danger && !form.confidential);
        assert_eq!(form.photos.kept.len(), 1);
        let message = form.message();
        assert!(
            message.contact.is_none(),
            "nobody is named who did not name themselves"
        );
        assert_eq!(message.place.expect("place").division, None);
    }
    #[test]
    fn what_can_be_seen_stands_as_in_the_catalogue() {
        const CATALOGUE: &str = include_str!("../../../vocabulary/words.json");
        let shown = SEEN.map(|(code, name)| format!("\"{code}\": \"{name}\""));
        let shown = shown.join(", ");
        assert!(CATALOGUE.contains(&format!("\"seen\": {{ {shown} }}")), "{shown}");
    }
    #[test]
    fn a_report_needs_a_place_and_something_to_say() {
        let mistakes = ReportForm::default().mistakes();
        assert!(mistakes.at("place").is_some() && mistakes.at("narrative").is_some());
    }
    #[tokio::test]
    async fn whoever_stays_unknown_is_not_named_by_what_a_browser_filled_in() {
        let chosen = |choice: &'static str| {
            let fields = [
                ("identity", None, choice),
                ("name", None, "张"),
                ("phone", None, "1"),
            ];
            async move { filled(&fields).await }
        };
        assert!(chosen("anonymous").await.message().contact.is_none());
        let named = chosen("named").await.message().contact.expect("a contact");
        assert_eq!((named.name.as_str(), named.phone.as_str()), ("张", "1"));
        let empty = filled(&[("identity", None, "named"), ("name", None, " ")]).await;
        assert!(empty.mistakes().at("name").is_some());
    }
    #[tokio::test]
    async fn a_position_is_a_place_and_nonsense_is_none() {
        let at = |latitude: &'static str, longitude: &'static str| async move {
            let fields = [("latitude", None, latitude), ("longitude", None, longitude)];
            filled(&fields).await
        };
        let form = at("34.12345", "118.5").await;
        assert!(form.mistakes().at("place").is_none());
        let place = form.message().place.expect("a place");
        assert_eq!(place.coordinates.expect("a position").longitude, 118.5);
        for (latitude, longitude) in [("", ""), ("34", ""), ("91", "118"), ("NaN", "118"), ("x", "y")] {
            let form = at(latitude, longitude).await;
            assert!(form.coordinates().is_none(), "{latitude} {longitude}");
            assert!(form.mistakes().at("place").is_some());
        }
    }
    #[test]
    fn the_same_words_have_one_digest_and_others_have_others() {
        let form = |narrative: &str, photo: &[u8]| {
            let mut form = ReportForm {
                narrative: narrative.to_owned(),
                challenge: "c".to_owned(),
                ..ReportForm::default()
            };
            form.photos.kept.push(Attachment { data: photo.to_vec() });
            form
        };
        assert_eq!(form("a", b"1").digest(), form("a", b"1").digest());
        assert_ne!(form("a", b"1").digest(), form("b", b"1").digest());
        assert_ne!(form("a", b"1").digest(), form("a", b"2").digest());
    }
    #[test]
    fn the_services_fields_have_their_place_on_the_form() {
        for (field, at) in [
            ("place.text", "place"),
            ("place.division", "division"),
            ("photos[2].data", "photos"),
            ("contact.phone", "phone"),
            ("concerns.said", "official_said"),
            ("concerns.units[0]", "official_unit"),
            ("against", "official_unit"),
            ("narrative", "narrative"),
            ("whatever", ""),
        ] {
            assert_eq!(place_on_form(field), at, "{field}");
        }
    }
    #[tokio::test]
    async fn a_report_about_officials_says_so_and_names_them_if_the_reporter_does() {
        let plain = ReportForm::fresh(String::new());
        assert!(plain.message().concerns.is_none());
        let form = filled(&[
            ("official_unit", None, "321322102"),
            ("official_said", None, "镇里有人通风报信"),
        ])
        .await;
        let concerns = form.message().concerns.expect("officials");
        assert_eq!(concerns.units, ["321322102"]);
        assert_eq!(concerns.said, "镇里有人通风报信");
        let form = filled(&[("official", None, "yes"), ("official_unit", None, "")]).await;
        assert!(form.message().concerns.expect("officials").units.is_empty());
    }
    #[test]
    fn townships_stand_under_their_counties() {
        let counties = counties(&jurisdiction::sample::suqian());
        let county = counties
            .iter()
            .find(|county| county.name == "沭阳县")
            .expect("county");
        assert!(county.townships.iter().any(|(_, name)| name == "胡集镇"));
    }
}
