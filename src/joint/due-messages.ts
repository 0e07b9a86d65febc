/** Texts about a step that is due: by whom, from when, until when. */
import { defineTexts, sayOf } from '../base/message.js'

export const dueTexts = defineTexts({
  codes: {
    'joint.due-about': { zh: '{step}（{about}的结果）', en: '{step} (result of {about})' },
    'joint.due-by': { zh: '由{names}', en: 'by {names}' },
    'joint.due-by-many': { zh: '由{names}等 {count} 个单位', en: 'by {names} and others, {count} in all' },
    'joint.due-from': { zh: '{day} 起', en: 'from {day}' },
    'joint.due-until': { zh: '{day} 前（含当日）', en: 'until {day}, inclusive' },
    'joint.due-late': { zh: '已过 {day}', en: 'overdue since {day}' },
  },
})

export const say = sayOf(dueTexts)
