//! The mails that really arrived: files of the mail catcher, decoded as far as people read them.

use base64::{Engine, engine::general_purpose::STANDARD};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder of `.eml` files.
#[derive(Clone, Debug)]
pub struct Mailbox {
    folder: PathBuf,
}

/// One mail as its reader sees it.
#[derive(Clone, Debug)]
pub struct Mail {
    pub file: String,
    pub to: String,
    pub subject: String,
    pub text: String,
}

impl Mailbox {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }
    /// All that arrived so far, in the order of their file names.
    pub fn all(&self) -> Vec<Mail> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut files: Vec<_> = entries
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|kind| kind == "eml"))
            .collect();
        files.sort();
        files.iter().filter_map(|file| read(file)).collect()
    }
    /// Mails to one address.
    pub fn to(&self, address: &str) -> Vec<Mail> {
        let mut mails = self.all();
        mails.retain(|mail| mail.to.contains(address));
        mails
    }
}

fn read(file: &Path) -> Option<Mail> {
    let bytes = fs::read(file).ok()?;
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    let (head, body) = text.split_once("\n\n")?;
    let head = head.replace("\n ", " ").replace("\n\t", " ");
    let header = |name: &str| {
        let found = head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        });
        found.unwrap_or_default()
    };
    Some(Mail {
        file: file.file_name()?.to_string_lossy().into_owned(),
        to: format!("{} {}", header("X-Envelope-To"), header("To")),
        subject: decoded_words(&header("Subject")),
        text: decoded_body(&header("Content-Transfer-Encoding"), body),
    })
}

fn decoded_body(encoding: &str, body: &str) -> String {
    match encoding.to_ascii_lowercase().as_str() {
        "base64" => {
            let packed: String = body.split_whitespace().collect();
            let bytes = STANDARD.decode(packed).unwrap_or_default();
            String::from_utf8_lossy(&bytes).into_owned()
        }
        "quoted-printable" => quoted_printable(body, false),
        _ => body.to_owned(),
    }
}

/// RFC 2047: `=?utf-8?b?…?=`; blanks between two encoded words do not count.
fn decoded_words(text: &str) -> String {
    let text = text.replace("?= =?", "?==?");
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("=?") {
        out.push_str(before);
        let parts: Vec<_> = after.splitn(3, '?').collect();
        let [_, encoding, tail] = parts.as_slice() else {
            break;
        };
        let Some((word, next)) = tail.split_once("?=") else {
            break;
        };
        out.push_str(&match encoding.to_ascii_lowercase().as_str() {
            "b" => decoded_body("base64", word),
            _ => quoted_printable(word, true),
        });
        rest = next;
    }
    out + rest
}

fn quoted_printable(text: &str, underscore_is_blank: bool) -> String {
    let text = text.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|pair| hex::decode(pair).ok());
        match (first, hex) {
            (b'=', Some(byte)) => {
                bytes.extend(byte);
                rest = &tail[2..];
                continue;
            }
            (b'_', _) if underscore_is_blank => bytes.push(b' '),
            _ => bytes.push(*first),
        }
        rest = tail;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_are_read_as_people_read_them() {
        assert_eq!(
            decoded_words("=?utf-8?b?5YKs5Yqe?= =?utf-8?q?=E5=8D=95_1?="),
            "催办单 1"
        );
        assert_eq!(decoded_words("plain"), "plain");
    }
    #[test]
    fn bodies_are_decoded() {
        assert_eq!(decoded_body("base64", "5YKs\n5Yqe"), "催办");
        assert_eq!(decoded_body("quoted-printable", "=E5=82=AC=\n=E5=8A=9E"), "催办");
    }
}
