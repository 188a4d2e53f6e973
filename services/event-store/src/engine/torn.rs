//! Looks at the write-ahead log before SQLite opens it: what SQLite drops at its end, it drops without a word.
//!
//! The log is a header of 32 bytes and frames, each a header of 24 bytes and one page. A frame belongs to the log while it
//! carries the header's salts and its checksum goes on from the one before; behind it may lie frames of an earlier round, with
//! other salts. A commit is as many frames as it changes pages, and the last of them says how large the database is now.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// How many bytes of a commit that was not completed stand at the end of a log; `0` if there is no log.
pub(crate) fn incomplete_bytes(log: &Path) -> u64 {
    let looked_at = File::open(log).and_then(|file| after_the_last_commit(BufReader::new(file)));
    // A log that cannot be read is for SQLite to complain of.
    looked_at.unwrap_or(0)
}

fn after_the_last_commit(mut log: impl Read) -> io::Result<u64> {
    let header = up_to(&mut log, HEADER)?;
    if header.len() < HEADER {
        return Ok(header.len() as u64);
    }
    let (page_size, salts) = (word(&header, 8) as usize, &header[16..24]);
    let mut sums = Sums::new(&header);
    sums.add(&header[..24]);
    if !sums.are_at(&header, 24) || !(512..=65_536).contains(&page_size) {
        return Ok(0);
    }
    let (mut incomplete, mut proved) = (0, true);
    loop {
        let frame = up_to(&mut log, FRAME_HEADER + page_size)?;
        let is_of_this_round = frame.get(8..16).map_or(!frame.is_empty(), |own| own == salts);
        if !is_of_this_round {
            return Ok(incomplete);
        }
        incomplete += frame.len() as u64;
        proved = proved && frame.len() == FRAME_HEADER + page_size;
        if proved {
            sums.add(&frame[..8]);
            sums.add(&frame[FRAME_HEADER..]);
            proved = sums.are_at(&frame, 16);
        }
        // Where the proof fails SQLite stops reading: nothing that follows can be a commit any more.
        if proved && word(&frame, 4) > 0 {
            incomplete = 0;
        }
    }
}

/// As many bytes as there still are, up to `most`.
fn up_to(log: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(most);
    log.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The 32-bit number at `at`.
fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// The running checksum of a log.
struct Sums {
    first: u32,
    second: u32,
    /// In which order it takes the bytes of a number; the last bit of the header's first number says so.
    big_endian: bool,
}

impl Sums {
    fn new(header: &[u8]) -> Self {
        Self {
            first: 0,
            second: 0,
            big_endian: word(header, 0) & 1 == 1,
        }
    }

    fn add(&mut self, bytes: &[u8]) {
        for pair in bytes.chunks_exact(8) {
            let (one, other) = (self.number(pair, 0), self.number(pair, 4));
            self.first = self.first.wrapping_add(one).wrapping_add(self.second);
            self.second = self.second.wrapping_add(other).wrapping_add(self.first);
        }
    }

    fn number(&self, bytes: &[u8], at: usize) -> u32 {
        let number = word(bytes, at);
        if self.big_endian {
            number
        } else {
            number.swap_bytes()
        }
    }

    fn are_at(&self, bytes: &[u8], at: usize) -> bool {
        (word(bytes, at), word(bytes, at + 4)) == (self.first, self.second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: usize = 512;
    const FRAME: u64 = (FRAME_HEADER + PAGE) as u64;

    fn put(bytes: &mut Vec<u8>, words: &[u32]) {
        bytes.extend(words.iter().flat_map(|word| word.to_be_bytes()));
    }

    /// A log of one round; for each frame the size of the database after it, `0` if it commits nothing.
    fn log(round: u32, frames: &[u32]) -> Vec<u8> {
        let mut bytes = Vec::new();
        put(&mut bytes, &[0x377f_0682, 3_007_000, PAGE as u32, 0, round, 7]);
        let mut sums = Sums::new(&bytes);
        sums.add(&bytes);
        put(&mut bytes, &[sums.first, sums.second]);
        for (number, size) in (1u32..).zip(frames) {
            let page = [number as u8; PAGE];
            let mut head = Vec::new();
            put(&mut head, &[number, *size]);
            sums.add(&head);
            sums.add(&page);
            put(&mut head, &[round, 7, sums.first, sums.second]);
            bytes.extend(head);
            bytes.extend(page);
        }
        bytes
    }

    fn found(log: &[u8]) -> u64 {
        after_the_last_commit(log).expect("bytes can be read")
    }

    /// Written by SQLite 3.40.
    #[test]
    fn the_checksum_is_sqlites() {
        let mut header = Vec::new();
        let words = [
            0x377f_0682,
            0x002d_e218,
            0x1000,
            1,
            0x12ff_9c46,
            0x909b_300f,
            0x1c84_0225,
            0xe49c_755a,
        ];
        put(&mut header, &words);
        let mut sums = Sums::new(&header);
        sums.add(&header[..24]);
        assert!(sums.are_at(&header, 24));
    }
    #[test]
    fn whole_commits_leave_nothing() {
        assert_eq!(found(&log(1, &[])), 0);
        assert_eq!(found(&log(1, &[0, 2, 3])), 0);
        assert_eq!(found(&[]), 0);
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(incomplete_bytes(&folder.path().join("no-log")), 0);
    }
    #[test]
    fn a_commit_without_its_last_frame_is_incomplete() {
        let torn = log(1, &[0, 2, 0, 0]);
        assert_eq!(found(&torn), 2 * FRAME);
        // In the middle of a page, and of a frame's header.
        assert_eq!(found(&torn[..torn.len() - 100]), 2 * FRAME - 100);
        assert_eq!(found(&torn[..HEADER + 3 * FRAME as usize + 10]), FRAME + 10);
        let committed = log(1, &[0, 2, 0, 3]);
        assert_eq!(found(&committed[..committed.len() - 1]), 2 * FRAME - 1);
        assert_eq!(found(&committed[..10]), 10);
    }
    #[test]
    fn a_commit_whose_pages_are_not_what_was_written_is_incomplete() {
        let mut log = log(1, &[1, 2]);
        let last = log.len() - 1;
        log[last] ^= 1;
        assert_eq!(found(&log), FRAME);
    }
    #[test]
    fn frames_of_an_earlier_round_are_not_torn() {
        let (mut log, earlier) = (log(2, &[0, 2]), log(1, &[0, 0, 0, 4, 0]));
        log.extend(&earlier[log.len()..]);
        assert_eq!(found(&log), 0);
        assert_eq!(found(&log[..log.len() - 100]), 0);
    }
}
