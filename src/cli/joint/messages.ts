/** Messages of the command `joint`. */
import { faultOf } from '../../base/error.js'
import { defineTexts, sayOf } from '../../base/message.js'

export const cliJointTexts = defineTexts({
  codes: {
    'cli.joint-refused': { zh: '{file}：未采用（{reason}）', en: '{file}: left out ({reason})' },
    'cli.joint-other': {
      zh: '节点给出的 {id} 不是这份签名记录',
      en: 'The node answered for {id} with another statement',
      advice: { zh: '未写入；请向节点的运行方查询', en: 'It was not written; ask the operator of the node' },
    },
    'cli.joint-pulled': {
      zh: '取得协同记录 {statements} 份，其中 {added} 份是新的，存于 {folder}',
      en: '{statements} joint statement(s), {added} of them new, are in {folder}',
    },
    'cli.joint-unproved': {
      zh: '其中 {count} 份取自他方日志，本节点没有回执：请再从其提交的节点取一次',
      en: '{count} of them came from the log of another node, which has their receipts: pull from that node too',
    },
    'cli.joint-one': {
      zh: '排版一次一份，所给文件中有效来源的协同记录有 {count} 份',
      en: 'One statement is laid out at a time; the files hold {count} that are genuine',
    },
    'cli.joint-due': { zh: '下一步：{step}，{detail}', en: 'Next: {step}, {detail}' },
    'cli.joint-none': { zh: '没有找到', en: 'Nothing was found' },
    'cli.joint-line': { zh: '{title} {subject}，{issuer}，{date} 签', en: '{title} {subject}, {issuer}, signed {date}' },
    'cli.joint-about': {
      zh: '{title} {subject}，{issuer}，{date} 签（{about}的结果）',
      en: '{title} {subject}, {issuer}, signed {date} (of {about})',
    },
    'cli.joint-counts': { zh: '本身有效', en: 'in order' },
    'cli.joint-not-counting': { zh: '不计', en: 'does not count' },
    'cli.joint-member': { zh: '{name}（职务：{role}）：{state}', en: '{name} (role: {role}): {state}' },
    'cli.joint-is-member': { zh: '成员', en: 'a member' },
    'cli.joint-no-member': { zh: '不是成员', en: 'not a member' },
    'cli.joint-can': {
      zh: '{name}（{region}）：{quantity} {range}，{uncertainty}，依据 {number}；{grant}',
      en: '{name} ({region}): {quantity} {range}, {uncertainty}, by {number}; {grant}',
    },
    'cli.joint-uncertainty': { zh: '扩展不确定度 U = {value} {unit}（k = {k}）', en: 'U = {value} {unit} (k = {k})' },
    'cli.joint-no-uncertainty': { zh: '未写不确定度', en: 'no uncertainty stated' },
    'cli.joint-no-agreement': {
      zh: '信任文件没有互认协议，不知其证书在何处予以互认',
      en: 'The trust file has no agreement: where its certificates are recognised is not known',
    },
    'cli.joint-no-clause': {
      zh: '互认协议没有关于下列种类的条款：{titles}',
      en: 'The agreement has no clause on: {titles}',
    },
    'cli.joint-standard': { zh: '第 {standard} 项计量标准“{name}”：{state}', en: 'Standard {standard} ({name}): {state}' },
    'cli.joint-standard-fine': { zh: '与考核证书 {number} 相符', en: 'agrees with the assessment {number}' },
    'cli.joint-standard-differs': { zh: '见下', en: 'see below' },
  },
})

export const fault = faultOf(cliJointTexts)
export const say = sayOf(cliJointTexts)
