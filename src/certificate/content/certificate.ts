/**
 * 检定证书, 检定结果通知书 and 校准证书: the first page and the pages after it, in the order of the printed form (国质检量函〔2005〕861号;
 * ISO/IEC 17025:2017 7.8.2, 7.8.4).
 */
import { periodText } from '../../base/date.js'
import type { Text } from '../../base/message.js'
import type {
  Applicant,
  CalibrationResult,
  Certificate,
  Place,
  Signatory,
  SpecificationReference,
  VerificationRecord,
} from '../../records/index.js'
import { errorPlots } from '../plots/of-record.js'
import { attachmentBlocks } from './attachments.js'
import { budgetBlocks, otherBudgets } from './budgets.js'
import { batchBlocks, instrumentDetails, instrumentRows, markBlocks, sealBlocks } from './instruments.js'
import { type Block, type Content, type FieldRow, fields, heading, joined, paragraph, part, type Shown, shownText } from './model.js'
import { environmentRows } from './quantities.js'
import { failedItems, resultBlocks } from './results.js'
import { standardsTables } from './standards.js'
import { divisionText, word } from './words.js'

export const certificateContent = (record: Certificate): Content =>
  record.kind === 'verification-record' ? verificationContent(record) : calibrationContent(record)

const NUMBER: Text = { zh: '证书编号', en: 'Certificate No.' }

function verificationContent(record: VerificationRecord): Content {
  const { issuer, instrument, outcome, signatories, basis } = record
  const isPass = outcome === 'pass'
  const conclusion = joined([word('outcome', outcome), ...(record.concludedClass === undefined ? [] : [record.concludedClass])], '，', ', ')
  return {
    title: isPass ? { zh: '检定证书', en: 'Verification Certificate' } : { zh: '检定结果通知书', en: 'Notice of Verification Result' },
    issuer: issuer.name,
    number: { label: NUMBER, value: record.certificateNo },
    date: record.verifiedOn,
    cover: [
      ...fields(
        ...applicantRows(['送检单位', 'Applicant'], record.applicant),
        ...instrumentRows(instrument),
        ['数量', 'Number of instruments', record.instruments && countText(record.instruments.length)],
        ['检定类别', 'Type of verification', typeText(record)],
        ['检定依据', 'Regulation', specificationsText(basis)],
        ['检定结论', 'Conclusion', conclusion],
        ['不合格项目', 'Failed items', failedText(record)],
      ),
      ...fields(
        ['批准人', 'Approved by', person(signatories.approver)],
        ['核验员', 'Checked by', person(signatories.checker)],
        ['检定员', 'Verified by', person(signatories.verifier)],
        ['检定日期', 'Date of verification', record.verifiedOn],
        ['有效期至', 'Valid until', record.validUntil],
      ),
      ...issuerBlocks(record),
    ],
    inner: [
      ...part('检定范围和用途', 'Scope and purpose', [
        ...fields(
          ['检定范围', 'Scope', record.scope && word('scope', record.scope)],
          ['用途', 'Purpose', word('purpose', record.purpose)],
          ['检定方式', 'Mode', record.mode && word('mode', record.mode)],
          [
            '二检合一',
            'Combined with factory inspection',
            record.combinedWithFactory === undefined ? undefined : yesOrNo(record.combinedWithFactory),
          ],
        ),
      ]),
      ...instrumentDetails(instrument),
      ...part('各台器具', 'Instruments', batchBlocks(record)),
      ...circumstances(record),
      ...results(record),
      ...part('封印和检定印、证', 'Seals and marks', [...sealBlocks(record), ...markBlocks(record)]),
      ...ending(record),
    ],
  }
}

function calibrationContent(record: CalibrationResult): Content {
  const { issuer, instrument, signatories, conformity } = record
  return {
    title: { zh: '校准证书', en: 'Calibration Certificate' },
    issuer: issuer.name,
    number: { label: NUMBER, value: record.certificateNo },
    date: record.issuedOn,
    cover: [
      ...fields(...applicantRows(['客户', 'Customer'], record.customer), ...instrumentRows(instrument), [
        '校准依据',
        'Method',
        specificationsText(record.method),
      ]),
      ...fields(
        ['批准人', 'Authorised by', person(signatories.approver)],
        ['核验员', 'Checked by', signatories.checker && person(signatories.checker)],
        ['校准员', 'Calibrated by', person(signatories.calibrator)],
        ['接收日期', 'Received on', record.receivedOn],
        ['校准日期', 'Calibrated on', periodOf(record)],
        ['签发日期', 'Issued on', record.issuedOn],
      ),
      ...issuerBlocks(record),
    ],
    inner: [
      ...part('器具接收时的状态', 'Condition of the item', paragraphOf(record.condition)),
      ...instrumentDetails(instrument),
      ...circumstances(record),
      ...part('计量溯源性', 'Metrological traceability', paragraphOf(record.traceability)),
      ...part('对方法的偏离', 'Deviations from the method', paragraphOf(record.deviations)),
      ...results(record),
      ...part('符合性声明', 'Statement of conformity', [
        ...paragraphOf(conformity?.statement),
        ...fields(
          ['结论', 'Outcome', conformity && word('outcome', conformity.outcome)],
          ['所针对的规范', 'Specification', conformity?.specification && specificationsText([conformity.specification])],
        ),
      ]),
      ...part('外部供方提供的结果', 'Results from external providers', paragraphOf(record.externalResults)),
      ...part('意见和解释', 'Opinions and interpretations', paragraphOf(record.opinions)),
      ...part(
        '建议的复校间隔',
        'Recommended interval',
        record.recommendedInterval ? [paragraph(periodText(record.recommendedInterval))] : [],
      ),
      ...ending(record),
    ],
  }
}

const periodOf = ({ calibrationBegan, calibratedOn }: CalibrationResult): Shown =>
  calibrationBegan === undefined || calibrationBegan === calibratedOn
    ? calibratedOn
    : { zh: `${calibrationBegan} 至 ${calibratedOn}`, en: `${calibrationBegan} to ${calibratedOn}` }

const paragraphOf = (text: { readonly zh: string; readonly en?: string | undefined } | undefined): Block[] =>
  text === undefined ? [] : [paragraph(shownText(text))]

function applicantRows([zh, en]: readonly [zh: string, en: string], { name, naturalPerson, uscc, address }: Applicant): FieldRow[] {
  const person: Text = { zh: '自然人', en: 'a natural person' }
  const who: Shown | undefined =
    name === undefined
      ? naturalPerson
        ? person
        : undefined
      : naturalPerson
        ? { zh: `${name}（${person.zh}）`, en: `${name} (${person.en})` }
        : name
  return [
    [zh, en, who],
    [`${zh}统一社会信用代码`, `USCC of the ${en.toLowerCase()}`, uscc],
    [`${zh}地址`, `Address of the ${en.toLowerCase()}`, address],
  ]
}

/** Name of a signatory, with the kind and number of the personal certificate if stated. */
export function person({ name, registrationNo, credential }: Signatory): Shown {
  const held = [
    ...(credential === undefined ? [] : [word('credential', credential)]),
    ...(registrationNo === undefined ? [] : [registrationNo]),
  ]
  if (held.length === 0) return name
  const { zh, en } = joined(held, ' ', ' ')
  return { zh: `${name}（${zh}）`, en: `${name} (${en})` }
}

const countText = (count: number): Text => ({ zh: `${count} 台（见“各台器具”）`, en: `${count} (see “Instruments”)` })

const yesOrNo = (is: boolean): Text => (is ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' })

const typeText = ({ verificationType, cause }: VerificationRecord): Shown =>
  joined([word('verificationType', verificationType), ...(cause === undefined ? [] : [word('cause', cause)])], '，', ', ')

/** 不合格项目: those that the record states, otherwise those found from the verdicts of the rows. */
function failedText({ failedItems: stated, outcome, results: tables }: VerificationRecord): Shown | undefined {
  if (stated === undefined) return outcome === 'pass' ? undefined : failedItems(tables)
  const named = stated.map(({ name, table }) => {
    const title = tables.find(({ id }) => id === table)?.name.zh ?? table
    const { zh, en } = shownText(name)
    return title === undefined || title === zh ? { zh, en } : { zh: `${zh}（见“${title}”）`, en: `${en} (see “${title}”)` }
  })
  return joined(named, '、', ', ')
}

export function specificationsText(references: readonly SpecificationReference[]): Shown {
  return joined(
    references.map(({ number, name, clause }) => ({
      zh: `${number}${name === undefined ? '' : `《${name}》`}${clause === undefined ? '' : ` ${clause}`}`,
      en: `${number}${name === undefined ? '' : ` ${name}`}${clause === undefined ? '' : `, ${clause}`}`,
    })),
    '；',
    '; ',
  )
}

function circumstances({ standards, environment, place }: Certificate): Block[] {
  return [
    heading('所用计量标准', 'Measurement standards used'),
    ...standardsTables(standards),
    ...part(
      '环境条件和地点',
      'Environment and place',
      fields(...environmentRows(environment), ['地点', 'Place', place && placeText(place)]),
    ),
  ]
}

const placeText = ({ kind, address, division }: Place): Shown =>
  joined(
    [word('place', kind), ...(address === undefined ? [] : [address]), ...(division === undefined ? [] : [divisionText(division)])],
    '，',
    ', ',
  )

function results(record: Certificate): Block[] {
  const { adjustment } = record
  const rule = record.kind === 'verification-record' ? record.decisionRule : record.conformity?.decisionRule
  return [
    heading(
      record.kind === 'verification-record' ? '检定结果' : '校准结果',
      record.kind === 'verification-record' ? 'Results of verification' : 'Results of calibration',
    ),
    ...resultBlocks(record.results),
    ...errorPlots(record.results).map((scene): Block => ({ type: 'plot', scene })),
    ...part('调修说明', 'Adjustment', paragraphOf(adjustment?.description)),
    ...part(
      '判定规则',
      'Decision rule',
      fields(
        ['规则', 'Rule', rule && word('rule', rule.rule)],
        ['保护带', 'Guard band', rule?.guardBand && word('guardBand', rule.guardBand)],
        ['出处', 'Source', rule?.source],
      ),
    ),
    ...part('不确定度预算', 'Uncertainty budgets', [...budgetBlocks(record.results), ...otherBudgets(record)]),
  ]
}

/** Joins the texts that are stated in one line; undefined if none is. */
function joinedIf(texts: readonly (Shown | undefined)[]): Shown | undefined {
  const stated = texts.filter((text): text is Shown => text !== undefined && text !== '')
  return stated.length === 0 ? undefined : joined(stated, '，', ', ')
}

function issuerBlocks({ issuer, rawRecordNo }: Certificate): Block[] {
  return fields(
    ['计量检定机构授权证书号', 'Authorisation', issuer.authorisationNo],
    ['CNAS 认可证书号', 'CNAS accreditation', issuer.accreditationNo],
    ['统一社会信用代码', 'USCC', issuer.uscc],
    [
      '地址',
      'Address',
      joinedIf([issuer.address, issuer.postcode && { zh: `邮编 ${issuer.postcode}`, en: `postcode ${issuer.postcode}` }]),
    ],
    [
      '联系方式',
      'Contact',
      joinedIf([issuer.contact, issuer.fax && { zh: `传真 ${issuer.fax}`, en: `fax ${issuer.fax}` }, issuer.website]),
    ],
    ['原始记录号', 'Raw record No.', rawRecordNo],
  )
}

function ending({ amendment, attachments = [], remarks }: Certificate): Block[] {
  return [
    ...part(
      '替代说明',
      'Amendment',
      fields(
        ['所替代的证书', 'Replaces', amendment?.replaces],
        ['所替代签名记录的标识', 'Its statement id', amendment?.statement],
        ['修改原因', 'Reason', amendment && shownText(amendment.reason)],
      ),
    ),
    ...part('说明', 'Remarks', paragraphOf(remarks)),
    ...attachmentBlocks(attachments),
  ]
}
