// Photos that are too heavy for a bad line are made smaller before they are sent; when and where they were taken goes with them.
import { Problem } from '@/api/problems'
import { photos as words } from '@/texts/everyone'

/** What is chosen as a photo: whatever a phone has otherwise, such as HEIC, it makes one of these by itself. */
export const IMAGES = 'image/jpeg,image/png,image/webp'
const MEGABYTE = 1024 * 1024
/** What is lighter goes as it is. */
const LIGHT = MEGABYTE
/** What the other side takes at most. */
const LARGEST = 10 * MEGABYTE
/** The longer side of what anybody is shown. */
const SIDE = 2048
const QUALITY = 0.85

let before: Promise<unknown> = Promise.resolve()

/** The photo as it is sent. One at a time is unpacked: it takes a hundred times what its file does, and a phone has little. */
export function fitted(file: Blob, smaller: (file: Blob) => Promise<Blob> = redrawn): Promise<Blob> {
  const mine = before.then(() => fit(file, smaller))
  before = mine.catch(() => null)
  return mine
}

async function fit(file: Blob, smaller: (file: Blob) => Promise<Blob>): Promise<Blob> {
  if (file.size <= LIGHT) return file
  // What this browser cannot open, the other side perhaps can.
  const redone = file.type.startsWith('image/') ? await smaller(file).catch(() => file) : file
  const lighter = redone.size < file.size ? redone : file
  if (lighter.size > LARGEST) throw new Problem({ status: 413, code: 'console.photo_too_large', detail: words.tooLarge, remedy: words.tooLargeRemedy })
  return lighter
}

async function redrawn(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const canvas = document.createElement('canvas')
  try {
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height))
    canvas.width = Math.max(1, Math.round(picture.width * scale))
    canvas.height = Math.max(1, Math.round(picture.height * scale))
    const surface = canvas.getContext('2d')
    if (!surface) throw new Error('no surface to draw on')
    surface.imageSmoothingQuality = 'high'
    // Where a picture is transparent, paper is white.
    surface.fillStyle = '#fff'
    surface.fillRect(0, 0, canvas.width, canvas.height)
    surface.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const drawn = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY))
    if (!drawn) throw new Error('not drawn')
    const exif = exifOf(new Uint8Array(await file.slice(0, 256 * 1024).arrayBuffer()))
    // After the two bytes that begin every JPEG.
    return exif ? new Blob([drawn.slice(0, 2), exif, drawn.slice(2)], { type: 'image/jpeg' }) : drawn
  } finally {
    picture.close()
    canvas.width = canvas.height = 0
  }
}

/** What the camera has written into a JPEG, as a segment for one that stands upright; null if there is nothing. */
export function exifOf(jpeg: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength)
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null
  let at = 2
  while (at + 10 <= view.byteLength && jpeg[at] === 0xff && jpeg[at + 1] !== 0xda) {
    const end = at + 2 + view.getUint16(at + 2)
    // "Exif", and two zeros after it.
    if (jpeg[at + 1] === 0xe1 && view.getUint32(at + 4) === 0x45786966 && end <= view.byteLength) return upright(jpeg.slice(at, end) as Uint8Array<ArrayBuffer>)
    at = end
  }
  return null
}

/** Its picture has been turned already: it must not be turned again. */
function upright(segment: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  const [HEADER, ORIENTATION] = [10, 0x0112]
  const view = new DataView(segment.buffer)
  if (view.byteLength < HEADER + 8) return null
  const little = view.getUint16(HEADER) === 0x4949
  const list = HEADER + view.getUint32(HEADER + 4, little)
  if (list + 2 > view.byteLength) return null
  const many = view.getUint16(list, little)
  for (let index = 0; index < many; index += 1) {
    const entry = list + 2 + index * 12
    if (entry + 12 > view.byteLength) return null
    if (view.getUint16(entry, little) === ORIENTATION) view.setUint16(entry + 8, 1, little)
  }
  return segment
}
