/** Messages of publishing, closing and auditing a log as files. */
import { faultOf } from '../base/error.js'
import { defineTexts, sayOf } from '../base/message.js'

export const logCommandTexts = defineTexts({
  codes: {
    'cli.published': {
      zh: '已公布到 {folder}：{size} 条，本次写入文件 {documents} 份',
      en: 'Published to {folder}: {size} entries; {documents} documents were new',
    },
    'cli.publish-none': { zh: '日志尚无检查点，没有可公布的内容', en: 'The log has no checkpoint yet: there is nothing to publish' },
    'cli.log-closing': {
      zh: '将关闭日志 {origin}（{size} 条），后继为 {successor}（{url}）。关闭后本日志永不再接收，不能撤回。',
      en: 'The log {origin}, of {size} entries, will be closed; {successor} follows it at {url}. It takes in nothing afterwards, and this cannot be undone.',
    },
    'cli.log-now-closed': {
      zh: '日志 {origin} 已在 {size} 条处关闭。跟随本节点的各方同步完毕后自行转到后继日志；在此之前请让本节点继续运行。',
      en: 'The log {origin} is closed at {size} entries. Those that follow this node go on to its successor by themselves once they have all of it: let this node run until then.',
    },
    'cli.audit-closed': {
      zh: '日志已关闭，后继为 {successor}（{url}）',
      en: 'The log is closed; {successor} follows it at {url}',
    },
    'cli.audit-key': {
      zh: '请用 --trust 或 --log-key 给出核验检查点的公钥',
      en: 'Give the key that verifies the checkpoint: --trust or --log-key',
    },
    'cli.sync-succeeded': {
      zh: '{peer} 的日志已关闭并同步完毕，转到后继日志 {successor}（{url}）',
      en: 'The log of {peer} is closed and all of it is here: going on with its successor {successor} at {url}',
    },
    'serve.published-again': { zh: '公布已恢复', en: 'publishing goes on again' },
  },
})

export const fault = faultOf(logCommandTexts)
export const say = sayOf(logCommandTexts)
