/** Fictitious bodies (示例) with valid codes: two provincial authorities, one of a city, six institutes. For tests, examples and the demonstration. */
import type { Text } from '../base/message.js'
import { kinds } from '../records/index.js'
import type { Authorisation } from '../trust/index.js'

export interface Organisation {
  readonly uscc: string
  readonly name: Text
  readonly region: '50' | '51'
  readonly authorisations: readonly Authorisation[]
}

const kindsOf = (certificates: boolean): string[] =>
  [...kinds.values()].filter(({ isCertificate }) => isCertificate === certificates).map(({ kind }) => kind)
const CERTIFICATES = kindsOf(true)
const AUTHORITY = kindsOf(false)
/** Kinds of joint statements that follow a finding. */
const CASE = ['supervision-measure', 'supervision-rectification', 'supervision-recheck', 'supervision-closure']
const scope = (number: string, kinds: string[], categories: 'all' | string[], from: string, to: string): Authorisation => ({
  number,
  kinds,
  categories,
  from,
  to,
})

/** Fictitious authorities and institutes of both provinces, by a short key. */
export const organisations = {
  'SC-AMR': {
    uscc: '11510000MB1F23451P',
    name: { zh: '四川示例市场监督管理局', en: 'Sichuan Example AMR' },
    region: '51',
    authorisations: [scope('四川省计量监督管理职权', AUTHORITY, 'all', '2020-01-01', '2030-12-31')],
  },
  'CQ-AMR': {
    uscc: '11500000MB1A678983',
    name: { zh: '重庆示例市场监督管理局', en: 'Chongqing Example AMR' },
    region: '50',
    authorisations: [scope('重庆市计量监督管理职权', AUTHORITY, 'all', '2020-01-01', '2030-12-31')],
  },
  // 广安市局 has jurisdiction over what is found in its city; a joint inspection does not change that.
  'GA-AMR': {
    uscc: '11511600MB1C579079',
    name: { zh: '广安示例市场监督管理局', en: 'Guang’an Example AMR' },
    region: '51',
    authorisations: [scope('广安市计量监督管理职权', ['supervision-finding', ...CASE], 'all', '2020-01-01', '2030-12-31')],
  },
  'SC-INST': {
    uscc: '125100004507123479',
    name: { zh: '四川示例计量测试研究院', en: 'Sichuan Example Institute of Metrology' },
    region: '51',
    authorisations: [
      scope('（川）法计（2021）51001号', CERTIFICATES, 'all', '2021-07-01', '2026-06-30'),
      scope('CNAS L0000', ['calibration-result'], ['nawi-digital', 'weights', 'pressure-gauge'], '2022-01-01', '2028-01-31'),
    ],
  },
  'CQ-INST': {
    uscc: '125000004504012315',
    name: { zh: '重庆示例计量质量检测院', en: 'Chongqing Example Institute of Metrology' },
    region: '50',
    authorisations: [
      scope('（渝）法计（2022）50001号', CERTIFICATES, ['road-tanker', 'radar-mobile', 'pressure-gauge'], '2022-07-01', '2027-06-30'),
      scope(
        'CNAS L0002',
        ['calibration-result'],
        ['pressure-gauge', 'engine-dynamometer', 'torque-transducer'],
        '2023-03-01',
        '2029-02-28',
      ),
    ],
  },
  CD: {
    uscc: '12510100450770010L',
    name: { zh: '成都示例计量检定所', en: 'Chengdu Example Verification Institute' },
    region: '51',
    authorisations: [
      scope('（川）法计（2022）51012号', ['verification-record'], ['taximeter', 'nawi-digital'], '2022-05-11', '2027-05-10'),
    ],
  },
  LZ: {
    uscc: '12510500450820022C',
    name: { zh: '泸州示例计量所', en: 'Luzhou Example Institute of Metrology' },
    region: '51',
    authorisations: [
      scope('（川）法计（2022）51025号', ['verification-record'], ['breath-alcohol', 'hydrometer'], '2022-09-01', '2027-08-31'),
    ],
  },
  GA: {
    uscc: '12511600451990031T',
    name: { zh: '广安示例计量所', en: 'Guang’an Example Institute of Metrology' },
    region: '51',
    authorisations: [scope('（川）法计（2023）51031号', ['verification-record'], ['fuel-dispenser'], '2023-01-10', '2028-01-09')],
  },
  YB: {
    uscc: '12500112450880041D',
    name: { zh: '渝北示例计量所', en: 'Yubei Example Institute of Metrology' },
    region: '50',
    authorisations: [scope('（渝）法计（2020）50041号', ['verification-record'], ['taximeter'], '2020-06-01', '2025-05-31')],
  },
} as const satisfies Record<string, Organisation>

export type OrganisationKey = keyof typeof organisations

/** The fictitious authority or institute of this key. */
export const organisation = (key: OrganisationKey): Organisation => organisations[key]

/** Fictitious holders of instruments. */
export const firms = {
  taxi: { uscc: '91510100MA6C1A2B4Q', name: '示例出租汽车（成都）有限公司' },
  auto: { uscc: '91500112MA5U7K3PXG', name: '示例汽车零部件（重庆）有限公司' },
  maker: { uscc: '91510100MA6D4E5F4L', name: '示例电子(成都)有限公司' },
  oil: { uscc: '91500103MA5YQ4W2XN', name: '示例油品运输（重庆）有限公司' },
  fuel: { uscc: '915105002047063390', name: '示例燃油（泸州）有限公司' },
} as const
