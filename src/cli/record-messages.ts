/** Messages of the commands that read records from a node, and of labels of batches. */
import { faultOf } from '../base/error.js'
import { defineTexts, sayOf } from '../base/message.js'

export const cliRecordTexts = defineTexts({
  codes: {
    'cli.get-none': { zh: '请给出签名记录标识', en: 'Name the id of a statement' },
    'cli.get-other': {
      zh: '节点给出的签名记录不是 {id}',
      en: 'The statement that the node gave is not that of {id}',
      advice: { zh: '请告知节点运行方；勿使用该内容', en: 'Tell the operator of the node, and do not use what it gave' },
    },
    'cli.find-by': { zh: '请至少给出一项条件：{options}', en: 'Give one condition at least: {options}' },
    'cli.reader-inspector': { zh: '监管读者', en: 'inspector' },
    'cli.reader-clerk': { zh: '机构读者', en: 'clerk' },
    'cli.reader-admitted': { zh: '已准入', en: 'admitted' },
    'cli.reader-revoked': { zh: '已撤销', en: 'revoked' },
    'cli.reader-expired': { zh: '已到期', en: 'expired' },
    'cli.find-kind': {
      zh: '本软件没有记录种类“{kind}”',
      en: 'This version has no kind of record {kind}',
      advice: { zh: '{near}种类有：{known}', en: '{near}Kinds: {known}' },
    },
    'cli.find-none': { zh: '没有符合条件且可读的记录', en: 'There is no such record that the caller may read' },
    'cli.find-more': {
      zh: '只列出前 {most} 条，还有更多（--most 可加大）',
      en: 'Only the first {most} are listed; there are more (--most)',
    },
    'cli.entry-valid': { zh: '未见撤销', en: 'nothing has befallen it' },
    'cli.entry-revoked': { zh: '已撤销', en: 'revoked' },
    'cli.entry-suspended': { zh: '已暂停', en: 'suspended' },
    'cli.entry-superseded': { zh: '已被替代', en: 'superseded' },
    'cli.entry-unknown': { zh: '状态不明', en: 'status not known' },
    'cli.entry-line': { zh: '第 {line} 行：{status}', en: 'line {line}: {status}' },
    'cli.entry-replaced': { zh: '由 {id} 替代', en: 'replaced by {id}' },
    'cli.labels-of-batch': {
      zh: '{file}：批量证书，已制作 {count} 张标签，自第 {first} 行至第 {last} 行',
      en: '{file}: a batch certificate, {count} label(s) made, from line {first} to line {last}',
    },
    'cli.labels-many': {
      zh: '标签超过 {most} 张，一次不能打印这么多',
      en: 'More than {most} labels, which is too many at once',
      advice: { zh: '请分几次打印，批量证书可用 --line 1-500', en: 'Print them in parts; of a batch with --line 1-500' },
    },
  },
})

export const fault = faultOf(cliRecordTexts)
export const say = sayOf(cliRecordTexts)
