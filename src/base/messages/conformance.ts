/** Texts of the rules over one record. */

export const conformanceRowTexts = {
  'identifier.uscc': { zh: '统一社会信用代码校验正确', en: 'Unified social credit codes carry their check character' },
  'identifier.authorisation': { zh: '授权证书号齐全且格式规范', en: 'The authorisation number is present and well formed' },
  'identifier.specification': {
    zh: '规程（规范）编号带年号且格式规范',
    en: 'Specification numbers are well formed and name their edition',
  },
  'identifier.assessment': { zh: '计量标准考核证书号格式规范', en: 'Assessment certificate numbers are well formed' },
  'identifier.type-approval': { zh: '型式批准证书号齐全且格式规范', en: 'The type approval number is present and well formed' },
  'identifier.instrument': { zh: '器具类别在目录中，且有出厂编号', en: 'The instrument has a known category and a serial number' },
  'identifier.division': { zh: '行政区划代码存在', en: 'The administrative division exists' },
  'dates.order': { zh: '各日期先后次序合理', en: 'The dates are in order' },
  'validity.presence': { zh: '有效期的有无与结论、检定类型相符', en: 'Validity is stated just where it may be' },
  'validity.interval': { zh: '有效期不超过检定周期', en: 'Validity does not exceed the verification interval' },
  'standards.valid': { zh: '所用计量标准在检定（校准）当日有效', en: 'The standards used were valid on the day of the work' },
  'basis.regulation': { zh: '检定依据为检定规程', en: 'Verification rests on verification regulations' },
  'basis.in-force': {
    zh: '所依据的国家规程（规范）在检定（校准）当日有效',
    en: 'The national specifications applied were in force on the day of the work',
  },
  'basis.national-first': { zh: '未以地方规程代替国家规程', en: 'No local regulation stands in for a national one' },
  'table.form': { zh: '结果表行列齐整，单位、包含因子齐全', en: 'Result tables are regular, with units and coverage factors' },
  'units.legal': { zh: '使用法定计量单位', en: 'Legal units of measurement are used' },
  'table.error': { zh: '误差等于示值减参考值', en: 'Errors equal indication minus reference' },
  'uncertainty.digits': { zh: '不确定度不超过两位有效数字', en: 'Uncertainties have at most two significant digits' },
  'uncertainty.place': { zh: '结果与其不确定度末位对齐', en: 'Results and their uncertainties end at the same decimal place' },
  'verdict.limits': { zh: '单项结论与数据相符', en: 'Verdicts on rows follow from the numbers' },
  'verdict.outcome': { zh: '总结论与单项结论、数据相符', en: 'The conclusion follows from the rows' },
  'decision.rule': { zh: '符合性声明附有判定规则', en: 'The statement of conformity has its decision rule' },
  'decision.uncertainty': {
    zh: '采用简单接受时 U 不大于 MPEV 的三分之一',
    en: 'Where simple acceptance is claimed, U is at most a third of the MPE',
  },
  'signatories.independent': { zh: '检定（校准）员与核验员不是同一人', en: 'The one who did the work is not the one who checked it' },
  'adjustment.results': { zh: '经调修的，前后数据齐全', en: 'Where the instrument was adjusted, results before and after are given' },
} as const

const judge = { zh: '请核对原始记录后重新出具', en: 'Check against the raw record and issue anew' }

export const conformanceMessages = {
  'uscc.check-character': {
    zh: '统一社会信用代码 {uscc} 校验码有误：末位为 {found}，应为 {expected}',
    en: 'The unified social credit code {uscc} ends in {found}; its check character is {expected}',
    advice: { zh: '请按营业执照或法人证书核对', en: 'Check against the registration certificate' },
  },
  'uscc.organisation-code': {
    zh: '统一社会信用代码 {uscc} 中的组织机构代码校验不符',
    en: 'The organisation code inside {uscc} does not carry its own check character',
  },
  'authorisation-number.missing': {
    zh: '检定证书未写计量检定机构授权证书号',
    en: 'The verification record does not state the authorisation number of its issuer',
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
  },
  'category.unknown': { zh: '目录中没有器具类别“{category}”', en: 'The catalogue has no category “{category}”' },
  'serial.missing': {
    zh: '没有出厂编号，无法发现重复检定',
    en: 'There is no serial number, so duplicate verification cannot be noticed',
    advice: { zh: '请补写设备编号或赋予永久编号', en: 'Give an asset number or a permanent mark' },
  },
  'division.unknown': { zh: '川渝两地没有行政区划代码 {division}', en: 'Neither province has the division {division}' },
  'dates.order-wrong': { zh: '{later}（{a}）早于{earlier}（{b}）', en: '{later} ({a}) is earlier than {earlier} ({b})' },
  'validity.on-notice': {
    zh: '检定结果通知书不得有有效期（写了 {validUntil}）',
    en: 'A notice of failed verification has no validity (it states {validUntil})',
    advice: { zh: '请删去有效期', en: 'Remove validUntil' },
  },
  'validity.on-inspection': {
    zh: '使用中检查不产生新的有效期（写了 {validUntil}）',
    en: 'An in-service inspection gives no new validity (it states {validUntil})',
  },
  'validity.too-long': {
    zh: '有效期至 {validUntil} 超过检定周期（{period}），最迟为 {latest}',
    en: 'Valid until {validUntil} exceeds the interval {period}; the latest day is {latest}',
  },
  'standard.expired': {
    zh: '标准器“{name}”的证书有效期至 {validUntil}，{factDate} 检定（校准）时已过期',
    en: 'The certificate of the standard “{name}” was valid until {validUntil}; the work is dated {factDate}',
  },
  'standard.assessment-expired': {
    zh: '计量标准“{name}”的考核证书 {number} 有效期至 {validUntil}，{factDate} 检定（校准）时已过期',
    en: 'The assessment {number} of “{name}” was valid until {validUntil}; the work is dated {factDate}',
  },
  'basis.not-regulation': {
    zh: '{number} 不是检定规程，不能作为检定依据',
    en: '{number} is not a verification regulation and cannot be the basis of a verification',
    advice: { zh: '强制检定须依据 JJG', en: 'Mandatory verification rests on a JJG' },
  },
  'basis.national-exists': {
    zh: '{number} 为地方规程，而该类器具有国家规程（{national}）',
    en: '{number} is local, though national regulations exist ({national})',
    advice: { zh: '请说明采用地方规程的理由', en: 'State why the local regulation was used' },
  },
  'specification.not-yet-in-force': {
    zh: '{number} 自 {effectiveOn} 起实施，{factDate} 检定（校准）时尚未生效',
    en: '{number} takes effect on {effectiveOn}; on {factDate} it was not yet in force',
  },
  'specification.abolished': {
    zh: '{number} 已于 {abolishedOn} 废止，{factDate} 检定（校准）时已失效',
    en: '{number} was abolished on {abolishedOn}; the work is dated {factDate}',
    advice: { zh: '请改用现行版本', en: 'Use the edition in force' },
  },
  'specification.edition-unknown': {
    zh: '未查到 {number}，无法判断其在检定（校准）当日是否有效',
    en: 'Nothing is known of {number}; whether it was in force cannot be told',
    advice: {
      zh: '请核对编号和年号；确有此版本的，由主管部门发布其信息',
      en: 'Check number and year; if the edition exists, its authority should publish it',
    },
  },
  'specification.dates-unverified': {
    zh: '{number} 的实施日期未经核实，不作否定判断',
    en: 'The dates of {number} are not verified; they decide nothing',
  },
  'table.role-twice': { zh: '表 {table} 有两列“{role}”', en: 'Table {table} has two columns of role “{role}”' },
  'table.unit-missing': {
    zh: '表 {table} 的“{role}”列未写单位',
    en: 'Table {table}: the column “{role}” has no unit',
    advice: { zh: '无量纲量写 1 或 %', en: 'Write 1 or % for a number without dimension' },
  },
  'table.unit-on-verdict': { zh: '表 {table} 的结论列不应有单位', en: 'Table {table}: a verdict column has no unit' },
  'table.coverage-missing': {
    zh: '表 {table} 的不确定度列未写包含因子 k',
    en: 'Table {table}: the uncertainty column does not state its coverage factor k',
  },
  'table.row-length': {
    zh: '表 {table} 第 {row} 行有 {cells} 格，应为 {columns} 格',
    en: 'Table {table}, row {row}: {cells} cells for {columns} columns',
  },
  'table.cell-number': { zh: '表 {table} 第 {row} 行的“{cell}”不是十进制数', en: 'Table {table}, row {row}: “{cell}” is not a decimal' },
  'table.cell-verdict': {
    zh: '表 {table} 第 {row} 行的结论“{cell}”不是 pass、fail、not-applicable',
    en: 'Table {table}, row {row}: the verdict “{cell}” is not pass, fail or not-applicable',
  },
  'unit.not-legal': {
    zh: '“{unit}”不是法定计量单位，应使用{name}（{symbol}）',
    en: '“{unit}” is not a legal unit; use the {name} ({symbol})',
    advice: { zh: '写作 "{code}"', en: 'Write "{code}"' },
  },
  'unit.printed-symbol': {
    zh: '“{unit}”是印刷符号，单位请写 UCUM 代码 {code}',
    en: '“{unit}” is the printed symbol; write the UCUM code {code}',
    advice: { zh: '写作 "{code}"', en: 'Write "{code}"' },
  },
  'unit.unknown': { zh: '不认识的单位“{unit}”', en: 'Unknown unit “{unit}”' },
  'error.not-indication-minus-reference': {
    zh: '表 {table} 第 {row} 行：示值 {indication} − 参考值 {reference} 应得误差 {expected} {unit}，写作 {stated}',
    en: 'Table {table}, row {row}: indication {indication} − reference {reference} gives {expected} {unit}, but {stated} is stated',
    advice: judge,
  },
  'error.rounding': {
    zh: '表 {table} 第 {row} 行：误差按四舍六入五成双应为 {expected}，写作 {stated}',
    en: 'Table {table}, row {row}: rounded half to even the error is {expected}, but {stated} is stated',
    advice: { zh: '见 GB/T 8170—2008 3.2', en: 'See GB/T 8170—2008 3.2' },
  },
  'uncertainty.too-many-digits': {
    zh: '表 {table} 第 {row} 行：不确定度 {uncertainty} 超过两位有效数字',
    en: 'Table {table}, row {row}: the uncertainty {uncertainty} has more than two significant digits',
  },
  'uncertainty.place-differs': {
    zh: '表 {table} 第 {row} 行：结果 {value} 与不确定度 {uncertainty} 末位不对齐',
    en: 'Table {table}, row {row}: result {value} and uncertainty {uncertainty} end at different places',
  },
  'verdict.outside-limits': {
    zh: '表 {table} 第 {row} 行：{value} {unit} 超出 [{lower}, {upper}]，却写“合格”',
    en: 'Table {table}, row {row}: {value} {unit} is outside [{lower}, {upper}], yet the verdict is pass',
    advice: judge,
  },
  'verdict.within-limits': {
    zh: '表 {table} 第 {row} 行：{value} {unit} 在 [{lower}, {upper}] 之内，却写“不合格”',
    en: 'Table {table}, row {row}: {value} {unit} is within [{lower}, {upper}], yet the verdict is fail',
    advice: judge,
  },
  'outcome.row-failed': {
    zh: '表 {table} 第 {row} 行不合格，而总结论为合格',
    en: 'Table {table}, row {row} failed, yet the conclusion is pass',
    advice: judge,
  },
  'outcome.outside-limits': {
    zh: '表 {table} 第 {row} 行 {value} {unit} 超出 [{lower}, {upper}]，而总结论为合格',
    en: 'Table {table}, row {row}: {value} {unit} is outside [{lower}, {upper}], yet the conclusion is pass',
    advice: judge,
  },
  'outcome.no-failed-item': {
    zh: '总结论为不合格，而各项均合格：未说明哪一项不合格',
    en: 'The conclusion is fail, yet every row passes: no failed item is named',
  },
  'decision.rule-missing': {
    zh: '作了符合性声明，却没有判定规则',
    en: 'Conformity is stated without a decision rule',
    advice: { zh: '请写 decisionRule（简单接受或设保护带）', en: 'State decisionRule: simple or guarded acceptance' },
  },
  'decision.uncertainty-too-large': {
    zh: '表 {table} 第 {row} 行：U 大于 MPEV 的三分之一，不得简单接受',
    en: 'Table {table}, row {row}: U exceeds a third of the MPE, so simple acceptance is not open',
    advice: { zh: '请改用设保护带的判定', en: 'Use a guarded decision' },
  },
  'signatories.same-person': { zh: '检定（校准）与核验均为{name}', en: '{name} both did the work and checked it' },
  'adjustment.results-missing': {
    zh: '写明经过调修，但没有调修前后两组数据',
    en: 'Adjustment is described, but results before and after are not both given',
  },
  'adjustment.not-described': {
    zh: '有调修后的数据，但没有调修说明',
    en: 'Results after adjustment are given, but the adjustment is not described',
  },
} as const
