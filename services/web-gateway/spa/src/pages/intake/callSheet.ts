// One call from the first word to the receipt: what was typed, kept in memory only, and the request it becomes.
import { computed, reactive, ref, watch } from 'vue'
import { submit } from '@/api/client'
import { Problem } from '@/api/problems'
import { session } from '@/session'
import { call as words } from '@/texts/intake'

/** A file as the request takes it. */
export interface Photo {
  name: string
  size: number
  /** Base64, as the request takes it. */
  data: string
}
export interface Draft {
  channel: 'phone' | 'counter'
  line: string
  narrative: string
  place: string
  division: string
  coordinates: string
  seen: string[]
  seenWhen: string
  danger: boolean
  named: boolean
  name: string
  phone: string
  address: string
  email: string
  confidential: boolean
  wantsAnswer: boolean
  concerns: boolean
  units: string[]
  persons: string[]
  said: string
  photos: Photo[]
  recordings: Photo[]
}
export interface Issued {
  tip: string
  receipt: string
  danger: boolean
  named: boolean
  wantsAnswer: boolean
  /** Something was changed after an attempt that nobody answered: that attempt may be what was taken down. */
  mayBeOld: boolean
}

/** Fields at which a refusal is shown; others stand above the button. */
const AT_FIELDS = ['narrative', 'place.text', 'place.division', 'seen_when', 'photos', 'recordings', 'contact.name', 'contact.phone', 'contact.address', 'contact.email', 'concerns.units', 'concerns.persons', 'concerns.said']
export const MOST_PHOTOS = 10
export const LARGEST_PHOTO = 10 * 1024 * 1024
export const MOST_RECORDINGS = 3
export const LARGEST_RECORDING = 20 * 1024 * 1024
/** What browsers play. */
export const RECORDINGS = '.mp3,.wav,.m4a,.ogg,audio/mpeg,audio/wav,audio/mp4,audio/ogg'
/** In base64 and with everything else within the 56 MiB that the gateway takes. */
const LARGEST_PHOTOS = 40 * 1024 * 1024

export function emptyDraft(channel: Draft['channel'] = 'phone', line = ''): Draft {
  return {
    channel, line, narrative: '', place: '', division: '', coordinates: '', seen: [], seenWhen: '', danger: false, named: false, name: '', phone: '', address: '', email: '',
    // As on the public form: whoever reports is protected unless they say that they need not be.
    confidential: true, wantsAnswer: false, concerns: false, units: [], persons: [], said: '', photos: [], recordings: [],
  }
}

/** `34.1, 118.2` as people read it from a map; null if it is none, undefined if nothing was written. */
export function coordinatesOf(text: string): { latitude: number; longitude: number } | null | undefined {
  if (text.trim() === '') return undefined
  const found = text.trim().match(/^(\d{1,2}(?:\.\d+)?)\s*[,，\s]\s*(\d{1,3}(?:\.\d+)?)$/)
  if (!found) return null
  const [latitude, longitude] = [Number(found[1]), Number(found[2])]
  return latitude <= 90 && longitude <= 180 ? { latitude, longitude } : null
}

/** What is still missing or cannot be, by field of the request. */
export function mistakesOf(draft: Readonly<Draft>): Record<string, string> {
  const found: Record<string, string> = {}
  const coordinates = coordinatesOf(draft.coordinates)
  if (draft.narrative.trim() === '' && draft.photos.length === 0 && recordingsOf(draft).length === 0) found.narrative = words.needNarrative
  if (coordinates === null) found['place.coordinates'] = words.badCoordinates
  if (draft.place.trim() === '' && !coordinates) found['place.text'] = words.needPlace
  if (draft.photos.length > MOST_PHOTOS) found.photos = words.tooManyPhotos
  if ([...draft.photos, ...recordingsOf(draft)].reduce((sum, file) => sum + file.size, 0) > LARGEST_PHOTOS) found[recordingsOf(draft).length ? 'recordings' : 'photos'] = words.photosTooLarge
  return found
}

/** Somebody who came to the counter was not recorded. */
function recordingsOf(draft: Readonly<Draft>): readonly Photo[] {
  return draft.channel === 'phone' ? draft.recordings : []
}

/** The request: nothing of a contact for an anonymous call, nothing of officials if it is not about any. */
export function requestOf(draft: Readonly<Draft>): Record<string, unknown> {
  const coordinates = coordinatesOf(draft.coordinates)
  const contact = { name: draft.name.trim(), phone: draft.phone.trim(), email: draft.email.trim(), address: draft.address.trim() }
  const reachable = draft.named && Object.values(contact).some(Boolean)
  return {
    channel: draft.channel,
    ...(draft.line ? { line: draft.line } : {}),
    narrative: draft.narrative.trim(),
    place: { text: draft.place.trim(), ...(draft.division ? { division: draft.division } : {}), ...(coordinates ? { coordinates } : {}) },
    seen: [...draft.seen],
    seen_when: draft.seenWhen.trim(),
    photos: draft.photos.map(({ data }) => ({ data })),
    ...(recordingsOf(draft).length ? { recordings: recordingsOf(draft).map(({ data }) => ({ data })) } : {}),
    confidential: draft.confidential,
    wants_answer: draft.wantsAnswer,
    danger: draft.danger,
    ...(reachable ? { contact } : {}),
    ...(draft.concerns ? { concerns: { units: [...draft.units], persons: [...draft.persons], said: draft.said.trim() } } : {}),
  }
}

/** Whether there is something that would be lost. */
export function isTyped(draft: Readonly<Draft>): boolean {
  // What files hold is long, and their being there says enough.
  const said = (one: Readonly<Draft>) => JSON.stringify({ ...one, photos: one.photos.length, recordings: one.recordings.length })
  return said(draft) !== said(emptyDraft(draft.channel, draft.line))
}

// The call outlives the page, so that looking something up loses nothing; it never outlives the person or the window.
const draft = reactive<Draft>(emptyDraft())
const issued = ref<Issued | null>(null)
const problem = ref<Problem | null>(null)
const mistakes = ref<Record<string, string>>({})
const busy = ref(false)
let key = crypto.randomUUID()
let unanswered = ''
/** Files that are still being read: a call is not taken down without what somebody chose for it. */
const beingRead = ref(0)
// What was asked to wait for is there.
watch(beingRead, (many) => {
  if (many > 0 || mistakes.value.recordings !== words.stillReading) return
  mistakes.value = Object.fromEntries(Object.entries(mistakes.value).filter(([at]) => at !== 'recordings'))
})
/** Which call it is: an answer that comes after another one has begun changes nothing. */
let turn = 0

function next(): void {
  turn += 1
  Object.assign(draft, emptyDraft(draft.channel, draft.line))
  issued.value = null
  problem.value = null
  mistakes.value = {}
  busy.value = false
  key = crypto.randomUUID()
  unanswered = ''
}

/** Takes the call down. Pressed twice it is one tip; what fails stays as it was typed. */
async function send(): Promise<void> {
  if (busy.value || issued.value) return
  mistakes.value = mistakesOf(draft)
  problem.value = null
  if (beingRead.value > 0) mistakes.value = { ...mistakes.value, recordings: words.stillReading }
  if (Object.keys(mistakes.value).length > 0) return
  busy.value = true
  const mine = turn
  const body = requestOf(draft)
  const said = JSON.stringify(body)
  try {
    const reply = await submit('/api/v1/staff/tips', body, key)
    if (mine !== turn) return
    issued.value = {
      tip: String(reply.tip_id ?? ''), receipt: String(reply.receipt ?? ''), danger: draft.danger, named: draft.named, wantsAnswer: draft.wantsAnswer,
      mayBeOld: unanswered !== '' && unanswered !== said,
    }
    // What the reporter said is not kept a moment longer than needed.
    Object.assign(draft, emptyDraft(draft.channel, draft.line))
  } catch (thrown) {
    if (mine !== turn) return
    const told = Problem.of(thrown)
    const at = AT_FIELDS.find((name) => told.field === name || told.field.startsWith(`${name}[`)) ?? (told.field.startsWith('place.coordinates') ? 'place.coordinates' : '')
    if (at) mistakes.value = { [at]: `${told.detail}${told.remedy}` }
    else problem.value = told
    if (told.isPassing) unanswered ||= said
    else {
      key = crypto.randomUUID()
      unanswered = ''
    }
  } finally {
    if (mine === turn) busy.value = false
  }
}

/** Reads a chosen file; what belongs to a call that is over goes nowhere. */
async function take(file: File, into: 'photos' | 'recordings'): Promise<void> {
  const mine = turn
  beingRead.value += 1
  try {
    const data = await base64(file)
    if (mine === turn) draft[into].push({ name: file.name, size: file.size, data })
  } finally {
    beingRead.value -= 1
  }
}
function base64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
    reader.onerror = () => reject(reader.error ?? new Error('file'))
    reader.readAsDataURL(file)
  })
}

let owner = session.view?.account
watch(() => session.view?.account, (account) => {
  if (account === owner) return
  owner = account
  next()
})

/** The call at this desk. */
export function useCall() {
  return { draft, take, issued, problem, mistakes, busy, send, next, typed: computed(() => isTyped(draft)) }
}
