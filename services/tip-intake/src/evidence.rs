//! Evidence: photos by the hash of their display rendition; the original, with all it betrays, stays sealed.

mod picture;
mod recording;

pub(crate) use picture::{render, thumbnail};
pub(crate) use recording::check as check_recording;

use crate::keyring::Keyring;
use crate::seal::{SealError, encrypt};
use jurisdiction::{EvidenceId, UnitCode};
use rusqlite::params;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

/// Why a file is not taken as evidence; told to people as it stands.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EvidenceError {
    #[error("图片超过 10 MB，请压缩后再上传。")]
    TooLarge,
    #[error("文件是空的，请重新选择图片。")]
    Empty,
    #[error("只能上传 JPEG、PNG 或 WebP 图片。")]
    WrongType,
    #[error("图片已损坏或者过大，无法打开，请换一张。")]
    Unreadable,
    #[error("录音是空的，请重新选择文件。")]
    RecordingEmpty,
    #[error("录音超过 20 MB，请转成 MP3 或者分段后再上传。")]
    RecordingTooLarge,
    #[error("只能上传 MP3、WAV、M4A 或 OGG 录音，其他格式请先转换。")]
    RecordingOfWrongType,
    #[error("the key has been destroyed")]
    Erased,
    #[error("evidence: {0}")]
    Storage(String),
}

impl From<SealError> for EvidenceError {
    fn from(error: SealError) -> Self {
        match error {
            SealError::Erased => Self::Erased,
            other => Self::Storage(other.to_string()),
        }
    }
}

/// Who brought a photo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Owner {
    /// `tip-<id>` or `staff-<account>`.
    pub(crate) name: String,
    /// Where somebody of the staff served then.
    pub(crate) unit: Option<UnitCode>,
}

/// A folder of display renditions, sealed originals and sealed recordings; an object store can take its place.
pub(crate) struct EvidenceStore {
    folder: PathBuf,
    keyring: Keyring,
    /// Held while files and index change together.
    changing: Mutex<()>,
}

impl EvidenceStore {
    pub(crate) fn open(folder: &Path, keyring: Keyring) -> Result<Self, String> {
        fs::create_dir_all(folder).map_err(|e| format!("evidence_dir {}: {e}", folder.display()))?;
        remove_unfinished(folder).map_err(|e| format!("evidence_dir {}: {e}", folder.display()))?;
        let schema = "CREATE TABLE IF NOT EXISTS evidence (id TEXT NOT NULL, owner TEXT NOT NULL,
                      PRIMARY KEY (id, owner)) STRICT;
                      CREATE TABLE IF NOT EXISTS evidence_units (id TEXT NOT NULL, owner TEXT NOT NULL,
                      unit TEXT NOT NULL, PRIMARY KEY (id, owner)) STRICT;";
        keyring
            .database()
            .execute_batch(schema)
            .map_err(|e| e.to_string())?;
        Ok(Self {
            folder: folder.to_owned(),
            keyring,
            changing: Mutex::new(()),
        })
    }

    /// Keeps a photo of an owner (`tip-<id>` or `staff-<account>`) with what [`render`] made of it.
    pub(crate) fn keep(
        &self,
        owner: &str,
        original: &[u8],
        rendition: &[u8],
    ) -> Result<EvidenceId, EvidenceError> {
        let id = EvidenceId::parse(&hex::encode(Sha256::digest(rendition)))
            .ok_or_else(|| EvidenceError::Storage("hash".to_owned()))?;
        let key = self.keyring.key_or_new(owner, "content")?;
        let sealed = encrypt(&key, format!("{owner}|original|{id}").as_bytes(), original);
        let _changing = self.changing();
        // Erased while the picture was being read: then nothing may be kept.
        self.keyring.key(owner, "content")?.ok_or(SealError::Erased)?;
        self.write(&original_of(&id, owner), &sealed)?;
        self.write(&format!("{id}.jpg"), rendition)?;
        self.keyring
            .database()
            .execute(
                "INSERT OR IGNORE INTO evidence VALUES (?1, ?2)",
                params![id.as_str(), owner],
            )
            .map_err(index_failed)?;
        Ok(id)
    }

    /// Remembers where somebody of the staff served when bringing a photo.
    pub(crate) fn brought_at(
        &self,
        id: &EvidenceId,
        owner: &str,
        unit: &UnitCode,
    ) -> Result<(), EvidenceError> {
        let sql = "INSERT OR REPLACE INTO evidence_units VALUES (?1, ?2, ?3)";
        let row = params![id.as_str(), owner, unit.as_str()];
        self.keyring.database().execute(sql, row).map_err(index_failed)?;
        Ok(())
    }

    /// Everybody who brought a photo; nobody if it is unknown.
    pub(crate) fn owners(&self, id: &EvidenceId) -> Result<Vec<Owner>, EvidenceError> {
        let sql = "SELECT owner, unit FROM evidence LEFT JOIN evidence_units USING (id, owner) WHERE id = ?1 ORDER BY owner";
        let database = self.keyring.database();
        let mut statement = database.prepare_cached(sql).map_err(index_failed)?;
        let rows = statement
            .query_map([id.as_str()], |row| {
                let unit: Option<String> = row.get(1)?;
                Ok(Owner {
                    name: row.get(0)?,
                    unit: unit.and_then(|unit| unit.parse().ok()),
                })
            })
            .map_err(index_failed)?;
        rows.collect::<Result<_, _>>().map_err(index_failed)
    }

    /// Removes everything of an owner. Of photos: the sealed original, and the rendition unless somebody else brought the same
    /// picture. Files go first, so that whoever is interrupted finds the rest in the index.
    pub(crate) fn destroy(&self, owner: &str) -> Result<(), EvidenceError> {
        let _changing = self.changing();
        for id in self.brought_by(owner)? {
            self.remove(&original_of(&id, owner))?;
            if self.owners(&id)?.iter().all(|other| other.name == owner) {
                self.remove(&format!("{id}.jpg"))?;
            }
            for table in ["evidence", "evidence_units"] {
                let sql = format!("DELETE FROM {table} WHERE id = ?1 AND owner = ?2");
                let row = params![id.as_str(), owner];
                self.keyring.database().execute(&sql, row).map_err(index_failed)?;
            }
        }
        self.destroy_recordings(owner)?;
        let folder = fs::File::open(&self.folder).and_then(|folder| folder.sync_all());
        folder.map_err(|e| EvidenceError::Storage(e.to_string()))
    }

    fn brought_by(&self, owner: &str) -> Result<Vec<EvidenceId>, EvidenceError> {
        let database = self.keyring.database();
        let mut statement = database
            .prepare_cached("SELECT id FROM evidence WHERE owner = ?1")
            .map_err(index_failed)?;
        let rows = statement
            .query_map([owner], |row| row.get::<_, String>(0))
            .map_err(index_failed)?;
        let ids = rows.collect::<Result<Vec<_>, _>>().map_err(index_failed)?;
        Ok(ids.iter().filter_map(|id| EvidenceId::parse(id)).collect())
    }

    fn remove(&self, name: &str) -> Result<(), EvidenceError> {
        match fs::remove_file(self.folder.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(EvidenceError::Storage(error.to_string()))
            }
            _ => Ok(()),
        }
    }

    fn changing(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(|e| e.into_inner())
    }

    pub(crate) fn rendition(&self, id: &EvidenceId) -> Option<Vec<u8>> {
        let bytes = fs::read(self.folder.join(format!("{id}.jpg"))).ok()?;
        // The name is the hash: a file that was changed on disk is not shown as evidence.
        (hex::encode(Sha256::digest(&bytes)) == id.as_str()).then_some(bytes)
    }

    /// Whole or not at all, and on disk before an event names it.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), EvidenceError> {
        let target = self.folder.join(name);
        if target.exists() {
            return Ok(());
        }
        let unfinished = self
            .folder
            .join(format!("{name}.{}.part", hex::encode(crate::seal::random::<4>())));
        let done = fs::File::create(&unfinished)
            .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
            .and_then(|()| fs::rename(&unfinished, &target))
            .and_then(|()| fs::File::open(&self.folder)?.sync_all());
        done.map_err(|e| EvidenceError::Storage(e.to_string()))
    }
}

fn index_failed(error: rusqlite::Error) -> EvidenceError {
    EvidenceError::Storage(error.to_string())
}

/// The name of an owner's sealed original.
fn original_of(id: &EvidenceId, owner: &str) -> String {
    let owner_hash = hex::encode(&Sha256::digest(owner)[..8]);
    format!("{id}.{owner_hash}.sealed")
}

/// A process that died while it wrote left a piece of a picture that nobody asks for any more.
fn remove_unfinished(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "part") {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::picture::{LARGEST_FILE, LARGEST_SIDE, SMALL_SIDE};
    use super::*;
    use image::{DynamicImage, ImageFormat};
    use std::io::Cursor;

    impl EvidenceStore {
        pub(super) fn put(&self, owner: &str, original: &[u8]) -> Result<EvidenceId, EvidenceError> {
            self.keep(owner, original, &render(original)?)
        }
    }

    fn store(folder: &Path) -> EvidenceStore {
        let keyring = crate::keyring::tests::keyring(folder);
        EvidenceStore::open(&folder.join("evidence"), keyring).expect("a store")
    }
    fn a_photo(marker: &[u8]) -> Vec<u8> {
        let mut jpeg = Vec::new();
        let picture = DynamicImage::new_rgb8(3000, 20);
        picture
            .write_to(&mut Cursor::new(&mut jpeg), ImageFormat::Jpeg)
            .expect("a JPEG");
        // An EXIF segment right after the start of the image.
        let payload = [b"Exif\0\0".as_slice(), marker].concat();
        let length = u16::try_from(payload.len() + 2).expect("short").to_be_bytes();
        [&jpeg[..2], &[0xff, 0xe1], &length, &payload, &jpeg[2..]].concat()
    }

    #[test]
    fn the_rendition_has_no_exif_and_bounded_size() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store(folder.path());
        let id = store
            .put("tip-1", &a_photo(b"GPS 33.96N 118.27E"))
            .expect("stored");
        let rendition = store.rendition(&id).expect("readable");
        assert!(!rendition.windows(3).any(|w| w == b"GPS"));
        let size = image::load_from_memory(&rendition).expect("a picture");
        assert_eq!(size.width(), LARGEST_SIDE);
        let small = thumbnail(&rendition).expect("a thumbnail");
        let small = image::load_from_memory(&small).expect("a picture");
        assert_eq!(small.width(), SMALL_SIDE);
        let owners = store.owners(&id).expect("known");
        assert_eq!(owners.len(), 1);
        assert_eq!(owners[0].name, "tip-1");
    }
    #[test]
    fn the_original_lies_sealed() {
        let folder = tempfile::tempdir().expect("a folder");
        store(folder.path())
            .put("tip-1", &a_photo(b"GPS 33.96N 118.27E"))
            .expect("stored");
        for entry in fs::read_dir(folder.path().join("evidence")).expect("files") {
            let bytes = fs::read(entry.expect("a file").path()).expect("bytes");
            assert!(!bytes.windows(3).any(|w| w == b"GPS"));
        }
    }
    #[test]
    fn what_is_no_picture_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store(folder.path());
        assert!(matches!(store.put("tip-1", b""), Err(EvidenceError::Empty)));
        assert!(matches!(
            store.put("tip-1", b"<script>"),
            Err(EvidenceError::WrongType)
        ));
        assert!(matches!(
            store.put("tip-1", b"\xff\xd8\xff\xe0 broken"),
            Err(EvidenceError::Unreadable)
        ));
        assert!(matches!(
            store.put("tip-1", &vec![0; LARGEST_FILE + 1]),
            Err(EvidenceError::TooLarge)
        ));
    }
    #[test]
    fn a_changed_file_is_not_shown() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store(folder.path());
        let id = store.put("tip-1", &a_photo(b"x")).expect("stored");
        fs::write(folder.path().join(format!("evidence/{id}.jpg")), b"changed").expect("written");
        assert_eq!(store.rendition(&id), None);
    }
    #[test]
    fn what_an_owner_brought_is_destroyed_and_what_others_brought_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store(folder.path());
        let own = store.put("tip-1", &a_photo(b"own")).expect("stored");
        let mut larger = Vec::new();
        DynamicImage::new_rgb8(40, 40)
            .write_to(&mut Cursor::new(&mut larger), ImageFormat::Png)
            .expect("a PNG");
        let shared = store.put("tip-1", &larger).expect("stored");
        assert_eq!(store.put("staff-a", &larger).expect("stored"), shared);
        let unit = UnitCode::of("321322102");
        store.brought_at(&shared, "staff-a", &unit).expect("noted");
        store.destroy("tip-1").expect("destroyed");
        store.destroy("tip-1").expect("a second time changes nothing");
        assert_eq!(store.rendition(&own), None);
        assert!(store.rendition(&shared).is_some());
        assert_eq!(store.owners(&own).expect("read"), []);
        let left = Owner {
            name: "staff-a".into(),
            unit: Some(unit),
        };
        assert_eq!(store.owners(&shared).expect("read"), [left]);
        let files = fs::read_dir(folder.path().join("evidence"))
            .expect("files")
            .count();
        assert_eq!(files, 2, "one rendition and the other's original");
    }
    #[test]
    fn an_unfinished_file_does_not_outlive_a_restart() {
        let folder = tempfile::tempdir().expect("a folder");
        drop(store(folder.path()));
        let piece = folder.path().join("evidence/ab.jpg.0123.part");
        fs::write(&piece, b"half a picture").expect("written");
        drop(store(folder.path()));
        assert!(!piece.exists());
    }
}
