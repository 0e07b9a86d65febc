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
    'cli.trust-draft': { zh: '{file} 不是信任列表草稿：{path}', en: '{file} is not a draft of a trust list: {path}' },
    'cli.trust-edit': {
      zh: '所给的值不合要求，草稿 {file} 未改',
      en: 'A given value does not fit; the draft {file} is unchanged',
    },
    'cli.trust-begun': {
      zh: '信任文件 {file} 中已有 {iss} 的列表（第 {version} 版），不能另起第一版',
      en: 'The trust file {file} has version {version} of the list of {iss}: another first version cannot follow it',
      advice: {
        zh: '下一版直接用 add-entity、add-key、rotate-root 等起草',
        en: 'Draft the next version with add-entity, add-key, rotate-root and the like',
      },
    },
    'cli.trust-kind': {
      zh: '{file}：本软件没有记录种类“{kind}”[{path}]',
      en: '{file}: this version has no kind of record {kind} [{path}]',
      advice: { zh: '{near}种类有：{known}', en: '{near}Kinds: {known}' },
    },
    'cli.trust-category': {
      zh: '注意：{file} 中的器具类别“{category}”不在内置目录中[{path}]，请用 tongheng categories 核对写法',
      en: 'Note: The built-in catalogue has no category {category} of {file} [{path}]; compare its spelling with tongheng categories',
    },
    'cli.region-other': {
      zh: '注意：{uscc} 的登记地在 {registered}，与 --region {region} 不同，请核对',
      en: 'Note: {uscc} is registered in {registered}, which is not --region {region}; check both',
    },
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
    'cli.trust-authorisations': {
      zh: '{file} 不是授权的 JSON 数组，或其中有误：{path}',
      en: '{file} is not a JSON array of authorisations, or has a fault: {path}',
    },
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
    'cli.trust-not-pinned': {
      zh: '没有信任文件 {file}：还没有固定任何主管部门的根密钥',
      en: 'There is no trust file {file}: no root keys of an authority are pinned yet',
      advice: {
        zh: '先用 tongheng trust pin --node 地址 --trust {file} 核对并固定根密钥',
        en: 'First compare and pin root keys: tongheng trust pin --node URL --trust {file}',
      },
    },
    'cli.trust-current': { zh: '{file} 已是最新：节点 {node} 没有更新的', en: '{file} is up to date: the node {node} has nothing newer' },
    'cli.trust-added': {
      zh: '新增：协议 {agreements} 份，规范 {specifications} 份，器具与规程目录 {catalogues} 份，状态表 {statusLists} 份，状态公告 {notices} 份',
      en: 'added: {agreements} agreement(s), {specifications} specification(s), {catalogues} catalogue(s), {statusLists} status list(s), {notices} notice(s)',
    },
    'cli.trust-refused-more': { zh: '另有 {count} 件未予采用', en: '{count} more were refused' },
    'cli.trust-node-behind': {
      zh: '节点 {node} 的{authority} 信任列表还是第 {version} 版，本文件已有第 {held} 版；旧版未采用',
      en: 'The node {node} still has version {version} of the trust list of {authority}; this file has {held}, and the older one was not taken',
      advice: { zh: '请告知节点运行方更新其信任文件', en: 'Tell the operator of the node to update its trust file' },
    },
    'cli.trust-old': {
      zh: '{file} 中{authority} 的信任列表是第 {held} 版，节点 {node} 已有第 {version} 版',
      en: '{file} has version {held} of the trust list of {authority}; the node {node} has {version}',
      advice: {
        zh: '请运行 tongheng trust pull --node {node} --trust {file}，再试一次',
        en: 'Run tongheng trust pull --node {node} --trust {file}, then try again',
      },
    },
    'cli.node-answer': {
      zh: '节点 {node} 对 {path} 的答复不能用（{answer}）',
      en: 'The answer of the node {node} to {path} is of no use ({answer})',
      advice: { zh: '请核对地址；地址无误的，请告知节点运行方', en: 'Check the address; where it is right, tell the operator of the node' },
    },
    'cli.node-large': {
      zh: '节点 {node} 的答复超过 {most} 字节，未采用',
      en: 'The answer of the node {node} exceeds {most} octets and was not used',
      advice: { zh: '请告知节点运行方', en: 'Tell the operator of the node' },
    },
    'cli.pin-shows': {
      zh: '{authority}  信任列表第 {version} 版（{exp} 失效），根密钥 {count} 个，门限 {threshold}，指纹：',
      en: '{authority}  trust list version {version} (ends {exp}), {count} root key(s), threshold {threshold}, thumbprints:',
    },
    'cli.pin-confirm': {
      zh: '是否已通过电话等另一途径与该机关逐字核对指纹，完全一致？(y/N)',
      en: 'Have you compared every thumbprint with the authority by another way, such as the telephone, and do they agree? (y/N)',
    },
    'cli.pin-done': { zh: '已在 {file} 中固定{authority} 的根密钥', en: 'The root keys of {authority} are pinned in {file}' },
    'cli.pin-held': { zh: '已固定在 {file} 中', en: 'pinned in {file} already' },
    'cli.pin-none': {
      zh: '没有找到可固定的根密钥（{iss}）',
      en: 'No root keys to pin were found ({iss})',
      advice: {
        zh: '请核对 --iss；节点没有该机关列表的，请向该机关索取信任列表文件，用 --list 给出',
        en: 'Check --iss; where the node has no list of the authority, ask the authority for its list and give it with --list',
      },
    },
    'cli.pin-differs': {
      zh: '所核对的指纹与列表中的不一致：{kids}；什么都没有固定',
      en: 'The thumbprints expected are not those of the list: {kids}; nothing was pinned',
      advice: {
        zh: '请与主管部门重新核对；仍不一致的，请勿使用该列表',
        en: 'Compare again with the authority; where they still differ, do not use this list',
      },
    },
    'cli.pin-expect': {
      zh: '没有人可以核对；脚本请用 --expect 逐个给出另行得知的指纹',
      en: 'Nobody is there to compare; scripts name each thumbprint that they have from elsewhere with --expect',
    },
    'cli.pin-yes': {
      zh: '固定根密钥不能用 --yes 略过核对；请用 --expect 给出另行得知的指纹',
      en: '--yes does not pin root keys without a comparison; name the thumbprints that you have from elsewhere with --expect',
    },
    'cli.pin-other': {
      zh: '{file} 已为{name}固定了另外的根密钥：{held}；所给的是 {kids}，未采用',
      en: '{file} pins other root keys of {name}: {held}; those offered, {kids}, were not taken',
      advice: {
        zh: '更换根密钥由 trust pull 逐版核验后自动生效，不须重新固定。旧根密钥签不出新版的（全部丢失），请与主管部门核实后另建信任文件',
        en: 'A rotation of root keys is proved version by version by trust pull and needs no new pin. Where the old ones can sign nothing any more (all were lost), confirm that with the authority and begin a new trust file',
      },
    },
    'cli.trust-file': { zh: '{file} 不是信任文件：{path}', en: '{file} is not a trust file: {path}' },
  },
})

export const fault = faultOf(cliTrustTexts)
export const say = sayOf(cliTrustTexts)
