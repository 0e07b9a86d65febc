/** Messages of `tongheng supervise`. */
import { faultOf } from '../../base/error.js'
import { defineTexts, sayOf } from '../../base/message.js'

export const cliSuperviseTexts = defineTexts({
  codes: {
    'cli.supervise-kind': {
      zh: '{file} 是“{kind}”，supervise {action} 签署的是：{known}',
      en: '{file} is a {kind}; supervise {action} signs: {known}',
    },
    'cli.supervise-tasks': {
      zh: '所给文件中的任务有 {count} 个：{known}',
      en: 'There are {count} tasks in the files: {known}',
      advice: { zh: '请以 --task 写明任务号', en: 'Name one with --task' },
    },
    'cli.draw-not-bureau': {
      zh: '{iss} 不是任务 {taskNo} 的组织机关，不参与抽取',
      en: '{iss} is not one of the bureaus of the task {taskNo} and has no part in its draw',
    },
    'cli.draw-committed': {
      zh: '{iss} 对任务 {taskNo} 已作过抽取承诺：一个任务号只抽取一次',
      en: '{iss} has committed for the task {taskNo} already: a task number draws once',
    },
    'cli.draw-too-early': {
      zh: '任务 {taskNo} 的抽取还不能公布随机数（{state}）：公布过早，对方可据以挑选',
      en: 'The nonce for the task {taskNo} must not be revealed yet ({state}): the other bureau could choose by it',
      advice: { zh: '请附任务、两机关的抽取承诺及其日志回执', en: 'Give the task, both commitments and their receipts' },
    },
    'cli.draw-nonce-file': {
      zh: '{file} 不是随机数文件（一行 43 个字符）',
      en: '{file} holds no nonce (one line of 43 characters)',
    },
    'cli.draw-nonce-other': {
      zh: '{file} 中的随机数不是 {iss} 所承诺的',
      en: 'The nonce in {file} is not the one that {iss} committed to',
    },
    'cli.draw-nonce-written': {
      zh: '随机数已写入 {file}：公布之前请勿外传，丢失则抽取不成立',
      en: 'The nonce is in {file}: show it to nobody before it is revealed; if it is lost, the draw fails',
    },
    'cli.draw-none': { zh: '所给文件中没有可用的任务', en: 'The files hold no task that can be used' },
    'cli.supervise-record': { zh: '{file} 中的监督检查记录不采用：{reason}', en: 'A finding in {file} is left out: {reason}' },
    'cli.supervise-other': {
      zh: '{file} 中的{title}不是监督检查记录，略去',
      en: '{file} holds a {title}, which is no supervision finding; it is left out',
    },
    'cli.supervise-none': { zh: '所给文件中没有可用的监督检查记录', en: 'The files hold no supervision finding that can be used' },
    'cli.case-overdue': { zh: '逾期 {days} 天', en: '{days} day(s) overdue' },
    'cli.case-until': { zh: '期限 {deadline}', en: 'until {deadline}' },
  },
})

export const fault = faultOf(cliSuperviseTexts)
export const say = sayOf(cliSuperviseTexts)
