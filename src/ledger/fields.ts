/**
 * The fields of a ledger of instruments (台账): each with its name in both languages and the headers that twelve real ledgers and forms use
 * for it. Headers are compared without blanks, asterisks and the unit in brackets.
 */
import type { Text } from '../base/message.js'

/** Sort of the cells of a field: selects their parser, and helps to decide a doubtful header. */
export type FieldSort = 'text' | 'identifier' | 'date' | 'interval' | 'measure' | 'choice' | 'count'

interface FieldRow extends Text {
  readonly sort: FieldSort
  /** Headers, separated by blanks; exports use the first. */
  readonly headers: string
}

const row = (sort: FieldSort, zh: string, en: string, headers: string): FieldRow => ({ sort, zh, en, headers: `${zh} ${headers}` })

const FIELDS = {
  holder: row(
    'text',
    '使用单位名称',
    'Holder',
    '拥有企业 使用公司 用能单位 送检单位 委托单位 单位名称 受检单位 器具使用单位 申请单位 经营者',
  ),
  department: row('text', '使用部门', 'Department', '所属部门 责任部门 管理部门 部门 科室 使用科室 车间 管理区 班组'),
  installedAt: row(
    'text',
    '安装使用地点',
    'Place of use',
    '安装/使用地点 安装地点 使用地点 安装位置 存放地点 存放位置 安装部位 安装使用地点及用途 安装位置/使用人 使用位置 摊位号 地点',
  ),
  division: row('text', '行政区划', 'Administrative division', '所在区县 区县 所属区县'),
  assetNumber: row(
    'identifier',
    '管理编号',
    'Holder’s own number',
    '计量编号 用能单位管理编号 自用编号 企业编号 资产编号 设备编号 计量器具编码 器具编码 内部编号 单位自编号 固定资产编号 统一编号 位号 安装后压力表编号 条形码',
  ),
  name: row('text', '器具名称', 'Name', '计量器具名称 设备名称 仪器名称 仪表名称 仪器设备名称 名称'),
  categoryText: row('text', '器具类别', 'Category', '设备类别 仪表类别 压力表类别 器具类型 类别 类型'),
  item: row('text', '器具项别', 'Item of the catalogue', '项别'),
  itemKind: row('text', '器具种别', 'Kind in the catalogue', '种别'),
  model: row('text', '型号规格', 'Model', '规格型号 型号/规格 规格/型号 型号及规格 品牌/型号 型号 规格 型式 适用规格型号'),
  serialNumber: row(
    'identifier',
    '出厂编号',
    'Serial number',
    '出厂号 序列号 机号 产品编号 制造编号 制造厂及出厂编号 器具编号 仪表编号 仪器编号 表号',
  ),
  plate: row('identifier', '车牌号', 'Number plate', '号牌 号牌号码 车牌 车牌号码 车号'),
  manufacturer: row(
    'text',
    '制造单位',
    'Manufacturer',
    '生产厂家 制造厂家 制造厂商 制造厂 制造商 生产企业 生产单位 生产厂 厂家 厂商 供应商 生产信息',
  ),
  origin: row('text', '器具产地', 'Origin', '产地'),
  range: row('measure', '测量范围', 'Range', '量程 量程范围 测量范围/量程 流量范围 测温范围'),
  rangeLower: row('measure', '测量范围下限', 'Lower end of the range', '最小测量范围 量程低 量程下限 测量下限'),
  rangeUpper: row('measure', '测量范围上限', 'Upper end of the range', '最大测量范围 量程高 量程上限 测量上限 最大量程 最大秤量'),
  rangeUnit: row('text', '测量范围单位', 'Unit of the range', '量程单位 计量单位'),
  accuracyClass: row('measure', '准确度等级', 'Accuracy class', '精度等级 准确度 精确度 仪表精度 精度 等级 准确度等级或MPE或U'),
  maximumPermissibleError: row('measure', '最大允许误差', 'Maximum permissible error', '允许误差 允差 MPE'),
  maximumPermissibleErrorUnit: row('text', '最大允许误差单位', 'Unit of the maximum permissible error', '允许误差单位'),
  scaleInterval: row('measure', '分度值', 'Scale interval', '检定分度值 分度值e 分度值d 分辨力 最小分度'),
  scaleIntervalUnit: row('text', '分度值单位', 'Unit of the scale interval', '分度单位'),
  interval: row(
    'interval',
    '检定周期',
    'Interval',
    '校准周期 检定/校准周期 检定周期/校准间隔 检定(校准)周期 检校周期 周期 检验周期 确认间隔 校准间隔 检定周期或复校间隔 复校间隔',
  ),
  intervalUnit: row('text', '周期单位', 'Unit of the interval', '检定周期单位 间隔单位'),
  mandatory: row('choice', '是否强检', 'Mandatory verification', '强检标识 强制检定标志 强检标志 强检 强制检定 检定性质 是否强制检定'),
  state: row('choice', '使用状态', 'State', '设备状态 器具状态 运行状态 状态 在用状态'),
  class: row('choice', 'ABC分类', 'ABC class', '管理级别 管理类型 分类管理 管理标识 管理分类 管理类别 分级'),
  quantity: row('count', '数量', 'Quantity', '器具数量 台数 件数 台(件)数'),
  purpose: row('text', '用途', 'Purpose', '器具用途 使用用途 计量用途'),
  method: row('text', '检定方式', 'Manner of verification', '确认方式 送检方式 溯源方式 检校方式'),
  certificateType: row('choice', '证书类型', 'Type of certificate', '证书形式 证书种类 报告类型 报告形式'),
  certificateNo: row(
    'identifier',
    '证书编号',
    'Certificate number',
    '检定证书编号 仪表检定证书编号 检定证书号 证书号 校准证书号 校准证书编号 校准编号 检定/校准证书编号 报告编号 证书/报告编号 检测单号 送检条码号',
  ),
  body: row(
    'text',
    '检定机构',
    'Body that verified',
    '检定单位 检定校准单位 检定/校准机构 检定/校准单位 校准机构 校准单位 检验单位 检测单位 检验机构 溯源单位 溯源机构',
  ),
  designatedBody: row('text', '指定检定机构', 'Body to verify', '检定单位(推荐) 拟送检机构 指定机构'),
  verifiedOn: row(
    'date',
    '检定日期',
    'Date of verification',
    '检定(校准)日期 检定/校准日期 上次检定/校准日期 上次检定日期 最近检定日期 本次检定日期 末次检定或校准日期 末次检定日期 校准日期 检验时间 检定时间 检验日期 检测日期 校验日期 本次确认日期',
  ),
  validUntil: row(
    'date',
    '有效期至',
    'Valid until',
    '有效日期 证书有效日期 证书有效期 有效期限 到期日期 到期日 到期时间 有效截止日期 截止日期',
  ),
  result: row('choice', '检定结果', 'Result', '校准结果 检测结果 检定/校准结果 结论 检定结论 结果'),
  basis: row('text', '检定依据', 'Basis', '依据 确认依据 技术依据 检定规程'),
  nextDue: row(
    'date',
    '下次检定日期',
    'Next due',
    '下次校准日期 下次确认日期 下次检定/校准日期 下次检定时间 下次送检日期 下检日期 计划检定日期 复检日期 下次检定 下次校准 下次检定/校准 下次确认 下次送检 下次检定日',
  ),
  requiredPoint: row('measure', '计量点', 'Measuring point', '测量点 使用点 工艺参数 使用值'),
  requiredRange: row('measure', '使用测量范围', 'Range in use', '使用范围 计量要求测量范围 要求测量范围'),
  requiredAccuracy: row('measure', '准确度要求', 'Required accuracy', '使用允差 计量要求准确度 允差要求 工艺要求 计量要求'),
  requiredUnit: row('text', '计量要求单位', 'Unit of the requirement', '计量点单位'),
  manufacturedOn: row('date', '出厂日期', 'Manufactured on', '出厂时间 制造日期 制造年月 生产日期'),
  inUseSince: row('date', '启用日期', 'In use since', '开始使用日期 移交日期 投用日期 安装日期 使用日期'),
  remarks: row('text', '备注', 'Remarks', '说明 注'),
} as const satisfies Readonly<Record<string, FieldRow>>

export type LedgerField = keyof typeof FIELDS

/** Fields by name, in the order of exports. */
export const ledgerFields: ReadonlyMap<LedgerField, Text & { readonly sort: FieldSort }> = new Map(
  Object.entries(FIELDS) as [LedgerField, FieldRow][],
)

/** Every header of a field. */
export const headersOf = (field: LedgerField): readonly string[] => FIELDS[field].headers.split(' ')

/** Numbering of the rows. */
export const NUMBERING = '序号 编序 序 行号'.split(' ')
/** Columns that are not imported: prices, and names and contacts of persons (个人信息保护法). */
export const LEFT_OUT =
  '购置日期 购置价格 购置形式 原值 价格 金额 费用 应收费用 使用年限 联系人 责任人 保管人 安管人员 安管人员手机 手机 手机号 电话 联系电话 联系方式 邮箱 检定员 核验员 批准人 经办人 送检人 使用人'.split(
    ' ',
  )
/** Words that exclude every header that contains one. */
export const LEFT_OUT_WORDS = ['手机', '电话', '联系', '邮箱', '身份证', '价格', '原值', '费用', '金额']

/** Words of headers that contain a known header and mean something else; such columns are imported as written. */
export const OTHERS = [
  '确认结果',
  '确认结论',
  '验证结果',
  '合格标志',
  '合格证粘贴',
  '结论依据',
  '证书判定',
  '签名证书',
  '能不能用',
  '与台账不符',
]

/** Headers with different meanings in different ledgers: the cells decide, otherwise a person. */
export const AMBIGUOUS = {
  /** A date, or a length. */
  有效期: ['validUntil', 'interval'],
  /** The number of the manufacturer only where no other column has one. */
  编号: ['serialNumber', 'assetNumber'],
  /** A department in an enterprise, the holder in the list of a bureau. */
  使用单位: ['department', 'holder'],
  单位: ['rangeUnit', 'holder', 'department'],
} as const satisfies Readonly<Record<string, readonly LedgerField[]>>
