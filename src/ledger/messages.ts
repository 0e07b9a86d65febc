/** Errors of the ledger: mapping and holiday files with a wrong shape. */
import { defineTexts } from '../base/message.js'

export const ledgerTexts = defineTexts({
  codes: {
    'ledger.mapping-shape': {
      zh: '不是映射文件：{path}',
      en: 'This is no mapping file: {path}',
      advice: { zh: '请用 --write-mapping 写出一份，再在其上更正', en: 'Write one by --write-mapping, and correct that' },
    },
    'ledger.holidays-shape': {
      zh: '不是节假日文件：{path}',
      en: 'This is no file of holidays: {path}',
      advice: {
        zh: '写作 {"off": ["2026-10-01"], "work": ["2026-10-10"]}：放假的日子、调休上班的周末',
        en: 'Write {"off": ["2026-10-01"], "work": ["2026-10-10"]}: days off, and weekends worked',
      },
    },
  },
})
