// The commands on an area report: each signature in person, under the digest of what was read, which the dialog names.
import { carryOut, type Command } from '@/parts/commands'
import type { components } from '@/api/schema'
import { unitName, units } from '@/parts/units'
import { moment } from '@/format'
import { stages, word } from '@/texts/common'
import { reports as texts } from '@/texts/oversight'
import { guarantee, report as words } from '@/texts/signing'
import type { ReportAction } from './rights'

type Report = components['schemas']['GetReportResponse']

/** What somebody vouches for: whose report it is, how long its list, what of it is still open, and what was found to be missing. */
function reportSaid({ draft, report, contradictions }: Report, unit: string, stage: string): string[] {
  const lines = draft?.lines ?? []
  const open = lines.length ? [words.open(lines.filter((line) => line.state !== 'closed').length)] : []
  const signed = report?.signed_at ? [words.signed(report.signed_by_name ?? '', moment(report.signed_at))] : []
  const omitted = report?.signed_at ? [words.omitted(contradictions.length)] : []
  // What speaks against it is read first.
  const [first, last] = contradictions.length ? [omitted, []] : [[], omitted]
  return [words.of(unitName(unit, report?.name || unit), word(stages, stage)), ...first, words.list(lines.length), ...open, ...signed, ...last]
}
/** To whom it is given and what the order asks for; the words are for the signer to read and to change. */
function guaranteeCommand(unit: string, stage: string): Command {
  const own = units.value.find((one) => one.code === unit)
  const above = unitName(own?.parent, guarantee.above) || guarantee.above
  return {
    title: texts.guaranteeAsk, path: '/api/v1/reports/guarantee', consequence: texts.guaranteeConsequence, also: { unit, stage }, signature: true, final: true,
    about: [guarantee.to(above, guarantee.vouches[own?.level ?? ''] ?? ''), guarantee.asks],
    fields: [{ name: 'text', label: texts.guaranteeText, kind: 'words', required: true, most: 2000, initial: guarantee.text(unitName(unit), above), help: guarantee.help }],
  }
}

export function reportCommand(action: ReportAction, report: Report, unit: string, stage: string): Command {
  const on = (what: string) => `/api/v1/reports/${encodeURIComponent(`${unit}-${stage}`)}/${what}`
  const revision = report.revision ?? undefined
  const digest = report.draft?.digest ?? ''
  const attests = reportSaid(report, unit, stage)
  switch (action) {
    case 'guarantee':
      return guaranteeCommand(unit, stage)
    case 'draft':
      return { title: report.draft ? texts.draftAgain : texts.draft, path: '/api/v1/reports/draft', consequence: texts.draftConsequence, also: { unit, stage }, fields: [] }
    case 'sign':
      return { title: texts.sign, path: on('sign'), consequence: texts.signConsequence(report.draft?.lines.length ?? 0), attests, also: { digest }, fields: [], signature: true, final: true, revision }
    case 'return':
      return { title: texts.return, adverse: true, path: on('return'), consequence: texts.returnConsequence, fields: [{ name: 'reason', label: texts.returnReason, kind: 'words', required: true, most: 2000 }], final: true, revision }
    case 'seal':
      return { title: texts.seal, path: on('seal'), consequence: texts.sealConsequence, attests, also: { digest }, fields: [], signature: true, final: true, revision }
    case 'file':
      return { title: texts.file, path: on('file'), consequence: texts.fileConsequence, attests, fields: [{ name: 'number', label: texts.fileNumber, kind: 'line', required: true, most: 100 }], signature: true, final: true, revision }
    case 'accept':
      return { title: texts.accept, path: on('accept'), consequence: texts.acceptConsequence(report.contradictions.length), attests, fields: [{ name: 'note', label: texts.acceptNote, kind: 'words', most: 2000 }], signature: true, final: true, revision }
    case 'refuse':
      return { title: texts.refuse, adverse: true, path: on('refuse-acceptance'), consequence: texts.refuseConsequence(unitName(unit, report.report?.name || unit)), attests, fields: [{ name: 'reason', label: texts.refuseReason, kind: 'words', required: true, most: 2000 }], signature: true, final: true, revision }
  }
}

export function carryOutOn(action: ReportAction, report: Report, unit: string, stage: string) {
  return carryOut(reportCommand(action, report, unit, stage))
}
