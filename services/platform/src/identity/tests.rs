//! Who comes without an identity, or with a garbled command id, is turned away with a reason.

use super::*;
use crate::PlatformRefusal;
use decider::Refusal;
use tonic::Code;
use tonic_types::StatusExt;

fn keys() -> (IdentityMint, IdentityVerifier) {
    let folder = tempfile::tempdir().expect("a folder");
    let config = IdentityConfig {
        signing_key_file: folder.path().join("identity.pem"),
        verifying_key_file: folder.path().join("identity.pub.pem"),
    };
    generate_keys(&config).expect("keys");
    let mint = IdentityMint::load(&config).expect("the signing key");
    (mint, IdentityVerifier::load(&config).expect("the verifying key"))
}

fn asking(token: &str, command: Option<&str>) -> Request<()> {
    let mut request = Request::new(());
    let bearer = format!("Bearer {token}").parse().expect("a header");
    request.metadata_mut().insert("authorization", bearer);
    if let Some(command) = command {
        let command = command.parse().expect("a header");
        request.metadata_mut().insert(COMMAND_ID_HEADER, command);
    }
    request
}

fn reason(status: &Status) -> String {
    status.get_details_error_info().expect("a reason").reason
}

#[test]
fn an_identity_of_ours_is_admitted_and_another_is_not() {
    let (mint, verifier) = keys();
    let (forger, _) = keys();
    let actor = Actor::system("test");
    assert!(verifier.admit(asking(&mint.token(&actor), None)).is_ok());
    for token in [forger.token(&actor), "nonsense".to_owned()] {
        let refused = verifier.admit(asking(&token, None)).expect_err("refused");
        assert_eq!(refused.code(), Code::Unauthenticated);
        assert_eq!(reason(&refused), PlatformRefusal::NoIdentity.reason().code);
    }
}

#[test]
fn a_command_id_is_a_uuid() {
    let (mint, verifier) = keys();
    let token = mint.token(&Actor::Citizen);
    let refused = verifier
        .admit(asking(&token, Some("seven")))
        .expect_err("refused");
    assert_eq!(reason(&refused), PlatformRefusal::BadIdentifier.reason().code);
}

#[test]
fn a_seen_revision_is_a_number() {
    let (mint, verifier) = keys();
    let token = mint.token(&Actor::Citizen);
    let seen = |text: &str| {
        let mut request = asking(&token, None);
        let text = text.parse().expect("a header");
        request.metadata_mut().insert(SEEN_HEADER, text);
        verifier.admit(request)
    };
    let admitted = seen("7").expect("admitted");
    assert_eq!(Caller::of(&admitted).expect("a caller").seen, Some(7));
    for garbled in ["-1", "seven", ""] {
        let refused = seen(garbled).expect_err("refused");
        assert_eq!(
            reason(&refused),
            PlatformRefusal::BadRevision.reason().code,
            "{garbled}"
        );
    }
}
