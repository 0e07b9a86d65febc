/** Texts of recognition: the agreement, its conditions, validity on the day asked about. */

export const recognitionRowTexts = {
  'record.outcome': { zh: '检定结论', en: 'Conclusion of the verification' },
  'record.validity': { zh: '判定当日的有效期', en: 'Validity on the day asked about' },
  'agreement.in-force': { zh: '互认协议在检定（校准）当日的时效', en: 'Agreement in force on the day of the work' },
  'agreement.clause': { zh: '互认条款的适用', en: 'Clause of the agreement that applies' },
  'condition.mobile-only': { zh: '移动式计量器具', en: 'Mobile instruments only' },
  'condition.specification-in-force': {
    zh: '依据的规程（规范）在检定（校准）当日的时效',
    en: 'Specifications applied in force on the day of the work',
  },
  'condition.local-specification-adopted': {
    zh: '采信方对地方规范的采纳',
    en: 'Adoption of local specifications by the recognising province',
  },
  'condition.issuer-authorised': {
    zh: '证书所写授权证书号与信任列表的一致性',
    en: 'Authorisation stated on the record, listed and in force',
  },
  'condition.uncertainty-at-most': { zh: '不确定度与允许误差之比', en: 'Ratio of uncertainty to limit' },
  'condition.uncertainty-within-capability': { zh: '出具机构的测量范围与测量能力（CMC）', en: 'Range and capability (CMC) of the issuer' },
  'condition.validity-remaining': { zh: '剩余有效期', en: 'Remaining validity' },
  'condition.known': { zh: '互认条件的识别', en: 'Conditions of the clause, all known' },
} as const

export const recognitionMessages = {
  'outcome.failed-verification': {
    zh: '检定不合格（检定结果通知书 {certificateNo}），器具不得使用',
    en: 'The verification failed (notice {certificateNo}); the instrument is not to be used',
    advice: {
      zh: '请停止使用该器具，修理后重新申请检定',
      en: 'Take the instrument out of use, have it repaired, and apply for verification again',
    },
  },
  'outcome.accepted-failure': {
    zh: '采信该不合格结论；重新检定合格前，器具不得使用',
    en: 'the failure is accepted; the instrument is not to be used until it passes a new verification',
  },
  'validity.expired': {
    zh: '有效期至 {validUntil}，{today} 已过期',
    en: 'Valid until {validUntil}; on {today} it has expired',
    advice: { zh: '请申请后续检定', en: 'Apply for subsequent verification' },
  },
  'validity.by-interval': {
    zh: '证书未写有效期至；按{regulation}的{term}（{period}）计至 {latest}，{today} 尚在期内',
    en: 'No validity is stated; by the {term} of {regulation}, {period}, it ends on {latest}; {today} is within it',
  },
  'validity.interval-passed': {
    zh: '证书未写有效期至；按{regulation}的{term}（{period}）计至 {latest}，{today} 已过期',
    en: 'No validity is stated; by the {term} of {regulation}, {period}, it ended on {latest}; {today} is past it',
    advice: {
      zh: '请申请后续检定；到期轮换的器具请更换',
      en: 'Apply for subsequent verification, or replace the instrument where its term of use has ended',
    },
  },
  'validity.initial-only': {
    zh: '只作首次强制检定、失准报废的器具（{regulation}），没有有效期',
    en: 'Instruments verified once and used until no longer accurate ({regulation}) have no validity',
  },
  'validity.not-stated': {
    zh: '证书未写有效期至，所依据规程的检定周期未收录或未经核实，无法确定 {today} 是否有效',
    en: 'No validity is stated, and no verified interval of the regulation is at hand: whether it holds on {today} cannot be told',
    advice: {
      zh: '请出具机构写明“有效期至”（validUntil）后换发；使用中检查以原检定证书的有效期为准',
      en: 'Ask the issuer for a certificate that states validUntil; after an in-service inspection the validity of the certificate itself counts',
    },
  },
  'validity.not-yet': {
    zh: '检定（校准）日期 {factDate} 晚于判定日期 {today}',
    en: 'The work is dated {factDate}, after the day asked about, {today}',
  },
  'validity.abolished': { zh: '{number} 已于 {abolishedOn} 废止', en: '{number} was abolished on {abolishedOn}' },
  'validity.remaining-unknown': {
    zh: '证书未写有效期至，无法判断剩余有效期是否达到协议要求的{min}（至 {needed}）',
    en: 'No validity is stated; whether the {min} that the agreement asks for remain (until {needed}) cannot be told',
    advice: { zh: '请出具机构写明“有效期至”（validUntil）后换发', en: 'Ask the issuer for a certificate that states validUntil' },
  },
  'validity.remaining-too-short': {
    zh: '有效期至 {validUntil}，协议要求剩余有效期至少{min}（至 {needed}）',
    en: 'Valid until {validUntil}; the agreement asks for {min} more (until {needed})',
  },
  'agreement.not-supplied': { zh: '没有互认协议，无法判定', en: 'No agreement was supplied: undecidable' },
  'agreement.not-in-force': { zh: '{factDate} 没有生效的互认协议', en: 'No agreement was in force on {factDate}' },
  'agreement.newer-members': {
    zh: '互认协议 {agreement} 第 {version} 版中有本版本不认识的内容（{count} 处：{members}），签名有效，但无法判定',
    en: 'The agreement {agreement}, version {version}, is genuine and holds {count} parts that this version does not know ({members}): undecidable',
    advice: { zh: '请升级本软件后重新判定', en: 'Update this software and judge again' },
  },
  'agreement.empty': { zh: '协议没有签名，或签名过多', en: 'The agreement has no signature, or too many' },
  'agreement.payload-differs': { zh: '各方所签协议内容不同', en: 'The parties signed different payloads' },
  'agreement.shape': { zh: '协议结构有误：{path}', en: 'The agreement has a fault of shape at {path}' },
  'agreement.condition': {
    zh: '条款 {clause} 的条件 {condition} 参数有误',
    en: 'Clause {clause}: the parameters of condition {condition} are wrong',
  },
  'agreement.not-signed': { zh: '协议缺少{name}（{party}）的有效签名', en: 'The agreement lacks a valid signature of {name} ({party})' },
  'agreement.test-failed': {
    zh: '协议未通过随附测试“{title}”：应适用 {expected}，实为 {found}',
    en: 'The agreement fails its own test “{title}”: expected clause {expected}, found {found}',
  },
  'clause.domestic': { zh: '在{region}出具、在{region}使用，无需互认', en: 'Issued and used in {region}: nothing needs recognising' },
  'clause.no-kind': { zh: '协议不包括此种记录（{kind}）', en: 'The agreement does not cover this kind of record ({kind})' },
  'clause.no-direction': { zh: '协议不包括{from}至{to}方向的{kind}', en: 'The agreement does not cover {kind} from {from} to {to}' },
  'clause.no-category': { zh: '协议不包括{category}', en: 'The agreement does not cover the category {category}' },
  'clause.no-date': { zh: '{factDate} 没有适用的条款', en: 'No clause applied on {factDate}' },
  'condition.not-known': {
    zh: '条款含有本版本不能识别的条件（{names}），无法判定',
    en: 'The clause has conditions this version does not know ({names}): undecidable',
    advice: { zh: '请升级软件', en: 'Upgrade the software' },
  },
  'authorisation.not-stated': { zh: '证书未写授权或认可证书号', en: 'The record states no authorisation or accreditation number' },
  'authorisation.not-listed': {
    zh: '证书所写“{number}”不在检定（校准）当日有效的授权（认可）之列（在列：{listed}）',
    en: '{number}, as stated on the record, is not among the authorisations in force on the day of the work ({listed})',
  },
  'standing.valid': { zh: '检定有效：{certificateNo}，有效期至 {validUntil}', en: 'In force: {certificateNo}, valid until {validUntil}' },
  'standing.failed': {
    zh: '检定不合格：{certificateNo}（{verifiedOn}），不得使用',
    en: 'Failed: {certificateNo} ({verifiedOn}); not to be used',
  },
  'standing.expired': { zh: '已过期：{certificateNo}，有效期至 {validUntil}', en: 'Expired: {certificateNo}, valid until {validUntil}' },
  'standing.not-recognised': { zh: '不予互认：{certificateNo}，{reason}', en: 'Not recognised: {certificateNo}: {reason}' },
  'standing.undecided': { zh: '无法判定：{certificateNo}，{reason}', en: 'Undecidable: {certificateNo}: {reason}' },
  'standing.device-only': {
    zh: '仅本机检定合格：{certificateNo}，装车后检定合格方可使用',
    en: 'Verified as a device alone: {certificateNo}; not to be used before it is verified as installed',
  },
  'standing.unreadable': { zh: '有一份材料不是可读的签名记录', en: 'something handed in is no readable statement' },
  'standing.ambiguous': {
    zh: '没有写明出厂编号，不能确定是哪一台器具',
    en: 'It states no serial number, and more than one instrument fits',
  },
  'standing.name-twice': {
    zh: '出具机构把同一编号 {jti} 用于内容不同的签名记录：其中的合格结论不予采用，不合格结论照常有效，请向出具机构核实',
    en: 'The issuer used one name ({jti}) for statements of different content: a pass among them does not count, a failure does; ask the issuer',
  },
  'standing.number-twice': {
    zh: '证书编号 {certificateNo} 用于不同的器具或不同的内容，请向出具机构核实',
    en: 'The certificate number {certificateNo} was used for two instruments or two contents; ask the issuer',
  },
  'standing.identity-differs': {
    zh: '出厂编号相同，而制造单位和型号都不同：{certificates}，请核对是否同一台器具',
    en: 'One serial number with other makers and models: {certificates}; check whether they are one instrument',
  },
  'standing.none': { zh: '没有可采用的检定记录', en: 'No verification record counts' },
  'standing.fail-wins': {
    zh: '检定结果通知书 {certificateNo} 优先于仍在有效期内的 {others}',
    en: 'The notice of failure {certificateNo} prevails over {others}, whose validity has not ended',
  },
  'standing.duplicate': {
    zh: '不同机构的检定证书同时有效：{certificates}',
    en: 'Certificates of several bodies are in force at once: {certificates}',
  },
  'capability.not-listed': {
    zh: '信任列表未载明出具机构对“{category}”此量的测量能力（表 {table} 第 {row} 行），无法判定',
    en: 'The trust list states no capability of the issuer for this quantity of {category} (table {table}, row {row}): undecidable',
    advice: {
      zh: '请主管部门在信任列表中登记其校准和测量能力',
      en: 'Ask the authority to list the calibration and measurement capability',
    },
  },
  'capability.out-of-range': {
    zh: '表 {table} 第 {row} 行超出出具机构对“{category}”的测量范围',
    en: 'Table {table}, row {row} is outside the range of the issuer for {category}',
  },
  'capability.uncertainty-below': {
    zh: '表 {table} 第 {row} 行的不确定度小于出具机构的最小不确定度 {smallest} {unit}',
    en: 'The uncertainty in table {table}, row {row} is smaller than the issuer’s smallest, {smallest} {unit}',
    advice: { zh: '请出具机构核对不确定度评定', en: 'Ask the issuer to check the evaluation of uncertainty' },
  },
  'uncertainty.ratio-exceeded': {
    zh: '表 {table} 第 {row} 行：U 超过允许误差的 {ratio}',
    en: 'Table {table}, row {row}: U exceeds {ratio} of the limit',
  },
  'uncertainty.ratio-not-judged': {
    zh: '表 {table} 第 {row} 行：U 与允许误差之比无法判断：{reason}',
    en: 'Table {table}, row {row}: the share of U in the limit could not be judged: {reason}',
  },
  'uncertainty.ratio-no-limits': {
    zh: '结果表中没有可比较的限值，U 与允许误差之比无法判断',
    en: 'The results state no limits to compare with, so the share of U in them could not be judged',
  },
  'capability.not-judged': {
    zh: '表 {table} 第 {row} 行的测得值或不确定度无法与核准的测量能力比较',
    en: 'Table {table}, row {row}: value or uncertainty could not be compared with the capability listed',
  },
  'capability.no-uncertainty': {
    zh: '结果表中没有不确定度，无法与核准的测量能力比较',
    en: 'The results state no uncertainty to compare with the capability listed',
  },
  'instrument.not-mobile': {
    zh: '未写移动式器具信息，不属移动式计量器具',
    en: 'No information of a mobile instrument is given, so the clause on mobile instruments does not hold',
  },
  'instrument.mobility-unlisted': {
    zh: '本软件的器具类别表未把{category}列为移动式（该表不是官方目录）',
    en: 'The category table of this software does not list “{category}” as mobile (it is no official list)',
  },
  'specification.not-adopted': { zh: '{region}未采纳 {number}', en: '{region} has not adopted {number}' },
  'specification.not-adopted-yet': {
    zh: '{region}自 {from} 起采纳 {number}（{documentNo}），{on} 时尚未采纳',
    en: '{region} adopts {number} from {from} ({documentNo}); on {on} it had not yet',
  },
  'specification.adoption-ended': {
    zh: '{region}对 {number} 的采纳在 {on} 前已终止',
    en: 'The adoption of {number} by {region} had ended by {on}',
  },
  'verdict.not-recognised': { zh: '不能作为已互认的记录使用：{reason}', en: 'Not to be used as a recognised record: {reason}' },
} as const
