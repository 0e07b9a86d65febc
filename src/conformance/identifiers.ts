/** Identifiers: V01, V06, V16 of the domain survey, and what a register cannot do without. */
import type { Finding } from '../base/check.js'
import {
  hasOrganisationCheck,
  isAccreditationNumber,
  isAssessmentNumber,
  isAuthorisationNumber,
  isNoSerial,
  isTypeApprovalNumber,
  usccCheckCharacter,
} from '../base/identifier.js'
import { categoryName, instrumentCategories, parseSpecificationNumber, provinces, regions } from '../catalogue/index.js'
import { isKind, onBoth, type Rule } from './rule.js'

const since = '0.1.0'
const group = 'conformance' as const

const uscc: Rule = {
  id: 'identifier.uscc',
  group,
  since,
  basis: 'GB 32100—2015 5.3; GB 11714—1997',
  needs: {
    'verification-record': ['issuer', 'applicant'],
    'calibration-result': ['issuer', 'customer'],
    'technical-specification': ['publisher'],
  },
  evaluate({ record }) {
    const findings: Finding[] = []
    if (isKind(record, 'technical-specification')) judgeUscc(record.publisher.uscc, '/publisher/uscc', findings)
    else {
      judgeUscc(record.issuer.uscc, '/issuer/uscc', findings)
      if (isKind(record, 'verification-record')) judgeUscc(record.applicant.uscc, '/applicant/uscc', findings)
      else judgeUscc(record.customer.uscc, '/customer/uscc', findings)
    }
    return findings
  },
}

function judgeUscc(code: string | undefined, path: string, findings: Finding[]): void {
  if (code === undefined) return
  const expected = usccCheckCharacter(code)
  if (expected !== code[17]) findings.push({ code: 'uscc.check-character', path, params: { uscc: code, found: code.slice(17), expected } })
  // The body's own check is older than some codes in circulation, so it only warns.
  else if (!hasOrganisationCheck(code)) findings.push({ code: 'uscc.organisation-code', status: 'warn', path, params: { uscc: code } })
}

const authorisation: Rule = {
  id: 'identifier.authorisation',
  group,
  since,
  basis: 'JJF 1069—2012; 国质检量函〔2005〕861号',
  needs: onBoth('issuer'),
  evaluate({ record }) {
    if (isKind(record, 'technical-specification')) return undefined
    const { authorisationNo, accreditationNo } = record.issuer
    const findings: Finding[] = []
    if (authorisationNo === undefined && isKind(record, 'verification-record')) {
      findings.push({ code: 'authorisation-number.missing', path: '/issuer' })
    } else if (authorisationNo !== undefined && !isAuthorisationNumber(authorisationNo)) {
      findings.push({
        code: 'authorisation-number.form',
        status: 'warn',
        path: '/issuer/authorisationNo',
        params: { number: authorisationNo },
      })
    }
    if (accreditationNo !== undefined && !isAccreditationNumber(accreditationNo)) {
      findings.push({
        code: 'accreditation-number.form',
        status: 'warn',
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
  basis: 'JJF 1002—2010; 国家计量检定规程管理办法',
  needs: { 'verification-record': ['basis'], 'calibration-result': ['method'], 'technical-specification': ['number'] },
  evaluate({ record, kind }) {
    const numbers = isKind(record, 'technical-specification')
      ? [{ number: record.number, path: '/number' }]
      : kind.basis(record).map(({ number }, at) => ({ number, path: `${basisPath(record.kind)}/${at}/number` }))
    return numbers
      .filter(({ number }) => parseSpecificationNumber(number) === undefined)
      .map(({ number, path }) => ({ code: 'specification-number.form' as const, path, params: { number } }))
  },
}

/** Where a certificate names its specifications. */
export const basisPath = (kind: string): string => (kind === 'calibration-result' ? '/method' : '/basis')

const assessment: Rule = {
  id: 'identifier.assessment',
  group,
  since,
  basis: 'JJF 1033—2023; JJF 1022—2014',
  needs: onBoth('standards'),
  evaluate({ record }) {
    if (isKind(record, 'technical-specification')) return undefined
    return record.standards.flatMap(({ assessment: certificate }, at): Finding[] =>
      certificate === undefined || isAssessmentNumber(certificate.number)
        ? []
        : [
            {
              code: 'assessment-number.form',
              status: 'warn',
              path: `/standards/${at}/assessment/number`,
              params: { number: certificate.number },
            },
          ],
    )
  },
}

const typeApproval: Rule = {
  id: 'identifier.type-approval',
  group,
  since,
  basis: '计量法 第十三条; 计量器具新产品管理办法',
  needs: { 'verification-record': ['instrument', 'verificationType'] },
  evaluate({ record }) {
    if (!isKind(record, 'verification-record')) return undefined
    const { typeApprovalNo, category } = record.instrument
    const path = '/instrument/typeApprovalNo'
    if (typeApprovalNo !== undefined) {
      if (isTypeApprovalNumber(typeApprovalNo)) return []
      return [{ code: 'type-approval.form', status: 'warn', path, params: { number: typeApprovalNo } }]
    }
    // The row list of the 2020 catalogue was not to be had, so a missing number only warns.
    const controlled = instrumentCategories.get(category)?.control.includes('P') ?? false
    if (record.verificationType !== 'initial' || !controlled) return undefined
    return [{ code: 'type-approval.missing', status: 'warn', path: '/instrument', params: { category: categoryName(category) } }]
  },
}

const instrument: Rule = {
  id: 'identifier.instrument',
  group,
  since,
  basis: 'JJF 1069—2012; GB/T 36377—2018',
  needs: onBoth('instrument'),
  evaluate({ record }) {
    if (isKind(record, 'technical-specification')) return undefined
    const { category, serialNumber } = record.instrument
    const findings: Finding[] = []
    if (!instrumentCategories.has(category)) {
      findings.push({ code: 'category.unknown', status: 'warn', path: '/instrument/category', params: { category } })
    }
    if (serialNumber === undefined || isNoSerial(serialNumber)) {
      findings.push({ code: 'serial.missing', status: 'warn', path: '/instrument' })
    }
    return findings
  },
}

const division: Rule = {
  id: 'identifier.division',
  group,
  since,
  basis: 'GB/T 2260—2007',
  needs: onBoth('place'),
  evaluate({ record }) {
    if (isKind(record, 'technical-specification')) return undefined
    const code = record.place?.division
    // Only our own two provinces are listed; a code of another province is none of our business.
    if (code === undefined || !provinces.has(code.slice(0, 2))) return undefined
    return regions.has(code) ? [] : [{ code: 'division.unknown', status: 'warn', path: '/place/division', params: { division: code } }]
  },
}

export const identifierRules: readonly Rule[] = [uscc, authorisation, specification, assessment, typeApproval, instrument, division]
