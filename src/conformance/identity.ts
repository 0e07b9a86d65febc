/** What identifies a person, a vehicle or an instrument, and how it is written: plates, letters that look like others, identity numbers. */
import type { Finding } from '../base/check.js'
import { holdsResidentNumber, lookalikeIn } from '../base/identifier.js'
import { isPlateForm } from '../catalogue/index.js'
import { type AnyRecord, isCertificate } from '../records/index.js'
import { isKind, type Needs, onCertificates, type Rule } from './rule.js'

const since = '0.2.0'
const group = 'conformance' as const

const plate: Rule = {
  id: 'identifier.plate',
  group,
  since,
  basis: 'GA 36—2018',
  needs: { ...onCertificates('instrument'), 'supervision-finding': ['instrument'] },
  codes: { 'plate.form': 'warn' },
  evaluate({ record, kind }) {
    const stated = kind.instrument(record)?.mobile?.plate
    if (stated === undefined) return undefined
    return isPlateForm(stated) ? [] : [{ code: 'plate.form', path: '/instrument/mobile/plate', params: { plate: stated } }]
  },
}

const lookalikes: Rule = {
  id: 'identifier.characters',
  group,
  since,
  basis: 'UTS #39; ISO/IEC 17025:2017 7.8.2.1',
  needs: {
    'verification-record': ['certificateNo', 'instrument', 'standards'],
    'calibration-result': ['certificateNo', 'instrument', 'standards'],
    'supervision-finding': ['instrument'],
    'technical-specification': ['number'],
    'type-approval': ['number'],
  },
  codes: { 'identifier.lookalike': 'warn' },
  evaluate({ record, kind }) {
    const findings: Finding[] = []
    const judge = (number: string | undefined, path: string): void => {
      const letter = number === undefined ? undefined : lookalikeIn(number)
      if (letter === undefined) return
      const point = `U+${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
      findings.push({ code: 'identifier.lookalike', path, params: { number, letter, point } })
    }
    const instrument = kind.instrument(record)
    judge(instrument?.serialNumber, '/instrument/serialNumber')
    judge(instrument?.typeApprovalNo, '/instrument/typeApprovalNo')
    if (isCertificate(record)) {
      judge(record.certificateNo, '/certificateNo')
      record.standards.forEach(({ number, trace }, at) => {
        judge(number, `/standards/${at}/number`)
        judge(trace?.certificateNo, `/standards/${at}/trace/certificateNo`)
      })
    } else if (isKind(record, 'technical-specification') || isKind(record, 'type-approval')) judge(record.number, '/number')
    return findings
  },
}

/** Members in which persons and those who speak for them are named. */
const NAMING_MEMBERS = {
  'verification-record': ['applicant', 'issuer', 'signatories', 'instrument', 'remarks'],
  'calibration-result': ['customer', 'issuer', 'signatories', 'instrument', 'remarks'],
  'technical-specification': ['draftedBy', 'coDraftedBy', 'scope', 'remarks'],
  'comparison-result': ['participants', 'organisers', 'remarks'],
  'supervision-finding': ['party', 'issuer', 'instrument', 'description', 'remarks'],
  'type-approval': ['applicant', 'manufacturer', 'remarks'],
} as const satisfies Required<Needs>

const personal: Rule = {
  id: 'record.personal-number',
  group,
  since,
  basis: '个人信息保护法 第六条; GB 11643—1999',
  needs: NAMING_MEMBERS,
  codes: { 'personal-number.stated': 'warn' },
  evaluate({ record }) {
    const findings: Finding[] = []
    for (const member of NAMING_MEMBERS[record.kind]) {
      const value = record[member as keyof AnyRecord] as unknown
      if (typeof value === 'object' && value !== null) visitTexts(value, `/${member}`, findings)
    }
    return findings
  },
}

/** Every text at any depth but social credit codes, which have eighteen characters too; the depth is bounded by the schema. */
function visitTexts(value: object, path: string, findings: Finding[]): void {
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name]
    if (typeof member === 'string') {
      if (member.length >= 18 && name !== 'uscc' && holdsResidentNumber(member))
        findings.push({ code: 'personal-number.stated', path: `${path}/${name}` })
    } else if (member !== null && typeof member === 'object') visitTexts(member, `${path}/${name}`, findings)
  }
}

export const identityRules: readonly Rule[] = [plate, lookalikes, personal]
