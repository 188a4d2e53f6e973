//! Pictures as they are shown: upright, bounded in size, without what a camera writes into them.

use super::EvidenceError;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, imageops::FilterType};
use std::io::Cursor;

pub(super) const LARGEST_FILE: usize = 10 * 1024 * 1024;
/// Longer side of the display rendition, in pixels.
pub(super) const LARGEST_SIDE: u32 = 2048;
/// A small file may unpack to gigabytes; this is the most we unpack.
const LARGEST_UNPACKED: u64 = 256 * 1024 * 1024;
/// Likewise of a thumbnail: a row of them has to come over a village's line.
pub(super) const SMALL_SIDE: u32 = 320;
const JPEG_QUALITY: u8 = 82;

/// Turns the picture upright, bounds its size and encodes it anew: no EXIF, no place, no camera. Slow.
///
/// # Errors
/// If it is none, too large, or cannot be read.
pub(crate) fn render(original: &[u8]) -> Result<Vec<u8>, EvidenceError> {
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
    as_jpeg(&picture)
}

/// A thumbnail of a rendition. Made when it is asked for: what lies on the disk has to be destroyed one day.
///
/// # Errors
/// If the rendition is none.
pub(crate) fn thumbnail(rendition: &[u8]) -> Result<Vec<u8>, EvidenceError> {
    let picture = image::load_from_memory_with_format(rendition, ImageFormat::Jpeg)
        .map_err(|_| EvidenceError::Unreadable)?;
    as_jpeg(&picture.thumbnail(SMALL_SIDE, SMALL_SIDE))
}

fn as_jpeg(picture: &DynamicImage) -> Result<Vec<u8>, EvidenceError> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
    picture
        .to_rgb8()
        .write_with_encoder(encoder)
        .map_err(|_| EvidenceError::Unreadable)?;
    Ok(bytes)
}
