// Commands on units and staff, each with what was last recorded of the entry, so that nobody overwrites another's change unseen.
import { api, ask } from '@/api/client'
import { Problem } from '@/api/problems'
import { lastFitting } from '@/parts/arrays'
import { carryOut, type Command, type Field } from '@/parts/commands'
import { rereadUnits, units, type UnitEntry } from '@/parts/units'
import { choices, levels, word } from '@/texts/common'
import { departments, kinds, roles, said, staff as people, units as texts } from '@/texts/admin'
import type { components } from '@/api/schema'
import type { EntryFact } from './history'
import { factsOf, lastOf, rereadOf } from './recorded'

export type StaffEntry = components['schemas']['StaffEntry']

/** Reads all units anew, for the pickers as well. */
export async function readAllUnits(): Promise<UnitEntry[]> {
  await rereadUnits()
  return units.value
}

/** Governments have the level above as their superior, everything else the government of its own level. */
export function superiorLevel(level: string, kind: string): string | null {
  const ORDER = ['city', 'county', 'township', 'village']
  if (kind !== 'government') return level
  return ORDER[ORDER.indexOf(level) - 1] ?? null
}
const LEVEL_BELOW: Record<string, string> = { city: 'county', county: 'township', township: 'village', village: 'village' }

function unitFields(unit: Partial<UnitEntry>, isNew: boolean): Field[] {
  const governs = (values: Readonly<Record<string, unknown>>) => superiorLevel(String(values.level), String(values.kind)) !== null
  return [
    ...(isNew ? [{ name: 'code', label: texts.code, kind: 'line', required: true, most: 32, help: texts.codeHelp } as const] : []),
    { name: 'name', label: said.name, kind: 'line', required: true, most: 100, initial: unit.name },
    { name: 'level', label: said.level, kind: 'choice', required: true, choices: choices(levels), initial: unit.level },
    { name: 'kind', label: said.kind, kind: 'choice', required: true, choices: choices(kinds), initial: unit.kind ?? 'government' },
    { name: 'department', label: said.department, kind: 'choice', required: true, choices: choices(departments), initial: unit.department ?? undefined, when: (values) => values.kind === 'department' },
    { name: 'parent', label: said.parent, kind: 'unit', required: true, initial: unit.parent ?? undefined, when: governs, help: texts.parentHelp },
    { name: 'email', label: said.email, kind: 'line', most: 200, initial: unit.email ?? undefined, help: texts.emailHelp },
  ]
}
export function addUnit(below?: UnitEntry) {
  const level = below ? LEVEL_BELOW[below.level] : undefined
  return carryOut({ title: below ? texts.addBelow : texts.add, path: '/api/v1/admin/units', consequence: texts.addConsequence, fields: unitFields({ ...(level ? { level } : {}), parent: below?.code ?? null }, true) })
}
/** Begins with what is recorded now, not with the row of a list that may be an hour old. */
export async function changeUnit(unit: UnitEntry) {
  const entry = `unit-${unit.code}`
  const facts = await factsOf(entry)
  const now = { ...unit, ...lastOf<Partial<UnitEntry>>(facts, 'unit.registered', 'unit') }
  return carryOut({ title: texts.edit, path: '/api/v1/admin/units', consequence: texts.editConsequence, also: { code: unit.code }, fields: unitFields(now, false), ...decidedOn(entry, facts) })
}
function decidedOn(entry: string, facts: readonly EntryFact[]): Pick<Command, 'revision' | 'reread'> {
  const revision = facts.at(-1)?.revision
  return { ...(revision === undefined ? {} : { revision }), reread: rereadOf(entry) }
}

/** Who can take over a unit: its other leaders. */
export async function successorsOf(unit: UnitEntry): Promise<StaffEntry[]> {
  const query = { within: unit.code, role: 'leader', limit: 1000 }
  const page = await ask(() => api.GET('/api/v1/staff', { params: { query } }))
  return page.staff.filter((member) => member.unit === unit.code && member.account !== unit.first_responsible)
}
export function handOver(unit: UnitEntry, successors: readonly StaffEntry[]) {
  return carryOut({
    title: texts.handOverTitle(unit.name), button: texts.handOver, path: `/api/v1/admin/units/${encodeURIComponent(unit.code)}/hand-over`, consequence: texts.handOverConsequence(unit.first_responsible_name ?? ''),
    fields: [
      { name: 'to', label: texts.successor, kind: 'choice', required: true, help: texts.successorHelp, choices: successors.map((one) => ({ value: one.account, label: `${one.name}（${one.account}）` })) },
      { name: 'reason', label: texts.reason, kind: 'line', required: true, most: 200, help: texts.reasonHelp },
    ],
  })
}

/** The units of its kind and level that a unit could become a part of. */
export function partnersOf(unit: UnitEntry, all: readonly UnitEntry[]): UnitEntry[] {
  const open = all.filter((one) => !one.merged_into)
  // What still has units below it, and the city itself, can be merged into nothing.
  if (unit.merged_into || unit.level === 'city' || open.some((one) => one.parent === unit.code)) return []
  return open.filter((one) => one.code !== unit.code && one.level === unit.level && one.kind === unit.kind && one.department === unit.department)
}
export function merge(unit: UnitEntry, partners: readonly UnitEntry[]) {
  return carryOut({
    title: texts.mergeTitle(unit.name), button: texts.merge, adverse: true, path: `/api/v1/admin/units/${encodeURIComponent(unit.code)}/merge`, consequence: texts.mergeConsequence, final: true, signature: true,
    fields: [
      // The ones nearby first: villages are merged within their township.
      { name: 'into', label: texts.mergeInto, kind: 'choice', required: true, help: texts.mergeHelp, choices: [...partners].sort((a, b) => Number(b.parent === unit.parent) - Number(a.parent === unit.parent)).map((one) => ({ value: one.code, label: `${one.name}（${one.code}）` })) },
      { name: 'reason', label: texts.reason, kind: 'line', required: true, most: 200, help: texts.reasonHelp },
    ],
  })
}

/** Whether somebody could be a unit's first responsible person without pushing another out. */
export function mayBeFirst(unit: UnitEntry | undefined, account: string): boolean {
  return unit !== undefined && (!unit.first_responsible || unit.first_responsible === account)
}
function memberFields(member: Partial<StaffEntry>, isNew: boolean): Field[] {
  const free = (values: Readonly<Record<string, unknown>>) => mayBeFirst(units.value.find((unit) => unit.code === values.unit), member.account ?? '') && Array.isArray(values.roles) && values.roles.includes('leader')
  return [
    ...(isNew ? [{ name: 'account', label: people.account, kind: 'line', required: true, most: 48, help: people.accountHelp } as const] : []),
    { name: 'name', label: said.person, kind: 'line', required: true, most: 50, initial: member.name },
    { name: 'unit', label: said.unit, kind: 'unit', required: true, initial: member.unit },
    { name: 'roles', label: said.roles, kind: 'choices', required: true, choices: choices(roles), initial: member.roles ? [...member.roles] : [], help: people.rolesHelp },
    { name: 'first_responsible', label: people.first, kind: 'yes', initial: member.first_responsible ?? false, help: people.firstHelp, when: free },
    { name: 'email', label: said.email, kind: 'line', most: 200, initial: member.email ?? undefined, help: people.emailHelp },
  ]
}
export type Registered = Pick<StaffEntry, 'account' | 'name'>
/** Registers somebody; who it was, as the reply does not say. */
export async function addMember(member: Partial<StaffEntry> = {}): Promise<Registered | null> {
  let who: Registered = { account: '', name: '' }
  const complete = (body: Record<string, unknown>) => {
    who = { account: String(body.account), name: String(body.name) }
    return body
  }
  const reply = await carryOut({ title: people.add, path: '/api/v1/admin/staff', consequence: `${people.addConsequence}${people.initial}`, fields: memberFields(member, true), complete })
  return reply ? who : null
}
export async function changeMember(member: StaffEntry) {
  const entry = `staff-${member.account}`
  const [facts, all] = await Promise.all([factsOf(entry), readAllUnits()])
  const gone = lastFitting(facts, (fact) => /^staff\.(registered|retired)/.test(fact.name))?.name.startsWith('staff.retired')
  // Registering somebody again would bring back an account that was stopped.
  if (gone) throw new Problem({ status: 409, code: 'console.retired', detail: people.alreadyRetired, remedy: people.alreadyRetiredRemedy })
  const now = { ...member, ...lastOf<Partial<StaffEntry>>(facts, 'staff.registered', 'member') }
  // A hand-over is recorded of the unit only.
  now.first_responsible = all.find((one) => one.code === now.unit)?.first_responsible === member.account
  return carryOut({ title: people.edit, path: '/api/v1/admin/staff', consequence: people.editConsequence, also: { account: member.account }, fields: memberFields(now, false), ...decidedOn(entry, facts) })
}
export function retire(member: StaffEntry, isFirst: boolean) {
  return carryOut({
    title: people.retireTitle(member.name), button: people.retire, adverse: true, path: `/api/v1/admin/staff/${encodeURIComponent(member.account)}/retire`, final: true,
    consequence: `${isFirst ? people.retireFirst : ''}${people.retireConsequence}`,
    fields: [{ name: 'reason', label: people.retireReason, kind: 'line', required: true, most: 200, help: people.retireReasonHelp }],
  })
}

export interface TreeUnit extends UnitEntry {
  children: TreeUnit[]
}
/** The units as a tree, governments before what belongs to them. */
export function unitTree(entries: readonly UnitEntry[]): TreeUnit[] {
  const nodes = new Map(entries.map((unit) => [unit.code, { ...unit, children: [] as TreeUnit[] }]))
  const roots: TreeUnit[] = []
  for (const node of nodes.values()) (node.parent ? (nodes.get(node.parent)?.children ?? roots) : roots).push(node)
  const order = (unit: UnitEntry) => (unit.kind === 'government' ? 1 : 0)
  for (const node of nodes.values()) node.children.sort((a, b) => order(a) - order(b) || a.code.localeCompare(b.code))
  return roots
}
export function kindSaid(unit: UnitEntry): string {
  if (unit.kind === 'government') return word(levels, unit.level)
  return unit.kind === 'department' ? texts.departmentOf(word(levels, unit.level), word(departments, unit.department)) : word(kinds, unit.kind)
}
