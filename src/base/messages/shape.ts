/** Texts about form: the statement, its JSON, the record's shape. */

export const shapeRowTexts = {
  'statement.size': { zh: '签名记录的长度', en: 'Size of the statement' },
  'statement.lexing': { zh: '紧凑 JWS 格式与编码形式的唯一性', en: 'Compact JWS in its only spelling' },
  'statement.header': { zh: '头部参数、算法与类型', en: 'Header parameters, algorithm and type' },
  'statement.payload': { zh: '载荷 JSON 的严格性', en: 'Strictness of the JSON payload' },
  'statement.claims': { zh: '载荷声明的完整性', en: 'Completeness of the claims' },
  'record.kind': { zh: '记录种类与版本', en: 'Kind and version of the record' },
  'record.schema': { zh: '记录结构', en: 'Shape of the record' },
  'record.number': { zh: '证书编号在出具机构内的唯一性', en: 'Uniqueness of the certificate number within its issuer' },
} as const

export const shapeMessages = {
  'not-applicable': { zh: '{row}：不适用', en: '{row}: not applicable' },
  blocked: { zh: '{row}：未检查（“{by}”未通过）', en: '{row}: not checked (waits for: {by})' },
  'findings.more': { zh: '另有 {more} 处同类问题未列出', en: '{more} more findings of this kind are not listed' },

  'format.too-large': {
    zh: '签名记录过长：{length} 个字符，上限 {maxLength}',
    en: 'The statement is too long: {length} characters, the limit is {maxLength}',
    advice: { zh: '附件请以摘要引用，不要放进记录', en: 'Refer to attachments by digest instead of carrying them in the record' },
  },
  'format.segments': {
    zh: '不是紧凑 JWS：应为以两个点分开的三段',
    en: 'Not a compact JWS: three segments separated by two dots are expected',
    advice: { zh: '请提交签名记录原文，不要提交 JSON 序列化形式', en: 'Send the signed statement itself, not a JSON serialisation of it' },
  },
  'format.alphabet': {
    zh: '第 {offset} 个字符之后出现 base64url 以外的字符（填充、空白、“+”“/”均不允许）',
    en: 'A character outside base64url at offset {offset} (padding, white space, “+” and “/” are not allowed)',
    advice: { zh: '请按原文传送，不要换行、补等号或转码', en: 'Transmit the text unchanged: no line breaks, padding or re-encoding' },
  },
  'format.length': { zh: 'base64url 长度 {length} 不成立', en: 'Impossible base64url length {length}' },
  'format.unused-bits': { zh: 'base64url 末位的空闲比特不为零', en: 'Unused bits at the end of a base64url segment are not zero' },
  'format.header': { zh: '头部不是合格的 JSON 对象（{reason}）', en: 'The header is not an acceptable JSON object ({reason})' },
  'header.member': {
    zh: '头部含有不允许的参数“{member}”',
    en: 'The header has a member that is not allowed: “{member}”',
    advice: {
      zh: '头部只能有 alg、kid、typ；密钥一律从信任列表取',
      en: 'Only alg, kid and typ are allowed; keys come from the trust list alone',
    },
  },
  'header.missing': { zh: '头部缺少“{member}”', en: 'The header lacks “{member}”' },
  'header.kid': { zh: '头部 kid 不是 43 个字符的密钥指纹', en: 'The kid of the header is not a key thumbprint of 43 characters' },
  'alg.not-allowed': { zh: '签名算法 {alg} 不被接受', en: 'The signature algorithm {alg} is not accepted' },
  'alg.not-of-key': {
    zh: '头部声称算法 {alg}，而该密钥只用于 {expected}',
    en: 'The header claims {alg}, but the key is for {expected} only',
  },
  'typ.unexpected': {
    zh: '签名内容的类型为 {typ}，此处要求 {expected}',
    en: 'The statement is of type {typ}; {expected} is expected here',
  },
  'crit.not-understood': { zh: '头部 crit 列有不能识别的扩展：{crit}', en: 'The extensions listed in crit are not understood: {crit}' },

  'json.byte-order-mark': {
    zh: '文件以字节顺序标记（BOM）开头',
    en: 'The text begins with a byte order mark',
    advice: { zh: '请另存为“UTF-8（无 BOM）”', en: 'Save it as UTF-8 without a byte order mark' },
  },
  'json.utf8': {
    zh: '不是合法的 UTF-8',
    en: 'Not valid UTF-8',
    advice: { zh: '请另存为 UTF-8；GBK 等编码不能用', en: 'Save it as UTF-8; GBK and other encodings are not taken' },
  },
  'json.syntax': {
    zh: 'JSON 语法错误：第 {line} 行第 {column} 列，遇到 {found}',
    en: 'JSON syntax error at line {line}, column {column}: found {found}',
  },
  'json.duplicate-name': {
    zh: '成员“{name}”重复：第 {line} 行第 {column} 列',
    en: 'Duplicate member “{name}” at line {line}, column {column}',
    advice: { zh: '同名成员在不同系统中会读出不同内容，请删去其一', en: 'Two systems would read two contents; remove one' },
  },
  'json.forbidden-name': {
    zh: '不允许的成员名“{name}”：第 {line} 行第 {column} 列',
    en: 'Forbidden member name “{name}” at line {line}, column {column}',
  },
  'json.number': {
    zh: '数 {found} 不是可精确表示的整数：第 {line} 行第 {column} 列',
    en: 'The number {found} is not an exactly representable integer, at line {line}, column {column}',
    advice: {
      zh: '测量值请写成字符串，如 "1.20"，以保留末位零',
      en: 'Write measured values as strings, such as "1.20", so that trailing zeros survive',
    },
  },
  'json.character': {
    zh: '不允许的字符 {character}：第 {line} 行第 {column} 列',
    en: 'Character {character} is not allowed, at line {line}, column {column}',
  },
  'json.too-deep': { zh: '嵌套超过 {maxDepth} 层', en: 'Nested deeper than {maxDepth} levels' },
  'json.too-large': { zh: '输入过长：{length}，上限 {maxLength}', en: 'The input is too long: {length}, the limit is {maxLength}' },
  'json.too-many-values': { zh: '值超过 {maxValues} 个', en: 'More than {maxValues} values' },
  'json.not-object': { zh: '应为 JSON 对象', en: 'A JSON object is expected' },

  'decimal.syntax': { zh: '“{text}”不是十进制数：{reason}', en: '“{text}” is not a decimal: {reason}' },
  'decimal.interval': {
    zh: '修约间隔 {interval} 不是正数',
    en: 'The rounding interval {interval} is not positive',
    advice: { zh: '写作 0.1、0.2、0.5、1 等', en: 'Write 0.1, 0.2, 0.5, 1 or the like' },
  },
  'date.period': { zh: '“{text}”不是时段（如 P6M、P1Y）', en: '“{text}” is not a period such as P6M or P1Y' },
  'date.instant': {
    zh: '“{text}”不是带时区的时间',
    en: '“{text}” is not an instant with an offset',
    advice: { zh: '写作 2025-06-16T09:00:00+08:00', en: 'Write 2025-06-16T09:00:00+08:00' },
  },

  'kind.missing': {
    zh: '未写明记录种类和版本',
    en: 'The record does not state its kind and version',
    advice: { zh: '请写 kind 与 version', en: 'State kind and version' },
  },
  'record.newer-members': {
    zh: '记录中有本版本不认识的内容（{count} 处：{members}），可能由更新的版本签发，无法判定',
    en: 'The record holds {count} parts that this version does not know ({members}), perhaps of a later version: undecidable',
    advice: {
      zh: '请升级本软件后重新判定；若是笔误，请出具机构改正后重新签发',
      en: 'Update this software and judge again; if it is a slip, ask the issuer to correct it and sign a new statement',
    },
  },
  'record.number-taken': {
    zh: '证书编号 {number} 已有另一份证书（{earlier}），器具或内容不同',
    en: 'The certificate number {number} is on another certificate already ({earlier}), of another instrument or content',
    advice: {
      zh: '若是修改后重新签发，请以 supersedes 或 amendment 指明所代替的证书；若是误用编号，请换编号重新签发',
      en: 'If it replaces that certificate, name it in supersedes or amendment; if the number is a slip, sign under another one',
    },
  },
  'kind.unknown': {
    zh: '本版本不认识记录种类“{kind}”（已知：{known}）',
    en: 'This version does not know the kind “{kind}” (known: {known})',
  },
  'kind.version-unknown': { zh: '本版本不认识“{kind}”的第 {version} 版', en: 'This version does not know version {version} of “{kind}”' },
  'record.invalid': {
    zh: '记录结构有 {count} 处不合要求，首处：{first}',
    en: 'The shape of the record has faults ({count}); the first: {first}',
  },
  'shape.missing': { zh: '缺少“{name}”', en: '“{name}” is missing' },
  'shape.unrecognised': {
    zh: '不认识的成员“{name}”',
    en: 'Unrecognised member “{name}”',
    advice: { zh: '请核对拼写，或删去', en: 'Check the spelling, or remove it' },
  },
  'shape.type': { zh: '“{name}”应为 {expected}，实为 {found}', en: '“{name}” should be {expected}, but is {found}' },
  'shape.number': {
    zh: '“{name}”写成了 JSON 数 {found}',
    en: '“{name}” is written as the JSON number {found}',
    advice: { zh: '测量值请写成字符串，以保留末位零', en: 'Write measured values as strings, so that trailing zeros survive' },
  },
  'shape.value': {
    zh: '“{name}”的值 {found} 不在允许之列（{expected}）',
    en: '“{name}” has the value {found}, which is not one of: {expected}',
  },
  'shape.format': { zh: '“{name}”的写法不合要求：{found}', en: '“{name}” is not written as required: {found}' },
  'shape.too-big': { zh: '“{name}”超出上限 {maximum}', en: '“{name}” exceeds the limit of {maximum}' },
  'shape.too-small': { zh: '“{name}”低于下限 {minimum}', en: '“{name}” is below the limit of {minimum}' },
} as const
