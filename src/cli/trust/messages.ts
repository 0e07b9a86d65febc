/** Messages of the command that edits trust lists. */
import { faultOf } from '../../base/error.js'
import { defineTexts, sayOf } from '../../base/message.js'

export const cliTrustTexts = defineTexts({
  codes: {
    'cli.key-private': {
      zh: '{file} 是私钥文件，不得登记或交给他人',
      en: '{file} holds a private key; it is not to be registered or handed on',
      advice: { zh: '请用 tongheng keygen --public 写出的公钥文件', en: 'Use the file that tongheng keygen --public writes' },
    },
    'cli.key-public': {
      zh: '{file} 不是公钥文件（JWK），或密钥不合格',
      en: '{file} is no public key file (JWK), or its key is unacceptable',
      advice: { zh: '请用 tongheng keygen --public 写出的公钥文件', en: 'Use the file that tongheng keygen --public writes' },
    },
    'cli.trust-action': { zh: 'trust 要做什么：{actions}', en: 'What should trust do: {actions}' },
    'cli.trust-draft': { zh: '{file} 不是信任列表草稿：{path}', en: '{file} is not a draft of a trust list: {path}' },
    'cli.trust-signed': {
      zh: '草稿 {file} 已有 {signatures} 个签名，不能再改',
      en: 'The draft {file} bears {signatures} signature(s) and can no longer be changed',
      advice: {
        zh: '要改请弃用此草稿，从已发布的最新版重新起草',
        en: 'Drop this draft and begin a new one from the newest published version',
      },
    },
    'cli.trust-none': {
      zh: '信任文件 {file} 中没有 {iss} 的列表',
      en: 'The trust file {file} has no list of {iss}',
      advice: { zh: '第一版请用 tongheng trust init', en: 'For the first version use tongheng trust init' },
    },
    'cli.trust-entity': { zh: '草稿中没有机构 {uscc}', en: 'The draft has no body {uscc}' },
    'cli.trust-twice': { zh: '草稿中已有 {name}', en: 'The draft has {name} already' },
    'cli.trust-authorisation': {
      zh: '机构 {uscc} 的授权“{number}”有 {count} 项；现有：{held}',
      en: 'The body {uscc} has {count} authorisations with the number {number}; it has: {held}',
      advice: { zh: '同号的有几项时用 --from 给出起始日期', en: 'Where several have the number, give the first day with --from' },
    },
    'cli.trust-authorisations': { zh: '{file} 不是授权的 JSON 数组：{path}', en: '{file} is not a JSON array of authorisations: {path}' },
    'cli.trust-interval': { zh: '密钥的停用时间早于启用时间', en: 'The key would end before it begins' },
    'cli.trust-log-key': {
      zh: '{file} 的密钥是 {crv}；日志的密钥须为 Ed25519',
      en: 'The key of {file} is on {crv}; the key of a log is an Ed25519 key',
      advice: { zh: '请用 tongheng keygen --alg Ed25519 生成', en: 'Make one with tongheng keygen --alg Ed25519' },
    },
    'cli.trust-log-none': {
      zh: '草稿中没有日志 {origin}',
      en: 'The draft has no log {origin}',
      advice: { zh: '请先用 tongheng trust add-log 列入', en: 'List it first with tongheng trust add-log' },
    },
    'cli.trust-log-witness': { zh: '日志 {origin}  见证公钥 {kid}', en: 'log {origin}  witness key {kid}' },
    'cli.trust-log': { zh: '日志 {origin}  密钥 {kid}', en: 'log {origin}  key {kid}' },
    'cli.trust-key-held': { zh: '密钥 {kid}（{alg}）  {from} 至 {to}  可签 {typ}', en: 'key {kid} ({alg})  {from} to {to}  for {typ}' },
    'cli.trust-key-revoked': {
      zh: '已撤销：自 {at} 起的签名无效，原因：{reason}',
      en: 'revoked: signatures from {at} on are void; reason: {reason}',
    },
    'cli.trust-key-void': {
      zh: '已追溯撤销（{at}）：其全部签名无效，原因：{reason}',
      en: 'revoked retroactively ({at}): every signature by it is void; reason: {reason}',
    },
    'cli.trust-authorisation-held': {
      zh: '授权“{number}”  {from} 至 {to}  记录种类 {kinds}  器具类别 {categories}  测量能力 {capabilities} 项',
      en: 'authorisation {number}  {from} to {to}  kinds {kinds}  categories {categories}  {capabilities} capabilities',
    },
    'cli.trust-key': { zh: '草稿中没有密钥 {kid}', en: 'The draft has no key {kid}' },
    'cli.trust-not-root': {
      zh: '{file} 的密钥 {kid} 既不是本版也不是上一版的根密钥',
      en: 'The key {kid} of {file} is a root key neither of this version nor of the one before',
    },
    'cli.trust-stale': {
      zh: '草稿 {file} 不是从已发布的第 {version} 版起草的',
      en: 'The draft {file} was not begun from the published version {version}',
      advice: { zh: '请从最新版重新起草，并再次作同样的改动', en: 'Begin a new draft from the newest version and make the changes again' },
    },
    'cli.trust-unchanged': { zh: '内容未变，只更新期限', en: 'nothing but the dates changes' },
    'cli.trust-times': {
      zh: '第 {version} 版，应于 {nextUpdate} 前更新，{exp} 失效',
      en: 'version {version}, next update by {nextUpdate}, ends {exp}',
    },
    'cli.trust-left': { zh: '更新期限{nextUpdate}，失效{exp}', en: 'next update {nextUpdate}, end {exp}' },
    'cli.trust-missing': {
      zh: '已签 {signed} 个，还缺：本版根密钥 {own} 个，上一版根密钥 {prior} 个。请把 {file} 交给下一位签署人',
      en: '{signed} signed; still missing: {own} root key(s) of this version, {prior} of the one before. Pass {file} to the next signer',
    },
    'cli.trust-published': { zh: '第 {version} 版已发布到 {file}', en: 'version {version} is published in {file}' },
    'cli.trust-pin': {
      zh: '使用者应另行核对并固定的根密钥：{kids}（门限 {threshold}）',
      en: 'Root keys for users to compare over another channel and pin: {kids} (threshold {threshold})',
    },
    'cli.trust-body': {
      zh: '{uscc}  {body}  密钥 {keys} 个（撤销 {revoked}）  授权 {authorisations} 项',
      en: '{uscc}  {body}  {keys} key(s), {revoked} revoked, {authorisations} authorisation(s)',
    },
    'cli.confirm-draft': { zh: '是否写入草稿？(y/N)', en: 'Write this into the draft? (y/N)' },
    'cli.trust-file': { zh: '{file} 不是信任文件：{path}', en: '{file} is not a trust file: {path}' },
  },
})

export const fault = faultOf(cliTrustTexts)
export const say = sayOf(cliTrustTexts)
