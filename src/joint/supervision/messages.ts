/** What is found in tasks of joint supervision, in draws and in cases. */
import { defineTexts } from '../../base/message.js'

export const supervisionFindingTexts = defineTexts({
  codes: {
    'supervision-task.one-side': {
      zh: '两个组织机关属于同一省（市）',
      en: 'Both bureaus are of one province',
      advice: { zh: '联合监督检查由两地机关共同组织', en: 'Joint supervision has a bureau of each side' },
    },
    'draw.statement-faulty': {
      zh: '{bureau}的{title}不能作为抽取的依据：{reason}',
      en: 'A statement of {bureau} ({title}) cannot be used in the draw: {reason}',
    },
    'draw.task-signer': {
      zh: '任务由 {bureau} 签署，而它不是该任务的组织机关',
      en: 'The task is signed by {bureau}, which is not one of its bureaus',
    },
    'draw.other-authority': {
      zh: '{bureau} 也签署了任务号为 {taskNo} 的任务，而它不是本任务的组织机关，该任务不计',
      en: '{bureau} signed a task of the number {taskNo} too; it is not one of the bureaus of this task, and its task does not count',
      advice: { zh: '请核对任务号，避免重号', en: 'Check the number: a task has one of its own' },
    },
    'draw.task-twice': {
      zh: '{bureau} 以同一任务号 {taskNo} 下达了内容不同的任务：一个任务号只抽取一次',
      en: '{bureau} issued another task of the same number {taskNo}: a task number draws once',
      advice: {
        zh: '确需重新抽取的，须另立任务号并说明理由',
        en: 'Where a draw must be repeated, give it a number of its own and the reason',
      },
    },
    'draw.same-population': {
      zh: '{bureau} 在任务 {other} 中对同一名单也作过抽取承诺，请核对不是重复抽取',
      en: '{bureau} committed to the same population for the task {other} too: check that the draw was not repeated',
    },
    'draw.stranger': {
      zh: '{bureau} 不是该任务的组织机关，其{title}不计',
      en: '{bureau} is not one of the bureaus of the task; its statement ({title}) does not count',
    },
    'draw.committed-twice': {
      zh: '{bureau} 对任务 {taskNo} 作了两个不同的抽取承诺：一个任务号只抽取一次',
      en: '{bureau} made two different commitments for the task {taskNo}: a task number draws once',
    },
    'draw.other-task': {
      zh: '{bureau} 的抽取承诺所指的任务（{task}）不是本任务',
      en: 'The commitment of {bureau} names another task statement ({task})',
    },
    'draw.commitment-missing': {
      zh: '{bureau} 至 {date} 未作抽取承诺',
      en: '{bureau} had made no commitment by {date}',
      advice: { zh: '请核对是否已取全该任务的签名记录', en: 'Check that all statements of the task are at hand' },
    },
    'draw.commitment-late': {
      zh: '{bureau} 的抽取承诺晚于截止日期 {date}',
      en: 'The commitment of {bureau} was logged after the last day, {date}',
    },
    'draw.population-differs': {
      zh: '两机关承诺的抽取名单不同：{first} {firstCount} 家，{second} {secondCount} 家',
      en: 'The bureaus committed to different populations: {first} to {firstCount} parties, {second} to {secondCount}',
      advice: { zh: '请核对两地名单后另立任务号抽取', en: 'Compare the lists, and draw under another task number' },
    },
    'draw.too-few': {
      zh: '名单只有 {population} 家，不足抽取的 {count} 家',
      en: 'The population has {population} parties only, fewer than the {count} to draw',
    },
    'draw.committed-after-nonce': {
      zh: '{bureau} 的抽取承诺在 {other} 公布随机数之后才入日志，可能已知对方的随机数',
      en: 'The commitment of {bureau} was logged after {other} had revealed its nonce: it may have known it',
    },
    'draw.order-unproven': {
      zh: '没有日志证据表明两机关的抽取承诺都在随机数公布之前',
      en: 'No log evidence shows that both commitments were made before either nonce was revealed',
      advice: { zh: '请附各签名记录的日志回执', en: 'Give the receipts of the log for these statements' },
    },
    'draw.nonce-unfit': {
      zh: '{bureau} 公布的随机数与其抽取承诺不符',
      en: 'The nonce that {bureau} revealed does not fit its commitment',
    },
    'draw.nonce-late': {
      zh: '{bureau} 在截止日期 {date} 之后才公布随机数，抽取不成立',
      en: '{bureau} revealed its nonce after the last day, {date}: the draw has failed',
    },
    'draw.nonce-withheld': {
      zh: '{bureau} 至 {date} 未公布随机数，抽取不成立',
      en: '{bureau} had not revealed its nonce by {date}: the draw has failed',
      advice: { zh: '请核对是否已取全该任务的签名记录', en: 'Check that all statements of the task are at hand' },
    },
    'draw.population-other': {
      zh: '所给名单（{count} 家）不是两机关承诺的名单，不能复算',
      en: 'The list given ({count} parties) is not the population committed to: the draw cannot be computed',
    },
    'draw.result-differs': {
      zh: '所称抽取结果与复算不符：多出 {extra}；缺少 {missing}',
      en: 'The stated result is not what the draw gives: {extra} should not be in it; {missing} should',
    },
    'case.party-not-drawn': {
      zh: '被检单位 {party} 不在任务 {taskNo} 抽取的单位之中',
      en: 'The party inspected ({party}) is not among those drawn for the task {taskNo}',
      advice: {
        zh: '因投诉举报等另行检查的，请在检查记录中写明缘由',
        en: 'Where there was another ground, such as a complaint, the finding should state it',
      },
    },
    'case.draw-not-compared': {
      zh: '未能核对被检单位 {party} 是否由任务 {taskNo} 抽取：{reason}',
      en: 'Whether the party inspected ({party}) was drawn for the task {taskNo} could not be compared: {reason}',
      advice: { zh: '请给出抽取名单及该任务的全部签名记录', en: 'Give the list from which was drawn and all statements of the task' },
    },
    'case.statement-faulty': {
      zh: '{bureau} 的{title}不能作为依据：{reason}',
      en: 'A statement of {bureau} ({title}) cannot be relied on: {reason}',
    },
    'case.finding-unknown': {
      zh: '{title}所指的监督检查记录（{finding}）不在所给记录之中',
      en: 'The finding ({finding}) that a statement ({title}) is about is not among the records given',
    },
    'case.other-task': {
      zh: '{title}写的任务号 {taskNo} 不是检查记录的任务号 {expected}',
      en: 'A statement ({title}) names the task {taskNo}; that of the finding is {expected}',
    },
    'case.no-jurisdiction': {
      zh: '{bureau} 对检查地点（{place}）没有管辖权，其{title}不计',
      en: '{bureau} has no jurisdiction over the place ({place}): its statement ({title}) does not count',
      advice: { zh: '由检查地点的市场监督管理部门作出', en: 'It is for the authority of the place' },
    },
    'case.other-area': {
      zh: '检查地点（{place}）不在 {bureau} 的辖区内',
      en: 'The place ({place}) is not in the area of {bureau}',
      advice: { zh: '请核对是否经上级指定管辖', en: 'Check that the superior authority designated it' },
    },
    'case.jurisdiction-not-judged': {
      zh: '未能判断 {bureau} 对检查地点的管辖',
      en: 'The jurisdiction of {bureau} over the place could not be judged',
      advice: { zh: '请核对检查记录的“行政区划代码”', en: 'Check the division of the place in the finding' },
    },
    'case.other-party': {
      zh: '整改报告的单位 {party} 不是被检单位 {expected}',
      en: 'The party that reported ({party}) is not the party inspected ({expected})',
    },
    'case.reference-unknown': {
      zh: '{title}所指的签名记录（{reference}）不在本案之中',
      en: 'A statement ({title}) names one ({reference}) that is not in this case',
    },
    'case.order': {
      zh: '{later}（{laterDate}）早于{earlier}（{earlierDate}）',
      en: 'The {later} ({laterDate}) is before the {earlier} ({earlierDate})',
    },
    'case.without-measure': {
      zh: '有{title}而没有处理措施',
      en: 'There is a statement ({title}), but no measure',
    },
    'case.rectified-late': {
      zh: '整改报告（{date}）晚于整改期限 {deadline}',
      en: 'The correction was reported on {date}, after the deadline {deadline}',
    },
    'case.overdue': {
      zh: '整改期限 {deadline} 已过 {days} 天，未见整改报告',
      en: 'The deadline {deadline} passed {days} day(s) ago, and no correction is reported',
    },
    'case.closed-without-recheck': {
      zh: '以“整改到位”结案，而此前没有确认已整改的复查',
      en: 'The case is closed as corrected, but no recheck before it found the correction',
    },
    'case.closed-twice': { zh: '已结案，又有另一份结案', en: 'The case is closed twice, by different statements' },
    'case.after-closure': {
      zh: '{title}（{date}）晚于结案（{closedOn}）',
      en: 'A statement ({title}, {date}) is later than the closure ({closedOn})',
    },
    'case.nothing-found': {
      zh: '检查未发现问题，却有{title}',
      en: 'The inspection found nothing, yet there is a statement ({title})',
    },
  },
})
