//! Looks for texts in every file of a folder, in the spellings in which a text may have been stored.

use base64::{Engine, engine::general_purpose::STANDARD};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A text that must not be found.
#[derive(Clone, Debug)]
pub struct Needle {
    pub text: String,
    spellings: Vec<(&'static str, Vec<u8>)>,
}

/// Where it was found after all.
#[derive(Clone, Debug)]
pub struct Finding {
    pub text: String,
    pub spelling: &'static str,
    pub file: PathBuf,
}

impl Needle {
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let wide = |encode: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(encode).collect::<Vec<u8>>();
        let escaped: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
        let percent: String = bytes.iter().map(|byte| format!("%{byte:02X}")).collect();
        let mut spellings = vec![
            ("UTF-8", bytes.to_vec()),
            ("hex", hex::encode(bytes).into_bytes()),
            ("HEX", hex::encode_upper(bytes).into_bytes()),
            ("UTF-16LE", wide(u16::to_le_bytes)),
            ("UTF-16BE", wide(u16::to_be_bytes)),
            ("JSON escapes", escaped.into_bytes()),
            ("percent", percent.into_bytes()),
        ];
        spellings.extend((0..3).map(|offset| ("base64", inner_base64(bytes, offset))));
        Self {
            text: text.to_owned(),
            spellings,
        }
    }
}

/// Base64 of a text that stands at some offset of a longer one, without the characters that depend on its neighbours.
fn inner_base64(text: &[u8], offset: usize) -> Vec<u8> {
    let padded = [&vec![0; offset][..], text].concat();
    let whole = STANDARD.encode(&padded[..padded.len() / 3 * 3]);
    let first = [0, 2, 3][offset];
    whole.as_bytes()[first..].to_vec()
}

/// Every needle in every file below `folder`.
///
/// # Panics
/// If something there cannot be read: what was not searched is not clean. What a running city deletes meanwhile is gone.
pub fn search(folder: &Path, needles: &[Needle]) -> Vec<Finding> {
    assert!(folder.is_dir(), "{} is there to be searched", folder.display());
    let files = files(folder).into_iter();
    files
        .flat_map(|file| {
            let bytes = unless_gone(fs::read(&file), &file).unwrap_or_default();
            search_bytes(&file, &bytes, needles)
        })
        .collect()
}

/// Every needle in what never was a file; `name` says in findings what it was.
pub fn search_bytes(name: &Path, bytes: &[u8], needles: &[Needle]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for needle in needles {
        let spellings = needle.spellings.iter();
        let found = spellings.filter(|(_, spelling)| contains(bytes, spelling));
        findings.extend(found.map(|(spelling, _)| Finding {
            text: needle.text.clone(),
            spelling,
            file: name.to_owned(),
        }));
    }
    findings
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = unless_gone(fs::read_dir(folder), folder).into_iter().flatten();
    entries
        .filter_map(|entry| unless_gone(entry, folder))
        .flat_map(|entry| match unless_gone(entry.file_type(), &entry.path()) {
            Some(kind) if kind.is_dir() => files(&entry.path()),
            Some(kind) if kind.is_file() => vec![entry.path()],
            _ => vec![],
        })
        .collect()
}

fn unless_gone<T>(read: io::Result<T>, path: &Path) -> Option<T> {
    match read {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        read => Some(read.unwrap_or_else(|error| panic!("{} is not searched: {error}", path.display()))),
    }
}

fn contains(hay: &[u8], needle: &[u8]) -> bool {
    let Some(first) = needle.first() else { return false };
    let mut from = 0;
    while let Some(at) = hay[from..].iter().position(|byte| byte == first) {
        if hay[from + at..].starts_with(needle) {
            return true;
        }
        from += at + 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "is there to be searched")]
    fn a_folder_that_is_not_there_is_not_clean() {
        search(Path::new("no such folder"), &[Needle::new("张三丰 secret")]);
    }

    #[test]
    fn every_spelling_is_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let needle = Needle::new("张三丰 secret");
        let wide: Vec<u8> = "x张三丰 secret"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        let samples = [
            "xx张三丰 secret".as_bytes().to_vec(),
            wide,
            STANDARD.encode("张三丰 secret!").into_bytes(),
            STANDARD.encode("a张三丰 secret!").into_bytes(),
            STANDARD.encode("ab张三丰 secret!").into_bytes(),
            hex::encode("a张三丰 secret").into_bytes(),
        ];
        for (number, sample) in samples.iter().enumerate() {
            let file = folder.path().join(number.to_string());
            fs::write(&file, sample).expect("written");
            let found = search(folder.path(), std::slice::from_ref(&needle));
            assert!(
                found.iter().any(|finding| finding.file == file),
                "sample {number}"
            );
        }
    }
    #[test]
    fn nothing_is_found_where_nothing_is() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a"), "张三").expect("written");
        assert!(search(folder.path(), &[Needle::new("张三丰")]).is_empty());
    }
}
