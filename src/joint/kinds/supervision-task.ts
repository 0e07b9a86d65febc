/** 联合监督检查任务: two bureaus inspect together; the parties to inspect are drawn so that neither bureau chooses them. */
import * as z from 'zod/mini'
import { about, CivilDate, DivisionCode, Line, LocalizedText, named, Slug } from '../../base/schema.js'
import { Party } from '../../records/index.js'
import { found } from '../finding.js'
import { datesInOrder, defineJoint, unique } from './kind.js'

const BASIS = '川渝法制计量联合监督抽查'
/** Maximum number of parties that a task draws. */
const MAX_DRAWN = 10_000

/** 联合监督检查任务 — Task of joint supervision. Zod schema. */
export const SupervisionTask = named(
  'supervision-task',
  about(
    z.strictObject({
      kind: about(z.literal('supervision-task'), '种类：联合监督检查任务', 'Kind of joint statement'),
      version: about(z.literal(1), '本种类的版本', 'Version of the kind'),
      number: about(Line, '检查任务号（文件号）；一个任务号只抽取一次', 'Number of the task; it draws once', BASIS),
      theme: about(LocalizedText, '检查主题', 'Theme'),
      bureaus: about(
        z.array(Party).check(z.minLength(2), z.maxLength(2)),
        '组织机关，两地各一，由其中之一签署',
        'The two bureaus, one of each side; one of them signs',
      ),
      places: about(z.array(DivisionCode).check(z.minLength(1), z.maxLength(300)), '检查地区', 'Divisions in which is inspected'),
      categories: about(z.array(Slug).check(z.minLength(1), z.maxLength(50)), '器具类别', 'Instrument categories'),
      issuedOn: about(CivilDate, '下达日期', 'Day of issue'),
      from: about(CivilDate, '检查开始日期', 'First day of the inspections'),
      to: about(CivilDate, '检查结束日期（含当日）', 'Last day of the inspections, inclusive'),
      draw: about(
        z.strictObject({
          population: about(LocalizedText, '抽取范围，如“区内登记在册的加油站”', 'Description of the list from which is drawn'),
          count: about(z.int().check(z.minimum(1), z.maximum(MAX_DRAWN)), '抽取家数', 'Number of parties to draw'),
          commitBy: about(CivilDate, '承诺截止日期（含当日）', 'Last day for the commitments, inclusive'),
          revealBy: about(CivilDate, '公布随机数的截止日期（含当日）', 'Last day on which the nonces are revealed, inclusive'),
        }),
        '被检单位的随机抽取办法',
        'How the parties are drawn',
        '国务院办公厅关于推广随机抽查规范事中事后监管的通知（国办发〔2015〕58号）',
      ),
      remarks: about(z.optional(LocalizedText), '说明', 'Remarks'),
    }),
    '联合监督检查任务',
    'Task of joint supervision',
    BASIS,
  ),
)
export interface SupervisionTask extends z.infer<typeof SupervisionTask> {}

export const supervisionTask = defineJoint<SupervisionTask>()({
  kind: 'supervision-task',
  version: 1,
  title: { zh: '联合监督检查任务', en: 'task of joint supervision' },
  schema: SupervisionTask,
  signer: 'authority',
  signers: ({ bureaus }) => bureaus.map(({ uscc }) => uscc),
  subject: ({ number }) => number,
  on: ({ issuedOn }) => issuedOn,
  categories: ({ categories }) => categories,
  dates: ({ issuedOn, draw, to }) => [
    { path: '/issuedOn', zh: '下达日期', en: 'day of issue', date: issuedOn },
    { path: '/draw/commitBy', zh: '承诺截止日期', en: 'last day for commitments', date: draw.commitBy },
    { path: '/draw/revealBy', zh: '公布随机数的截止日期', en: 'last day for nonces', date: draw.revealBy },
    { path: '/to', zh: '检查结束日期', en: 'last day of the inspections', date: to },
  ],
  check: ({ bureaus, places, categories, issuedOn, from, to }) => [
    ...datesInOrder([
      { path: '/issuedOn', zh: '下达日期', en: 'day of issue', date: issuedOn },
      { path: '/from', zh: '检查开始日期', en: 'first day of the inspections', date: from },
      { path: '/to', zh: '检查结束日期', en: 'last day of the inspections', date: to },
    ]),
    ...unique(
      bureaus.map(({ uscc }) => uscc),
      (at) => `/bureaus/${at}/uscc`,
    ),
    ...unique(places, (at) => `/places/${at}`),
    ...unique(categories, (at) => `/categories/${at}`),
    // Characters 3 and 4 of the USCC are the province that registered the body.
    ...(new Set(bureaus.map(({ uscc }) => uscc.slice(2, 4))).size > 1
      ? []
      : [found('supervision-task.one-side', { status: 'warn', path: '/bureaus', basis: BASIS })]),
  ],
})
