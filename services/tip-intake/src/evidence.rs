//! Evidence: photos by the hash of their display rendition; the original, with all it betrays, stays sealed.

use crate::keyring::Keyring;
use crate::seal::{SealError, encrypt};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, imageops::FilterType};
use jurisdiction::EvidenceId;
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

const LARGEST_FILE: usize = 10 * 1024 * 1024;
/// Longer side of the display rendition, in pixels.
const LARGEST_SIDE: u32 = 2048;
/// A small file may unpack to gigabytes; this is the most we unpack.
const LARGEST_UNPACKED: u64 = 256 * 1024 * 1024;
const JPEG_QUALITY: u8 = 82;

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
    #[error("evidence: {0}")]
    Storage(String),
}

impl From<SealError> for EvidenceError {
    fn from(error: SealError) -> Self {
        Self::Storage(error.to_string())
    }
}

/// A folder of display renditions and sealed originals; an object store can take its place.
pub(crate) struct EvidenceStore {
    folder: PathBuf,
    keyring: Keyring,
}

impl EvidenceStore {
    pub(crate) fn open(folder: &Path, keyring: Keyring) -> Result<Self, String> {
        fs::create_dir_all(folder).map_err(|e| format!("evidence_dir {}: {e}", folder.display()))?;
        let schema = "CREATE TABLE IF NOT EXISTS evidence (id TEXT NOT NULL, owner TEXT NOT NULL,
                      PRIMARY KEY (id, owner)) STRICT;";
        keyring
            .database()
            .execute_batch(schema)
            .map_err(|e| e.to_string())?;
        Ok(Self {
            folder: folder.to_owned(),
            keyring,
        })
    }

    /// Stores a photo for an owner (`tip-<id>` or `staff-<account>`). Slow: decodes and encodes.
    pub(crate) fn put(&self, owner: &str, original: &[u8]) -> Result<EvidenceId, EvidenceError> {
        let rendition = render(original)?;
        let id = EvidenceId::parse(&hex::encode(Sha256::digest(&rendition)))
            .ok_or_else(|| EvidenceError::Storage("hash".to_owned()))?;
        let key = self.keyring.key_or_new(owner, "content")?;
        let sealed = encrypt(&key, format!("{owner}|original|{id}").as_bytes(), original);
        let owner_hash = hex::encode(&Sha256::digest(owner)[..8]);
        self.write(&format!("{id}.{owner_hash}.sealed"), &sealed)?;
        self.write(&format!("{id}.jpg"), &rendition)?;
        self.keyring
            .database()
            .execute(
                "INSERT OR IGNORE INTO evidence VALUES (?1, ?2)",
                params![id.as_str(), owner],
            )
            .map_err(|e| EvidenceError::Storage(e.to_string()))?;
        Ok(id)
    }

    /// Who brought a photo: `tip-<id>` or `staff-<account>`; `None` if nobody did.
    pub(crate) fn owner(&self, id: &EvidenceId) -> Result<Option<String>, EvidenceError> {
        let sql = "SELECT owner FROM evidence WHERE id = ?1 ORDER BY owner DESC LIMIT 1";
        let row = self
            .keyring
            .database()
            .query_row(sql, [id.as_str()], |row| row.get(0))
            .optional();
        row.map_err(|e| EvidenceError::Storage(e.to_string()))
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

/// Turns the picture upright, bounds its size and encodes it anew: no EXIF, no place, no camera.
fn render(original: &[u8]) -> Result<Vec<u8>, EvidenceError> {
    if original.is_empty() {
        return Err(EvidenceError::Empty);
    }
    if original.len() > LARGEST_FILE {
        return Err(EvidenceError::TooLarge);
    }
    let mut reader = ImageReader::new(Cursor::new(original))
        .with_guessed_format()
        .map_err(|_| EvidenceError::WrongType)?;
    if !matches!(
        reader.format(),
        Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)
    ) {
        return Err(EvidenceError::WrongType);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(LARGEST_UNPACKED);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| EvidenceError::Unreadable)?;
    let orientation = decoder.orientation().map_err(|_| EvidenceError::Unreadable)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| EvidenceError::Unreadable)?;
    picture.apply_orientation(orientation);
    if picture.width().max(picture.height()) > LARGEST_SIDE {
        picture = picture.resize(LARGEST_SIDE, LARGEST_SIDE, FilterType::Triangle);
    }
    let mut rendition = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut rendition, JPEG_QUALITY);
    picture
        .to_rgb8()
        .write_with_encoder(encoder)
        .map_err(|_| EvidenceError::Unreadable)?;
    Ok(rendition)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(store.owner(&id).expect("known").as_deref(), Some("tip-1"));
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
}
