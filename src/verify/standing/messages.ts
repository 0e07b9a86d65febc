/** Messages of the standing of an instrument. */
import { codeOf, defineTexts } from '../../base/message.js'

export const standingTexts = defineTexts({
  codes: {
    'standing.valid': { zh: '检定有效：{certificateNo}，有效期至 {validUntil}', en: 'In force: {certificateNo}, valid until {validUntil}' },
    'standing.valid-by-interval': {
      zh: '检定有效：{certificateNo}，按检定周期推算至 {validUntil}',
      en: 'In force: {certificateNo}, until {validUntil} by the interval of the regulation',
    },
    'standing.valid-no-end': {
      zh: '检定有效：{certificateNo}（{verifiedOn} 检定），证书未写有效期',
      en: 'In force: {certificateNo}, verified on {verifiedOn}; it states no end of validity',
    },
    'standing.failed': {
      zh: '检定不合格：{certificateNo}（{verifiedOn}），不得使用',
      en: 'Failed: {certificateNo} ({verifiedOn}); not to be used',
    },
    'standing.expired': { zh: '已过期：{certificateNo}，有效期至 {validUntil}', en: 'Expired: {certificateNo}, valid until {validUntil}' },
    'standing.expired-by-interval': {
      zh: '已过期：{certificateNo}，按检定周期推算至 {validUntil}',
      en: 'Expired: {certificateNo}, valid until {validUntil} by the interval of the regulation',
    },
    'standing.not-recognised': { zh: '不予互认：{certificateNo}，{reason}', en: 'Not recognised: {certificateNo}: {reason}' },
    'standing.undecided': { zh: '无法判定：{certificateNo}，{reason}', en: 'Undecidable: {certificateNo}: {reason}' },
    'standing.device-only': {
      zh: '仅本机检定合格：{certificateNo}，装车后检定合格方可使用',
      en: 'Verified as a device alone: {certificateNo}; not to be used before it is verified as installed',
    },
    'standing.unreadable': { zh: '有一份材料不是可读的签名记录', en: 'something handed in is no readable statement' },
    'standing.page': {
      zh: '这只是其中一页，其余各页可能有不合格或已撤销的记录；请取完各页再作结论',
      en: 'This is one page; another may hold a failure or a revocation: read all pages before concluding',
    },
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
  },
})

export const coded = codeOf(standingTexts)
