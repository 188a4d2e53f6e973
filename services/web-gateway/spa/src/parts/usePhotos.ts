// Photos on their way: several at once, each with its progress, each tried again by itself when the connection or the gateway is back.
import { onBeforeUnmount, reactive, watch } from 'vue'
import { fitted } from './shrink'
import { TOO_SLOW, upload } from './upload'
import { connection } from '@/api/connection'
import { Problem } from '@/api/problems'

export interface Photo {
  key: string
  name: string
  /** What is still to be sent; absent if it was sent before this page was opened. */
  file: Blob | null
  /** The photo on this machine, to be shown at once. */
  preview: string
  done: number
  /** Made as small as it is sent: every try sends the same. */
  fitted: boolean
  /** Smaller than it was taken. */
  smaller: boolean
  sending: boolean
  id: string
  problem: Problem | null
}

/** More at once only slow each other down on a phone. */
const AT_ONCE = 3
/** Seconds until a photo that the gateway refused for now is tried again, if it does not say; twice as many each time, at most that many. */
const FIRST = 15
const MOST = 120

/** Whether the gateway, and not the network, is why a photo did not arrive for now: it goes on after a while. */
export function goesOn(problem: Problem): boolean {
  return problem.isPassing && problem.status > 0
}

/** `changed` is told the ids of all that have arrived, in the order in which they were chosen. */
export function usePhotos(initial: readonly string[], changed: (ids: string[]) => void, send: typeof upload = upload, fit: (file: Blob) => Promise<Blob> = fitted) {
  const photos = reactive<Photo[]>(initial.map((id) => ({ key: id, name: '', file: null, preview: '', done: 1, fitted: true, smaller: false, sending: false, id, problem: null })))
  const stops = new Map<string, AbortController>()
  /** Those that the gateway refused for now: when each goes on, how often that was in a row, and how far it had come. */
  const refused = new Map<string, { timer: ReturnType<typeof setTimeout>; times: number; done: number }>()
  let atOnce = AT_ONCE
  let gone = false

  const tell = () => changed(photos.map((photo) => photo.id).filter(Boolean))
  function next(): void {
    for (const photo of photos) {
      if (photos.filter((one) => one.sending).length >= atOnce) return
      if (!photo.id && !photo.sending && !photo.problem) void go(photo)
    }
  }
  async function go(photo: Photo): Promise<void> {
    if (!photo.file) return
    photo.sending = true
    const stop = new AbortController()
    stops.set(photo.key, stop)
    try {
      if (!photo.fitted) {
        const sent = await fit(photo.file)
        if (stop.signal.aborted) return
        photo.smaller = sent !== photo.file
        photo.file = sent
        photo.fitted = true
      }
      photo.id = await send(photo.file, photo.name, { key: photo.key, signal: stop.signal, progress: (done) => (photo.done = done) })
      if (photos.includes(photo)) tell()
    } catch (thrown) {
      photo.problem = Problem.of(thrown)
      // What is too much for the line together may be little enough one after the other.
      if (photo.problem.code === TOO_SLOW) atOnce = 1
      if (goesOn(photo.problem) && !gone && photos.includes(photo)) goOnLater(photo, photo.problem)
    } finally {
      photo.sending = false
      stops.delete(photo.key)
      if (!gone) next()
    }
  }
  function goOnLater(photo: Photo, problem: Problem): void {
    const before = refused.get(photo.key)
    const times = before && photo.done <= before.done ? before.times + 1 : 0
    const asked = problem.retryAfter ?? FIRST
    const wait = Math.max(asked, Math.min(asked * 2 ** times, MOST))
    refused.set(photo.key, { timer: setTimeout(() => retry(photo), wait * 1000), times, done: photo.done })
  }
  function add(files: readonly File[]): void {
    for (const file of files) {
      photos.push({ key: crypto.randomUUID(), name: file.name, file, preview: URL.createObjectURL(file), done: 0, fitted: false, smaller: false, sending: false, id: '', problem: null })
    }
    next()
  }
  function retry(photo: Photo): void {
    clearTimeout(refused.get(photo.key)?.timer)
    photo.problem = null
    next()
  }
  function remove(photo: Photo): void {
    const at = photos.indexOf(photo)
    if (at < 0) return
    photos.splice(at, 1)
    stops.get(photo.key)?.abort()
    clearTimeout(refused.get(photo.key)?.timer)
    refused.delete(photo.key)
    if (photo.preview) URL.revokeObjectURL(photo.preview)
    if (photo.id) tell()
    next()
  }
  // A browser asks before it leaves what is not sent yet.
  const stay = (event: BeforeUnloadEvent): void => {
    if (photos.some((photo) => !photo.id)) event.preventDefault()
  }
  window.addEventListener('beforeunload', stay)
  watch(() => connection.recovered, () => {
    for (const photo of photos) if (photo.problem?.isPassing && photo.problem.code !== TOO_SLOW) retry(photo)
  })
  onBeforeUnmount(() => {
    gone = true
    window.removeEventListener('beforeunload', stay)
    for (const stop of stops.values()) stop.abort()
    for (const { timer } of refused.values()) clearTimeout(timer)
    for (const photo of photos) if (photo.preview) URL.revokeObjectURL(photo.preview)
  })
  return { photos, add, retry, remove }
}
