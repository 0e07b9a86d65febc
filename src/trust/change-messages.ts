/** Messages about the changes from one version of a trust list to the next. */
import { type CodeOf, codeOf, defineTexts } from '../base/message.js'

export const trustChangeTexts = defineTexts({
  codes: {
    'trust-change.first': {
      zh: '{authority} 的第一版信任列表，省（市）代码 {region}',
      en: 'The first trust list of {authority}, province {region}',
    },
    'trust-change.no-prior': {
      zh: '没有 {authority} 的上一版可比，以下是第 {version} 版的全部内容',
      en: 'There is no earlier version of {authority} to compare with; all of version {version}:',
    },
    'trust-change.root-added': { zh: '增加根密钥 {kid}（{alg}）', en: 'root key added: {kid} ({alg})' },
    'trust-change.root-removed': { zh: '去掉根密钥 {kid}（{alg}）', en: 'root key dropped: {kid} ({alg})' },
    'trust-change.threshold': {
      zh: '根密钥门限：{before} → {after}（共 {of} 个）',
      en: 'threshold of root keys: {before} → {after} (of {of})',
    },
    'trust-change.removed': {
      zh: '删去了 {path}：机构、密钥、授权、撤销和日志只增不删，此版不会被接受',
      en: '{path} was removed: bodies, keys, authorisations, revocations and logs are never removed, and this version will be refused',
    },
    'trust-change.entity-added': { zh: '增加机构 {body}（{uscc}）', en: 'body added: {body} ({uscc})' },
    'trust-change.entity-renamed': { zh: '机构 {uscc} 改名：{before} → {after}', en: 'body {uscc} renamed: {before} → {after}' },
    'trust-change.key-added': {
      zh: '{body}：增加密钥 {kid}（{alg}），{from} 至 {to}，可签 {typ}',
      en: '{body}: key added: {kid} ({alg}), {from} to {to}, for {typ}',
    },
    'trust-change.key-changed': {
      zh: '{body}：密钥 {kid}（{alg}）改为 {from} 至 {to}，可签 {typ}',
      en: '{body}: key {kid} ({alg}) now from {from} to {to}, for {typ}',
    },
    'trust-change.key-revoked': {
      zh: '{body}：撤销密钥 {kid}（{alg}），自 {at} 起的签名无效，原因：{reason}',
      en: '{body}: key {kid} ({alg}) revoked; signatures from {at} on are void; reason: {reason}',
    },
    'trust-change.key-revoked-retroactively': {
      zh: '{body}：追溯撤销密钥 {kid}（{alg}，{at}），其全部签名无效，原因：{reason}',
      en: '{body}: key {kid} ({alg}) revoked retroactively ({at}): every signature by it is void; reason: {reason}',
    },
    'trust-change.authorisation-added': {
      zh: '{body}：增加授权“{number}”，{from} 至 {to}，记录种类 {kinds}，器具类别 {categories}',
      en: '{body}: authorisation added: {number}, {from} to {to}, kinds {kinds}, categories {categories}',
    },
    'trust-change.authorisation-changed': {
      zh: '{body}：授权“{number}”改为 {from} 至 {to}，记录种类 {kinds}，器具类别 {categories}',
      en: '{body}: authorisation {number} now {from} to {to}, kinds {kinds}, categories {categories}',
    },
    'trust-change.capability-added': {
      zh: '{body}：授权“{number}”增加测量能力：{capability}',
      en: '{body}: authorisation {number}, capability added: {capability}',
    },
    'trust-change.capability-removed': {
      zh: '{body}：授权“{number}”去掉测量能力：{capability}',
      en: '{body}: authorisation {number}, capability dropped: {capability}',
    },
    'trust-change.witness-added': { zh: '日志 {origin} 增加见证公钥 {kid}', en: 'witness key added with the log {origin}: {kid}' },
    'trust-change.log-added': { zh: '增加日志 {origin}，密钥 {kid}', en: 'log added: {origin}, key {kid}' },
  },
})

export type TrustChangeCode = CodeOf<typeof trustChangeTexts>

export const coded = codeOf(trustChangeTexts)
