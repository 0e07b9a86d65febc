/** Texts of the rules over comparisons 计量比对 and supervision 监督检查. */

export const jointWorkRowTexts = {
  'comparison.codes': { zh: '实验室代码的一致性', en: 'Agreement of laboratory codes' },
  'comparison.reference': { zh: '参考值的来源与产生方法', en: 'Origin of the reference value' },
  'comparison.dates': { zh: '测量日期与比对期间', en: 'Dates of measurement within the comparison' },
  'comparison.scores': { zh: 'En、ζ、z 值的计算', en: 'Arithmetic of En, ζ and z' },
  'comparison.outcomes': { zh: '比对结论与评价值的一致性', en: 'Agreement of outcomes with the scores' },
  'supervision.finding': { zh: '问题认定与所载事实的一致性', en: 'Agreement of the finding with the facts stated' },
  'supervision.measures': { zh: '处理措施与期限', en: 'Measures and deadline' },
  'supervision.joint': { zh: '两地共同组织', en: 'Organisers of both sides' },
  'finding.jurisdiction': { zh: '出具机关对检查地点的管辖', en: 'Jurisdiction of the issuing authority over the place' },
} as const

const recompute = { zh: '请用未修约的数据重新计算', en: 'Recompute from unrounded data' }

export const jointWorkMessages = {
  'comparison.laboratories': {
    zh: '实验室数为 {count}，应为 1 至 {most}',
    en: 'There are {count} laboratories; 1 to {most} can be evaluated',
    advice: { zh: '请分批或核对输入', en: 'Check the input' },
  },
  'comparison.not-decimal': {
    zh: '“{text}”不是十进制数文本',
    en: '“{text}” is not a decimal text',
    advice: { zh: '写作 "0.10" 这样的文本', en: 'Write a text such as "0.10"' },
  },
  'comparison.not-positive': {
    zh: '{text} 应大于零',
    en: '{text} must be positive',
    advice: { zh: '不确定度、包含因子、σpt 均大于零', en: 'Uncertainties, coverage factors and σpt are positive' },
  },
  'laboratory.code-twice': {
    zh: '实验室代码 {code} 重复',
    en: 'The laboratory code {code} stands twice',
    advice: { zh: '一个代码只对应一个实验室', en: 'One code, one laboratory' },
  },
  'laboratory.code-unknown': {
    zh: '代码 {code} 不在参加实验室之列',
    en: 'The code {code} is none of the participants',
    advice: { zh: '请核对代码，或补入“参加实验室”（participants）', en: 'Check the code, or add it to participants' },
  },
  'laboratory.result-twice': {
    zh: '实验室 {code} 在测量点 {point} 有两个结果',
    en: 'Laboratory {code} has two results at point {point}',
    advice: { zh: '提交后不得更改；确需更改的，凭书面申请保留一个', en: 'Submitted data stay; keep one, on written request' },
  },
  'laboratory.without-outcome': {
    zh: '实验室 {code} 没有比对结论',
    en: 'Laboratory {code} has no outcome',
    advice: { zh: '请在“比对结论”（outcomes）中写明，退出的加以说明', en: 'State it in outcomes, with a note where it withdrew' },
  },
  'laboratory.measured-outside': {
    zh: '实验室 {code} 的测量日期 {measuredOn} 不在比对期间（{began} 至 {ended}）',
    en: 'Laboratory {code} measured on {measuredOn}, outside the comparison ({began} to {ended})',
    advice: { zh: '请核对日期', en: 'Check the dates' },
  },
  'point.twice': {
    zh: '有两个测量点同用标识“{id}”',
    en: 'Two points share the name “{id}”',
    advice: { zh: '标识在记录内应唯一', en: 'Names of points are unique in a record' },
  },
  'reference.contributors-missing': {
    zh: '参考值由实验室结果产生，但未写明是哪些实验室',
    en: 'The reference value was formed from results, but not from whose',
    advice: {
      zh: '请填写“参与形成参考值的实验室”（contributors）；相关与否影响 En 公式',
      en: 'State contributors; the formula of En depends on it',
    },
  },
  'reference.given-with-contributors': {
    zh: '参考值为给定值，又写有参与形成参考值的实验室',
    en: 'The reference value is given, yet contributors are named',
    advice: {
      zh: '请改“产生方法”（method），或删去“参与形成参考值的实验室”（contributors）',
      en: 'Change the method, or remove contributors',
    },
  },
  'reference.not-from-pilots': {
    zh: '参考值取主导实验室的值，而 {code} 不是主导实验室',
    en: 'The reference value is the pilots’, but {code} is no pilot',
    advice: { zh: '请核对“主导实验室”（pilots）与“参与形成参考值的实验室”（contributors）', en: 'Check pilots and contributors' },
  },
  'reference.differs': {
    zh: '测量点 {point}：按“{method}”计算参考值为 {expected}，写作 {stated}',
    en: 'Point {point}: the reference value by {method} is {expected}, but {stated} is stated',
    advice: recompute,
  },
  'score.differs': {
    zh: '测量点 {point} 实验室 {code}：{score} 应为 {expected}，写作 {stated}',
    en: 'Point {point}, laboratory {code}: {score} is {expected}, but {stated} is stated',
    advice: recompute,
  },
  'score.sign': {
    zh: '测量点 {point} 实验室 {code}：{score} 正负号相反，应为 {expected}',
    en: 'Point {point}, laboratory {code}: {score} has the wrong sign; it is {expected}',
    advice: { zh: '差值为实验室结果减参考值', en: 'The difference is the laboratory’s result minus the reference' },
  },
  'score.correlation-ignored': {
    zh: '测量点 {point} 实验室 {code}：参与形成参考值，En 应为 {expected}；{stated} 用了不相关的公式',
    en: 'Point {point}, laboratory {code} formed the reference value, so En is {expected}; {stated} comes from the formula without correlation',
    advice: { zh: '分母用 √(u² − ur² + ue²)', en: 'The denominator is √(u² − ur² + ue²)' },
  },
  'score.correlation-assumed': {
    zh: '测量点 {point} 实验室 {code}：未参与形成参考值，En 应为 {expected}；{stated} 用了相关的公式',
    en: 'Point {point}, laboratory {code} did not form the reference value, so En is {expected}; {stated} comes from the formula with correlation',
    advice: { zh: '分母用 √(u² + ur² + ue²)', en: 'The denominator is √(u² + ur² + ue²)' },
  },
  'score.not-computable': {
    zh: '测量点 {point} 实验室 {code}：{score} 无法计算，分母不为正',
    en: 'Point {point}, laboratory {code}: {score} cannot be computed; its denominator is not positive',
    advice: { zh: '请核对不确定度与“参与形成参考值的实验室”（contributors）', en: 'Check the uncertainties and contributors' },
  },
  'score.drift-ignored': {
    zh: '测量点 {point} 实验室 {code}：{score} 未计传递标准的不稳定性，计入后为 {expected}，写作 {stated}',
    en: 'Point {point}, laboratory {code}: {score} leaves out the instability of the travelling standard; with it it is {expected}, but {stated} is stated',
    advice: {
      zh: '参考值的标准不确定度包括稳定性分量（ISO 13528:2022 7.1）；已含其中的，请删去 drift',
      en: 'The standard uncertainty of the assigned value includes its stability (ISO 13528:2022 7.1); where it does already, remove drift',
    },
  },
  'score.own-value': {
    zh: '测量点 {point} 实验室 {code}：参考值就是该实验室的结果，{score} 必为零，不能说明其能力',
    en: 'Point {point}, laboratory {code}: the reference value is its own result, so {score} is zero and says nothing of it',
    advice: { zh: '请删去该值', en: 'Remove the score' },
  },
  'score.not-judged': {
    zh: '测量点 {point} 实验室 {code}：{score} 未能复算：{why}',
    en: 'Point {point}, laboratory {code}: {score} could not be judged: {why}',
    advice: {
      zh: '请写标准或扩展不确定度（相对值须有非零量值），z 值另写 sigma',
      en: 'State a standard or an expanded uncertainty (a ratio needs a value other than zero); for z state sigma',
    },
  },
  'reference.not-judged': {
    zh: '测量点 {point}：参考值未能复算，有的参与实验室没有结果或没有可用的不确定度',
    en: 'Point {point}: the reference value could not be judged; a contributor has no result or no uncertainty that can be used',
    advice: { zh: '请核对 contributors 与各实验室的结果', en: 'Check contributors, and the results of these laboratories' },
  },
  'laboratory.not-judged': {
    zh: '实验室 {code} 的结论“{stated}”未能核对：没有任何分值',
    en: 'The outcome “{stated}” of laboratory {code} could not be judged: no score is stated',
    advice: { zh: '请写 En、ζ 或 z', en: 'State En, ζ or z' },
  },
  'outcome.not-from-score': {
    zh: '测量点 {point} 实验室 {code}：{score} = {value}，应为“{expected}”，写作“{stated}”',
    en: 'Point {point}, laboratory {code}: {score} = {value} means {expected}, but {stated} is stated',
    advice: { zh: 'En 限 1；ζ、z 限 2 与 3，不得混用', en: 'En has the limit 1; ζ and z have 2 and 3; they do not mix' },
  },
  'outcome.better-than-points': {
    zh: '实验室 {code} 的结论为“{stated}”，而有测量点为“{worst}”，又未加说明',
    en: 'Laboratory {code} is {stated}, though at one point it is {worst}, and no note says why',
    advice: { zh: '请改正结论，或在“说明”（note）中写明理由', en: 'Change the outcome, or say why in the note' },
  },
  'finding.certificate-shown': {
    zh: '认定“{finding}”，但记载现场出示了证书 {certificate}',
    en: 'The finding is “{finding}”, yet the certificate {certificate} was shown',
    advice: {
      zh: '证书已过有效期的，改为“超过检定周期”；非本器具证书的，请删去',
      en: 'Use overdue where it had expired; remove it where it is another instrument’s',
    },
  },
  'finding.validity-missing': {
    zh: '认定“{finding}”，但未写证书有效期',
    en: 'The finding is “{finding}”, but the certificate’s validity is not stated',
    advice: { zh: '请填写证书的“有效期至”（certificate.validUntil）', en: 'State certificate.validUntil' },
  },
  'finding.not-overdue': {
    zh: '认定“{finding}”，而证书有效期至 {validUntil}，{inspectedOn} 检查时仍有效',
    en: 'The finding is “{finding}”, but the certificate is valid until {validUntil}; the inspection was on {inspectedOn}',
    advice: { zh: '请核对证书与检查日期', en: 'Check the certificate and the date' },
  },
  'finding.results-missing': {
    zh: '认定“{finding}”，但没有现场检测结果',
    en: 'The finding is “{finding}”, but there are no results',
    advice: { zh: '请附“现场检测结果”（results）', en: 'Give results' },
  },
  'finding.no-failed-row': {
    zh: '认定“{finding}”，而现场检测各项均未判不合格',
    en: 'The finding is “{finding}”, but no row of the results failed',
    advice: { zh: '请核对检测结果', en: 'Check the results' },
  },
  'finding.seal-state': {
    zh: '认定“{finding}”，而“封印状态”未写为已破坏',
    en: 'The finding is “{finding}”, but the seals are not stated as broken',
    advice: { zh: '请将“封印状态”写为已破坏（seals: "broken"）', en: 'State seals: "broken"' },
  },
  'finding.type-approval-stated': {
    zh: '认定“{finding}”，而器具写有型式批准证书号 {number}',
    en: 'The finding is “{finding}”, yet the instrument has the type approval {number}',
    advice: { zh: '批准不适用的，删去编号并在描述中说明', en: 'Remove the number where it does not apply, and say so in the description' },
  },
  'finding.not-described': {
    zh: '认定“{finding}”，但没有问题描述',
    en: 'The finding is “{finding}” without a description',
    advice: { zh: '请填写“问题描述”（description）', en: 'State description' },
  },
  'finding.overlooked-overdue': {
    zh: '写“{finding}”，而证书 {certificate} 有效期至 {validUntil}，检查时已过期',
    en: 'It says “{finding}”, yet the certificate {certificate} had expired on {validUntil}',
    advice: { zh: '请改为“超过检定周期”（overdue）', en: 'Use overdue' },
  },
  'finding.overlooked-seal': {
    zh: '写“{finding}”，而封印已破坏',
    en: 'It says “{finding}”, yet a seal is broken',
    advice: { zh: '请改为“破坏封印”', en: 'Use seal-broken' },
  },
  'finding.overlooked-failure': {
    zh: '写“{finding}”，而现场检测有不合格项',
    en: 'It says “{finding}”, yet a row of the results failed',
    advice: { zh: '请改为“不合格”', en: 'Use out-of-limits' },
  },
  'finding.outside-jurisdiction': {
    zh: '检查地点（{place}）不在出具机关（{authority}）的辖区内，且未写指定管辖',
    en: 'The place ({place}) is not within the area of the authority ({authority}), and no designation is stated',
    advice: {
      zh: '由检查地点的市场监督管理部门出具，另一方写入“组织机关”（organisers）；经指定管辖的，请填写“指定管辖”（designation）',
      en: 'Let the authority of the place issue the record and name the other in organisers; where it was designated, state designation',
    },
  },
  'finding.jurisdiction-not-judged': {
    zh: '未能判断出具机关对检查地点的管辖：{reason}',
    en: 'The jurisdiction over the place could not be judged: {reason}',
    advice: {
      zh: '请将检查地点的“行政区划代码”（place.division）写到区县',
      en: 'State place.division as the code of the county or district',
    },
  },
  'measure.none-ordered': {
    zh: '发现问题而未采取措施',
    en: 'There is a finding, but no measure',
    advice: { zh: '请填写“处理措施”（measures）', en: 'State the measure' },
  },
  'measure.without-finding': {
    zh: '未发现问题，但写有处理措施',
    en: 'There is a measure, but no finding',
    advice: { zh: '请核对问题代码', en: 'Check the finding' },
  },
  'measure.deadline-missing': {
    zh: '责令改正而未写期限',
    en: 'Correction is ordered without a deadline',
    advice: { zh: '请填写“整改期限”（deadline）', en: 'State deadline' },
  },
  'measure.deadline-past': {
    zh: '整改期限 {deadline} 早于检查日期 {inspectedOn}',
    en: 'The deadline {deadline} is before the inspection on {inspectedOn}',
    advice: { zh: '请核对日期', en: 'Check the dates' },
  },
  'measure.case-number': {
    zh: '{measure}而未写立案号或决定书文号',
    en: 'The measure is “{measure}”, but the number of its case or decision is not stated',
    advice: { zh: '请填写“立案号或决定书文号”（caseNo）', en: 'State caseNo' },
  },
  'organisers.one-side': {
    zh: '组织单位只有一地',
    en: 'All organisers are of one side',
    advice: { zh: '联合工作请写明两地组织单位', en: 'For joint work, name the organisers of both sides' },
  },
} as const
