/** Messages of verification on worker threads. */
import { faultOf } from '../base/error.js'
import { defineTexts } from '../base/message.js'

export const threadsTexts = defineTexts({
  codes: {
    'threads.file': {
      zh: '找不到判定线程的程序文件：程序打包成一个文件的，请在 file 中给出其地址，或改用 verifyMany',
      en: 'The worker file of the verifying threads was not found: for a program bundled into one file, give its URL as file, or use verifyMany',
    },
    'threads.ended': {
      zh: '判定线程中途结束（{reason}）：已给出的判定有效，其余未判定',
      en: 'A verifying thread ended early ({reason}): the verdicts already given hold, the others were not made',
    },
  },
  phrases: {},
})
export const fault = faultOf(threadsTexts)
