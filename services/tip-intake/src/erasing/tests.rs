//! Erasure on a real store: interrupted, finished by the reaction, done twice.

use super::*;
use crate::evidence::EvidenceStore;
use crate::keyring::Keyring;
use crate::outbox::{Outbox, OutgoingSms};
use crate::receipt::Receipts;
use platform::Reaction;
use platform::testkit::Town;
use std::fs;
use std::path::Path;
use tip_domain::{Authenticity, Channel, Place};

const OWNER: &str = "tip-00000000-0000-8000-8000-000000000007";
const NUMBER: &str = "19900000033";

fn vault(folder: &Path) -> Arc<Vault> {
    let keyring =
        Keyring::open(&folder.join("keyring.sqlite"), &folder.join("master.key")).expect("a keyring");
    Arc::new(Vault {
        receipts: Receipts::new(keyring.subkey("receipts")),
        evidence: EvidenceStore::open(&folder.join("evidence"), keyring.clone()).expect("a store"),
        outbox: Outbox::new(keyring.clone()),
        keyring,
    })
}

fn received(vault: &Vault) -> TipEvent {
    let seal = |compartment, field: &str, text: &str| {
        let sealed = vault.keyring.seal(OWNER, compartment, field, text.as_bytes());
        Some(sealed.expect("sealed"))
    };
    let contact = format!(r#"{{"name":"","phone":"{NUMBER}","email":"","address":""}}"#);
    TipEvent::TipReceived {
        channel: Channel::Sms,
        line: None,
        authenticity: Authenticity::Unsigned,
        place: Place::default(),
        seen: vec![],
        seen_when: String::new(),
        evidence: vec![],
        confidential: true,
        wants_answer: true,
        danger: false,
        receipt_hash: "ab".repeat(32),
        identity: seal(Compartment::Identity, "contact", &contact),
        content: seal(Compartment::Content, "narrative", "夜里有气味"),
        against: Default::default(),
    }
}

fn sms(number: &str) -> OutgoingSms {
    OutgoingSms {
        number: number.into(),
        text: "查询码".into(),
    }
}

#[tokio::test]
async fn a_process_that_died_after_the_fact_is_finished_by_the_reaction() {
    let town = Town::start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let before = vault(folder.path());
    let fact = received(&before);
    let TipEvent::TipReceived {
        identity: Some(identity),
        content: Some(content),
        ..
    } = fact.clone()
    else {
        panic!("both compartments are sealed")
    };
    before.outbox.put(&sms(NUMBER)).expect("put");
    before.outbox.put(&sms("19900000034")).expect("put");
    let erased = TipEvent::ReporterErased {
        compartments: vec![Compartment::Identity],
        reason: "举报人凭查询码要求销毁".into(),
    };
    let facts = town.record(OWNER, &[fact, erased]).await;
    drop(before);

    let after = vault(folder.path());
    for _ in 0..2 {
        let reaction = Reaction {
            event: &facts[1],
            context: &town.own,
        };
        crate::reactor::handle(reaction, &after)
            .await
            .expect("a reaction");
    }
    assert_eq!(
        after.keyring.open_sealed(OWNER, &identity),
        Err(SealError::Erased)
    );
    assert!(
        after.keyring.open_sealed(OWNER, &content).is_ok(),
        "the other compartment has a key of its own"
    );
    assert_eq!(after.outbox.take(9).expect("taken"), [sms("19900000034")]);
    town.stop().await;
}

#[tokio::test]
async fn a_destroyed_key_leaves_no_trace_in_the_file_and_is_not_made_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let vault = vault(folder.path());
    received(&vault);
    let wrap: Vec<u8> = vault
        .keyring
        .database()
        .query_row(
            "SELECT wrap FROM wraps WHERE compartment = 'content'",
            [],
            |row| row.get(0),
        )
        .expect("a wrap");
    let traces = || {
        let files = fs::read_dir(folder.path()).expect("files").flatten();
        let files = files.filter(|file| file.path().is_file());
        let holds = |bytes: Vec<u8>| bytes.windows(wrap.len()).any(|window| window == wrap);
        files
            .filter(|file| holds(fs::read(file.path()).expect("bytes")))
            .count()
    };
    assert!(traces() > 0, "the search finds what is there");
    destroy(&vault, OWNER, &Compartment::ALL, None).expect("destroyed");
    assert_eq!(traces(), 0);
    let again = vault
        .keyring
        .seal(OWNER, Compartment::Content, "message", b"more");
    assert_eq!(again, Err(SealError::Erased));
}
