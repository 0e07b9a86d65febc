/** Changes to fixtures with the findings expected from the rules of `conformance/identifiers`. */
import type { Case } from './case.ts'

export const cases: readonly Case[] = [
  {
    rule: 'identifier.uscc',
    of: 'F01',
    changes: [['/applicant/uscc', '91510100MA62KCT03W']],
    finds: ['fail uscc.check-character /applicant/uscc'],
  },
  {
    rule: 'identifier.uscc',
    of: 'F07',
    changes: [['/customer/uscc', '91510100MA62KCT03W']],
    finds: ['fail uscc.check-character /customer/uscc'],
  },
  {
    rule: 'identifier.uscc',
    of: 'F07',
    changes: [['/issuer/uscc', '125100004507123478']],
    finds: ['fail uscc.check-character /issuer/uscc'],
  },
  {
    rule: 'identifier.uscc',
    of: 'F10',
    changes: [['/publisher/uscc', '11500000MB1A678984']],
    finds: ['fail uscc.check-character /publisher/uscc'],
  },
  {
    rule: 'identifier.uscc',
    of: 'F01',
    changes: [['/applicant/uscc', '91510100MA6C1A2B5U']],
    finds: ['warn uscc.organisation-code /applicant/uscc'],
  },
  { rule: 'identifier.uscc', of: 'F01', changes: [['/applicant', { naturalPerson: true }]], finds: [] },
  {
    rule: 'identifier.authorisation',
    of: 'F01',
    changes: [['/issuer/authorisationNo', undefined]],
    finds: ['fail authorisation-number.missing /issuer'],
  },
  { rule: 'identifier.authorisation', of: 'F13', changes: [['/issuer/accreditationNo', undefined]], finds: [] },
  {
    rule: 'identifier.authorisation',
    of: 'F01',
    changes: [['/issuer/authorisationNo', '法计51012']],
    finds: ['warn authorisation-number.form /issuer/authorisationNo'],
  },
  { rule: 'identifier.authorisation', of: 'F01', changes: [['/issuer/authorisationNo', '(川) 法计〔2022〕51012号']], finds: [] },
  {
    rule: 'identifier.authorisation',
    of: 'F07',
    changes: [['/issuer/accreditationNo', 'CNAS 0000']],
    finds: ['warn accreditation-number.form /issuer/accreditationNo'],
  },
  {
    rule: 'identifier.specification',
    of: 'F01',
    changes: [['/basis/0/number', 'JJG 517']],
    finds: ['fail specification-number.form /basis/0/number'],
  },
  {
    rule: 'identifier.specification',
    of: 'F13',
    changes: [['/method/1/number', 'JJF(渝) 901']],
    finds: ['fail specification-number.form /method/1/number'],
  },
  { rule: 'identifier.specification', of: 'F10', changes: [['/number', '渝 901']], finds: ['fail specification-number.form /number'] },
  ...['GB/T 16825.1-2022', 'ISO 376:2011', 'OIML R 76-1:2006', 'IEC 61672-3:2013', 'Q/CDJL-JZ-012', 'EURAMET cg-18'].map(
    (number): Case => ({
      rule: 'identifier.specification: any method of a calibration',
      of: 'F07',
      changes: [['/method/0/number', number]],
      finds: [],
    }),
  ),
  {
    rule: 'identifier.specification',
    of: 'F01',
    changes: [['/basis/0/number', 'JJG 517A-2016']],
    finds: ['warn specification-number.unusual /basis/0/number'],
  },
  {
    rule: 'identifier.assessment',
    of: 'F01',
    changes: [['/standards/0/assessment/number', 'C0412']],
    finds: ['warn assessment-number.form /standards/0/assessment/number'],
  },
  { rule: 'identifier.assessment', of: 'F01', changes: [['/standards/0/assessment/number', '[2011]冀社量标授证字第104号']], finds: [] },
  {
    rule: 'identifier.type-approval',
    of: 'F01',
    changes: [['/instrument/typeApprovalNo', 'F118']],
    finds: ['warn type-approval.form /instrument/typeApprovalNo'],
  },
  { rule: 'identifier.type-approval', of: 'F01', changes: [['/instrument/typeApprovalNo', 'CPA 99-F166']], finds: [] },
  {
    rule: 'identifier.type-approval',
    of: 'F01',
    changes: [
      ['/instrument/typeApprovalNo', undefined],
      ['/verificationType', 'initial'],
    ],
    finds: ['warn type-approval.missing /instrument'],
  },
  { rule: 'identifier.type-approval', of: 'F01', changes: [['/instrument/typeApprovalNo', undefined]], finds: [] },
  { rule: 'identifier.type-approval', of: 'F03', changes: [['/verificationType', 'initial']], finds: [] },
  {
    rule: 'identifier.instrument',
    of: 'F08',
    changes: [['/instrument/category', 'sundial']],
    finds: ['warn category.unknown /instrument/category'],
  },
  {
    rule: 'identifier.instrument',
    of: 'F01',
    changes: [['/instrument/serialNumber', undefined]],
    finds: ['warn serial.missing /instrument'],
  },
  ...['/', '—', '无', 'N/A'].map(
    (none): Case => ({
      rule: 'identifier.instrument',
      of: 'F07',
      changes: [['/instrument/serialNumber', none]],
      finds: ['warn serial.missing /instrument'],
    }),
  ),
  { rule: 'identifier.division', of: 'F01', changes: [['/place/division', '510200']], finds: ['warn division.unknown /place/division'] },
  { rule: 'identifier.division', of: 'F07', changes: [['/place/division', '500100']], finds: ['warn division.unknown /place/division'] },
  { rule: 'identifier.division', of: 'F07', changes: [['/place/division', '110101']], finds: [] },
]
