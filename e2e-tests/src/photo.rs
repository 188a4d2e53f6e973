//! Small but real photos: baseline JPEG, written by hand, each different, with an EXIF segment that betrays its maker.

use uuid::Uuid;

const BLOCKS: usize = 6;

/// The bytes of a JPEG file.
#[derive(Clone, Debug)]
pub struct Photo(pub Vec<u8>);

impl Photo {
    /// A photo unlike any other.
    pub fn new() -> Self {
        Self::with_exif("mingcha e2e camera")
    }

    /// With a text in its EXIF data, as a camera leaves its owner's name there.
    pub fn with_exif(text: &str) -> Self {
        let mut file = vec![0xff, 0xd8];
        segment(&mut file, 0xe1, &exif(text));
        // Quantisation by one: what is written below is the grey that is seen.
        segment(&mut file, 0xdb, &[&[0u8][..], &[1; 64]].concat());
        segment(&mut file, 0xc0, &[8, 0, 8, 0, (BLOCKS * 8) as u8, 1, 1, 0x11, 0]);
        let dc_lengths = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
        let dc: Vec<u8> = (0..12).collect();
        segment(&mut file, 0xc4, &[&[0x00][..], &dc_lengths, &dc].concat());
        // The only AC symbol is "end of block", the single bit 0.
        let ac_lengths = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        segment(&mut file, 0xc4, &[&[0x10][..], &ac_lengths, &[0]].concat());
        segment(&mut file, 0xda, &[1, 1, 0x00, 0, 63, 0]);
        file.extend(scan());
        file.extend([0xff, 0xd9]);
        Self(file)
    }

    pub fn base64(&self) -> String {
        use base64::{Engine, engine::general_purpose::STANDARD};
        STANDARD.encode(&self.0)
    }
}

impl Default for Photo {
    fn default() -> Self {
        Self::new()
    }
}

fn segment(file: &mut Vec<u8>, marker: u8, body: &[u8]) {
    let length = u16::try_from(body.len() + 2).expect("a short segment");
    file.extend([0xff, marker]);
    file.extend(length.to_be_bytes());
    file.extend(body);
}

/// A TIFF structure with one entry: ImageDescription, ASCII.
fn exif(text: &str) -> Vec<u8> {
    let text = [text.as_bytes(), &[0]].concat();
    let mut body = b"Exif\0\0MM\0*\0\0\0\x08\0\x01".to_vec();
    body.extend(0x010e_u16.to_be_bytes());
    body.extend(2_u16.to_be_bytes());
    body.extend((text.len() as u32).to_be_bytes());
    body.extend(26_u32.to_be_bytes());
    body.extend([0; 4]);
    body.extend(text);
    body
}

/// Six blocks of one grey each, taken from random numbers, so that no two photos are the same picture.
fn scan() -> Vec<u8> {
    let random = Uuid::new_v4().into_bytes();
    let mut bits = Vec::new();
    let mut before = 0;
    for pair in random.chunks(2).take(BLOCKS) {
        let grey = (i32::from(pair[0]) * 8 - 1020).clamp(-1000, 1000);
        push_difference(&mut bits, grey - before);
        bits.push(false);
        before = grey;
    }
    while bits.len() % 8 != 0 {
        bits.push(true);
    }
    let bytes = bits
        .chunks(8)
        .map(|byte| byte.iter().fold(0u8, |sum, bit| (sum << 1) | u8::from(*bit)));
    // After a byte of ones a zero says that it is no marker.
    bytes
        .flat_map(|byte| if byte == 0xff { vec![0xff, 0] } else { vec![byte] })
        .collect()
}

fn push_difference(bits: &mut Vec<bool>, difference: i32) {
    let category = 32 - difference.unsigned_abs().leading_zeros();
    let (code, length) = match category {
        0 => (0, 2),
        1..=5 => (category + 1, 3),
        _ => ((1 << (category - 2)) - 2, category - 2),
    };
    let value = if difference < 0 {
        difference + (1 << category) - 1
    } else {
        difference
    };
    push(bits, code, length);
    push(bits, value as u32, category);
}

fn push(bits: &mut Vec<bool>, value: u32, length: u32) {
    bits.extend((0..length).rev().map(|at| value >> at & 1 == 1));
}
