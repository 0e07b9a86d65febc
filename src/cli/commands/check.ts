import { type Check, found, type Row } from '../../base/check.js'
import { isTonghengError } from '../../base/error.js'
import { parseJson } from '../../base/json.js'
import { checkRecord } from '../../conformance/index.js'
import { parsePayload, parseStatement } from '../../envelope/index.js'
import type { Command } from '../command.js'
import { type Input, readInputs, textOf } from '../files.js'

const JSON_ROW: Row = { id: 'statement.payload', group: 'shape', basis: 'RFC 8259; RFC 7493', since: '0.1.0' }

export const check: Command = {
  name: 'check',
  usage: 'check [FILE …]',
  summary: { zh: '检查记录的结构与合规性（不看签名）', en: 'Check shape and conformance of records; signatures are not looked at' },
  options: {
    full: { type: 'boolean', help: { zh: '列出全部检查项', en: 'list every check' } },
    format: { type: 'string', value: 'text|json', help: { zh: '输出格式，默认 text', en: 'output format, default text' } },
  },
  notes: {
    zh: '文件可为记录（JSON）或签名件。退出码：0 无不合格项；1 有；2 用法或输入有误。',
    en: 'A file may be a record (JSON) or a signed statement. Exit code: 0 nothing failed; 1 something did; 2 misuse or bad input.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const asJson = args.choice('format', ['text', 'json']) === 'json'
    const results = []
    for (const input of await readInputs(args.files, terminal)) {
      const checks = checksOf(input)
      const failed = checks.filter(({ status }) => status === 'fail').length
      const warned = checks.filter(({ status }) => status === 'warn').length
      results.push({ file: input.name, failed, warned, checks })
      if (asJson) continue
      const word = language === 'zh' ? `${failed} 项不合格，${warned} 项提示` : `${failed} failed, ${warned} warnings`
      terminal.print(`${terminal.paint(input.name, 'bold')}  ${terminal.paint(word, failed > 0 ? 'fail' : warned > 0 ? 'warn' : 'pass')}`)
      for (const one of checks) {
        if (!args.flag('full') && one.status !== 'fail' && one.status !== 'warn') continue
        terminal.print(
          `  ${terminal.paint(one.code, one.status)} ${one.path ?? ''} ${one.message[language]} ${terminal.paint(one.basis, 'dim')}`,
        )
        if (one.advice !== undefined) terminal.print(`    ${terminal.paint(one.advice[language], 'dim')}`)
      }
    }
    if (asJson) terminal.print(JSON.stringify(results))
    return results.some(({ failed }) => failed > 0) ? 1 : 0
  },
}

/** Checks of a record, or of the record inside a statement. */
function checksOf(input: Input): readonly Check[] {
  try {
    const text = textOf(input)
    if (!/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/.test(text)) return checkRecord(parseJson(input.bytes)).checks
    return checkRecord(parsePayload(parseStatement(text, 'metrology-record+jwt')).record, '/record').checks
  } catch (error) {
    if (!isTonghengError(error)) throw error
    const { pointer, ...params } = error.details
    return [found(JSON_ROW, { code: error.code, params, ...(typeof pointer === 'string' && { path: pointer }), evidence: params })]
  }
}
