/** Texts of the rules on decisions: verdicts on rows, conclusions, the share of U in the limits. */

const judge = { zh: '请核对原始记录后重新出具', en: 'Check against the raw record and issue it again' }

export const decisionMessages = {
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
  'verdict.not-judged': {
    zh: '表 {table} 第 {row} 行的单项结论无法核对：{reason}',
    en: 'Table {table}, row {row}: the verdict could not be checked: {reason}',
    advice: {
      zh: '请在结果表中写明误差、限值及其单位，必要时写明不确定度',
      en: 'State error, limits and their units as data, and the uncertainty where the decision needs it',
    },
  },
  'verdict.no-limits': {
    zh: '表 {table} 有单项结论而无限值列，结论未经数据核对',
    en: 'Table {table} has verdicts and no column of limits: the verdicts were not checked against the numbers',
    advice: { zh: '有数值要求的，请写限值列（下限、上限）', en: 'Where the requirement is a number, state it as columns of limits' },
  },
  'outcome.not-judged': {
    zh: '表 {table} 第 {row} 行无法与限值比较，检定结论缺少依据：{reason}',
    en: 'Table {table}, row {row} could not be compared with its limits, so the conclusion lacks a ground: {reason}',
    advice: {
      zh: '请补全该行数据，未测的行请删去，或将单项结论写作“不适用”（not-applicable）',
      en: 'Complete the row; remove it, or give the verdict not-applicable, where nothing was measured',
    },
  },
  'outcome.no-data': {
    zh: '结果表中既无单项结论，也无可比较的限值，检定结论无法核对',
    en: 'No row has a verdict or limits to compare with, so the conclusion could not be checked',
    advice: { zh: '请写限值列，或逐项写单项结论', en: 'State limits, or a verdict for each row' },
  },
  'decision.not-judged': {
    zh: '表 {table} 第 {row} 行：U 是否不大于 MPEV 的三分之一无法判断：{reason}',
    en: 'Table {table}, row {row}: whether U is at most a third of the MPE could not be judged: {reason}',
    advice: {
      zh: '请写扩展不确定度 U（或标准不确定度及 k），单位与误差一致',
      en: 'State U, or the standard uncertainty with k, in the unit of the error',
    },
  },
  'standard.not-judged': {
    zh: '计量标准（标准器）“{name}”的最大允许误差无法比较：单位未收录，或两个限值之间没有宽度',
    en: 'The permissible error of the standard “{name}” could not be compared: its unit is not known, or it has no width',
    advice: {
      zh: '请核对“最大允许误差”（maximumPermissibleError）的限值和单位',
      en: 'Check the limits and the unit of maximumPermissibleError',
    },
  },
  'unjudged.value-missing': { zh: '写了限值，没有测得值', en: 'limits are stated, but no value' },
  'unjudged.limits-missing': { zh: '该行没有限值', en: 'the row states no limits' },
  'unjudged.limits-absent': { zh: '表中没有限值列', en: 'the table has no column of limits' },
  'unjudged.limits-unit': { zh: '限值与测得值的单位不可比', en: 'the limits and the value are in units that cannot be compared' },
  'unjudged.limits-ambiguous': {
    zh: '限值为相对值，未写明相对于什么，不同读法结论不同',
    en: 'the limits are a ratio and the table does not state of what; the answer depends on it',
  },
  'unjudged.uncertainty-missing': {
    zh: '没有可换算到该单位的扩展不确定度',
    en: 'no expanded uncertainty is stated that can be read in this unit',
  },
  'unjudged.uncertainty-ambiguous': {
    zh: '不确定度为相对值，未写明相对于什么，不同读法结论不同',
    en: 'the uncertainty is a ratio and the table does not state of what; the answer depends on it',
  },
  'unjudged.width-zero': { zh: '限值没有宽度', en: 'the limits have no width' },
  'outcome.row-failed': {
    zh: '表 {table} 第 {row} 行不合格，而检定结论（符合性声明）为合格',
    en: 'Table {table}, row {row} failed, yet the conclusion is pass',
    advice: judge,
  },
  'outcome.outside-limits': {
    zh: '表 {table} 第 {row} 行 {value} {unit} 超出 [{lower}, {upper}]，而检定结论（符合性声明）为合格',
    en: 'Table {table}, row {row}: {value} {unit} is outside [{lower}, {upper}], yet the conclusion is pass',
    advice: judge,
  },
  'outcome.no-failed-item': {
    zh: '检定结论（符合性声明）为不合格，而各项均合格：未说明哪一项不合格',
    en: 'The conclusion is fail, yet every row passes: no failed item is named',
    advice: { zh: '请在结果表写明不合格的项', en: 'Mark the failed row in the tables' },
  },
  'decision.rule-missing': {
    zh: '作了符合性声明，但未写判定规则',
    en: 'Conformity is stated without a decision rule',
    advice: { zh: '请填写“判定规则”（decisionRule：简单接受或设保护带）', en: 'State decisionRule: simple or guarded acceptance' },
  },
  'decision.uncertainty-too-large': {
    zh: '表 {table} 第 {row} 行：U 大于 MPEV 的三分之一，不得简单接受',
    en: 'Table {table}, row {row}: U exceeds a third of the MPE, so simple acceptance is not open',
    advice: { zh: '请改用设保护带的判定', en: 'Use a guarded decision' },
  },
  'decision.guard-needed': {
    zh: '表 {table} 第 {row} 行：U 大于 MPEV 的三分之一，又未写判定规则',
    en: 'Table {table}, row {row}: U exceeds a third of the MPE, and no decision rule is stated',
    advice: { zh: '请填写“判定规则”（decisionRule：设保护带接受）', en: 'State decisionRule: guarded acceptance' },
  },
  'standard.too-coarse': {
    zh: '计量标准（标准器）“{name}”的最大允许误差大于被检器具允许误差的三分之一',
    en: 'The permissible error of the standard “{name}” exceeds a third of that of the instrument',
    advice: { zh: '请改用准确度更高的标准器，或说明不确定度评定结果', en: 'Use a finer standard, or show the uncertainty achieved' },
  },
  'class.on-notice': {
    zh: '检定结果通知书写了结论等级 {concluded}',
    en: 'A notice of failed verification states the class {concluded}',
    advice: { zh: '请删去“结论等级”（concludedClass）', en: 'Remove concludedClass' },
  },
  'class.differs': {
    zh: '结论等级 {concluded} 与器具准确度等级 {stated} 不同',
    en: 'The class concluded, {concluded}, differs from the instrument’s, {stated}',
    advice: { zh: '降级使用的请在说明中写明', en: 'Say so in the remarks where it was downgraded' },
  },
} as const
