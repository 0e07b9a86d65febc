/** 计量标准考核证书: an authority states that it has assessed a measurement standard of a body, for which work, and until when it is valid. */
import * as z from 'zod/mini'
import { about, CivilDate, grows, Line, LocalizedText, named, PeriodText, Slug } from '../../base/schema.js'
import { type StandardLevel, standardLevels } from '../../catalogue/index.js'
import { Limits, Party, Range, SpecificationReference } from '../../records/index.js'
import { found } from '../finding.js'
import { defineJoint, unique } from './kind.js'
import { ExpandedUncertainty } from './parts.js'

const BASIS = '计量标准考核办法; JJF 1033'

/** A reference standard, or a piece of auxiliary equipment, of the assessed standard. */
const Equipment = named(
  'assessed-equipment',
  about(
    z.strictObject({
      role: about(grows(['standard', 'auxiliary']), '计量标准器或配套设备', 'Reference standard or auxiliary equipment', 'JJF 1033—2023'),
      name: about(Line, '名称', 'Name'),
      model: about(z.optional(Line), '型号', 'Model'),
      range: about(z.optional(Line), '测量范围', 'Measuring range'),
      accuracy: about(z.optional(Line), '不确定度、准确度等级或最大允许误差', 'Uncertainty, accuracy class or maximum permissible error'),
      manufacturer: about(z.optional(Line), '制造厂', 'Manufacturer'),
      serialNumber: about(z.optional(Line), '出厂编号', 'Serial number'),
      interval: about(z.optional(PeriodText), '检定周期或复校间隔', 'Interval of verification or recalibration'),
    }),
    '计量标准器或主要配套设备',
    'Reference standard or main auxiliary equipment',
  ),
)

/** 计量标准考核证书 — Assessment of a measurement standard. Zod schema. */
export const StandardAssessment = named(
  'standard-assessment',
  about(
    z.strictObject({
      kind: about(z.literal('standard-assessment'), '种类：计量标准考核', 'Kind of joint statement'),
      version: about(z.literal(1), '本种类的版本', 'Version of the kind'),
      number: about(Line, '计量标准考核证书号', 'Number of the assessment certificate', BASIS),
      holder: about(Party, '建标单位', 'Body that holds the standard'),
      name: about(Line, '计量标准名称', 'Name of the measurement standard'),
      code: about(z.optional(Line), '计量标准代码', 'Code of the measurement standard', 'JJF 1022'),
      level: about(
        grows(Object.keys(standardLevels) as [StandardLevel, ...StandardLevel[]]),
        '类别：社会公用、部门最高、企事业最高、计量授权',
        'Public, highest of a department or an enterprise, or of an authorised body',
        '计量法 第六条至第八条',
      ),
      publicStandardNo: about(z.optional(Line), '社会公用计量标准证书号', 'Number of the certificate of a public standard'),
      location: about(z.optional(Line), '保存地点', 'Where it is held'),
      capabilities: about(
        z
          .array(
            z.strictObject({
              categories: about(z.array(Slug).check(z.minLength(1), z.maxLength(50)), '器具类别', 'Instrument categories'),
              work: about(
                z.array(grows(['verification', 'calibration'])).check(z.minLength(1), z.maxLength(2)),
                '检定、校准',
                'Verification or calibration',
              ),
              quantity: about(z.optional(LocalizedText), '被测量', 'Quantity'),
              ranges: about(z.optional(z.array(Range).check(z.minLength(1), z.maxLength(20))), '测量范围', 'Measuring ranges'),
              uncertainty: about(z.optional(ExpandedUncertainty), '不确定度', 'Uncertainty'),
              maximumPermissibleError: about(z.optional(Limits), '最大允许误差', 'Maximum permissible error'),
              accuracyClass: about(z.optional(Line), '准确度等级', 'Accuracy class'),
            }),
          )
          .check(z.minLength(1), z.maxLength(100)),
        '开展检定或校准的项目',
        'Work for which it was assessed',
      ),
      basis: about(z.array(SpecificationReference).check(z.minLength(1), z.maxLength(50)), '技术依据', 'Specifications it works to'),
      equipment: about(z.array(Equipment).check(z.minLength(1), z.maxLength(100)), '计量标准器及主要配套设备', 'Equipment'),
      assessedOn: about(z.optional(CivilDate), '考核日期', 'Day of the assessment'),
      issuedOn: about(CivilDate, '发证日期', 'Day of issue'),
      validUntil: about(CivilDate, '有效期至（含当日）', 'Valid until, inclusive'),
      remarks: about(z.optional(LocalizedText), '说明', 'Remarks'),
    }),
    '计量标准考核证书',
    'Assessment of a measurement standard',
    BASIS,
  ),
)
export interface StandardAssessment extends z.infer<typeof StandardAssessment> {}

export const standardAssessment = defineJoint<StandardAssessment>()({
  kind: 'standard-assessment',
  version: 1,
  title: { zh: '计量标准考核证书', en: 'assessment of a measurement standard' },
  schema: StandardAssessment,
  signer: 'authority',
  isPublic: true,
  subject: ({ number }) => number,
  on: ({ issuedOn }) => issuedOn,
  holds: ({ issuedOn, validUntil }) => ({ from: issuedOn, until: validUntil }),
  categories: ({ capabilities }) => capabilities.flatMap(({ categories }) => categories),
  dates: ({ assessedOn, issuedOn, validUntil }) => [
    { path: '/assessedOn', zh: '考核日期', en: 'day of the assessment', date: assessedOn },
    { path: '/issuedOn', zh: '发证日期', en: 'day of issue', date: issuedOn },
    { path: '/validUntil', zh: '有效期至', en: 'end of validity', date: validUntil },
  ],
  check: ({ equipment }) => [
    ...(equipment.some(({ role }) => role === 'standard')
      ? []
      : [found('standard-assessment.no-reference', { status: 'warn', path: '/equipment', basis: BASIS })]),
    ...unique(
      equipment.map(({ name, serialNumber }) => serialNumber && `${name} ${serialNumber}`),
      (at) => `/equipment/${at}/serialNumber`,
    ),
  ],
})
