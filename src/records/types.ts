/** Schemas and types of the records, written from their schemas by `npm run schemas`. Do not edit: change the schema. */

import * as schema from '../base/schema.js'
import * as amendment from './amendment.js'
import * as batchLine from './batch-line.js'
import * as decisionRule from './decision-rule.js'
import * as instrument from './instrument.js'
import * as calibrationResult from './kinds/calibration-result.js'
import * as comparisonResult from './kinds/comparison-result.js'
import * as supervisionFinding from './kinds/supervision-finding.js'
import * as technicalSpecification from './kinds/technical-specification.js'
import * as typeApproval from './kinds/type-approval.js'
import * as verificationRecord from './kinds/verification-record.js'
import * as party from './party.js'
import * as quantity from './quantity.js'
import * as resultTable from './result-table.js'

/** 互认采纳通知；只有采纳方主管部门自己签名的才算数 — Notice of adoption; counts only in a record signed by the adopting authority itself. Zod schema. */
export const Adoption: typeof technicalSpecification.Adoption = technicalSpecification.Adoption
/** 互认采纳通知；只有采纳方主管部门自己签名的才算数 — Notice of adoption; counts only in a record signed by the adopting authority itself */
export type Adoption = {
  /** 采纳的省（市） — Province that adopts it */
  region: RegionCode
  /** 文件号 — Number of the notice */
  documentNo: string
  /** 起始日期 — From, inclusive */
  from: CivilDate
  /** 终止日期（含当日） — Until, inclusive */
  to?: CivilDate | undefined
}

/**
 * 修改后重新出具（换发） — Amendment of an issued certificate. Zod schema.
 * @see ISO/IEC 17025:2017 7.8.8
 */
export const Amendment: typeof amendment.Amendment = amendment.Amendment
/**
 * 修改后重新出具（换发） — Amendment of an issued certificate
 * @see ISO/IEC 17025:2017 7.8.8
 */
export type Amendment = {
  /** 被替代的证书编号 — Number of the certificate replaced */
  replaces: string
  /** 被替代证书的签名记录标识 — Its statement id */
  statement?: Digest | undefined
  /** 修改原因 — Reason for the change */
  reason: LocalizedText
}

/**
 * 委托方（送检单位、客户） — Applicant or customer. Zod schema.
 * @see ISO/IEC 17025:2017 7.8.2.1 e
 */
export const Applicant: typeof party.Applicant = party.Applicant
/**
 * 委托方（送检单位、客户） — Applicant or customer
 * @see ISO/IEC 17025:2017 7.8.2.1 e
 */
export type Applicant = {
  /** 统一社会信用代码；自然人没有 — Unified social credit code; a natural person has none */
  uscc?: Uscc | undefined
  /** 名称；自然人可不写 — Name; may be left out for a natural person */
  name?: string | undefined
  /**
   * 是否自然人 — True for a natural person
   * @see 个人信息保护法 第六条
   */
  naturalPerson?: boolean | undefined
  /** 地址 — Address */
  address?: string | undefined
}

/** 批准的一个型号 — One approved model. Zod schema. */
export const ApprovedModel: typeof typeApproval.ApprovedModel = typeApproval.ApprovedModel
/** 批准的一个型号 — One approved model */
export type ApprovedModel = {
  /** 型号规格 — Model */
  model: string
  /**
   * 准确度等级 — Accuracy class
   * @see JJF 1001—2011 7.26
   */
  accuracyClass?: string | undefined
  /** 测量范围 — Measuring range */
  range?: Range | undefined
  /** 分度值 — Scale interval */
  scaleInterval?: {
    /** 分度值 — Value */
    value: DecimalText
    unit: UnitCode
  } | undefined
  /** 最大允许误差 — Maximum permissible error */
  maximumPermissibleError?: Limits | undefined
  /** 软件标识 — Software identification */
  softwareId?: string | undefined
}

/** 附件（容量表、原证书版式文件等） — Attachment, by digest. Zod schema. */
export const Attachment: typeof instrument.Attachment = instrument.Attachment
/** 附件（容量表、原证书版式文件等） — Attachment, by digest */
export type Attachment = {
  /** 名称 — Name */
  name: string
  /**
   * 媒体类型 — Media type
   * @see RFC 6838
   */
  mediaType: string
  /** SHA-256 摘要 — SHA-256 digest of the bytes */
  digest: Digest
  /** 字节数 — Size in bytes */
  size: number
}

/** 批量证书的一行：一台器具 — A line of a batch: one instrument. Zod schema. */
export const BatchLine: typeof batchLine.BatchLine = batchLine.BatchLine
/** 批量证书的一行：一台器具 — A line of a batch: one instrument */
export type BatchLine = {
  /** 出厂编号 — Serial number */
  serialNumber: string
  /** 设备编号（条形码、资产编号） — Number given by the holder: bar code, asset number */
  assetNumber?: string | undefined
  /**
   * 计量器具识别编码（原样保存） — Instrument identification code, opaque
   * @see GB/T 36377—2018
   */
  identificationCode?: string | undefined
  /** 本台的检定结论；不写则与整份证书相同 — Conclusion on this instrument; absent means that of the certificate */
  outcome?: 'pass' | 'fail' | undefined
}

/**
 * 不确定度预算分量 — Entry of an uncertainty budget. Zod schema.
 * @see JJF 1059.1—2012 4.4
 */
export const BudgetEntry: typeof quantity.BudgetEntry = quantity.BudgetEntry
/**
 * 不确定度预算分量 — Entry of an uncertainty budget
 * @see JJF 1059.1—2012 4.4
 */
export type BudgetEntry = {
  /** 不确定度来源 — Source of uncertainty */
  source: LocalizedText
  /**
   * 评定类别 — Type of evaluation
   * @see JJF 1059.1—2012 4.3
   */
  type: 'A' | 'B'
  /**
   * 标准不确定度分量 c·u(x)，与所属不确定度单位相同；灵敏系数为负的带负号 — Standard uncertainty contribution c·u(x), in the unit of the uncertainty; with a minus sign where the sensitivity coefficient is negative
   * @see JCGM 100:2008 5.1.3
   */
  standard: DecimalText
  /** 分量以相对值给出时的单位 — Unit of a contribution stated as a ratio of the value */
  relativeTo?: '1' | '%' | '[ppth]' | '[ppm]' | undefined
  /**
   * 概率分布：正态、均匀、三角、反正弦、t、梯形 — Probability distribution
   * @see JJF 1059.1—2012 4.3.3
   */
  distribution?: 'normal' | 'uniform' | 'triangular' | 'u-shaped' | 't' | 'trapezoidal' | undefined
  /** 自由度 — Degrees of freedom */
  degreesOfFreedom?: DecimalText | undefined
  /** 相关标识：同一标识的分量完全相关（r = 1） — Entries with the same mark are fully correlated, with r = 1 */
  correlation?: string | undefined
  /**
   * 与其他分量的相关系数；每对写一次即可，未写的视为不相关 — Correlation with other entries; each pair is stated once, and what is not stated is uncorrelated
   * @see JCGM 100:2008 5.2.2
   */
  correlatedWith?: {
    /** 同一预算中另一分量的序号，从 0 计 — The other entry of this budget, from 0 */
    entry: number
    /** 相关系数 r，−1 至 1 — Correlation coefficient r, from −1 to 1 */
    r: DecimalText
  }[] | undefined
  /**
   * 特殊项：second-order 为高阶项，与其他分量一样合成；neglected 为列出而忽略不计的分量，不参与合成 — Special term: second-order, from the expansion beyond first order and combined like any other; neglected, listed and left out of the sum
   * @see JCGM 100:2008 5.1.2, H.1.7
   */
  term?: 'second-order' | 'neglected' | undefined
}

/**
 * 校准证书 — Calibration certificate. Zod schema.
 * @see ISO/IEC 17025:2017 7.8.2, 7.8.4
 */
export const CalibrationResult: typeof calibrationResult.CalibrationResult = calibrationResult.CalibrationResult
/**
 * 校准证书 — Calibration certificate
 * @see ISO/IEC 17025:2017 7.8.2, 7.8.4
 */
export type CalibrationResult = {
  /** 记录种类：校准结果 — Kind of record */
  kind: 'calibration-result'
  /** 本种类的版本 — Version of the kind */
  version: 1
  /**
   * 证书编号 — Certificate number
   * @see ISO/IEC 17025:2017 7.8.2.1 d
   */
  certificateNo: string
  /** 原始记录号 — Number of the raw record */
  rawRecordNo?: string | undefined
  issuer: Issuer
  customer: Applicant
  instrument: Instrument
  /**
   * 器具接收时的状态 — Condition of the item
   * @see ISO/IEC 17025:2017 7.8.2.1 g
   */
  condition?: LocalizedText | undefined
  /**
   * 接收日期 — Date of receipt
   * @see ISO/IEC 17025:2017 7.8.2.1 h
   */
  receivedOn?: CivilDate | undefined
  /**
   * 校准日期（活动结束日） — Date of calibration: last day of the activity
   * @see ISO/IEC 17025:2017 7.8.2.1 i
   */
  calibratedOn: CivilDate
  /** 校准开始日 — First day, where the activity took several */
  calibrationBegan?: CivilDate | undefined
  /**
   * 签发日期 — Date of issue
   * @see ISO/IEC 17025:2017 7.8.2.1 j
   */
  issuedOn: CivilDate
  place: Place
  /**
   * 校准所依据的技术文件 — Methods used
   * @see ISO/IEC 17025:2017 7.8.2.1 f
   */
  method: SpecificationReference[]
  /**
   * 对方法的偏离 — Deviations from the method
   * @see ISO/IEC 17025:2017 7.8.2.1 n
   */
  deviations?: LocalizedText | undefined
  /** 所用计量标准 — Measurement standards used */
  standards: MeasurementStandard[]
  /**
   * 计量溯源性说明 — Statement on metrological traceability
   * @see ISO/IEC 17025:2017 7.8.4.1 c
   */
  traceability: LocalizedText
  environment: Environment
  /** 检定（校准）结果，各表合计至多 2000 行 — Results; at most 2,000 rows in all tables together */
  results: ResultTable[]
  /**
   * 经调整的说明；结果表以 state 区分前后 — Adjustment, present when adjusted
   * @see ISO/IEC 17025:2017 7.8.4.1 d
   */
  adjustment?: {
    /** 调整或修理情况 — What was adjusted or repaired */
    description: LocalizedText
  } | undefined
  /**
   * 符合性声明（应附判定规则） — Statement of conformity, with its decision rule
   * @see ISO/IEC 17025:2017 7.8.6
   */
  conformity?: {
    /** 符合性声明 — Statement of conformity */
    statement: LocalizedText
    /** 符合性结论：符合、不符合 — Statement: conforming or not */
    outcome: 'conforming' | 'not-conforming'
    /** 声明所针对的规范 — Specification it refers to */
    specification?: SpecificationReference | undefined
    decisionRule?: DecisionRule | undefined
  } | undefined
  /**
   * 复校间隔建议（客户要求时） — Recommended interval, only where agreed
   * @see ISO/IEC 17025:2017 7.8.4.3
   */
  recommendedInterval?: PeriodText | undefined
  /**
   * 意见和解释 — Opinions and interpretations
   * @see ISO/IEC 17025:2017 7.8.7
   */
  opinions?: LocalizedText | undefined
  /**
   * 外部供方提供的结果 — Results from external providers
   * @see ISO/IEC 17025:2017 7.8.2.1 p
   */
  externalResults?: LocalizedText | undefined
  amendment?: Amendment | undefined
  /** 签名人 — Signatories */
  signatories: {
    /** 校准员 — Calibrated by */
    calibrator: Signatory
    /** 核验员 — Checked by */
    checker?: Signatory | undefined
    /**
     * 批准人（签发） — Authorised by
     * @see ISO/IEC 17025:2017 7.8.2.1 o
     */
    approver: Signatory
  }
  /** 附件 — Attachments */
  attachments?: Attachment[] | undefined
  /** 说明 — Remarks */
  remarks?: LocalizedText | undefined
}

/**
 * 日期（北京时间日历日） — Civil date in Asia/Shanghai, YYYY-MM-DD. Zod schema.
 * @see GB/T 7408.1
 */
export const CivilDate: typeof schema.CivilDate = schema.CivilDate
/**
 * 日期（北京时间日历日） — Civil date in Asia/Shanghai, YYYY-MM-DD
 * @see GB/T 7408.1
 */
export type CivilDate = import('../base/date.js').CivilDate

/** 结果表的一列 — Column of a result table. Zod schema. */
export const Column: typeof resultTable.Column = resultTable.Column
/** 结果表的一列 — Column of a result table */
export type Column = {
  /** 列的作用；除“条件”“重复读数”外每表一列；行程（direction）不同、所限的量（bounds）不同、同一量另用单位表示的除外 — Role; one column of each, but for condition, repeat, another direction or bounds, and the same quantity in a second unit */
  role: 'nominal' | 'reference' | 'indication' | 'error' | 'correction' | 'uncertainty' | 'standard-uncertainty' | 'relative-uncertainty' | 'lower-limit' | 'upper-limit' | 'verdict' | 'condition' | 'repeat' | 'hysteresis' | 'tapping' | 'repeatability' | 'line' | 'additional-load'
  /** 列名（量的名称） — Name of the column: the quantity */
  name: LocalizedText
  /** 单位；文字列与结论列不写 — Unit; absent for text and verdict columns */
  unit?: UnitCode | undefined
  /** 包含因子（不确定度列必备） — Coverage factor, required on an uncertainty column */
  k?: DecimalText | undefined
  /** 包含概率 — Coverage probability */
  coverage?: DecimalText | undefined
  /**
   * 判定前的修约间隔；不写则按全数值比较 — Rounding interval before judging; absent means comparing the full value
   * @see GB/T 8170—2008 4.3
   */
  roundTo?: DecimalText | undefined
  /** 行程：升（进程）、降（回程）；不写则两个行程共用 — Stroke: increasing or decreasing values; absent means both */
  direction?: 'rising' | 'falling' | undefined
  /** 上、下限列所限的量；不写则限误差，无误差列时限回程误差、轻敲位移、重复性、修正值或示值 — What a column of limits bounds; absent means the error, and without one hysteresis, tapping, repeatability, the correction or the indication */
  bounds?: 'error' | 'hysteresis' | 'tapping' | 'repeatability' | 'indication' | undefined
  /** 以比值给出的误差、限值、不确定度以何为基准 — What an error, limit or uncertainty stated as a ratio is of */
  basis?: RatioBasis | undefined
  /** 误差如何由示值与参考值算得 — How the error follows from indication and reference value */
  formation?: ErrorFormation | undefined
}

/** 比对的一个测量点 — One point of a comparison. Zod schema. */
export const ComparisonPoint: typeof comparisonResult.ComparisonPoint = comparisonResult.ComparisonPoint
/** 比对的一个测量点 — One point of a comparison */
export type ComparisonPoint = {
  /** 测量点标识，记录内唯一 — Name of the point, unique in the record */
  id: string
  /** 被测量 — Measurand */
  quantity: LocalizedText
  /** 测量点 — Point */
  nominal?: {
    /** 标称值 — Nominal value */
    value: DecimalText
    unit: UnitCode
  } | undefined
  /** 结果与参考值的单位 — Unit of results and reference */
  unit: UnitCode
  reference: ComparisonReference
  /**
   * 传递标准在比对期间的不稳定性引入的不确定度 — Uncertainty from the instability of the travelling standard
   * @see JJF 1117—2010
   */
  drift?: Uncertainty | undefined
  /**
   * 能力评定标准差 σpt（z 值用） — Standard deviation for proficiency assessment σpt
   * @see ISO 13528:2022 8
   */
  sigma?: DecimalText | undefined
  /**
   * 一致性检验 — Consistency test
   * @see Cox 2002, Metrologia 39
   */
  consistency?: {
    /** χ² 观测值 — Observed χ² */
    observed: DecimalText
    /** 自由度 — Degrees of freedom */
    degreesOfFreedom: number
    /** 是否一致（5 % 显著性水平） — Consistent at the 5 % level */
    isConsistent: boolean
  } | undefined
  /** 各实验室的结果 — Results of the laboratories */
  results: LaboratoryResult[]
}

/**
 * 参考值 — Reference value. Zod schema.
 * @see JJF 1117—2010; JJF 1001—2011 5.20
 */
export const ComparisonReference: typeof comparisonResult.ComparisonReference = comparisonResult.ComparisonReference
/**
 * 参考值 — Reference value
 * @see JJF 1117—2010; JJF 1001—2011 5.20
 */
export type ComparisonReference = {
  /** 参考值 — Reference value */
  value: DecimalText
  uncertainty: Uncertainty
  /**
   * 参考值的产生方法：加权平均、算术平均、中位值、主导实验室的值、给定值 — How it was formed: weighted mean, mean, median, pilot’s value, given value
   * @see JJF 1117—2010; ISO 13528:2022 7
   */
  method: 'weighted-mean' | 'mean' | 'median' | 'pilot' | 'given'
  /** 参与形成参考值的实验室 — Laboratories whose results formed it */
  contributors?: string[] | undefined
  /** 说明 — In words */
  formedBy?: LocalizedText | undefined
}

/**
 * 计量比对结果 — Comparison result: one round, all laboratories. Zod schema.
 * @see JJF 1117—2010; ISO/IEC 17043:2023
 */
export const ComparisonResult: typeof comparisonResult.ComparisonResult = comparisonResult.ComparisonResult
/**
 * 计量比对结果 — Comparison result: one round, all laboratories
 * @see JJF 1117—2010; ISO/IEC 17043:2023
 */
export type ComparisonResult = {
  /** 记录种类：计量比对 — Kind of record */
  kind: 'comparison-result'
  /** 本种类的版本 — Version of the kind */
  version: 1
  /**
   * 比对项目编号 — Number of the project
   * @see JJF 1117—2010
   */
  projectNo: string
  /** 比对名称 — Title */
  title: LocalizedText
  /** 发布比对报告的单位 — Body that issues the report */
  issuer: Party
  /** 组织者 — Organisers */
  organisers: Party[]
  /**
   * 主导实验室（可有多个） — Pilot laboratories; there may be several
   * @see JJF 1117—2010
   */
  pilots: string[]
  /** 主导实验室和参比实验室 — Pilot and participating laboratories */
  participants: {
    /**
     * 实验室代码；报告公布前代码与名称的对应关系保密 — Code of a laboratory; which laboratory it is stays confidential until the report
     * @see JJF 1117—2010
     */
    code: string
    /** 实验室；名称保密时不写 — The laboratory; absent while confidential */
    party?: Party | undefined
  }[]
  /** 涉及的器具类别 — Instrument category concerned */
  category?: string | undefined
  /** 比对依据 — Specifications applied */
  method: SpecificationReference[]
  /** 传递标准 — Travelling standards */
  artefacts: {
    /** 传递标准名称 — Name of the travelling standard */
    name: string
    /** 型号规格 — Model */
    model?: string | undefined
    /** 编号 — Serial number */
    serialNumber?: string | undefined
    /** 测量范围 — Range */
    range?: Range | undefined
    /** 稳定性考察 — What is known of its stability */
    stability?: LocalizedText | undefined
  }[]
  /** 比对路线 — Route */
  route?: {
    /**
     * 路线形式：圆环式、星形式、花瓣式、平行 — Form of the route: ring, star, petal, parallel
     * @see JJF 1117—2010
     */
    form: 'ring' | 'star' | 'petal' | 'parallel'
    /** 传递顺序 — Order of circulation */
    order?: string[] | undefined
  } | undefined
  /** 测量点 — Points */
  points: ComparisonPoint[]
  /**
   * 各实验室的比对结论 — Outcome of each laboratory
   * @see JJF 1117—2010
   */
  outcomes: {
    /**
     * 实验室代码；报告公布前代码与名称的对应关系保密 — Code of a laboratory; which laboratory it is stays confidential until the report
     * @see JJF 1117—2010
     */
    code: string
    /** 结论：满意、有问题、不满意 — Satisfactory, questionable, unsatisfactory */
    outcome: 'satisfactory' | 'questionable' | 'unsatisfactory'
    /** 说明（异常处理等） — Note, for example on the treatment of an anomaly */
    note?: LocalizedText | undefined
  }[]
  /** 比对开始日期 — First day */
  began: CivilDate
  /** 比对结束日期 — Last day */
  ended: CivilDate
  /** 总结报告日期 — Date of the final report */
  reportedOn: CivilDate
  /** 签名人 — Signatories */
  signatories?: {
    /** 报告编制人 — Author */
    author: Signatory
    /** 批准人 — Approver */
    approver: Signatory
  } | undefined
  /** 附件 — Attachments */
  attachments?: Attachment[] | undefined
  /** 说明 — Remarks */
  remarks?: LocalizedText | undefined
}

/**
 * 十进制数文本，末位零有意义 — Decimal as text; trailing zeros carry meaning. Never a JSON number. Zod schema.
 * @see GB/T 8170—2008
 */
export const DecimalText: typeof schema.DecimalText = schema.DecimalText
/**
 * 十进制数文本，末位零有意义 — Decimal as text; trailing zeros carry meaning. Never a JSON number
 * @see GB/T 8170—2008
 */
export type DecimalText = import('../base/decimal.js').DecimalText

/**
 * 判定规则 — Decision rule. Zod schema.
 * @see ISO/IEC 17025:2017 7.8.6
 */
export const DecisionRule: typeof decisionRule.DecisionRule = decisionRule.DecisionRule
/**
 * 判定规则 — Decision rule
 * @see ISO/IEC 17025:2017 7.8.6
 */
export type DecisionRule = {
  /**
   * 简单接受（U≤MPEV/3）、设保护带接受 — Simple acceptance, or acceptance with a guard band
   * @see JJF 1094—2002 5.3.1
   */
  rule: 'simple-acceptance' | 'guarded-acceptance'
  /**
   * 保护带：等于 U — Guard band: equal to U
   * @see ILAC-G8:09/2019
   */
  guardBand?: 'expanded-uncertainty' | undefined
  /** 判定规则出处 — Where the rule is documented */
  source?: string | undefined
}

/**
 * SHA-256 摘要 — SHA-256 digest, base64url without padding. Zod schema.
 * @see RFC 4648 §5
 */
export const Digest: typeof schema.Digest = schema.Digest
/**
 * SHA-256 摘要 — SHA-256 digest, base64url without padding
 * @see RFC 4648 §5
 */
export type Digest = string

/**
 * 行政区划代码，六位 — Administrative division, six digits. Zod schema.
 * @see 民政部《县以上行政区划代码》
 */
export const DivisionCode: typeof schema.DivisionCode = schema.DivisionCode
/**
 * 行政区划代码，六位 — Administrative division, six digits
 * @see 民政部《县以上行政区划代码》
 */
export type DivisionCode = string

/**
 * 环境条件 — Environmental conditions. Zod schema.
 * @see ISO/IEC 17025:2017 7.8.4.1 b
 */
export const Environment: typeof quantity.Environment = quantity.Environment
/**
 * 环境条件 — Environmental conditions
 * @see ISO/IEC 17025:2017 7.8.4.1 b
 */
export type Environment = {
  /** 温度 — Temperature */
  temperature?: Quantity | Range | undefined
  /** 相对湿度 — Relative humidity */
  humidity?: Quantity | Range | undefined
  /** 大气压 — Atmospheric pressure */
  pressure?: Quantity | Range | undefined
  /** 其他条件 — Other conditions */
  other?: {
    /** 条件名称 — Name of the condition */
    name: LocalizedText
    /** 单值或范围 — A value or a range */
    value: Quantity | Range
  }[] | undefined
}

/**
 * 误差的计算方法 — How the error is formed. Zod schema.
 * @see JJF 1001—2011 5.3; JJG 539—2016; OIML R 76-1:2006 A.4.4.3
 */
export const ErrorFormation: typeof resultTable.ErrorFormation = resultTable.ErrorFormation
/**
 * 误差的计算方法 — How the error is formed
 * @see JJF 1001—2011 5.3; JJG 539—2016; OIML R 76-1:2006 A.4.4.3
 */
export type ErrorFormation = {
  /** 示值减参考值 — Indication minus reference value */
  method: 'difference'
} | {
  /** 闪变点法：E = I + e/2 − ΔL − L，减去零点误差 E₀（若有） — Changeover-point method: E = I + e/2 − ΔL − L, less the error at zero E₀ where one is stated */
  method: 'changeover-point'
  /** 检定分度值 e — Verification scale interval e */
  interval: {
    /** 量值 — Value */
    value: DecimalText
    unit: UnitCode
  }
  /** 零点或零点附近的误差 E₀ — Error at or near zero, E₀ */
  zeroError?: {
    /** 量值 — Value */
    value: DecimalText
    unit: UnitCode
  } | undefined
}

/**
 * 计量器具 — Instrument under test. Zod schema.
 * @see ISO/IEC 17025:2017 7.8.2.1 g
 */
export const Instrument: typeof instrument.Instrument = instrument.Instrument
/**
 * 计量器具 — Instrument under test
 * @see ISO/IEC 17025:2017 7.8.2.1 g
 */
export type Instrument = {
  /**
   * 器具类别（类别表代码） — Category, slug of the catalogue
   * @see 实施强制管理的计量器具目录
   */
  category: string
  /** 器具名称 — Name of the instrument */
  name: string
  /** 型号规格 — Model */
  model?: string | undefined
  /** 出厂编号；“/”“—”“无”表示没有 — Serial number; “/”, “—” or “无” mean none */
  serialNumber?: string | undefined
  /** 设备编号 — Number given by the holder */
  assetNumber?: string | undefined
  /** 制造单位 — Manufacturer */
  manufacturer?: string | undefined
  /**
   * 准确度等级 — Accuracy class
   * @see JJF 1001—2011 7.26
   */
  accuracyClass?: string | undefined
  /** 测量范围 — Measuring range */
  range?: Range | undefined
  /** 有几个测量范围的，全部列出；range 为其中之一 — Every measuring range, where there are several; `range` is one of them */
  ranges?: Range[] | undefined
  /** 测量范围（照证书原样），如 “(0～1.6) MPa” — Measuring range as it is printed */
  rangeText?: string | undefined
  /** 分度值（检定分度值 e） — Scale interval, or verification scale interval e */
  scaleInterval?: {
    /** 分度值 — Value */
    value: DecimalText
    unit: UnitCode
  } | undefined
  /**
   * 型式批准证书号 — Type approval number
   * @see 计量器具新产品管理办法
   */
  typeApprovalNo?: string | undefined
  /**
   * 计量器具识别编码（原样保存） — Instrument identification code, opaque
   * @see GB/T 36377—2018
   */
  identificationCode?: string | undefined
  /** 组成部件（枪、仓、主板等） — Components: nozzle, compartment, board */
  components?: {
    /** 部件名称 — Component */
    name: string
    /** 型号 — Model */
    model?: string | undefined
    /** 编号 — Serial number */
    serialNumber?: string | undefined
  }[] | undefined
  /** 其他特性（K 值、轮胎规格、软件标识、油品等） — Other characteristics: constant K, tyre, software id, product */
  characteristics?: {
    /** 特性 — Characteristic */
    name: LocalizedText
    /** 值 — Value */
    value: string
  }[] | undefined
  /** 移动式器具信息，移动式器具填写 — Mobile instrument: where it is one */
  mobile?: Mobile | undefined
}

/**
 * 出具证书的机构 — Body that issues the certificate. Zod schema.
 * @see ISO/IEC 17025:2017 7.8.2.1 b
 */
export const Issuer: typeof party.Issuer = party.Issuer
/**
 * 出具证书的机构 — Body that issues the certificate
 * @see ISO/IEC 17025:2017 7.8.2.1 b
 */
export type Issuer = {
  /** 出具机构统一社会信用代码 — Unified social credit code of the issuing body */
  uscc: Uscc
  /** 出具机构名称 — Name of the issuing body */
  name: string
  /**
   * 计量检定机构授权证书号，如（川）法计（2021）51001号 — Number of the metrological authorisation certificate
   * @see JJF 1069—2012
   */
  authorisationNo?: string | undefined
  /**
   * CNAS 认可证书号 — CNAS accreditation number
   * @see CNAS-CL01:2018
   */
  accreditationNo?: string | undefined
  /** 地址 — Address */
  address?: string | undefined
  /** 邮政编码 — Postcode */
  postcode?: string | undefined
  /** 公开联系方式 — Public contact of the body, not of a person */
  contact?: string | undefined
  /** 传真 — Fax */
  fax?: string | undefined
  /** 网址 — Website */
  website?: string | undefined
}

/**
 * 一个实验室在一个测量点的结果 — Result of one laboratory at one point. Zod schema.
 * @see JJF 1117—2010
 */
export const LaboratoryResult: typeof comparisonResult.LaboratoryResult = comparisonResult.LaboratoryResult
/**
 * 一个实验室在一个测量点的结果 — Result of one laboratory at one point
 * @see JJF 1117—2010
 */
export type LaboratoryResult = {
  /**
   * 实验室代码；报告公布前代码与名称的对应关系保密 — Code of a laboratory; which laboratory it is stays confidential until the report
   * @see JJF 1117—2010
   */
  code: string
  /** 测量结果 — Result */
  value: DecimalText
  uncertainty: Uncertainty
  /** 测量日期 — Date of measurement */
  measuredOn?: CivilDate | undefined
  /** 不参与评价的原因 — Why it is not evaluated */
  excluded?: LocalizedText | undefined
  /**
   * En 值 — En number
   * @see JJF 1117—2010; ISO 13528:2022 9.7
   */
  en?: DecimalText | undefined
  /**
   * ζ 值 — ζ score
   * @see ISO 13528:2022 9.6
   */
  zeta?: DecimalText | undefined
  /**
   * z 值 — z score
   * @see ISO 13528:2022 9.4
   */
  z?: DecimalText | undefined
  /** 单点评价 — Outcome at this point */
  outcome?: 'satisfactory' | 'questionable' | 'unsatisfactory' | undefined
}

/**
 * 最大允许误差或允许限 — Maximum permissible error, or limits. Zod schema.
 * @see JJF 1001—2011 7.27
 */
export const Limits: typeof quantity.Limits = quantity.Limits
/**
 * 最大允许误差或允许限 — Maximum permissible error, or limits
 * @see JJF 1001—2011 7.27
 */
export type Limits = {
  /** 下限 — Lower limit */
  lower?: DecimalText | undefined
  /** 上限 — Upper limit */
  upper?: DecimalText | undefined
  unit: UnitCode
}

/** 给人看的文字，中文必备 — Text for people; Chinese is required. Zod schema. */
export const LocalizedText: typeof schema.LocalizedText = schema.LocalizedText
/** 给人看的文字，中文必备 — Text for people; Chinese is required */
export type LocalizedText = {
  /** 中文 — Chinese */
  zh: string
  /** 英文 — English */
  en?: string | undefined
}

/**
 * 所用计量标准 — Measurement standard used. Zod schema.
 * @see JJF 1002—2010
 */
export const MeasurementStandard: typeof instrument.MeasurementStandard = instrument.MeasurementStandard
/**
 * 所用计量标准 — Measurement standard used
 * @see JJF 1002—2010
 */
export type MeasurementStandard = {
  /** 计量标准（标准器）名称 — Name of the measurement standard */
  name: string
  /**
   * 作用：计量标准装置、标准器、配套设备 — Part it plays: measurement standard system, standard, auxiliary equipment
   * @see JJF 1033—2023; 国质检量函〔2005〕861号
   */
  role?: 'system' | 'standard' | 'auxiliary' | undefined
  /** 型号 — Model */
  model?: string | undefined
  /** 编号 — Number */
  number?: string | undefined
  /** 出厂编号；一套多台的逐台列出 — Serial numbers, one for each piece of a set */
  serialNumbers?: string[] | undefined
  /** 测量范围 — Range */
  range?: string | undefined
  /** 准确度等级 — Accuracy class */
  accuracyClass?: string | undefined
  /** 最大允许误差 — Maximum permissible error */
  maximumPermissibleError?: Limits | undefined
  /** 不确定度 — Uncertainty */
  uncertainty?: Uncertainty | undefined
  /** 计量标准考核 — Assessment of the measurement standard */
  assessment?: {
    /**
     * 计量标准考核证书号 — Number of the assessment certificate
     * @see JJF 1033—2023
     */
    number: string
    /** 有效期至（含当日） — Valid until, inclusive */
    validUntil: CivilDate
  } | undefined
  /**
   * 标准物质；有自己的证书，不经计量标准考核 — Reference material: it has a certificate of its own and no assessment
   * @see JJF 1006—1994
   */
  referenceMaterial?: {
    /** 标准物质编号，如 GBW(E)130229 — Number of the reference material, for example GBW(E)130229 */
    number: string
    /** 批号 — Batch */
    batch?: string | undefined
    /** 有效期至（含当日） — Valid until, inclusive */
    validUntil?: CivilDate | undefined
  } | undefined
  /** 检定周期或复校间隔 — Interval of verification or calibration */
  interval?: PeriodText | undefined
  /** 溯源证书 — Its own verification or calibration certificate */
  trace?: {
    /** 溯源证书的种类：检定证书、检定结果通知书、校准证书、检测（测试）报告、内部校准（校验）、其他 — Kind of document: verification certificate, notice, calibration certificate, test report, in-house calibration, other */
    document?: 'verification' | 'notice' | 'calibration' | 'test-report' | 'in-house' | 'other' | undefined
    /** 溯源机构（检定或校准机构） — Body that verified or calibrated it */
    body?: string | undefined
    /** 溯源证书号 — Number of its own certificate */
    certificateNo?: string | undefined
    /** 末次检定（校准）日期 — Day of its last verification or calibration */
    on?: CivilDate | undefined
    /** 有效期至（含当日） — Valid until, inclusive */
    validUntil?: CivilDate | undefined
    /** 溯源证书的签名记录标识 — Statement id, where that certificate is itself a statement */
    statement?: Digest | undefined
  } | undefined
}

/** 移动式计量器具信息 — What makes the instrument mobile. Zod schema. */
export const Mobile: typeof instrument.Mobile = instrument.Mobile
/** 移动式计量器具信息 — What makes the instrument mobile */
export type Mobile = {
  /**
   * 机动车号牌 — Number plate
   * @see GA 36
   */
  plate?: string | undefined
  /**
   * 车辆识别代号 — Vehicle identification number
   * @see GB 16735
   */
  vin?: string | undefined
  /** 备案所在省（市） — Province in which the instrument is filed */
  homeRegion: RegionCode
  /** 使用区域 — Provinces in which it operates */
  operatingRegions?: RegionCode[] | undefined
}

/** 单位 — Organisation. Zod schema. */
export const Party: typeof party.Party = party.Party
/** 单位 — Organisation */
export type Party = {
  /**
   * 统一社会信用代码 — Unified social credit code
   * @see GB 32100—2015
   */
  uscc: Uscc
  /** 单位名称 — Name of the organisation */
  name: string
}

/**
 * 时段，如 P6M、P1Y — Period, for example P6M or P1Y. Zod schema.
 * @see ISO 8601-1
 */
export const PeriodText: typeof schema.PeriodText = schema.PeriodText
/**
 * 时段，如 P6M、P1Y — Period, for example P6M or P1Y
 * @see ISO 8601-1
 */
export type PeriodText = string

/** 检定、校准地点 — Place of the activity. Zod schema. */
export const Place: typeof party.Place = party.Place
/** 检定、校准地点 — Place of the activity */
export type Place = {
  /**
   * 地点：本机构、客户现场、其他 — Place: the issuer’s premises, the customer’s, other
   * @see ISO/IEC 17025:2017 7.8.2.1 c
   */
  kind: 'issuer-premises' | 'customer-premises' | 'other'
  /** 地址 — Address */
  address?: string | undefined
  /**
   * 行政区划代码 — Administrative division
   * @see 民政部《县以上行政区划代码》
   */
  division?: DivisionCode | undefined
}

/**
 * 量 — Quantity: value and unit. Zod schema.
 * @see JJF 1001—2011 3.1
 */
export const Quantity: typeof quantity.Quantity = quantity.Quantity
/**
 * 量 — Quantity: value and unit
 * @see JJF 1001—2011 3.1
 */
export type Quantity = {
  /** 量值 — Value */
  value: DecimalText
  unit: UnitCode
  uncertainty?: Uncertainty | undefined
  /**
   * 同一量值的其他单位表示；应与主值相等 — The same value in other units; each must equal the value above
   * @see D-SI 2.2 hybrid
   */
  alternatives?: {
    /** 量值 — Value */
    value: DecimalText
    unit: UnitCode
  }[] | undefined
}

/**
 * 测量范围 — Measuring range. Zod schema.
 * @see JJF 1001—2011 7.7
 */
export const Range: typeof quantity.Range = quantity.Range
/**
 * 测量范围 — Measuring range
 * @see JJF 1001—2011 7.7
 */
export type Range = {
  /** 下限 — Lower end */
  lower?: DecimalText | undefined
  /** 上限 — Upper end */
  upper?: DecimalText | undefined
  unit: UnitCode
}

/**
 * 比值以何为基准 — What a ratio is of. Zod schema.
 * @see JJF 1001—2011 5.3
 */
export const RatioBasis: typeof resultTable.RatioBasis = resultTable.RatioBasis
/**
 * 比值以何为基准 — What a ratio is of
 * @see JJF 1001—2011 5.3
 */
export type RatioBasis = {
  /** 相对于示值 — Ratio of the indication */
  of: 'reading'
} | {
  /** 相对于参考值 — Ratio of the reference value */
  of: 'reference'
} | {
  /** 相对于标称值 — Ratio of the nominal value */
  of: 'nominal'
} | {
  /** 引用误差：相对于量程或测量范围上限 — Fiducial: ratio of the span, or of the upper limit of the range */
  of: 'span'
  /** 引用值 — Fiducial value */
  span: {
    /** 量值 — Value */
    value: DecimalText
    unit: UnitCode
  }
}

/**
 * 省级行政区划代码前两位：50 重庆，51 四川 — Province, two digits: 50 Chongqing, 51 Sichuan. Zod schema.
 * @see 民政部《县以上行政区划代码》
 */
export const RegionCode: typeof schema.RegionCode = schema.RegionCode
/**
 * 省级行政区划代码前两位：50 重庆，51 四川 — Province, two digits: 50 Chongqing, 51 Sichuan
 * @see 民政部《县以上行政区划代码》
 */
export type RegionCode = string

/** 机器可读的技术要求 — Requirement in machine form. Zod schema. */
export const Requirement: typeof technicalSpecification.Requirement = technicalSpecification.Requirement
/** 机器可读的技术要求 — Requirement in machine form */
export type Requirement = {
  /** 要求标识 — Name of the requirement, unique in the specification */
  id: string
  /** 计量特性 — Metrological characteristic */
  name: LocalizedText
  /** 适用的准确度等级 — Accuracy class to which it applies */
  accuracyClass?: string | undefined
  /** 适用条件 — Condition under which it applies */
  condition?: LocalizedText | undefined
  /** 适用的测量范围 — Range over which it applies */
  range?: Range | undefined
  limits: Limits
  /**
   * 修约间隔 — Rounding interval
   * @see GB/T 8170—2008
   */
  roundTo?: DecimalText | undefined
}

/**
 * 结果表 — Result table. Zod schema.
 * @see ISO/IEC 17025:2017 7.8.2.1 m
 */
export const ResultTable: typeof resultTable.ResultTable = resultTable.ResultTable
/**
 * 结果表 — Result table
 * @see ISO/IEC 17025:2017 7.8.2.1 m
 */
export type ResultTable = {
  /** 表标识，记录内唯一 — Name of the table, unique in the record */
  id: string
  /** 检定（校准）项目名称 — Name of the item verified or calibrated */
  name: LocalizedText
  /**
   * 调修状态：调修前、调修后 — State: before or after adjustment
   * @see ISO/IEC 17025:2017 7.8.4.1 d
   */
  state?: 'as-found' | 'as-left' | undefined
  /** 技术要求（规程条款） — Requirement, with the clause of the regulation */
  requirement?: LocalizedText | undefined
  /** 列 — Columns */
  columns: Column[]
  /** 行；每行与列一一对应 — Rows; one cell for each column */
  rows: ((string | null)[])[]
  /**
   * 各行的不确定度预算，分量与不确定度列单位相同 — Uncertainty budgets of rows; entries are in the unit of the uncertainty column
   * @see JJF 1059.1—2012 4.4
   */
  budgets?: {
    /** 所属的行，从 0 计 — Row it belongs to, from 0 */
    row: number
    /** 不确定度分量 — Entries of an uncertainty budget */
    entries: BudgetEntry[]
  }[] | undefined
  /** 说明 — Note */
  note?: LocalizedText | undefined
}

/**
 * 时间：自 1970-01-01T00:00:00Z 起的秒数 — Seconds since 1970-01-01T00:00:00Z. Zod schema.
 * @see RFC 7519 §2
 */
export const Seconds: typeof schema.Seconds = schema.Seconds
/**
 * 时间：自 1970-01-01T00:00:00Z 起的秒数 — Seconds since 1970-01-01T00:00:00Z
 * @see RFC 7519 §2
 */
export type Seconds = number

/**
 * 签名人 — Person who signs. Zod schema.
 * @see 计量检定印、证管理办法
 */
export const Signatory: typeof party.Signatory = party.Signatory
/**
 * 签名人 — Person who signs
 * @see 计量检定印、证管理办法
 */
export type Signatory = {
  /** 姓名 — Name */
  name: string
  /** 证号；种类见 credential，未写的为注册计量师注册证号 — Number of the certificate; of a registered metrologist unless credential says otherwise */
  registrationNo?: string | undefined
  /** 证件种类：注册计量师注册证、计量检定员证 — Kind of certificate: registered metrologist, verifier */
  credential?: 'registered-metrologist' | 'verifier' | undefined
}

/** 依据的技术规范 — Specification applied. Zod schema. */
export const SpecificationReference: typeof instrument.SpecificationReference = instrument.SpecificationReference
/** 依据的技术规范 — Specification applied */
export type SpecificationReference = {
  /**
   * 规程、规范、标准或本机构方法的编号，带年号，照证书原样，如 JJG 517-2016、GB/T 16825.1-2022 — Number of the regulation, specification, standard or method of the laboratory, with the year of the edition, as printed
   * @see JJF 1002—2010; ISO/IEC 17025:2017 7.2.1.4
   */
  number: string
  /** 名称 — Title */
  name?: string | undefined
  /** 条款 — Clause */
  clause?: string | undefined
}

/**
 * 监督检查记录 — Supervision finding. Zod schema.
 * @see 计量法 第十八条; 计量法实施细则
 */
export const SupervisionFinding: typeof supervisionFinding.SupervisionFinding = supervisionFinding.SupervisionFinding
/**
 * 监督检查记录 — Supervision finding
 * @see 计量法 第十八条; 计量法实施细则
 */
export type SupervisionFinding = {
  /** 记录种类：监督检查 — Kind of record */
  kind: 'supervision-finding'
  /** 本种类的版本 — Version of the kind */
  version: 1
  /** 检查任务号 — Number of the task */
  taskNo: string
  /** 本条记录编号，出具机关内唯一 — Number of this finding, unique within its issuer */
  findingNo: string
  /** 双随机批次号 — Batch of the random selection */
  batchNo?: string | undefined
  /** 检查主题 — Theme */
  theme?: LocalizedText | undefined
  /** 出具机关 — Authority that issues the record */
  issuer: Party
  /** 组织机关（两地） — Organising authorities of both sides */
  organisers: Party[]
  /**
   * 指定管辖；检查地点不属出具机关管辖时填写 — Designation of jurisdiction, where the place is not of the issuing authority
   * @see 行政处罚法 第二十五条
   */
  designation?: {
    /** 作出决定的机关 — Authorities that decided */
    by: Party[]
    /** 文件号 — Number of the decision */
    documentNo: string
  } | undefined
  /** 被检单位 — Party inspected */
  party: Party
  /** 检查地点 — Place of the inspection */
  place: Place
  /** 检查日期 — Date of inspection */
  inspectedOn: CivilDate
  instrument: Instrument
  /** 现场出示的检定证书；没有则不写 — Certificate shown on the spot; absent where there was none */
  certificate?: {
    /** 现场出示的文件种类：检定证书、检定结果通知书、校准证书、检测（测试）报告、内部校准（校验）、其他；不写则为检定证书 — Kind of document shown: verification certificate, notice, calibration certificate, test report, in-house calibration, other; absent means a verification certificate */
    document?: 'verification' | 'notice' | 'calibration' | 'test-report' | 'in-house' | 'other' | undefined
    /** 证书编号 — Number of its certificate */
    number: string
    /** 出具机构 — Body that issued it */
    issuer?: Party | undefined
    /** 有效期至（含当日） — Valid until, inclusive */
    validUntil?: CivilDate | undefined
    /** 证书的签名记录标识 — Its statement id */
    statement?: Digest | undefined
  } | undefined
  /** 封印状态 — State of the seals */
  seals?: 'intact' | 'broken' | 'absent' | 'not-applicable' | undefined
  /**
   * 问题代码：未发现问题、未检定、超过检定周期、不合格、破坏封印、未取得型式批准、作弊、单位不合法、其他 — Finding: none, not verified, overdue, out of limits, seal broken, no type approval, cheating, unit not legal, other
   * @see 计量法 第九条、第二十五条至第二十七条; 计量法实施细则 第四十三条、第四十六条、第四十八条
   */
  finding: 'none' | 'not-verified' | 'overdue' | 'out-of-limits' | 'seal-broken' | 'no-type-approval' | 'cheating' | 'unit-not-legal' | 'other'
  /** 问题描述 — What was found, in words */
  description?: LocalizedText | undefined
  /** 所用计量标准 — Measurement standards used */
  standards?: MeasurementStandard[] | undefined
  /** 现场检测结果 — Results on the spot */
  results?: ResultTable[] | undefined
  /** 处理措施 — Measures */
  measures: {
    /**
     * 措施：责令改正、责令停止使用、责令停止生产、责令停止销售、责令赔偿损失、封存（先行登记保存）、查封、扣押、立案、警告、通报批评、罚款、没收违法所得、没收计量器具、不予行政处罚、移送其他行政机关、移送司法机关、无 — Measure: correction ordered; use stopped; production stopped; sale stopped; compensation ordered; sealed: registered and kept as evidence; seized in place; seized and taken away; case opened; warning given; public criticism; fined; unlawful gains confiscated; instrument confiscated; no penalty imposed; referred to another authority; referred for prosecution; none
     * @see 计量法 第五章; 行政处罚法 第九条、第五十六条; 行政强制法 第九条
     */
    code: 'correction-ordered' | 'use-stopped' | 'production-stopped' | 'sale-stopped' | 'compensation-ordered' | 'sealed' | 'seized-in-place' | 'seized' | 'case-opened' | 'warned' | 'publicly-criticised' | 'fined' | 'gains-confiscated' | 'instrument-confiscated' | 'penalty-waived' | 'referred-to-authority' | 'referred-to-prosecution' | 'none'
    /** 立案号或决定书文号 — Number of the case or of the decision */
    caseNo?: string | undefined
    /** 说明 — Note */
    note?: LocalizedText | undefined
  }[]
  /** 整改期限（含当日） — Deadline for correction, inclusive */
  deadline?: CivilDate | undefined
  /** 复查 — Recheck */
  recheck?: {
    /** 复查日期 — Date of the recheck */
    on: CivilDate
    /** 是否已整改 — Corrected */
    isCorrected: boolean
    /** 说明 — Note */
    note?: LocalizedText | undefined
  } | undefined
  /** 公示日期 — Date of publication */
  publishedOn?: CivilDate | undefined
  /** 附件 — Attachments */
  attachments?: Attachment[] | undefined
  /** 说明 — Remarks */
  remarks?: LocalizedText | undefined
}

/**
 * 计量技术规范（版本） — Technical specification: one edition. Zod schema.
 * @see 国家计量技术规范管理办法; 计量法 第十条
 */
export const TechnicalSpecification: typeof technicalSpecification.TechnicalSpecification = technicalSpecification.TechnicalSpecification
/**
 * 计量技术规范（版本） — Technical specification: one edition
 * @see 国家计量技术规范管理办法; 计量法 第十条
 */
export type TechnicalSpecification = {
  /** 记录种类：计量技术规范 — Kind of record */
  kind: 'technical-specification'
  /** 本种类的版本 — Version of the kind */
  version: 1
  /**
   * 编号（带年号），如 JJF(渝) 901-2024 — Number with the year of the edition
   * @see JJF 1002—2010
   */
  number: string
  /** 名称 — Title */
  title: LocalizedText
  /** 规范类型：检定规程、校准规范、检验规则、通用规范 — Type: verification regulation, calibration specification, test rule, general */
  type: 'verification-regulation' | 'calibration-specification' | 'test-rule' | 'general'
  /** 发布机关 — Publishing authority */
  publisher: Party
  /** 发布日期 — Date of publication */
  publishedOn: CivilDate
  /** 实施日期 — Date on which it takes effect */
  effectiveOn: CivilDate
  /** 废止日期（当日起失效） — First day on which it is no longer in force */
  abolishedOn?: CivilDate | undefined
  /** 代替的规范 — Editions it replaces */
  replaces?: string[] | undefined
  /** 被代替 — Editions that replace it */
  replacedBy?: string[] | undefined
  /** 归口单位 — Focal point */
  focalPoint?: string | undefined
  /** 主要起草单位 — Main drafting bodies */
  draftedBy?: string[] | undefined
  /** 参加起草单位 — Other drafting bodies */
  coDraftedBy?: string[] | undefined
  /** 解释单位 — Body that interprets it */
  interpretedBy?: string | undefined
  /** 适用范围 — Scope */
  scope: LocalizedText
  /** 涉及的器具类别 — Instrument categories covered */
  categories?: string[] | undefined
  /** 引用文件 — Normative references */
  normativeReferences?: string[] | undefined
  /** 检定周期、复校间隔 — Verification or calibration interval */
  interval?: {
    /** 检定周期或复校间隔 — Interval */
    period: PeriodText
    /** 是否为检定周期上限（否为建议） — True for a maximum, false for advice */
    mandatory: boolean
  } | undefined
  /** 技术要求 — Requirements */
  requirements?: Requirement[] | undefined
  /** 同文多号的等同组标识 — Mark shared by editions with one text under several numbers */
  equivalenceGroup?: string | undefined
  /** 采纳通知 — Notices of adoption */
  adoptions?: Adoption[] | undefined
  /** 规范文本 — The document itself */
  document?: {
    /** 文本文件摘要 — Digest of the document */
    digest: Digest
    /**
     * 媒体类型 — Media type
     * @see RFC 6838
     */
    mediaType: string
    /** 公开地址 — Public address */
    location?: string | undefined
  } | undefined
  /** 说明 — Remarks */
  remarks?: LocalizedText | undefined
}

/**
 * 型式批准证书 — Type approval certificate. Zod schema.
 * @see 计量法 第十三条; 计量器具新产品管理办法
 */
export const TypeApproval: typeof typeApproval.TypeApproval = typeApproval.TypeApproval
/**
 * 型式批准证书 — Type approval certificate
 * @see 计量法 第十三条; 计量器具新产品管理办法
 */
export type TypeApproval = {
  /** 记录种类：型式批准 — Kind of record */
  kind: 'type-approval'
  /** 本种类的版本 — Version of the kind */
  version: 1
  /**
   * 型式批准证书编号，如 2020F118-51 — Number of the type approval certificate
   * @see 计量器具新产品管理办法
   */
  number: string
  /** 批准机关 — Approving authority */
  issuer: Party
  /** 申请单位 — Applicant */
  applicant: Party
  /** 制造单位（与申请单位不同时） — Manufacturer, where it is not the applicant */
  manufacturer?: Party | undefined
  /**
   * 器具类别（类别表代码） — Category, slug of the catalogue
   * @see 实施强制管理的计量器具目录
   */
  category: string
  /** 计量器具名称 — Name of the instrument */
  name: string
  /** 批准的型号 — Approved models */
  models: ApprovedModel[]
  /** 型式评价依据 — Specifications of the evaluation */
  basis: SpecificationReference[]
  /**
   * 型式评价 — Type evaluation
   * @see JJF 1015—2014; JJF 1016—2014
   */
  evaluation: {
    /** 型式评价技术机构 — Body that evaluated the type */
    body: Party
    /** 型式评价报告编号 — Number of the evaluation report */
    reportNo: string
    /** 报告日期 — Date of the report */
    reportedOn?: CivilDate | undefined
    /** 报告的签名记录标识 — Statement id of the report */
    statement?: Digest | undefined
  }
  /** 受理机关（跨省通办时） — Authority that took the application, where handled across the border */
  acceptedBy?: Party | undefined
  /** 批准日期 — Date of approval */
  approvedOn: CivilDate
  /** 截止日期（含当日）；不写为长期 — Valid until, inclusive; absent means without end */
  validUntil?: CivilDate | undefined
  amendment?: Amendment | undefined
  /** 限制条件 — Conditions */
  conditions?: LocalizedText | undefined
  /** 附件（主要结构、照片） — Attachments: construction, photographs */
  attachments?: Attachment[] | undefined
  /** 说明 — Remarks */
  remarks?: LocalizedText | undefined
}

/**
 * 签名记录编号，签名机构内唯一 — Name of the statement, unique within its issuer. Zod schema.
 * @see ULID
 */
export const Ulid: typeof schema.Ulid = schema.Ulid
/**
 * 签名记录编号，签名机构内唯一 — Name of the statement, unique within its issuer
 * @see ULID
 */
export type Ulid = string

/**
 * 测量不确定度 — Measurement uncertainty. Zod schema.
 * @see JJF 1059.1—2012; JCGM 100
 */
export const Uncertainty: typeof quantity.Uncertainty = quantity.Uncertainty
/**
 * 测量不确定度 — Measurement uncertainty
 * @see JJF 1059.1—2012; JCGM 100
 */
export type Uncertainty = {
  /** 标准不确定度 u — Standard uncertainty u */
  form: 'standard'
  /** u 的值 — Value of u */
  value: DecimalText
  /** 相对不确定度的单位；不写则为被测量单位下的绝对值 — Unit of a relative uncertainty; absent for an absolute one in the unit of the quantity */
  relativeTo?: '1' | '%' | '[ppth]' | '[ppm]' | undefined
  /** 同一不确定度的相对值（与绝对值并列给出时） — The same uncertainty as a ratio, where both are stated */
  relative?: {
    /** 相对值 — Relative value */
    value: DecimalText
    /** 相对值的单位 — Unit of a ratio */
    unit: '1' | '%' | '[ppth]' | '[ppm]'
  } | undefined
  /** 不确定度预算；各分量与本不确定度单位相同 — Uncertainty budget; its entries are in the unit of this uncertainty */
  budget?: BudgetEntry[] | undefined
} | {
  /** 扩展不确定度 U — Expanded uncertainty U */
  form: 'expanded'
  /** U 的值 — Value of U */
  value: DecimalText
  /** 包含因子 k — Coverage factor k */
  k: DecimalText
  /** 包含概率，如 0.95 — Coverage probability, for example 0.95 */
  coverage?: DecimalText | undefined
  /**
   * 概率分布：正态、均匀、三角、反正弦、t、梯形 — Probability distribution
   * @see JJF 1059.1—2012 4.3.3
   */
  distribution?: 'normal' | 'uniform' | 'triangular' | 'u-shaped' | 't' | 'trapezoidal' | undefined
  /** 合成标准不确定度 u（U = k·u） — Combined standard uncertainty u, with U = k·u */
  standard?: DecimalText | undefined
  /** 相对不确定度的单位；不写则为被测量单位下的绝对值 — Unit of a relative uncertainty; absent for an absolute one in the unit of the quantity */
  relativeTo?: '1' | '%' | '[ppth]' | '[ppm]' | undefined
  /** 同一不确定度的相对值（与绝对值并列给出时） — The same uncertainty as a ratio, where both are stated */
  relative?: {
    /** 相对值 — Relative value */
    value: DecimalText
    /** 相对值的单位 — Unit of a ratio */
    unit: '1' | '%' | '[ppth]' | '[ppm]'
  } | undefined
  /** 不确定度预算；各分量与本不确定度单位相同 — Uncertainty budget; its entries are in the unit of this uncertainty */
  budget?: BudgetEntry[] | undefined
} | {
  /** 包含区间 — Coverage interval */
  form: 'interval'
  /** 下限 — Lower end */
  lower: DecimalText
  /** 上限 — Upper end */
  upper: DecimalText
  /** 包含概率 — Coverage probability */
  coverage: DecimalText
  /** 不确定度预算；各分量与本不确定度单位相同 — Uncertainty budget; its entries are in the unit of this uncertainty */
  budget?: BudgetEntry[] | undefined
}

/**
 * 计量单位：法定计量单位的 UCUM 代码，如 MPa、Cel、km/h — Unit: UCUM code of a legal unit, for example MPa, Cel, km/h. Zod schema.
 * @see 国务院 1984；GB 3100—1993
 */
export const UnitCode: typeof quantity.UnitCode = quantity.UnitCode
/**
 * 计量单位：法定计量单位的 UCUM 代码，如 MPa、Cel、km/h — Unit: UCUM code of a legal unit, for example MPa, Cel, km/h
 * @see 国务院 1984；GB 3100—1993
 */
export type UnitCode = string

/**
 * 统一社会信用代码，18 位 — Unified social credit code, 18 characters. Zod schema.
 * @see GB 32100—2015
 */
export const Uscc: typeof schema.Uscc = schema.Uscc
/**
 * 统一社会信用代码，18 位 — Unified social credit code, 18 characters
 * @see GB 32100—2015
 */
export type Uscc = string

/**
 * 检定记录：检定证书或检定结果通知书 — Verification record: certificate or notice. Zod schema.
 * @see JJF 1069—2012; 计量检定印、证管理办法
 */
export const VerificationRecord: typeof verificationRecord.VerificationRecord = verificationRecord.VerificationRecord
/**
 * 检定记录：检定证书或检定结果通知书 — Verification record: certificate or notice
 * @see JJF 1069—2012; 计量检定印、证管理办法
 */
export type VerificationRecord = {
  /** 记录种类：检定记录 — Kind of record */
  kind: 'verification-record'
  /** 本种类的版本 — Version of the kind */
  version: 1
  /**
   * 证书编号，出具机构内唯一 — Certificate number, unique within its issuer
   * @see JJF 1069—2012
   */
  certificateNo: string
  /** 原始记录号 — Number of the raw record */
  rawRecordNo?: string | undefined
  issuer: Issuer
  applicant: Applicant
  instrument: Instrument
  /** 批量证书的各台器具，一台一行，至多 1000 行；instrument 写各台相同的内容，不写出厂编号；状态引用为第 1 行的序号，第 n 行为该序号加 n−1 — Instruments of a batch, a line each, at most 1,000; `instrument` holds what they share, without a serial number. The status reference is the index of line 1; line n is at that index + n − 1 */
  instruments?: BatchLine[] | undefined
  /**
   * 检定类别：首次检定、后续检定、使用中检查、仲裁检定 — Type of verification: initial, subsequent, in-service inspection, arbitration
   * @see JJF 1001—2011 9.4
   */
  verificationType: 'initial' | 'subsequent' | 'in-service-inspection' | 'arbitration'
  /**
   * 检定原因：周期检定、修理后检定、进口检定、争议检定、抽检、强制检定的首次检定 — Cause: periodic, after repair, import, dispute, sampling, initial verification of a mandatory instrument
   * @see JJF 1001—2011 9
   */
  cause?: 'periodic' | 'after-repair' | 'import' | 'dispute' | 'sampling' | 'mandatory-initial' | undefined
  /** 检定方式：常规、远程；不写则为常规 — Mode: conventional, or remote; absent means conventional */
  mode?: 'conventional' | 'remote' | undefined
  /** 出厂检验与首次检定合并进行（二检合一） — Factory inspection and initial verification done as one */
  combinedWithFactory?: boolean | undefined
  /**
   * 检定范围：本机检定、装车后检定（计价器） — Scope: device alone, or installed in the vehicle (taximeter)
   * @see JJG 517—2016
   */
  scope?: 'device' | 'installed' | undefined
  /**
   * 用途：贸易结算、安全防护、医疗卫生、环境监测、计量标准、其他；用于前四种用途且列入《实施强制管理的计量器具目录》的工作计量器具，以及社会公用计量标准和部门、企业、事业单位的最高计量标准，实行强制检定 — Trade settlement, safety, medical care, environmental monitoring, measurement standard, other. Mandatory verification: working instruments for the first four that are in the national catalogue, public standards, and the highest standards of an organisation
   * @see 计量法 第九条
   */
  purpose: 'trade' | 'safety' | 'medical' | 'environment' | 'standard' | 'other'
  /** 检定依据 — Regulations applied */
  basis: SpecificationReference[]
  /** 所用计量标准 — Measurement standards used */
  standards: MeasurementStandard[]
  environment: Environment
  place?: Place | undefined
  /** 检定（校准）结果，各表合计至多 2000 行 — Results; at most 2,000 rows in all tables together */
  results: ResultTable[]
  decisionRule?: DecisionRule | undefined
  /** 调修说明，经调修时填写；结果表以 state 区分前后 — Adjustment, present when adjusted; result tables tell before and after by their state */
  adjustment?: {
    /** 调修情况 — What was adjusted or repaired */
    description: LocalizedText
  } | undefined
  amendment?: Amendment | undefined
  /** 封印 — Seals */
  seals?: {
    /** 封印（铅封）号 — Seal number */
    number: string
    /** 位置 — Position */
    position?: LocalizedText | undefined
    /** 加封日期 — Day on which it was set */
    on?: CivilDate | undefined
  }[] | undefined
  /**
   * 除检定证书外的检定印、证 — Marks and slips given out besides the certificate
   * @see 计量检定印、证管理办法
   */
  marks?: {
    /** 种类：检定合格证、检定合格标志、检定合格印、注销印 — Kind: slip, sticker, stamp of a passed verification, or stamp of cancellation */
    kind: 'certificate' | 'sticker' | 'stamp' | 'cancellation'
    /** 编号 — Number */
    number?: string | undefined
    /** 位置 — Position */
    position?: LocalizedText | undefined
    /** 日期 — Date */
    on?: CivilDate | undefined
  }[] | undefined
  /**
   * 检定结论：合格（检定证书）、不合格（检定结果通知书） — Conclusion: pass gives a certificate, fail a notice
   * @see 计量检定印、证管理办法
   */
  outcome: 'pass' | 'fail'
  /** 不合格项目（通知书） — Items that failed, on a notice */
  failedItems?: {
    /** 项目名称 — Item */
    name: LocalizedText
    /** 对应的结果表（id）；结果表中没有的项目不写 — The result table of the item; absent where no table holds it */
    table?: string | undefined
  }[] | undefined
  /** 结论等级，如 E2 等级 — Accuracy class concluded */
  concludedClass?: string | undefined
  /** 检定日期 — Date of verification */
  verifiedOn: CivilDate
  /** 有效期至（含当日）；通知书没有 — Valid until, inclusive; absent on a notice */
  validUntil?: CivilDate | undefined
  /**
   * 检定员、核验员、批准人 — Verifier, checker, approver
   * @see 计量检定印、证管理办法
   */
  signatories: {
    /** 检定员 — Verifier */
    verifier: Signatory
    /** 核验员 — Checker */
    checker: Signatory
    /** 批准人 — Approver */
    approver: Signatory
  }
  /** 附件 — Attachments */
  attachments?: Attachment[] | undefined
  /** 说明 — Remarks */
  remarks?: LocalizedText | undefined
}

/** Every record of this version. `kind` and `version` discriminate. */
export type AnyRecord = VerificationRecord | CalibrationResult | TechnicalSpecification | ComparisonResult | SupervisionFinding | TypeApproval
