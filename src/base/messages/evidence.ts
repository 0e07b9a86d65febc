/** Texts about evidence bundles. */
export const evidenceMessages = {
  'evidence.shape': { zh: '证据包结构有误：{path}', en: 'The evidence bundle has a fault of shape at {path}' },
  'evidence.lists': {
    zh: '证据包中同一地址的状态表有 {count} 份，至多 {most} 份',
    en: 'The evidence bundle has {count} status lists of the addresses it names; at most {most}',
    advice: {
      zh: '判定只依据所问时刻的最新一份：去除其余各份',
      en: 'A verdict rests on the newest of the moment asked about: take the others out',
    },
  },
  'evidence.same': {
    zh: '与证据包中的判定逐字节相同（tongheng {version}，数据表 {catalogue}）',
    en: 'The same verdict as in the bundle, byte for byte (tongheng {version}, catalogue {catalogue})',
  },
  'evidence.extended': {
    zh: '结论与证据包中的相同（tongheng {version}，数据表 {catalogue}）；此后版本的变化不改变结论：',
    en: 'The same outcome as in the bundle (tongheng {version}, catalogue {catalogue}); what later versions changed leaves it as it was:',
  },
  'evidence.overruled': {
    zh: '证据包当时的结论为{outcome}（tongheng {version}，数据表 {catalogue}）；此后新增或改进的检查使结论改为{now}：',
    en: 'The bundle gives: {outcome} (tongheng {version}, catalogue {catalogue}); with the checks added or mended since then it is: {now}:',
    advice: {
      zh: '请核实证据包确由该版本作出；以哪一版规则为准，由采信方决定',
      en: 'Make sure that the bundle is of that version; which rules count is for whoever relies on it to say',
    },
  },
  'evidence.revised': { zh: '规则已改进、结果与当时不同的检查项：{places}', en: 'Mended since then, and otherwise today: {places}' },
  'evidence.reworded': { zh: '结果相同、仅文字改动的检查项：{places}', en: 'The same result in other words: {places}' },
  'evidence.differing': { zh: '不同之处：{places}', en: 'What differs: {places}' },
  'evidence.differs': {
    zh: '与证据包中的判定不同：当时为 {outcome}（tongheng {version}，数据表 {catalogue}）',
    en: 'Not the verdict in the bundle, which was {outcome} (tongheng {version}, catalogue {catalogue})',
    advice: { zh: '请用当时的版本重算，并核对证据包来源', en: 'Replay it with that version, and ask where the bundle comes from' },
  },
  'evidence.own-anchors': {
    zh: '未给信任文件：证据包只是自证，凭此不能采信。所用根公钥是它自带的，指纹为 {roots}',
    en: 'No trust file was given: the bundle vouches for itself, which proves nothing. The root keys used are its own, with the thumbprints {roots}',
    advice: {
      zh: '请用 --trust 给出自己固定了根公钥的信任文件，重新得出判定',
      en: 'Give the trust file with the root keys that you pinned (--trust), and compute the verdict from those',
    },
  },
  'log-evidence.refused': {
    zh: '日志证据不可采信（{reason}）：应为主管部门节点的回执，或带见证方会签检查点的包含证明',
    en: 'The log evidence proves nothing ({reason}): a receipt of an authority’s node is expected, or an inclusion proof with a checkpoint that a witness cosigned',
  },
  'log-evidence.shape': { zh: '日志证据结构有误：{path}', en: 'The log evidence has a fault of shape at {path}' },
  'evidence.one-file': { zh: '--bundle 一次只写一份签名记录的证据包', en: '--bundle writes the evidence of one statement at a time' },
} as const
