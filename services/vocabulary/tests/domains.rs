//! Every code that a domain writes has its word, and the domains themselves say the same.

use serde::de::value::{Error, StrDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use std::collections::{BTreeSet, HashMap};
use vocabulary::{List, WORDS};

/// Reads nothing: takes down which codes somebody is ready to read.
struct Codes(&'static [&'static str]);

impl<'de> Deserializer<'de> for &mut Codes {
    type Error = Error;
    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Error> {
        Err(de::Error::custom("no list of codes"))
    }
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        codes: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Error> {
        self.0 = codes;
        Err(de::Error::custom("codes taken down"))
    }
    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// The codes of a type as they are stored.
fn codes<T: DeserializeOwned>() -> BTreeSet<&'static str> {
    let mut codes = Codes(&[]);
    let _nothing = T::deserialize(&mut codes);
    assert!(!codes.0.is_empty(), "{} has no codes", std::any::type_name::<T>());
    codes.0.iter().copied().collect()
}

/// The same of a type that says its kind in a field: it names what it would have read instead.
fn kinds<T: DeserializeOwned>() -> BTreeSet<String> {
    let Err(refused) = serde_json::from_value::<T>(serde_json::json!({ "kind": "?" })) else {
        panic!("anything is read as {}", std::any::type_name::<T>());
    };
    let said = refused.to_string();
    let named = said.split('`').skip(1).step_by(2);
    named.filter(|name| *name != "?").map(str::to_owned).collect()
}

/// What stands in a list of the file.
fn listed(list: List) -> BTreeSet<String> {
    let mut lists: HashMap<List, HashMap<String, String>> = serde_json::from_str(WORDS).expect("lists");
    let words = lists.remove(&list).unwrap_or_default();
    words.into_keys().collect()
}

/// The list has the codes of the type and no other; `beyond` are those that are no state of a thing that is there.
fn complete<T: DeserializeOwned>(list: List, beyond: &[&str]) {
    let codes: BTreeSet<String> = codes::<T>()
        .into_iter()
        .filter(|code| !beyond.contains(code))
        .map(str::to_owned)
        .collect();
    assert_eq!(listed(list), codes, "{list:?}");
}

/// Likewise, and the domain says the same words.
fn said<T: DeserializeOwned>(list: List, beyond: &[&str], in_chinese: fn(T) -> &'static str) {
    complete::<T>(list, beyond);
    for code in listed(list) {
        let read: StrDeserializer<'_, Error> = code.as_str().into_deserializer();
        let value = T::deserialize(read).expect("a code");
        assert_eq!(list.word(&code), Some(in_chinese(value)), "{list:?}.{code}");
    }
}

#[test]
fn every_code_of_a_domain_has_its_word() {
    complete::<tip_domain::Channel>(List::Channel, &[]);
    complete::<tip_domain::Authenticity>(List::Authenticity, &[]);
    complete::<tip_domain::Seen>(List::Seen, &[]);
    complete::<tip_domain::Compartment>(List::Compartment, &[]);
    complete::<case_domain::RelapseLink>(List::RelapseLink, &[]);
    complete::<case_domain::Finding>(List::Finding, &[]);
    complete::<case_domain::Answer>(List::CheckAnswer, &[]);
    complete::<case_domain::PartyRole>(List::PartyRole, &[]);
    complete::<disposal_domain::Class>(List::Class, &[]);
    complete::<disposal_domain::Receiver>(List::Receiver, &[]);
    complete::<accountability_domain::StopReason>(List::StopReason, &[]);
    complete::<accountability_domain::Accountable>(List::Accountable, &[]);
    complete::<accountability_domain::Gravity>(List::Gravity, &[]);
    complete::<jurisdiction::StageDuty>(List::StageDuty, &[]);
    complete::<jurisdiction::Urgency>(List::Urgency, &[]);
    complete::<jurisdiction::UnitKind>(List::UnitKind, &[]);
    complete::<jurisdiction::Department>(List::Department, &[]);
}

#[test]
fn every_kind_of_an_origin_and_of_a_closing_has_its_word() {
    assert_eq!(kinds::<case_domain::Origin>(), listed(List::Origin));
    assert_eq!(kinds::<case_domain::ClosingReason>(), listed(List::Closing));
}

#[test]
fn what_a_domain_says_itself_is_what_the_catalogue_says() {
    said(List::Rejection, &[], tip_domain::RejectionReason::in_chinese);
    // What is absent is nobody's to read of.
    said(List::CaseState, &["absent"], case_domain::Progress::in_chinese);
    said(
        List::DisposalState,
        &["absent"],
        disposal_domain::Progress::in_chinese,
    );
    said(List::ReportState, &[], report_domain::Progress::in_chinese);
    said(List::Method, &[], case_domain::Method::in_chinese);
    said(List::Premises, &[], case_domain::Premises::in_chinese);
    said(List::Measure, &[], disposal_domain::Measure::in_chinese);
    said(List::Obligation, &[], jurisdiction::Obligation::in_chinese);
    said(List::Rung, &[], jurisdiction::Rung::in_chinese);
    said(List::Level, &[], jurisdiction::Level::in_chinese);
    said(List::Role, &[], jurisdiction::Role::in_chinese);
    said(List::Failure, &[], accountability_domain::FailureKind::in_chinese);
    said(
        List::FindingSource,
        &[],
        accountability_domain::FindingSource::in_chinese,
    );
}
