/** Whether a joint statement counts in the other province by the agreement: conditions of its clauses, and what is found. */
import { defineTexts } from '../../base/message.js'

export const clauseTexts = defineTexts({
  codes: {
    'condition.pilots-of-both-sides': { zh: '双方各有一个主导实验室', en: 'The comparison has a pilot of each side' },
    'condition.task-of-both-bureaus': {
      zh: '检查任务由双方机关共同签署（写明 commitmentSuffices 的，抽取承诺也算）',
      en: 'Both bureaus have signed the task (with commitmentSuffices, a commitment of the draw is enough)',
    },
    'condition.within-authorisation': {
      zh: '所声明的能力在授权（认可）范围之内',
      en: 'What is claimed is within the authorisation or accreditation',
    },
    'condition.standard-assessed': {
      zh: '所用计量标准已经考核并在有效期内',
      en: 'The measurement standard used is assessed, and the assessment is in force',
    },
    'joint-clause.recognised': {
      zh: '{title}在{region}予以采信（{agreement}第 {version} 版）：{clauses}',
      en: '{title}: counts in {region} by {agreement}, version {version}: {clauses}',
    },
    'joint-clause.not-recognised': { zh: '{title}在{region}不予采信', en: '{title}: does not count in {region}' },
    'joint-clause.undecided': {
      zh: '{title}在{region}是否予以采信，不能断定',
      en: '{title}: whether it counts in {region} is undecided',
    },
    'joint-clause.results-recognised': {
      zh: '其证书在{region}予以互认，条件逐份判定（{agreement}第 {version} 版）：{clauses}',
      en: 'Its certificates are recognised in {region}, each by the conditions of the clause ({agreement}, version {version}): {clauses}',
    },
    'joint-clause.results-not-recognised': { zh: '其证书在{region}不予互认', en: 'Its certificates are not recognised in {region}' },
    'joint-clause.results-undecided': {
      zh: '其证书在{region}是否予以互认，不能断定',
      en: 'Whether its certificates are recognised in {region} is undecided',
    },
    'joint-clause.none': {
      zh: '互认协议没有关于{title}的条款（{region}）',
      en: '{title}: the agreement has no clause on this kind ({region})',
    },
    'joint-clause.statement-faulty': {
      zh: '该协同记录本身不计：{reason}',
      en: 'The statement does not count by itself: {reason}',
    },
    'joint-clause.signer': {
      zh: '{name}不在应签署{title}的机构之列',
      en: '{name} is none of the bodies that sign it ({title})',
    },
    'joint-clause.not-in-force': {
      zh: '{on} 没有生效的互认协议',
      en: 'No agreement was in force on {on}',
    },
    'joint-clause.newer-agreement': {
      zh: '互认协议 {agreement} 第 {version} 版中有本版本不认识的内容（{members}）',
      en: 'The agreement {agreement}, version {version}, holds parts that this version does not know ({members})',
      advice: { zh: '请升级本软件后再判定', en: 'Update this software and judge again' },
    },
    'joint-clause.not-held': {
      zh: '{on} 不在其有效期内（{from} 至 {until}）',
      en: 'It does not hold on {on} (from {from} until {until})',
    },
    'joint-clause.no-direction': {
      zh: '条款不包括{from}至{to}方向的{title}',
      en: 'No clause on this kind ({title}) covers the direction from {from} to {to}',
    },
    'joint-clause.no-category': {
      zh: '关于{title}的条款不包括{category}',
      en: 'No clause on this kind ({title}) covers the category {category}',
    },
    'joint-clause.no-date': { zh: '{on} 没有适用的条款', en: 'No clause applied on {on}' },
    'joint-clause.category-unknown': {
      zh: '条款按器具类别区分，而所属的比对方案或检查任务不在手边，不知其类别',
      en: 'The clauses differ by category, which the protocol or the task states; it is not at hand',
      advice: {
        zh: '请一并给出该比对方案或检查任务（joint pull 可按编号取回）',
        en: 'Give the protocol or the task too; joint pull fetches it by its number',
      },
    },
    'joint-clause.condition-unknown': {
      zh: '条款“{clause}”含有本版本不能识别的条件（{name}）',
      en: 'The clause {clause} has a condition that this version does not know ({name})',
      advice: { zh: '请升级本软件后再判定', en: 'Update this software and judge again' },
    },
    'joint-clause.condition-of-records': {
      zh: '条款“{clause}”的条件 {name} 只适用于记录，对协同记录不能判定',
      en: 'The condition {name} of the clause {clause} is about records and cannot be judged for a joint statement',
      advice: { zh: '协议中，协同记录宜另立条款', en: 'An agreement states joint work in clauses of its own' },
    },
    'joint-clause.parameters': {
      zh: '条款“{clause}”的条件 {name} 参数有误',
      en: 'The parameters of the condition {name} of the clause {clause} are wrong',
    },
    'joint-clause.no-pilot': { zh: '比对没有{region}的主导实验室', en: 'The comparison has no pilot of {region}' },
    'joint-clause.pilot-not-listed': {
      zh: '主导实验室{name}不在信任列表中，不知属哪一省（市）',
      en: 'The pilot {name} is on no trust list, so that its province is not known',
    },
    'joint-clause.protocol-not-at-hand': {
      zh: '比对方案不在手边，未能核对主导实验室',
      en: 'The protocol is not at hand, so that its pilots could not be compared',
      advice: { zh: '请一并给出比对方案', en: 'Give the protocol too' },
    },
    'joint-clause.task-not-at-hand': {
      zh: '检查任务不在手边，未能核对由哪些机关签署',
      en: 'The task is not at hand; which bureaus signed it was not compared',
      advice: { zh: '请一并给出检查任务', en: 'Give the task too' },
    },
    'joint-clause.task-one-side': {
      zh: '检查任务没有{region}的机关',
      en: 'The task has no bureau of {region}',
    },
    'joint-clause.bureau-not-listed': {
      zh: '组织机关{name}不在信任列表中，不知属哪一省（市）',
      en: 'The bureau {name} is on no trust list, so that its province is not known',
    },
    'joint-clause.task-not-signed': {
      zh: '{name}对检查任务的签署不在手边',
      en: 'No statement at hand shows that {name} signed the task',
      advice: {
        zh: '请该机关签署同一内容的任务，或从其节点取回',
        en: 'Have the bureau sign a task of the same content, or fetch it from its node',
      },
    },
    'joint-clause.standard-not-stated': {
      zh: '第 {row} 项授权没有写所用计量标准的考核证书号，未作核对',
      en: 'Row {row} of the scope states no assessment of the standard used; not compared',
    },
    'joint-clause.assessment-not-at-hand': {
      zh: '计量标准考核证书 {number} 不在手边，未作核对',
      en: 'The assessment {number} is not at hand and was not compared',
    },
    'joint-clause.assessment-ended': {
      zh: '计量标准考核证书 {number} 有效期为 {from} 至 {until}，{on} 不在其内',
      en: 'The assessment {number} holds from {from} until {until}, not on {on}',
    },
    'joint-clause.assessment-of-other': {
      zh: '计量标准考核证书 {number} 属 {holder}，不属该机构',
      en: 'The assessment {number} is of {holder}, not of this body',
    },
    'joint-clause.no-assessment': {
      zh: '第 {row} 项能力：手边没有该机构对{category}开展{work}、当日有效的计量标准考核证书',
      en: 'Item {row}: no assessment of this body for {work} of {category}, in force on the day, is at hand',
    },
    'joint-clause.assessment-range': {
      zh: '第 {row} 项能力：测量范围不在手边考核证书的范围之内，或无法比较',
      en: 'Item {row}: its range is not within that of the assessments at hand, or could not be compared',
    },
  },
})
