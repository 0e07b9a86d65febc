/** Texts of the rules over one record: who, when, by which specification. */

export const conformanceRowTexts = {
  'identifier.uscc': { zh: '统一社会信用代码的校验码', en: 'Check characters of unified social credit codes' },
  'identifier.authorisation': { zh: '授权（认可）证书号', en: 'Authorisation and accreditation numbers' },
  'identifier.specification': { zh: '规程（规范）编号与年号', en: 'Specification numbers with the year of their edition' },
  'identifier.assessment': { zh: '计量标准考核证书号', en: 'Assessment certificate numbers' },
  'identifier.type-approval': { zh: '型式批准证书号', en: 'Type approval number' },
  'identifier.instrument': { zh: '器具类别与出厂编号', en: 'Category and serial number of the instrument' },
  'identifier.division': { zh: '行政区划代码', en: 'Administrative division' },
  'dates.order': { zh: '各日期的先后次序', en: 'Order of the dates' },
  'validity.presence': { zh: '有效期的填写（结论、检定类型）', en: 'Presence of a validity, by conclusion and type of verification' },
  'validity.interval': { zh: '有效期与检定周期', en: 'Validity within the verification interval' },
  'standards.valid': { zh: '所用计量标准在检定（校准）当日的有效期', en: 'Validity of the standards used on the day of the work' },
  'basis.regulation': { zh: '检定依据中的检定规程（JJG）', en: 'A verification regulation (JJG) among the bases' },
  'basis.in-force': { zh: '所依据国家规程（规范）在检定（校准）当日的时效', en: 'National specifications in force on the day of the work' },
  'basis.national-first': { zh: '国家规程优先于地方规程', en: 'National regulation before a local one' },
  'amendment.names-original': { zh: '换发证书所替代的证书编号', en: 'Original certificate that an amended one replaces' },
  'specification.replacement': { zh: '规程（规范）的代替关系', en: 'Replacement of editions' },
  'specification.requirements': { zh: '技术要求的限值', en: 'Limits of the requirements' },
  'specification.publisher': { zh: '地方规范的发布机关', en: 'Publisher of a local specification' },
  'signatories.independent': { zh: '检定（校准）员与核验员的分设', en: 'Independence of the checker' },
  'adjustment.results': { zh: '调修前后的数据', en: 'Results before and after adjustment' },
  'identifier.plate': { zh: '号牌形式', en: 'Form of the number plate' },
  'identifier.characters': { zh: '编号所用字符', en: 'Characters of numbers' },
  'record.personal-number': { zh: '公民身份号码', en: 'Resident identity numbers' },
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
    advice: { zh: '请填写“授权证书号”（issuer.authorisationNo）', en: 'State the authorisation number (issuer.authorisationNo)' },
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
    advice: {
      zh: '首次检定请填写“型式批准证书号”（instrument.typeApprovalNo）',
      en: 'State the type approval number (instrument.typeApprovalNo) on initial verification',
    },
  },
  'category.unknown': {
    zh: '本软件的器具类别表中没有“{category}”（不等于不在强制管理目录内）',
    en: 'The category table of this software has no “{category}”; that says nothing about the national catalogue',
    advice: {
      zh: '请用类别表中的代码：tongheng categories 按名称、代码或规程号查找；确无对应的可保留',
      en: 'Use a slug of the table: tongheng categories finds it by name, slug or regulation; keep yours where none fits',
    },
  },
  'serial.missing': {
    zh: '无出厂编号，无法唯一识别器具（也无法查重）',
    en: 'There is no serial number, so the instrument cannot be told from others, nor a duplicate noticed',
    advice: { zh: '请补写设备编号或赋予永久编号', en: 'Give an asset number or a permanent mark' },
  },
  'division.unknown': {
    zh: '本软件未收录行政区划代码 {division}，请核对',
    en: 'The table of this software has no division {division}: check it',
    advice: {
      zh: '请按民政部当年公布的《县以上行政区划代码》核对六位代码',
      en: 'Check the six digits against the codes that the Ministry of Civil Affairs publishes for the year',
    },
  },
  'dates.order-wrong': {
    zh: '{later}（{a}）早于{earlier}（{b}）',
    en: '{later} ({a}) is earlier than {earlier} ({b})',
    advice: { zh: '请核对两个日期', en: 'Check both dates' },
  },
  'validity.on-notice': {
    zh: '检定结果通知书不给出有效期（写有 {validUntil}）',
    en: 'A notice of failed verification has no validity (it states {validUntil})',
    advice: { zh: '请删去“有效期至”（validUntil）', en: 'Remove validUntil' },
  },
  'validity.on-inspection': {
    zh: '使用中检查不产生新的有效期（写有 {validUntil}）',
    en: 'An in-service inspection gives no new validity (it states {validUntil})',
    advice: { zh: '请删去“有效期至”（validUntil），原证书有效期不变', en: 'Remove validUntil; the certificate’s own validity stays' },
  },
  'validity.too-long': {
    zh: '有效期至 {validUntil} 超过{regulation}的{term}（{period}），最迟为 {latest}',
    en: 'Valid until {validUntil} exceeds the {term} of {regulation}, {period}; the latest day is {latest}',
    advice: { zh: '请按规程规定改正“有效期至”（validUntil）', en: 'Correct validUntil to what the regulation states' },
  },
  'validity.missing': {
    zh: '检定证书未写有效期至',
    en: 'The verification certificate states no day until which it is valid',
    advice: {
      zh: '请按规程的检定周期填写“有效期至”（validUntil）；只作首次检定、失准报废的器具请写明所依据的规程',
      en: 'State validUntil by the interval of the regulation; for instruments verified only once, name the regulation',
    },
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
    zh: '检定依据中没有检定规程（JJG）：{number} 不是检定规程',
    en: 'No verification regulation (JJG) is among the bases: {number} is none',
    advice: {
      zh: '检定须执行检定规程（JJG）；只有校准规范的，应出具校准证书',
      en: 'A verification applies a JJG; where there is only a calibration specification, issue a calibration certificate',
    },
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
  'specification.declared-elsewhere': {
    zh: '{region} 的主管部门发布了 {number}（{statementId}），但该编号不由其发布，其所称日期对本省不作数',
    en: 'The authority of {region} published {number} ({statementId}), which is not its own to declare; its dates do not count here',
    advice: {
      zh: '国家和部门规程、规范以目录为准，地方规程、规范以发布省（市）为准；请向该主管部门核实',
      en: 'The catalogue says what holds of national and ministry editions, its own province of a local one; ask that authority',
    },
  },
  'specification.edition-unknown': {
    zh: '本软件未收录 {number}，无法判断其在检定（校准）当日是否有效',
    en: 'The list of this software does not have {number}; whether it was in force cannot be told',
    advice: {
      zh: '请核对编号和年号，并在国家计量技术规范全文公开系统（jjg.spc.org.cn）查询；主管部门发布该版本信息后可作判断',
      en: 'Check number and year, and look it up at jjg.spc.org.cn; once its authority publishes the edition, it decides',
    },
  },
  'specification.dates-unverified': {
    zh: '未收录 {number} 的实施日期，仅作提示',
    en: 'The dates of {number} are not in our list; this is a hint only',
    advice: {
      zh: '请在国家计量技术规范全文公开系统（jjg.spc.org.cn）核对是否现行',
      en: 'See at jjg.spc.org.cn whether the edition is in force',
    },
  },
  'validity.month-end': {
    zh: '检定日期 {verifiedOn}，有效期至 {validUntil}：检定周期按月计算遇月末，各地做法可差一日',
    en: 'Verified on {verifiedOn}, valid until {validUntil}: at a month’s end practice differs by a day',
    advice: { zh: '有效期通常写“检定日期＋周期－1 日”', en: 'Usually the date of verification plus the interval, less one day, is stated' },
  },
  'plate.form': {
    zh: '号牌“{plate}”与 GA 36—2018 的形式不符（不用字母 I、O；八位号牌限新能源汽车）',
    en: 'The plate “{plate}” has no form of GA 36—2018: no letters I and O; eight characters for new-energy vehicles only',
    advice: { zh: '请对照行驶证核对', en: 'Check it against the vehicle licence' },
  },
  'identifier.lookalike': {
    zh: '“{number}”含有与拉丁字母同形的“{letter}”（{point}）',
    en: '“{number}” holds “{letter}” ({point}), which only looks like a Latin letter',
    advice: { zh: '请改用拉丁字母', en: 'Write the Latin letter' },
  },
  'personal-number.stated': {
    zh: '此处写有公民身份号码',
    en: 'A resident identity number stands here',
    advice: { zh: '请删去，以姓名和注册证号标识人员', en: 'Remove it; persons are named by name and registration number' },
  },
  'specification-number.unusual': {
    zh: '“{number}”的写法不在已知的形式之内，无法据以查找版本',
    en: '“{number}” is of no form we know, so its edition cannot be looked up',
    advice: { zh: '请写作“JJG 517-2016”的形式', en: 'Write it as “JJG 517-2016”' },
  },
  'amendment.replaces-itself': {
    zh: '换发证书的编号 {number} 与被替代的相同',
    en: 'The certificate {number} is said to replace itself',
    advice: { zh: '换发证书应另编号，注明所替代的原证书编号', en: 'Give the new certificate its own number and name the original' },
  },
  'specification.replaces-itself': {
    zh: '{number} 代替自身',
    en: '{number} is said to replace itself',
    advice: { zh: '请核对代替的编号与年号', en: 'Check the numbers and years of what is replaced' },
  },
  'specification.replaced-both-ways': {
    zh: '{number} 既列为代替对象，又列为代替它的版本',
    en: '{number} is both replaced by this edition and replaces it',
    advice: { zh: '请核对“代替”（replaces）与“被代替”（replacedBy），只保留一处', en: 'Keep it in one of replaces and replacedBy' },
  },
  'specification.abolition-undated': {
    zh: '写明已被代替，但未写废止日期',
    en: 'It is replaced, but no date of abolition is given',
    advice: { zh: '请填写“废止日期”（abolishedOn，当日起失效）', en: 'State abolishedOn, the first day out of force' },
  },
  'specification.publisher-region': {
    zh: '{number} 属{region}，发布机关的统一社会信用代码却登记在外地',
    en: '{number} belongs to {region}, but its publisher is registered elsewhere',
    advice: { zh: '请核对发布机关', en: 'Check the publisher' },
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
    advice: { zh: '请给出调修前（as-found）、调修后（as-left）两组结果', en: 'Give results as found and as left' },
  },
  'adjustment.not-described': {
    zh: '有调修后的数据，但没有调修说明',
    en: 'Results after adjustment are given, but the adjustment is not described',
    advice: { zh: '请填写“调修情况”（adjustment）', en: 'State adjustment' },
  },
} as const
