/** Messages of logs: trees and tiles, signed notes and checkpoints, witnesses, evidence of forks. */
import { faultOf } from '../base/error.js'
import { defineTexts } from '../base/message.js'

export const logTexts = defineTexts({
  codes: {
    'log.hash': { zh: '散列值应为 32 字节', en: 'A hash has 32 octets' },
    'log.range': {
      zh: '不是日志的紧凑区间（compact range），或已超出可计的规模',
      en: 'This is no compact range of a log, or one beyond counting',
    },
    'log.tile': {
      zh: '散列块（tile）有误：应为 1 至 256 个 32 字节的散列值，且不少于该规模的树所应有的个数',
      en: 'The tile is not as it should be: 1 to 256 hashes of 32 octets, and no fewer than a tree of that size has',
    },
    'log.bundle': {
      zh: '条目集有误：应为 1 至 256 个条目，每个以两字节长度开头，首尾相接',
      en: 'The bundle is not as it should be: 1 to 256 entries, each after its length in two octets, and nothing else',
    },
    'note.key': {
      zh: '日志（见证方）的名称或公钥有误：名称不得含空白或“+”，公钥应为 Ed25519，签名器应与公钥相配',
      en: 'The name or key of the log or witness is not as it should be: a name without spaces or “+”, an Ed25519 key, a signer of that key',
    },
    'note.role': {
      zh: '{name} 的密钥不作此用：检查点由日志签名，由见证方联署',
      en: 'The key of {name} is not for this: logs sign checkpoints, witnesses cosign them',
    },
    'note.time': { zh: '联署时间应为正整数（秒）', en: 'The time of a cosignature is a positive whole number of seconds' },
    'note.form': { zh: '不是签名注记（signed note）', en: 'This is no signed note' },
    'note.signature': { zh: '{name} 在注记上的签名无效', en: 'The signature of {name} on the note is invalid' },
    'note.unsigned': { zh: '注记没有 {name} 的签名', en: 'The note bears no signature of {name}' },
    'checkpoint.form': { zh: '检查点的格式有误', en: 'The checkpoint is not in its form' },
    'checkpoint.origin': { zh: '检查点属于日志 {origin}，不是 {expected}', en: 'The checkpoint is of the log {origin}, not {expected}' },
    'log.closing': {
      zh: '检查点中关于日志关闭的一行有误：{found}。应写明后继日志的名称（不含空白）和节点地址（http(s)://…，末尾不带 /），且不得是本日志自身',
      en: 'The line of the checkpoint about the closing of the log is not in its form: {found}. It names the log that follows, without spaces and other than this one, and the URL of its node, http(s)://… without a trailing slash',
    },
    'witness.form': {
      zh: '联署请求的格式有误：应为“old”行、至多 63 行散列值、空行、检查点',
      en: 'The request to a witness is not in its form: the line “old”, at most 63 lines of hashes, an empty line, the checkpoint',
    },
    'fork.form': { zh: '分叉证据的格式有误：{path}', en: 'The evidence of a fork is not in its form: {path}' },
    'fork.unproved': { zh: '不能证明日志分叉：{reason}', en: 'This does not prove a fork: {reason}' },
  },
})

export const fault = faultOf(logTexts)
