/** Identifiers: V01, V06, V16 of the domain survey, and what a register cannot do without. */
import { BLANK } from '../base/blank.js'
import type { Finding } from '../base/check.js'
import {
  hasOrganisationCheck,
  identifierKey,
  isAccreditationNumber,
  isAssessmentNumber,
  isAuthorisationNumber,
  isNoSerial,
  isTypeApprovalNumber,
  usccCheckCharacter,
} from '../base/identifier.js'
import { categoryName, instrumentCategories, isListedDivision, parseSpecificationNumber, provinces } from '../catalogue/index.js'
import { isCertificate } from '../records/index.js'
import { isKind, needsOf, onCertificates, type Rule } from './rule.js'

const since = '0.1.0'
const group = 'conformance' as const

const uscc: Rule = {
  id: 'identifier.uscc',
  group,
  since,
  basis: 'GB 32100—2015 5.3; GB 11714—1997',
  needs: needsOf(({ organisations }) => organisations.members),
  // The body's own check is older than some codes in circulation, so it only warns.
  codes: { 'uscc.check-character': 'fail', 'uscc.organisation-code': 'warn' },
  evaluate({ record, kind }) {
    const findings: Finding[] = []
    kind.organisations.visit(record, (code, path) => judgeUscc(code as string, path, findings))
    return findings
  },
}

function judgeUscc(code: string, path: string, findings: Finding[]): void {
  const expected = usccCheckCharacter(code)
  if (expected !== code[17]) findings.push({ code: 'uscc.check-character', path, params: { uscc: code, found: code.slice(17), expected } })
  else if (!hasOrganisationCheck(code)) findings.push({ code: 'uscc.organisation-code', path, params: { uscc: code } })
}

const authorisation: Rule = {
  id: 'identifier.authorisation',
  group,
  since,
  basis: 'JJF 1069—2012; 国质检量函〔2005〕861号',
  needs: onCertificates('issuer'),
  codes: { 'authorisation-number.missing': 'fail', 'authorisation-number.form': 'warn', 'accreditation-number.form': 'warn' },
  evaluate({ record }) {
    if (!isCertificate(record)) return undefined
    const { authorisationNo, accreditationNo } = record.issuer
    const findings: Finding[] = []
    if (authorisationNo === undefined && isKind(record, 'verification-record')) {
      findings.push({ code: 'authorisation-number.missing', path: '/issuer' })
    } else if (authorisationNo !== undefined && !isAuthorisationNumber(authorisationNo)) {
      findings.push({
        code: 'authorisation-number.form',
        path: '/issuer/authorisationNo',
        params: { number: authorisationNo },
      })
    }
    if (accreditationNo !== undefined && !isAccreditationNumber(accreditationNo)) {
      findings.push({
        code: 'accreditation-number.form',
        path: '/issuer/accreditationNo',
        params: { number: accreditationNo },
      })
    }
    return findings
  },
}

const specification: Rule = {
  id: 'identifier.specification',
  group,
  since,
  basis: 'JJF 1002—2010; 国家计量技术规范管理办法',
  needs: needsOf(({ specifications }) => specifications.members),
  codes: { 'specification-number.form': 'fail', 'specification-number.unusual': 'warn' },
  evaluate({ record, kind }) {
    const findings: Finding[] = []
    const judge = (number: string, path: string): void => {
      if (parseSpecificationNumber(number) !== undefined) return
      const isNational = JJ.test(identifierKey(number))
      // Standards and methods of a laboratory have numbers of their own (ISO/IEC 17025:2017 7.2.1.4).
      if (!isNational && path !== '/number') return
      // A year says the edition, in whatever form; without one, nobody knows which text was applied.
      const code = isNational && YEAR.test(number) ? 'specification-number.unusual' : 'specification-number.form'
      findings.push({ code, path, params: { number } })
    }
    kind.specifications.visit(record, (number, path) => judge(number as string, path))
    return findings
  },
}

const JJ = /^JJ[GF]/
const YEAR = new RegExp(`(?:19|20)\\d{2}|[-—–][${BLANK}]*\\d{2}(?!\\d)`)

const assessment: Rule = {
  id: 'identifier.assessment',
  group,
  since,
  basis: 'JJF 1033—2023; JJF 1022—2014',
  needs: onCertificates('standards'),
  codes: { 'assessment-number.form': 'warn' },
  evaluate({ record }) {
    if (!isCertificate(record)) return undefined
    const findings: Finding[] = []
    record.standards.forEach(({ assessment: certificate }, at) => {
      if (certificate === undefined || isAssessmentNumber(certificate.number)) return
      const params = { number: certificate.number }
      findings.push({ code: 'assessment-number.form', path: `/standards/${at}/assessment/number`, params })
    })
    return findings
  },
}

const typeApproval: Rule = {
  id: 'identifier.type-approval',
  group,
  since,
  basis: '计量法 第十三条; 计量器具新产品管理办法',
  needs: { 'verification-record': ['instrument', 'verificationType'], 'supervision-finding': ['instrument'], 'type-approval': ['number'] },
  // The row list of the 2020 catalogue was not to be had, so a missing number only warns.
  codes: { 'type-approval.form': 'warn', 'type-approval.missing': 'warn' },
  evaluate({ record, kind }) {
    const stated = isKind(record, 'type-approval') ? record.number : kind.instrument(record)?.typeApprovalNo
    const path = isKind(record, 'type-approval') ? '/number' : '/instrument/typeApprovalNo'
    if (stated !== undefined) return isTypeApprovalNumber(stated) ? [] : [{ code: 'type-approval.form', path, params: { number: stated } }]
    if (!isKind(record, 'verification-record') || record.verificationType !== 'initial') return undefined
    const { category } = record.instrument
    const controlled = instrumentCategories.get(category)?.control.includes('P') ?? false
    if (!controlled) return undefined
    return [{ code: 'type-approval.missing', path: '/instrument', params: { category: categoryName(category) } }]
  },
}

const instrument: Rule = {
  id: 'identifier.instrument',
  group,
  since,
  basis: 'JJF 1069—2012; GB/T 36377—2018',
  needs: needsOf(({ categories }) => categories.members),
  codes: { 'category.unknown': 'warn', 'serial.missing': 'warn' },
  evaluate({ record, kind }) {
    const findings: Finding[] = []
    kind.categories.visit(record, (category, path) => {
      if (!instrumentCategories.has(category as string)) findings.push({ code: 'category.unknown', path, params: { category } })
    })
    if (isKind(record, 'technical-specification') && record.categories === undefined) return undefined
    const subject = kind.instrument(record)
    if (subject !== undefined && (subject.serialNumber === undefined || isNoSerial(subject.serialNumber)))
      findings.push({ code: 'serial.missing', path: '/instrument' })
    return findings
  },
}

const division: Rule = {
  id: 'identifier.division',
  group,
  since,
  basis: '民政部《县以上行政区划代码》',
  needs: { ...onCertificates('place'), 'supervision-finding': ['place'] },
  codes: { 'division.unknown': 'warn' },
  evaluate({ record }) {
    const code = 'place' in record ? record.place?.division : undefined
    // Only our own two provinces are listed; a code of another province is none of our business.
    if (code === undefined || !provinces.has(code.slice(0, 2))) return undefined
    return isListedDivision(code) ? [] : [{ code: 'division.unknown', path: '/place/division', params: { division: code } }]
  },
}

export const identifierRules: readonly Rule[] = [uscc, authorisation, specification, assessment, typeApproval, instrument, division]
