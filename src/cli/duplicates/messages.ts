/** Messages of the command `duplicates`. */
import { defineTexts, sayOf } from '../../base/message.js'

export const cliDuplicateTexts = defineTexts({
  codes: {
    'cli.duplicates-labels': {
      zh: '标签只含记录的一部分，未参加比较：{count} 份',
      en: '{count} label(s) hold a part of a record only, and were not compared',
    },
    'cli.duplicates-counts': {
      zh: '重复检定 {duplicates} 对，不能断定 {undecided} 对，未能比较的记录 {notCompared} 份',
      en: '{duplicates} duplicate(s), {undecided} undecided, {notCompared} record(s) not compared',
    },
  },
})

export const say = sayOf(cliDuplicateTexts)
