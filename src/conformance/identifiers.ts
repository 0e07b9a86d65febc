/** Identifiers: V01, V06, V16 of the domain survey, and members that a register requires. */
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
import { defineTexts } from '../base/message.js'
import { parseSpecificationNumber, provinces } from '../catalogue/index.js'
import { isCertificate } from '../records/index.js'
import { group, isKind, needsOf, onCertificates, type Rule } from './rule.js'

export const identifierTexts = defineTexts({
  rows: {
    'identifier.uscc': { zh: '统一社会信用代码的校验码', en: 'Check characters of unified social credit codes' },
    'identifier.authorisation': { zh: '授权（认可）证书号', en: 'Authorisation and accreditation numbers' },
    'identifier.specification': { zh: '规程（规范）编号与年号', en: 'Specification numbers with the year of their edition' },
    'identifier.assessment': { zh: '计量标准考核证书号', en: 'Assessment certificate numbers' },
    'identifier.type-approval': { zh: '型式批准证书号', en: 'Type approval number' },
    'identifier.instrument': { zh: '器具类别与出厂编号', en: 'Category and serial number of the instrument' },
    'identifier.division': { zh: '行政区划代码', en: 'Administrative division' },
  },
  codes: {
    'uscc.check-character': {
      zh: '统一社会信用代码 {uscc} 校验码有误：末位为 {found}，应为 {expected}',
      en: 'The unified social credit code {uscc} ends in {found}; its check character is {expected}',
      advice: { zh: '请按营业执照或法人证书核对', en: 'Check against the registration certificate' },
    },
    'uscc.organisation-code': {
      zh: '统一社会信用代码 {uscc} 中的组织机构代码校验不符',
      en: 'The organisation code inside {uscc} does not carry its own check character',
      advice: { zh: '请核对代码；旧码存在此类情况', en: 'Check the code; some older ones differ' },
    },
    'authorisation-number.missing': {
      zh: '检定证书未写计量检定机构授权证书号',
      en: 'The verification record does not state the authorisation number of its issuer',
      advice: { zh: '请填写“授权证书号”（issuer.authorisationNo）', en: 'State the authorisation number (issuer.authorisationNo)' },
    },
    'authorisation-number.form': {
      zh: '授权证书号“{number}”格式不常见',
      en: 'The authorisation number “{number}” has an unusual form',
      advice: { zh: '常见格式：（川）法计（2021）51001号', en: 'Usual form: （川）法计（2021）51001号' },
    },
    'accreditation-number.form': {
      zh: '认可证书号“{number}”格式不常见',
      en: 'The accreditation number “{number}” has an unusual form',
      advice: { zh: '常见格式：CNAS L1234', en: 'Usual form: CNAS L1234' },
    },
    'assessment-number.form': {
      zh: '计量标准考核证书号“{number}”格式不常见',
      en: 'The assessment certificate number “{number}” has an unusual form',
      advice: { zh: '常见格式：〔2022〕川量标法证字第C0412号', en: 'Usual form: 〔2022〕川量标法证字第C0412号' },
    },
    'specification-number.form': {
      zh: '“{number}”不是带年号的规程（规范）编号',
      en: '“{number}” is not a specification number with the year of its edition',
      advice: { zh: '写作 JJG 517-2016 或 JJF(渝) 901-2024', en: 'Write JJG 517-2016 or JJF(渝) 901-2024' },
    },
    'type-approval.form': {
      zh: '型式批准证书号“{number}”格式不常见',
      en: 'The type approval number “{number}” has an unusual form',
      advice: { zh: '常见格式：2020F118-51', en: 'Usual form: 2020F118-51' },
    },
    'type-approval.missing': {
      zh: '首次检定未写型式批准证书号，而{category}应经型式批准',
      en: 'Initial verification without a type approval number, though the category {category} needs type approval',
      advice: {
        zh: '首次检定请填写“型式批准证书号”（instrument.typeApprovalNo）',
        en: 'State the type approval number (instrument.typeApprovalNo) on initial verification',
      },
    },
    'category.unknown': {
      zh: '本软件的器具类别表中没有“{category}”（不等于不在强制管理目录内）',
      en: 'The category table of this software has no “{category}”; that says nothing about the national catalogue',
      advice: {
        zh: '请用类别表中的代码：tongheng categories 按名称、代码或规程号查找；确无对应的可保留',
        en: 'Use a slug of the table: tongheng categories finds it by name, slug or regulation; keep yours where none fits',
      },
    },
    'serial.missing': {
      zh: '无出厂编号，无法唯一识别器具（也无法查重）',
      en: 'There is no serial number, so the instrument cannot be told from others, nor a duplicate noticed',
      advice: { zh: '请补写设备编号或赋予永久编号', en: 'Give an asset number or a permanent mark' },
    },
    'division.unknown': {
      zh: '本软件未收录行政区划代码 {division}，请核对',
      en: 'The table of this software has no division {division}: check it',
      advice: {
        zh: '请按民政部当年公布的《县以上行政区划代码》核对六位代码',
        en: 'Check the six digits against the codes that the Ministry of Civil Affairs publishes for the year',
      },
    },
    'specification-number.unusual': {
      zh: '“{number}”的写法不在已知的形式之内，无法据以查找版本',
      en: '“{number}” is of no form we know, so its edition cannot be looked up',
      advice: { zh: '请写作“JJG 517-2016”的形式', en: 'Write it as “JJG 517-2016”' },
    },
  },
})

const since = '0.1.0'

const uscc: Rule = {
  id: 'identifier.uscc',
  group,
  since,
  basis: 'GB 32100—2015 5.3; GB 11714—1997',
  needs: needsOf(({ organisations }) => organisations.members),
  // The organisation code only warns: some codes in circulation are older than its check character.
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

/** A stroke or a word for none, with which forms are filled, is no number. */
const isGiven = (number: string | undefined): number is string => number !== undefined && !isNoSerial(number)

const authorisation: Rule = {
  id: 'identifier.authorisation',
  group,
  since,
  revised: '0.2.0',
  basis: 'JJF 1069—2012; 国质检量函〔2005〕861号',
  needs: onCertificates('issuer'),
  codes: { 'authorisation-number.missing': 'fail', 'authorisation-number.form': 'warn', 'accreditation-number.form': 'warn' },
  evaluate({ record }) {
    if (!isCertificate(record)) return undefined
    const { authorisationNo, accreditationNo } = record.issuer
    const findings: Finding[] = []
    if (!isGiven(authorisationNo)) {
      if (isKind(record, 'verification-record')) findings.push({ code: 'authorisation-number.missing', path: '/issuer' })
    } else if (!isAuthorisationNumber(authorisationNo)) {
      findings.push({
        code: 'authorisation-number.form',
        path: '/issuer/authorisationNo',
        params: { number: authorisationNo },
      })
    }
    if (isGiven(accreditationNo) && !isAccreditationNumber(accreditationNo)) {
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
      // Standards and methods of a laboratory may have their own numbers (ISO/IEC 17025:2017 7.2.1.4).
      if (!isNational && path !== '/number') return
      // A year identifies the edition, in any form; without one, it is unknown which text was applied.
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
  revised: '0.2.0',
  basis: '计量法 第十三条; 计量器具新产品管理办法',
  needs: { 'verification-record': ['instrument', 'verificationType'], 'supervision-finding': ['instrument'], 'type-approval': ['number'] },
  // Only a warning, because the list of instruments in the 2020 catalogue was not available.
  codes: { 'type-approval.form': 'warn', 'type-approval.missing': 'warn' },
  evaluate({ record, kind, catalogue }) {
    const stated = isKind(record, 'type-approval') ? record.number : kind.instrument(record)?.typeApprovalNo
    const path = isKind(record, 'type-approval') ? '/number' : '/instrument/typeApprovalNo'
    if (stated !== undefined && (path === '/number' || isGiven(stated)))
      return isTypeApprovalNumber(stated) ? [] : [{ code: 'type-approval.form', path, params: { number: stated } }]
    if (!isKind(record, 'verification-record') || record.verificationType !== 'initial') return undefined
    const { category } = record.instrument
    const known = catalogue.category(category)
    if (!known?.control.includes('P')) return undefined
    return [{ code: 'type-approval.missing', path: '/instrument', params: { category: known.name } }]
  },
}

const instrument: Rule = {
  id: 'identifier.instrument',
  group,
  since,
  basis: 'JJF 1069—2012; GB/T 36377—2018',
  needs: { ...needsOf(({ categories }) => categories.members), 'verification-record': ['instrument', 'instruments'] },
  codes: { 'category.unknown': 'warn', 'serial.missing': 'warn' },
  evaluate({ record, kind, catalogue }) {
    const findings: Finding[] = []
    kind.categories.visit(record, (category, path) => {
      if (catalogue.category(category as string) === undefined) findings.push({ code: 'category.unknown', path, params: { category } })
    })
    if (isKind(record, 'technical-specification') && record.categories === undefined) return undefined
    const subject = kind.instrument(record)
    // The instruments of a batch state theirs line by line.
    const isBatch = isKind(record, 'verification-record') && record.instruments !== undefined
    if (!isBatch && subject !== undefined && !isGiven(subject.serialNumber)) findings.push({ code: 'serial.missing', path: '/instrument' })
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
  evaluate({ record, catalogue }) {
    const code = 'place' in record ? record.place?.division : undefined
    // Only our two provinces are listed; codes of other provinces are not checked.
    if (code === undefined || !provinces.has(code.slice(0, 2))) return undefined
    return catalogue.isListedDivision(code) ? [] : [{ code: 'division.unknown', path: '/place/division', params: { division: code } }]
  },
}

export const identifierRules: readonly Rule[] = [uscc, authorisation, specification, assessment, typeApproval, instrument, division]
