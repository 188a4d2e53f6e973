//! Recordings of calls: a voice gives its owner away, so there is no rendition in the clear; the whole of it stays sealed.

use super::{EvidenceError, EvidenceStore};
use crate::seal::{Key, SealError, decrypt, derive, encrypt};
use hmac::{Hmac, Mac};
use jurisdiction::EvidenceId;
use sha2::{Digest, Sha256};
use std::fs;

const LARGEST_FILE: usize = 20 * 1024 * 1024;
/// What browsers play, by what a file begins with, and as what it is sent to them.
const PLAYED: [(&str, &str); 6] = [
    ("audio/mpeg", "audio/mpeg"),
    ("audio/x-wav", "audio/wav"),
    ("audio/m4a", "audio/mp4"),
    // Telephones write the same container under a general name.
    ("video/mp4", "audio/mp4"),
    ("audio/ogg", "audio/ogg"),
    ("audio/opus", "audio/ogg"),
];
/// Of the many ways to write sound into a WAVE, those that browsers know: plain numbers, A-law and µ-law of exchanges, and
/// the form that names one of them further on.
const WAVES: [u16; 5] = [1, 3, 6, 7, 0xfffe];

/// A recording as it was brought, for whoever may hear it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Recording {
    pub(crate) content_type: &'static str,
    pub(crate) data: Vec<u8>,
}

impl EvidenceStore {
    /// Keeps a recording of an owner, `tip-<id>`. The same one twice is kept once. Its id says nothing to whoever has a
    /// copy, but not the key.
    ///
    /// # Errors
    /// If it is no recording that a browser plays, or larger than 20 MiB; if its owner's words have been destroyed.
    pub(crate) fn keep_recording(&self, owner: &str, original: &[u8]) -> Result<EvidenceId, EvidenceError> {
        let id = self.recording_id(owner, original)?;
        let key = self.keyring.key_or_new(owner, "content")?;
        let sealed = encrypt(&key, place_of_use(owner, &id).as_bytes(), original);
        let _changing = self.changing();
        // Erased meanwhile: then nothing may be kept.
        self.keyring.key(owner, "content")?.ok_or(SealError::Erased)?;
        self.write(&file_of(owner, &id), &sealed)?;
        Ok(id)
    }

    /// The id under which it is kept, before it is.
    ///
    /// # Errors
    /// Likewise.
    pub(crate) fn recording_id(&self, owner: &str, original: &[u8]) -> Result<EvidenceId, EvidenceError> {
        check(original)?;
        id_of(&self.keyring.key_or_new(owner, "content")?, original)
    }

    /// The recording; nothing if there is none, or if its key has been destroyed.
    ///
    /// # Errors
    /// If the file is not what was sealed, or cannot be read.
    pub(crate) fn recording(&self, owner: &str, id: &EvidenceId) -> Result<Option<Recording>, EvidenceError> {
        let Some(key) = self.keyring.key(owner, "content")? else {
            return Ok(None);
        };
        let sealed = match fs::read(self.folder.join(file_of(owner, id))) {
            Ok(sealed) => sealed,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(EvidenceError::Storage(error.to_string())),
        };
        let data = decrypt(&key, place_of_use(owner, id).as_bytes(), &sealed)?;
        let content_type = played_as(&data).ok_or(EvidenceError::RecordingOfWrongType)?;
        Ok(Some(Recording { content_type, data }))
    }

    /// Removes every recording of an owner, also those that no fact names because a request was broken off.
    pub(super) fn destroy_recordings(&self, owner: &str) -> Result<(), EvidenceError> {
        let storage = |error: std::io::Error| EvidenceError::Storage(error.to_string());
        let end = ending_of(owner);
        for entry in fs::read_dir(&self.folder).map_err(storage)? {
            let name = entry.map_err(storage)?.file_name();
            if let Some(name) = name.to_str().filter(|name| name.ends_with(&end)) {
                self.remove(name)?;
            }
        }
        Ok(())
    }
}

/// Whether it can be kept, and played again.
///
/// # Errors
/// If it is no recording that a browser plays, or larger than 20 MiB.
pub(crate) fn check(original: &[u8]) -> Result<(), EvidenceError> {
    if original.is_empty() {
        return Err(EvidenceError::RecordingEmpty);
    }
    if original.len() > LARGEST_FILE {
        return Err(EvidenceError::RecordingTooLarge);
    }
    let played = played_as(original).ok_or(EvidenceError::RecordingOfWrongType)?;
    let wave = original
        .get(20..22)
        .map(|tag| u16::from_le_bytes([tag[0], tag[1]]));
    if played == "audio/wav" && wave.is_none_or(|wave| !WAVES.contains(&wave)) {
        return Err(EvidenceError::RecordingOfWrongType);
    }
    Ok(())
}

fn played_as(bytes: &[u8]) -> Option<&'static str> {
    // Telephone lines are recorded at 8 kHz; that kind of MP3 is unknown to the library.
    if bytes.len() > 1 && bytes[0] == 0xff && bytes[1] & 0xf6 == 0xe2 {
        return Some("audio/mpeg");
    }
    let begins = infer::get(bytes)?.mime_type();
    let found = PLAYED.iter().find(|(known, _)| *known == begins);
    found.map(|(_, sent)| *sent)
}

fn id_of(key: &Key, original: &[u8]) -> Result<EvidenceId, EvidenceError> {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(&derive(key, "recording")).expect("any length");
    mac.update(original);
    let id = hex::encode(mac.finalize().into_bytes());
    EvidenceId::parse(&id).ok_or_else(|| EvidenceError::Storage("hash".to_owned()))
}

fn place_of_use(owner: &str, id: &EvidenceId) -> String {
    format!("{owner}|recording|{id}")
}

fn ending_of(owner: &str) -> String {
    format!(".{}.recording", hex::encode(&Sha256::digest(owner)[..8]))
}

fn file_of(owner: &str, id: &EvidenceId) -> String {
    format!("{id}{}", ending_of(owner))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn store(folder: &Path) -> EvidenceStore {
        let keyring = crate::keyring::tests::keyring(folder);
        EvidenceStore::open(&folder.join("evidence"), keyring).expect("a store")
    }
    fn a_call(words: &[u8]) -> Vec<u8> {
        [
            b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00".as_slice(),
            words,
        ]
        .concat()
    }

    #[test]
    fn what_exchanges_and_telephones_write_is_taken() {
        let opus = [b"OggS\x00\x02".as_slice(), &[0; 22], b"OpusHead"].concat();
        let narrow_mp3 = [0xff, 0xe3, 0x18, 0xc4];
        let a_law = b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x06\x00".as_slice();
        for taken in [opus.as_slice(), &narrow_mp3, a_law] {
            assert!(check(taken).is_ok(), "{taken:?}");
        }
        let of_a_mobile_network = b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x31\x00".as_slice();
        assert!(matches!(
            check(of_a_mobile_network),
            Err(EvidenceError::RecordingOfWrongType)
        ));
    }

    #[test]
    fn a_recording_is_heard_again_and_lies_sealed() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store(folder.path());
        let call = a_call(b"a voice that somebody knows");
        let id = store.keep_recording("tip-1", &call).expect("kept");
        assert_eq!(store.keep_recording("tip-1", &call).expect("kept"), id);
        let heard = store.recording("tip-1", &id).expect("readable").expect("there");
        assert_eq!((heard.content_type, &heard.data), ("audio/wav", &call));
        let files: Vec<_> = fs::read_dir(folder.path().join("evidence"))
            .expect("files")
            .collect();
        assert_eq!(files.len(), 1, "kept once");
        for entry in files {
            let bytes = fs::read(entry.expect("a file").path()).expect("bytes");
            assert!(!bytes.windows(5).any(|window| window == b"voice"));
        }
        // A copy of the call alone does not find it.
        assert_ne!(id.as_str(), hex::encode(Sha256::digest(&call)));
        assert_ne!(store.keep_recording("tip-2", &call).expect("kept"), id);
    }
    #[test]
    fn nobody_elses_recording_is_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store(folder.path());
        let id = store.keep_recording("tip-1", &a_call(b"x")).expect("kept");
        assert_eq!(store.recording("tip-2", &id).expect("readable"), None);
        store.keep_recording("tip-2", &a_call(b"y")).expect("kept");
        assert_eq!(store.recording("tip-2", &id).expect("readable"), None);
    }
    #[test]
    fn a_changed_file_is_not_played() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store(folder.path());
        let id = store.keep_recording("tip-1", &a_call(b"x")).expect("kept");
        let file = folder.path().join("evidence").join(file_of("tip-1", &id));
        let mut bytes = fs::read(&file).expect("bytes");
        *bytes.last_mut().expect("not empty") ^= 1;
        fs::write(&file, bytes).expect("written");
        store.recording("tip-1", &id).expect_err("tampered with");
    }
    #[test]
    fn what_no_browser_plays_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store(folder.path());
        let refused = |bytes: &[u8]| store.keep_recording("tip-1", bytes).expect_err("refused");
        assert!(matches!(refused(b""), EvidenceError::RecordingEmpty));
        assert!(matches!(
            refused(b"<script>"),
            EvidenceError::RecordingOfWrongType
        ));
        assert!(matches!(
            refused(b"#!AMR\nxxxxxxxxxx"),
            EvidenceError::RecordingOfWrongType
        ));
        let large = a_call(&vec![0; LARGEST_FILE]);
        assert!(matches!(refused(&large), EvidenceError::RecordingTooLarge));
    }
    #[test]
    fn whoever_destroys_what_an_owner_brought_destroys_the_recordings() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store(folder.path());
        let own = store.keep_recording("tip-1", &a_call(b"x")).expect("kept");
        let other = store.keep_recording("tip-2", &a_call(b"x")).expect("kept");
        store.destroy("tip-1").expect("destroyed");
        assert_eq!(store.recording("tip-1", &own).expect("readable"), None);
        assert!(store.recording("tip-2", &other).expect("readable").is_some());
    }
}
