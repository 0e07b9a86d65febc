/** Messages of the command `ledger`. */
import { faultOf } from '../../base/error.js'
import { defineTexts, sayOf } from '../../base/message.js'

export const cliLedgerTexts = defineTexts({
  codes: {
    'cli.ledger-file': { zh: '请给出一个台账文件', en: 'Name one ledger' },
    'cli.ledger-read': { zh: '{format}，{sheets} 个工作表，读出 {lines} 行器具', en: '{format}, {sheets} sheet(s), {lines} line(s)' },
    'cli.ledger-header': { zh: '（表头第 {first}–{last} 行）', en: ' (header: rows {first}–{last})' },
    'cli.ledger-kept': { zh: '（原样保存）', en: '(kept as written)' },
    'cli.ledger-ignored': { zh: '（不导入）', en: '(not imported)' },
    'cli.ledger-mapping': {
      zh: '映射已写入 {file}；更正后用 --mapping 读取',
      en: 'The mapping is in {file}; correct it, and read it by --mapping',
    },
    'cli.ledger-import-title': { zh: '台账', en: 'Ledger' },
    'cli.ledger-import-next': {
      zh: '各列读法有“?”的请确认；用 --write-mapping 写出映射更正，用 --format json|csv|xlsx 得到各行',
      en: 'Confirm the columns with “?”; --write-mapping writes the mapping for correction, --format json|csv|xlsx gives the lines',
    },
    'cli.ledger-check-title': { zh: '台账检查', en: 'Check of the ledger' },
    'cli.ledger-due-title': { zh: '到期清单（{on}）', en: 'Due on {on}' },
    'cli.ledger-due-on': { zh: '截至 {on}，台账 {lines} 行', en: 'On {on}; the ledger has {lines} line(s)' },
    'cli.ledger-holidays': { zh: '工作日按所给节假日文件计算', en: 'Working days are counted with the holidays given' },
    'cli.ledger-no-holidays': {
      zh: '工作日只扣除周六、周日，未计法定节假日和调休；用 --holidays 给出后按其计算',
      en: 'Working days leave out weekends only; give public holidays by --holidays',
    },
    'cli.ledger-match-title': { zh: '台账与签名证书核对', en: 'The ledger and its signed certificates' },
    'cli.ledger-match-on': {
      zh: '判定时间 {at}，采信方 {region}；台账 {lines} 行，签名记录 {statements} 份',
      en: 'judged at {at} for {region}; {lines} line(s), {statements} signed record(s)',
    },
    'cli.ledger-match-counts': {
      zh: '能用 {usable}，不能用 {not}，无法判定 {undecided}',
      en: 'may be used {usable}, must not be used {not}, cannot be decided {undecided}',
    },
    'cli.ledger-match-unmatched': { zh: '台账中没有对应器具的证书 {count} 份：{names}', en: '{count} certificate(s) of no line: {names}' },
    'cli.ledger-match-unread': {
      zh: '真实性不成立、无法判定或读不出的 {count} 份：{names}',
      en: '{count} file(s) that are not genuine, or could not be judged or read: {names}',
    },
    'cli.ledger-match-words': {
      zh: '“能用”只依据手头的签名记录和台账所写；不含外观、安装、环境等现场条件',
      en: '“May be used” rests on the signed records at hand and on the ledger alone, not on condition, installation or environment on site',
    },
    'cli.ledger-export-application': { zh: '检定申请表', en: 'Application for verification' },
    'cli.ledger-export-filing': { zh: '强检工作计量器具备案导入表', en: 'Filing of instruments under mandatory verification' },
    'cli.ledger-export-lines': { zh: '台账', en: 'Ledger' },
    'cli.ledger-exported': { zh: '{lines} 行', en: '{lines} line(s)' },
    'cli.ledger-none': {
      zh: '{file} 中没有读出任何器具',
      en: 'No instrument was read from {file}',
      advice: { zh: '原因见 tongheng ledger check {file}', en: 'tongheng ledger check {file} says why' },
    },
    'cli.ledger-due-findings': {
      zh: '台账中有不能用的值，其到期情况可能不全：请先看 tongheng ledger check',
      en: 'The ledger has values that cannot be used, so that this list may lack some: see tongheng ledger check first',
    },
  },
})

export const fault = faultOf(cliLedgerTexts)
export const say = sayOf(cliLedgerTexts)
