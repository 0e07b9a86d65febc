/** Texts of the rules over one record: tables, units, uncertainties, decisions. */

export const measurementRowTexts = {
  'table.form': { zh: '结果表的行列、单位与包含因子', en: 'Form of the result tables: cells, units, coverage factors' },
  'units.legal': { zh: '法定计量单位的使用', en: 'Use of legal units of measurement' },
  'units.commensurable': { zh: '表内各列单位的相称', en: 'Commensurability of the columns of a table' },
  'table.error': { zh: '示值误差的计算', en: 'Arithmetic of the errors of indication' },
  'uncertainty.digits': { zh: '不确定度的有效数字位数', en: 'Significant digits of uncertainties' },
  'uncertainty.place': { zh: '结果与不确定度的末位对齐', en: 'Decimal place of results and their uncertainties' },
  'limits.order': { zh: '上、下限的次序', en: 'Order of lower and upper limits' },
  'verdict.limits': { zh: '单项结论与数据的一致性', en: 'Agreement of row verdicts with the numbers' },
  'verdict.outcome': { zh: '检定结论（符合性声明）与单项结论、数据的一致性', en: 'Agreement of the conclusion with the rows' },
  'decision.rule': { zh: '符合性声明的判定规则', en: 'Decision rule of the statement of conformity' },
  'decision.uncertainty': {
    zh: '简单接受的条件（U 不大于 MPEV 的三分之一）',
    en: 'Condition of simple acceptance: U at most a third of the MPE',
  },
  'table.correction': { zh: '修正值的符号', en: 'Sign of the corrections' },
  'table.hybrid': { zh: '两种单位数值的一致性', en: 'Agreement of values stated in two units' },
  'uncertainty.consistent': {
    zh: '不确定度与包含因子、相对值、预算的一致性',
    en: 'Agreement of the uncertainty with its coverage factor, ratio and budget',
  },
  'uncertainty.stated': { zh: '校准结果的测量不确定度', en: 'Uncertainty of calibration results' },
  'verdict.class': { zh: '结论等级', en: 'Class concluded' },
  'standards.fit': { zh: '计量标准（标准器）与被检器具的允许误差之比', en: 'Permissible error of the standard against the instrument’s' },
} as const

const judge = { zh: '请核对原始记录后重新出具', en: 'Check against the raw record and issue it again' }

export const measurementMessages = {
  'table.role-twice': {
    zh: '表 {table} 有两列“{role}”',
    en: 'Table {table} has two columns of role “{role}”',
    advice: {
      zh: '每种作用留一列；两个行程请写 direction，同一量另用单位表示的，单位应不同',
      en: 'Keep one column of a role; a second one has another direction, or another unit',
    },
  },
  'table.unit-missing': {
    zh: '表 {table} 的“{role}”列未写单位',
    en: 'Table {table}: the column “{role}” has no unit',
    advice: { zh: '无量纲量写 1 或 %', en: 'Write 1 or % for a number without dimension' },
  },
  'table.unit-on-verdict': {
    zh: '表 {table} 的结论列不应有单位',
    en: 'Table {table}: a verdict column has no unit',
    advice: { zh: '请删去该列的单位（unit）', en: 'Remove the unit' },
  },
  'table.coverage-missing': {
    zh: '表 {table} 的不确定度列未写包含因子 k',
    en: 'Table {table}: the uncertainty column does not state its coverage factor k',
    advice: { zh: '请填写包含因子（k），通常为 2', en: 'State k, usually 2' },
  },
  'table.member-misplaced': {
    zh: '表 {table} 的“{role}”列不应有 {member}',
    en: 'Table {table}: a column of role “{role}” has no {member}',
    advice: {
      zh: 'direction 用于参考值、示值、误差、修正值与上下限列，bounds 用于上下限列，basis 用于误差、限值与不确定度列，formation 用于误差列',
      en: 'direction belongs to references, indications, errors, corrections and limits, bounds to limits, basis to errors, limits and uncertainties, formation to errors',
    },
  },
  'table.row-length': {
    zh: '表 {table} 第 {row} 行有 {cells} 格，应为 {columns} 格',
    en: 'Table {table}, row {row}: {cells} cells for {columns} columns',
    advice: { zh: '每行与列一一对应，空缺写 null', en: 'One cell a column; write null where nothing was measured' },
  },
  'table.cell-number': {
    zh: '表 {table} 第 {row} 行的“{cell}”不是十进制数',
    en: 'Table {table}, row {row}: “{cell}” is not a decimal',
    advice: { zh: '写作十进制数文本，如 "0.10"，空缺写 null', en: 'Write a decimal text such as "0.10", or null' },
  },
  'table.cell-verdict': {
    zh: '表 {table} 第 {row} 行的结论“{cell}”不是 pass、fail、not-applicable',
    en: 'Table {table}, row {row}: the verdict “{cell}” is not pass, fail or not-applicable',
    advice: { zh: '写 pass、fail 或 not-applicable', en: 'Write pass, fail or not-applicable' },
  },
  'unit.not-legal': {
    zh: '“{unit}”不是法定计量单位，应使用{name}（{symbol}）',
    en: '“{unit}” is not a legal unit; use the {name} ({symbol})',
    advice: { zh: '换算后写作 "{code}"', en: 'Convert, and write "{code}"' },
  },
  'unit.not-legal-within': {
    zh: '“{unit}”中的{found}不是法定计量单位',
    en: '“{unit}” contains {found}, which is not a legal unit',
    advice: { zh: '请换用法定计量单位', en: 'Use legal units' },
  },
  'unit.customary': {
    zh: '“{unit}”是行业惯用单位，不在法定计量单位之列',
    en: '“{unit}” is customary in its trade and not among the legal units',
    advice: {
      zh: '请以{name}（{code}）给出，惯用单位可并列',
      en: 'State the value in the {name} ({code}); the customary unit may stand beside it',
    },
  },
  'unit.blood-pressure-only': {
    zh: '“{unit}”只可用于血压',
    en: '“{unit}” is for blood pressure only',
    advice: {
      zh: '血压以外请写 {code}；确为血压的，请在列名中写明“血压”',
      en: 'Write {code} for anything else; where it is blood pressure, say so in the name of the column',
    },
  },
  'unit.printed-symbol': {
    zh: '“{unit}”不是单位代码：{name}的 UCUM 代码是 {code}',
    en: '“{unit}” is not the code of a unit; the UCUM code of the {name} is {code}',
    advice: { zh: '写作 "{code}"', en: 'Write "{code}"' },
  },
  'unit.reference-conditions': {
    zh: '“{unit}”：标准状态不写在单位中',
    en: '“{unit}”: reference conditions are no part of a unit',
    advice: {
      zh: '写作 "{code}"，并注明参比条件（温度、压力）',
      en: 'Write "{code}", and state the reference conditions (temperature, pressure) beside it',
    },
  },
  'unit.temperature-difference': {
    zh: '“{unit}”：摄氏度不参与乘除，温度差用 K',
    en: '“{unit}”: degrees Celsius take no part in products; a difference of temperature is in K',
    advice: { zh: '写作 "{code}"', en: 'Write "{code}"' },
  },
  'unit.misspelt': {
    zh: '“{unit}”不是单位代码，代码区分大小写；若为{name}，代码是 {code}',
    en: '“{unit}” is not the code of a unit, and codes are case-sensitive; if the {name} is meant, the code is {code}',
    advice: { zh: '写作 "{code}"', en: 'Write "{code}"' },
  },
  'unit.ambiguous': {
    zh: '“{unit}”不止一个意思：{senses}',
    en: '“{unit}” has more than one sense: {senses}',
    advice: { zh: '请按所指写单位代码', en: 'Write the code of the unit that is meant' },
  },
  'unit.stroke-ambiguous': {
    zh: '斜线之后不止一个单位，须加括号：{first} 或 {second}',
    en: 'More than one unit follows the oblique stroke and needs brackets: {first} or {second}',
    advice: { zh: '请按所指选用其一', en: 'Write the one that is meant' },
  },
  'unit.left-to-right': {
    zh: '“{unit}”按 UCUM 自左至右读作 {code}',
    en: '“{unit}” reads from left to right, as UCUM has it: {code}',
    advice: { zh: '若指 {meant}，请加括号；否则写作 {code}', en: 'Write {meant} if that is meant, else {code}' },
  },
  'unit.picohenry': {
    zh: '“{unit}”是皮亨（电感），不是 pH 值',
    en: '“{unit}” is the picohenry, a unit of inductance, not the pH value',
    advice: { zh: 'pH 值写作 "{code}"', en: 'Write "{code}" for the pH value' },
  },
  'unit.syntax': {
    zh: '“{unit}”不是 UCUM 代码：{reason}',
    en: '“{unit}” is no UCUM code: {reason}',
    advice: { zh: '请用 UCUM 代码，写法见 tongheng explain unit', en: 'Use the UCUM code; see tongheng explain unit' },
  },
  'unit.unknown': {
    zh: '“{unit}”不在本软件的单位表中（{found}），无法判断是否为法定计量单位，也无法换算',
    en: '“{unit}” is not in our table of units ({found}); whether it is legal cannot be said, nor can it be converted',
    advice: {
      zh: '请核对写法，见 tongheng explain unit；没有代码的计数单位写在花括号内',
      en: 'Check the spelling, see tongheng explain unit; a count without a code goes into braces',
    },
  },
  'unit.columns-differ': {
    zh: '表 {table} 的“{column}”列以 {unit} 为单位，与 {others} 不是同一种量',
    en: 'Table {table}: the column “{column}” is in {unit}, which does not measure the same as {others}',
    advice: { zh: '请核对单位（斜线之后不止一个单位时须加括号）', en: 'Check the units; more than one unit below a stroke needs brackets' },
  },
  'error.not-indication-minus-reference': {
    zh: '表 {table} 第 {row} 行：示值 {indication} − 参考值 {reference} 应得误差 {expected} {unit}，写作 {stated}',
    en: 'Table {table}, row {row}: indication {indication} − reference {reference} gives {expected} {unit}, but {stated} is stated',
    advice: judge,
  },
  'error.not-as-formed': {
    zh: '表 {table} 第 {row} 行：按表中所述的计算方法，示值 {indication}、参考值 {reference} 应得误差 {expected} {unit}，写作 {stated}',
    en: 'Table {table}, row {row}: as the table forms it, indication {indication} and reference {reference} give {expected} {unit}, but {stated} is stated',
    advice: { zh: '请核对原始记录，或更正 basis、formation', en: 'Check against the raw record, or correct basis or formation' },
  },
  'error.formation-not-stated': {
    zh: '表 {table} 的误差不是示值减参考值，按“{formation}”可以解释，但表中未写明',
    en: 'Table {table}: its errors are not indication minus reference; “{formation}” explains them, but the table does not say so',
    advice: {
      zh: '请在误差列写 basis（reading、reference、nominal 或 span）或 formation（changeover-point）',
      en: 'State basis (reading, reference, nominal or span) or formation (changeover-point) on the error column',
    },
  },
  'error.rounded-readings': {
    zh: '表 {table} 第 {rows} 行：误差与所列示值、参考值之差相差不超过修约，可能由未修约的平均值算得，表中未写明',
    en: 'Table {table}, rows {rows}: the errors differ from the readings shown by no more than their rounding; they may come from unrounded means, which the table does not say',
    advice: {
      zh: '请列出重复读数（repeat），或在误差列写 formation（method: "difference"）',
      en: 'Show the repeated readings (repeat), or state formation (method: "difference") on the error column',
    },
  },
  'error.not-judged': {
    zh: '表 {table} 第 {rows} 行：误差未能核算，因数据空缺、单位不可换算或参考值为零',
    en: 'Table {table}, rows {rows}: the errors could not be judged: a cell is missing, units do not convert, or the reference is zero',
    advice: { zh: '请补齐示值、参考值、误差及其单位', en: 'Complete indication, reference and error with their units' },
  },
  'hysteresis.not-difference-of-strokes': {
    zh: '表 {table} 第 {row} 行：升程 {rising}、降程 {falling} 之差应为 {expected} {unit}，回程误差写作 {stated}',
    en: 'Table {table}, row {row}: rising {rising} and falling {falling} differ by {expected} {unit}, but a hysteresis error of {stated} is stated',
    advice: judge,
  },
  'hysteresis.not-judged': {
    zh: '表 {table} 第 {rows} 行：回程误差未能核算，因数据空缺、单位不可换算或引用值未写明',
    en: 'Table {table}, rows {rows}: the hysteresis errors could not be judged: a cell is missing, units do not convert, or the span is not stated',
    advice: {
      zh: '请补齐升程、降程示值；以引用误差表示的，请写 basis',
      en: 'Complete both strokes; for a fiducial value state basis',
    },
  },
  'error.rounding': {
    zh: '表 {table} 第 {row} 行：误差按 GB/T 8170 修约应为 {expected}，写作 {stated}',
    en: 'Table {table}, row {row}: rounded half to even the error is {expected}, but {stated} is stated',
    advice: { zh: '见 GB/T 8170—2008 3.2', en: 'See GB/T 8170—2008 3.2' },
  },
  'uncertainty.too-many-digits': {
    zh: '表 {table} 第 {row} 行：不确定度 {uncertainty} 超过两位有效数字',
    en: 'Table {table}, row {row}: the uncertainty {uncertainty} has more than two significant digits',
    advice: { zh: '请修约到一位或两位有效数字', en: 'Round to one or two significant digits' },
  },
  'uncertainty.place-differs': {
    zh: '表 {table} 第 {row} 行：结果 {value} 与不确定度 {uncertainty} 末位不对齐',
    en: 'Table {table}, row {row}: result {value} and uncertainty {uncertainty} end at different places',
    advice: { zh: '请将结果修约到与不确定度同一位', en: 'Round the result to the place of its uncertainty' },
  },
  'limits.reversed': {
    zh: '下限 {lower} 大于上限 {upper}',
    en: 'The lower limit {lower} is above the upper limit {upper}',
    advice: { zh: '请核对后对调或改正', en: 'Swap or correct them' },
  },
  'table.id-twice': {
    zh: '有两张表同用标识“{table}”',
    en: 'Two tables share the name “{table}”',
    advice: { zh: '表标识在记录内应唯一', en: 'Names of tables are unique in a record' },
  },
  'table.budget-row': {
    zh: '表 {table} 的不确定度预算指向第 {row} 行（从 0 计），该行或不确定度列不存在',
    en: 'Table {table}: a budget belongs to row {row} (from 0), but that row or the uncertainty column does not exist',
    advice: { zh: '请核对不确定度预算（budgets）的行号（row）', en: 'Check the row of the budget' },
  },
  'correction.not-negative-error': {
    zh: '表 {table} 第 {row} 行：修正值 {correction} 不是误差 {error} 的反号',
    en: 'Table {table}, row {row}: the correction {correction} is not the negative of the error {error}',
    advice: judge,
  },
  'correction.not-judged': {
    zh: '表 {table} 第 {rows} 行：修正值未能与误差核对，因数据空缺或单位不可换算',
    en: 'Table {table}, rows {rows}: the corrections could not be judged against the errors: a cell is missing, or units do not convert',
    advice: { zh: '修正值与误差请用可换算的单位', en: 'State correction and error in units that convert' },
  },
  'hybrid.values-differ': {
    zh: '表 {table} 第 {row} 行：{main} 应等于 {expected}，写作 {other}',
    en: 'Table {table}, row {row}: {main} equals {expected}, but {other} is stated',
    advice: { zh: '请按单位换算核对', en: 'Check the conversion' },
  },
  'hybrid.quantity-differs': {
    zh: '{main} 应等于 {expected}，另一单位却写作 {other}',
    en: '{main} equals {expected}, but {other} is stated as the same value',
    advice: { zh: '请按单位换算核对', en: 'Check the conversion' },
  },
  'hybrid.not-judged': {
    zh: '{main} 与 {other} 未能核对是否相等，因数据空缺或单位不可换算',
    en: 'Whether {main} equals {other} could not be judged: a value is missing, or units do not convert',
    advice: { zh: '同一量值的两种表示请用可换算的单位，并写全', en: 'State both values, in units that convert' },
  },
  'uncertainty.negative': {
    zh: '不确定度 {uncertainty} 为负',
    en: 'The uncertainty {uncertainty} is negative',
    advice: { zh: '不确定度为非负参数，请去掉负号', en: 'An uncertainty is non-negative; drop the sign' },
  },
  'uncertainty.zero': {
    zh: '不确定度为零',
    en: 'The uncertainty is zero',
    advice: { zh: '没有评定的请写空（null）', en: 'Write null where it was not evaluated' },
  },
  'uncertainty.coverage-factor': {
    zh: '包含因子 k = {k}，应大于零',
    en: 'The coverage factor is {k}; it must be positive',
    advice: { zh: '通常 k = 2', en: 'Usually k = 2' },
  },
  'uncertainty.not-k-times-u': {
    zh: 'U = k·u 不成立：{k} × {standard} = {expected}，写作 {uncertainty}',
    en: 'U = k·u does not hold: {k} × {standard} = {expected}, but {uncertainty} is stated',
    advice: judge,
  },
  'uncertainty.relative-differs': {
    zh: '相对值 {relative} 与量值 {value} 相乘得 {expected}，写作 {uncertainty}',
    en: 'The ratio {relative} of the value {value} gives {expected}, but {uncertainty} is stated',
    advice: judge,
  },
  'uncertainty.budget-differs': {
    zh: '预算各分量合成后 k·u = {expected}，写作 {uncertainty}',
    en: 'The budget combines to k·u = {expected}, but {uncertainty} is stated',
    advice: { zh: '请核对分量的单位与漏项', en: 'Check the units of the contributions and whether one is missing' },
  },
  'uncertainty.neglected-counts': {
    zh: '预算中列为忽略不计的分量不可忽略：计入后为 {expected}，写作 {uncertainty}',
    en: 'A contribution declared negligible is not: with it U is {expected}, but {uncertainty} is stated',
    advice: { zh: '请将该分量计入合成，或说明忽略的理由', en: 'Combine the contribution, or justify why it is left out' },
  },
  'uncertainty.correlation-entry': {
    zh: '第 {entry} 个分量与第 {other} 个分量的相关系数 {r} 无所指，或与别处所写矛盾',
    en: 'The correlation {r} of entries {entry} and {other} names no other entry, or contradicts what is stated of them elsewhere',
    advice: {
      zh: 'entry 为同一预算中另一分量的序号（从 0 计）；每对只写一次，同一相关标识即 r = 1',
      en: 'entry is the place of another entry in the same budget, from 0; state each pair once; a common mark means r = 1',
    },
  },
  'uncertainty.correlation-coefficient': {
    zh: '第 {entry} 个分量与第 {other} 个分量的相关系数 r = {r}，应在 −1 至 1 之间',
    en: 'The correlation coefficient of entries {entry} and {other} is {r}; it lies between −1 and 1',
    advice: { zh: '协方差应除以两分量标准不确定度之积', en: 'Divide a covariance by the product of the two standard uncertainties' },
  },
  'uncertainty.correlation-matrix': {
    zh: '预算中的相关系数互相矛盾：相关矩阵不是半正定的，修约不能解释',
    en: 'The correlation coefficients of the budget contradict each other: their matrix is not positive semi-definite, beyond rounding',
    advice: { zh: '请写全每一对相关分量的 r，并核对正负号', en: 'State r of every correlated pair, and check its sign' },
  },
  'uncertainty.coverage-probability': {
    zh: '包含概率 {coverage} 不在 0 与 1 之间',
    en: 'The coverage probability {coverage} does not lie between 0 and 1',
    advice: { zh: '95 % 写作 "0.95"', en: 'Write "0.95" for 95 %' },
  },
  'uncertainty.interval-reversed': {
    zh: '包含区间的下限 {lower} 大于上限 {upper}',
    en: 'The lower end {lower} of the coverage interval exceeds the upper end {upper}',
    advice: { zh: '请核对 lower 与 upper', en: 'Check lower and upper' },
  },
  'uncertainty.interval-without-value': {
    zh: '量值 {value} 不在其包含区间 [{lower}, {upper}] 之内',
    en: 'The value {value} is outside its coverage interval [{lower}, {upper}]',
    advice: { zh: '区间两端写量值，不写偏差', en: 'State the ends as values of the quantity, not as deviations' },
  },
  'uncertainty.not-judged': {
    zh: '{what}与不确定度未能核对：缺量值、单位不可换算，或未说明是何值的相对值',
    en: 'Could not be judged: {what} cannot be compared with the uncertainty, for want of a value, a common unit, or what the ratio is of',
    advice: { zh: '请用同一单位表示，或写出相对值所依据的量值', en: 'State both in one unit, or state the value that the ratio is of' },
  },
  'uncertainty.cell-empty': {
    zh: '表 {table} 第 {row} 行没有不确定度',
    en: 'Table {table}, row {row}: no uncertainty is stated',
    advice: { zh: '每个校准结果应附不确定度', en: 'Each calibration result states its uncertainty' },
  },
  'uncertainty.percent-as-absolute': {
    zh: '不确定度 {uncertainty} 是百分数，却写在绝对值的位置；按量值 {value} 应为 {expected}',
    en: 'The uncertainty {uncertainty} is a percentage in an absolute field; for the value {value} it is {expected}',
    advice: { zh: '请写绝对值，或注明为相对值（relativeTo: "%"）', en: 'State the absolute value, or add relativeTo: "%"' },
  },
  'uncertainty.last-digits': {
    zh: '不确定度 {uncertainty} 大于量值 {value}，疑为末位记法，应为 {meant}',
    en: 'The uncertainty {uncertainty} exceeds the value {value}; the last-digit notation may be meant: {meant}',
    advice: { zh: '请写完整的小数', en: 'Write the full decimal' },
  },
  'uncertainty.not-stated': {
    zh: '表 {table} 没有不确定度',
    en: 'Table {table} states no uncertainty',
    advice: { zh: '校准结果应附不确定度及 k', en: 'A calibration result states its uncertainty with k' },
  },
} as const
