// Full descriptions for the schemas of documents other than records. The source has only a label for each member, for error messages, so that
// judging does not load the rest. By document, name of the schema in it (empty for the document), and path.
import type { Described } from '../../src/base/faults.ts'

export const documentTexts: Readonly<Record<string, Described>> = {
  agreement: {
    agreement: {
      id: ['协议标识', 'Name of the agreement'],
      from: ['生效日期', 'In force from, by the date of the fact'],
      to: ['终止日期（含当日）', 'In force until, inclusive'],
      tests: ['随附测试：不通过不得签署', 'Tests it carries; it cannot be signed unless they pass'],
      'tests/*/clause': ['应适用的条款；空表示都不适用', 'Clause that must apply, or null for none'],
    },
    'clause-condition': { '': ['互认条件', 'Condition of a clause'], name: ['条件名', 'Name of the condition'] },
    clause: {
      id: ['条款标识', 'Name of the clause'],
      basis: ['文件依据', 'Document it rests on'],
      effect: ['互认效力', 'What recognition means'],
      categories: ['器具类别', 'Instrument categories, or all'],
      'directions/*/from': ['出具方所在省（市）', 'Province of the issuer'],
      'directions/*/to': ['采信方所在省（市）', 'Province that recognises'],
      from: ['起始日期', 'From, inclusive, by the date of the fact'],
      to: ['终止日期（含当日）', 'Until, inclusive, by the date of the fact'],
      labelSuffices: [
        '器具上的标签即可为凭：标签不载的条件（依据、结果、授权证书号）不再逐项核对',
        'The label on the instrument suffices: conditions on what a label does not carry (basis, results, authorisation) do not hinder',
      ],
    },
  },
  notice: {
    notice: {
      iss: ['公告机构', 'Who gives notice', 'RFC 7519 §4.1.1'],
      jti: ['公告编号', 'Name of the notice within its issuer', 'RFC 7519 §4.1.7'],
      iat: ['公告时间', 'Time of signing', 'RFC 7519 §4.1.6'],
      action: ['撤销、暂停、恢复或替代', 'Revoke, suspend, reinstate or supersede'],
      statements: ['所涉签名记录的标识', 'Ids of the statements'],
      basis: ['依据', 'Clause or document it rests on'],
      from: ['生效时间；早于公告时间即为追溯', 'Takes effect; before the time of signing it is retroactive'],
      replacedBy: ['替代记录的标识，仅用于替代', 'Id of the statement that supersedes; with supersede only'],
    },
  },
  'status-list': {
    'status-list': {
      iss: ['签名机构', 'Issuer', 'RFC 7519 §4.1.1'],
      sub: ['状态表地址', 'Address of the list', 'draft §5.1'],
      iat: ['签名时间', 'Time of signing', 'draft §5.1'],
      exp: ['失效时间', 'After this it says nothing', 'draft §5.1'],
      ttl: ['多少秒后应取新表', 'Seconds after which a newer one is due', 'draft §5.1'],
      'status_list/bits': ['每项位数', 'Bits an entry', 'draft §4.2'],
      'status_list/lst': ['压缩后的状态位', 'The statuses, zlib and base64url', 'draft §4.2'],
    },
  },
  'trust-list': {
    'trust-list': {
      region: ['管辖省（市）：列表只对此范围有效', 'Province the list speaks for'],
      version: ['版本，每次加一', 'Version, one more each time'],
      previous: ['上一版的签名记录标识', 'Statement id of the version before'],
      roots: ['根密钥', 'Root keys and threshold'],
      'roots/threshold': ['门限', 'Signatures by distinct keys that are needed'],
      nextUpdate: ['下次更新（过期仅提示）', 'Next update; passing it warns'],
      exp: ['失效时间（过期则无法判定）', 'Hard end; past it verdicts are indeterminate'],
      logs: ['日志，只增不删', 'Logs; never removed'],
    },
    entity: {
      region: ['所属省（市）', 'Province it belongs to'],
      keys: ['密钥，只增不删', 'Keys; never removed'],
      authorisations: ['授权，只增不删', 'Authorisations; never removed'],
    },
    'entity-key': {
      typ: ['可签署的类型', 'Types of statement the key may sign', 'RFC 8725 §3.11'],
      notBefore: ['启用时间', 'First moment at which it may sign'],
      'revoked/at': ['撤销时间', 'Moment of revocation'],
      notAfter: ['停用时间（含）', 'Last moment at which it may sign'],
      'revoked/retroactive': ['是否追溯（私钥泄露等）', 'True where earlier signatures fall too, as after a key compromise'],
    },
    authorisation: {
      '': ['授权（认可）范围', 'Scope of authorisation or accreditation'],
      number: ['授权证书号或认可证书号', 'Number of the authorisation or accreditation', 'JJF 1069—2012'],
      categories: ['器具类别，all 表示全部', 'Instrument categories, or all'],
      from: ['起始日期', 'From, inclusive'],
      to: ['截止日期（含当日）', 'Until, inclusive'],
      capabilities: ['测量范围和最小不确定度', 'Ranges and smallest uncertainties'],
    },
    capability: {
      '': ['校准和测量能力（CMC）', 'Calibration and measurement capability (CMC)', 'ILAC-P14:09/2020; JJF 1069—2012'],
      categories: ['器具类别，all 表示全部', 'Instrument categories, or all'],
      smallest: ['最小扩展不确定度（约 95 % 包含概率）', 'Smallest expanded uncertainty, at about 95 % coverage', 'ILAC-P14:09/2020'],
      unit: ['不确定度的单位（UCUM），相对值用 %', 'Unit of the uncertainty (UCUM); % for a relative one'],
      lower: ['测量范围下限', 'Lower end of the range'],
      upper: ['测量范围上限', 'Upper end of the range'],
      rangeUnit: ['测量范围的单位，缺省同不确定度', 'Unit of the range, that of the uncertainty where absent'],
    },
    'listed-log': {
      origin: [
        '日志名称：检查点的首行，也是签名行的名称',
        'Name of the log: the first line of its checkpoints, and the name on its signature',
        'C2SP tlog-checkpoint; C2SP signed-note',
      ],
      witness: [
        '见证（会签其他日志）所用的公钥，须不同于日志公钥；列入后不改。不写则以日志公钥见证，并予提示',
        'Key that cosigns the logs of others; differs from the key of the log, and is not changed once listed. Where absent the key of the log cosigns, with a warning',
        'C2SP tlog-cosignature: a witness uses a key of its own',
      ],
    },
  },
}
