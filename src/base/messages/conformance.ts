/** Texts of the rules over one record: who, when, by which specification. */

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
  'amendment.names-original': { zh: '重新签发的证书指明所代替的证书', en: 'A certificate issued anew names the one it replaces' },
  'specification.replacement': { zh: '代替关系不自相矛盾', en: 'What replaces what is not contradictory' },
  'specification.requirements': { zh: '技术要求的限值完整、上下限不颠倒', en: 'Requirements have limits, the lower below the upper' },
  'specification.publisher': { zh: '地方规范由本省（市）发布', en: 'A local specification is published in its own province' },
  'signatories.independent': { zh: '检定（校准）员与核验员不是同一人', en: 'The one who did the work is not the one who checked it' },
  'adjustment.results': { zh: '经调修的，前后数据齐全', en: 'Where the instrument was adjusted, results before and after are given' },
} as const

export const conformanceMessages = {
  'uscc.check-character': {
    zh: '统一社会信用代码 {uscc} 校验码有误：末位为 {found}，应为 {expected}',
    en: 'The unified social credit code {uscc} ends in {found}; its check character is {expected}',
    advice: { zh: '请按营业执照或法人证书核对', en: 'Check against the registration certificate' },
  },
  'uscc.organisation-code': {
    zh: '统一社会信用代码 {uscc} 中的组织机构代码校验不符',
    en: 'The organisation code inside {uscc} does not carry its own check character',
    advice: { zh: '请核对代码；旧码存在此类情况', en: 'Check the code; some older ones differ' },
  },
  'authorisation-number.missing': {
    zh: '检定证书未写计量检定机构授权证书号',
    en: 'The verification record does not state the authorisation number of its issuer',
    advice: { zh: '请填写 issuer.authorisationNo', en: 'State issuer.authorisationNo' },
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
    advice: { zh: '首次检定请填写 typeApprovalNo', en: 'State typeApprovalNo on initial verification' },
  },
  'category.unknown': {
    zh: '目录中没有器具类别“{category}”',
    en: 'The catalogue has no category “{category}”',
    advice: { zh: '请用目录中的类别代码；确无对应的可保留', en: 'Use a slug of the catalogue; keep it where there is none' },
  },
  'serial.missing': {
    zh: '没有出厂编号，无法发现重复检定',
    en: 'There is no serial number, so duplicate verification cannot be noticed',
    advice: { zh: '请补写设备编号或赋予永久编号', en: 'Give an asset number or a permanent mark' },
  },
  'division.unknown': {
    zh: '川渝两地没有行政区划代码 {division}',
    en: 'Neither province has the division {division}',
    advice: { zh: '请按 GB/T 2260 核对六位代码', en: 'Check the six digits against GB/T 2260' },
  },
  'dates.order-wrong': {
    zh: '{later}（{a}）早于{earlier}（{b}）',
    en: '{later} ({a}) is earlier than {earlier} ({b})',
    advice: { zh: '请核对两个日期', en: 'Check both dates' },
  },
  'validity.on-notice': {
    zh: '检定结果通知书不得有有效期（写了 {validUntil}）',
    en: 'A notice of failed verification has no validity (it states {validUntil})',
    advice: { zh: '请删去有效期', en: 'Remove validUntil' },
  },
  'validity.on-inspection': {
    zh: '使用中检查不产生新的有效期（写了 {validUntil}）',
    en: 'An in-service inspection gives no new validity (it states {validUntil})',
    advice: { zh: '请删去 validUntil，原证书有效期不变', en: 'Remove validUntil; the certificate’s own validity stays' },
  },
  'validity.too-long': {
    zh: '有效期至 {validUntil} 超过检定周期（{period}），最迟为 {latest}',
    en: 'Valid until {validUntil} exceeds the interval {period}; the latest day is {latest}',
    advice: { zh: '请按规程规定的检定周期改正', en: 'Correct it to the interval of the regulation' },
  },
  'standard.expired': {
    zh: '标准器“{name}”的证书有效期至 {validUntil}，{factDate} 检定（校准）时已过期',
    en: 'The certificate of the standard “{name}” was valid until {validUntil}; the work is dated {factDate}',
    advice: {
      zh: '请用当日有效的标准器重新检定（校准），或改正其有效期',
      en: 'Repeat the work with a standard valid on the day, or correct its validity',
    },
  },
  'standard.assessment-expired': {
    zh: '计量标准“{name}”的考核证书 {number} 有效期至 {validUntil}，{factDate} 检定（校准）时已过期',
    en: 'The assessment {number} of “{name}” was valid until {validUntil}; the work is dated {factDate}',
    advice: { zh: '请完成计量标准复查，或改正证书号与有效期', en: 'Renew the assessment, or correct its number and validity' },
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
    advice: { zh: '请改用当日有效的版本', en: 'Use the edition in force on the day' },
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
    advice: { zh: '由主管部门发布该版本信息后可作判断', en: 'Its authority may publish the edition; then it decides' },
  },
  'validity.month-end': {
    zh: '检定日期 {verifiedOn} 推至月末，有效期至 {validUntil}，各地算法可能差一日',
    en: 'From {verifiedOn} the interval runs to a month’s end, {validUntil}; practice differs by a day',
    advice: { zh: '为免争议，可写前一日', en: 'To avoid dispute, state the day before' },
  },
  'amendment.replaces-itself': {
    zh: '重新签发的证书编号 {number} 与被代替的相同',
    en: 'The certificate {number} is said to replace itself',
    advice: { zh: '重新签发应另编号，并写明原证书编号', en: 'Give the new certificate its own number and name the original' },
  },
  'specification.replaces-itself': {
    zh: '{number} 代替自身',
    en: '{number} is said to replace itself',
    advice: { zh: '请核对代替的编号与年号', en: 'Check the numbers and years of what is replaced' },
  },
  'specification.replaced-both-ways': {
    zh: '{number} 既是被代替者，又是代替者',
    en: '{number} is both replaced by this edition and replaces it',
    advice: { zh: '只保留一个方向', en: 'Keep one direction' },
  },
  'specification.abolition-undated': {
    zh: '写明已被代替，却没有废止日期',
    en: 'It is replaced, but no date of abolition is given',
    advice: { zh: '请写 abolishedOn（当日起失效）', en: 'State abolishedOn, the first day out of force' },
  },
  'specification.publisher-region': {
    zh: '{number} 属{region}，发布机关的统一社会信用代码却登记在外地',
    en: '{number} belongs to {region}, but its publisher is registered elsewhere',
    advice: { zh: '请核对发布机关', en: 'Check the publisher' },
  },
  'limits.reversed': {
    zh: '下限 {lower} 大于上限 {upper}',
    en: 'The lower limit {lower} is above the upper limit {upper}',
    advice: { zh: '请对调或改正', en: 'Swap or correct them' },
  },
  'limits.absent': {
    zh: '要求“{id}”没有上限也没有下限',
    en: 'The requirement “{id}” has neither limit',
    advice: { zh: '请至少写一个限值', en: 'State at least one' },
  },
  'requirement.twice': {
    zh: '有两条要求同用标识“{id}”',
    en: 'Two requirements share the name “{id}”',
    advice: { zh: '标识在规范内应唯一', en: 'Names are unique in a specification' },
  },
  'signatories.same-person': {
    zh: '检定（校准）与核验均为{name}',
    en: '{name} both did the work and checked it',
    advice: { zh: '检定（校准）与核验应由两人承担', en: 'Two people must do the work and check it' },
  },
  'adjustment.results-missing': {
    zh: '写明经过调修，但没有调修前后两组数据',
    en: 'Adjustment is described, but results before and after are not both given',
    advice: { zh: '请给出 as-found、as-left 两组结果', en: 'Give results as found and as left' },
  },
  'adjustment.not-described': {
    zh: '有调修后的数据，但没有调修说明',
    en: 'Results after adjustment are given, but the adjustment is not described',
    advice: { zh: '请写 adjustment', en: 'State adjustment' },
  },
} as const
