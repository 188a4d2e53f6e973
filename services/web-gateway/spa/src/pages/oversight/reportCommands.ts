// The commands on an area report: each signature in person, under the digest of what was read.
import { carryOut, type Command } from '@/parts/commands'
import { unitName } from '@/parts/units'
import type { components } from '@/api/schema'
import { reports as texts } from '@/texts/oversight'
import type { ReportAction } from './rights'

type Report = components['schemas']['GetReportResponse']

export function reportCommand(action: ReportAction, report: Report, unit: string, stage: string): Command {
  const on = (what: string) => `/api/v1/reports/${encodeURIComponent(`${unit}-${stage}`)}/${what}`
  const revision = report.revision ?? undefined
  const digest = report.draft?.digest ?? ''
  switch (action) {
    case 'guarantee':
      return {
        title: texts.guaranteeAsk, path: '/api/v1/reports/guarantee', consequence: texts.guaranteeConsequence, also: { unit, stage }, signature: true, final: true,
        fields: [{ name: 'text', label: texts.guaranteeText, kind: 'words', required: true, most: 2000, initial: texts.guaranteeUsual }],
      }
    case 'draft':
      return { title: report.draft ? texts.draftAgain : texts.draft, path: '/api/v1/reports/draft', consequence: texts.draftConsequence, also: { unit, stage }, fields: [] }
    case 'sign':
      return { title: texts.sign, path: on('sign'), consequence: texts.signConsequence(report.draft?.lines.length ?? 0), also: { digest }, fields: [], signature: true, final: true, revision }
    case 'return':
      return { title: texts.return, adverse: true, path: on('return'), consequence: texts.returnConsequence, fields: [{ name: 'reason', label: texts.returnReason, kind: 'words', required: true, most: 2000 }], final: true, revision }
    case 'seal':
      return { title: texts.seal, path: on('seal'), consequence: texts.sealConsequence, also: { digest }, fields: [], signature: true, final: true, revision }
    case 'file':
      return { title: texts.file, path: on('file'), consequence: texts.fileConsequence, fields: [{ name: 'number', label: texts.fileNumber, kind: 'line', required: true, most: 100 }], signature: true, final: true, revision }
    case 'accept':
      return { title: texts.accept, path: on('accept'), consequence: texts.acceptConsequence(unitName(unit), report.draft?.lines.length ?? 0, report.contradictions.length), fields: [{ name: 'note', label: texts.acceptNote, kind: 'words', most: 2000 }], signature: true, final: true, revision }
    case 'refuse':
      return { title: texts.refuse, adverse: true, path: on('refuse-acceptance'), consequence: texts.refuseConsequence(unitName(unit)), fields: [{ name: 'reason', label: texts.refuseReason, kind: 'words', required: true, most: 2000 }], signature: true, final: true, revision }
  }
}

export function carryOutOn(action: ReportAction, report: Report, unit: string, stage: string) {
  return carryOut(reportCommand(action, report, unit, stage))
}
