//! The RPC of all services, compiled from `mingcha/*/v1/*.proto`; the same messages are the JSON of the staff API.

macro_rules! packages {
    ($($(#[$doc:meta])* $name:ident = $package:literal),+ $(,)?) => {
        $($(#[$doc])*
        pub mod $name {
            // The comments are those of the .proto files: plain text, in which `tip-<id>` is no tag.
            #[allow(clippy::all, rustdoc::invalid_html_tags)]
            pub mod v1 {
                tonic::include_proto!($package);
            }
            pub use v1::*;
        })+
    };
}

packages!(
    /// Messages that every service shares.
    common = "mingcha.common.v1",
    /// Tips and evidence.
    intake = "mingcha.intake.v1",
    /// Cases.
    assignment = "mingcha.assignment.v1",
    /// Disposals.
    disposal = "mingcha.disposal.v1",
    /// Explanations and inquiries.
    accountability = "mingcha.accountability.v1",
    /// Area reports.
    reporting = "mingcha.reporting.v1",
    /// What was sent.
    notification = "mingcha.notification.v1",
    /// Units, staff, dates, sign-in.
    directory = "mingcha.directory.v1",
    /// Lists, figures, progress.
    ledger = "mingcha.ledger.v1",
    /// Histories.
    audit = "mingcha.audit.v1",
);

/// Bytes as base64 in JSON.
mod base64_bytes {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD
            .decode(text)
            .map_err(|_| D::Error::custom("图片应为 base64 编码"))
    }
}

/// All descriptors, for reflection.
pub const FILE_DESCRIPTOR_SET: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));
