/** `explain unit`: how to write a unit. It uses the same parser as `check`. */
import { messageOf, type Text } from '../../base/message.js'
import { padEnd } from '../../base/text-width.js'
import { adviseUnit, unitOf, unusualUnits } from '../../catalogue/index.js'

type Language = 'zh' | 'en'

interface UnitAnswer {
  readonly unit: string
  /** For a code in our table. */
  readonly known?: { readonly code: string; readonly name: Text; readonly symbol: string; readonly dsi: string; readonly dimension: string }
  /** Finding about the unit: a code of `check`, with its text. */
  readonly code?: string
  readonly message?: Text
  readonly advice?: Text
  /** UCUM code of the unit to write instead. */
  readonly instead?: string
}

export function explainUnits(spellings: readonly string[], language: Language, asJson: boolean): string {
  if (spellings.length === 0) return asJson ? JSON.stringify(unusualUnits.map(([code, use]) => ({ code, use }))) : unusual(language)
  const answers = spellings.map(answerTo)
  return asJson ? JSON.stringify(answers) : answers.map((answer) => answerText(answer, language)).join('\n')
}

function answerTo(unit: string): UnitAnswer {
  const found = unitOf(unit)
  const advice = adviseUnit(unit)
  const said = advice && messageOf(advice.code, advice.params)
  return {
    unit,
    ...(found && { known: { code: found.code, name: found.name, symbol: found.symbol, dsi: found.dsi, dimension: found.dimension } }),
    ...(advice && said && { code: advice.code, message: { zh: said.zh, en: said.en }, ...(said.advice && { advice: said.advice }) }),
    ...(advice?.instead && { instead: advice.instead.code }),
  }
}

function answerText({ unit, known, code, message, advice }: UnitAnswer, language: Language): string {
  const lines = [
    known === undefined ? unit : `${unit}  ${known.name[language]}  ${known.symbol}${known.dsi === '' ? '' : `  D-SI ${known.dsi}`}`,
  ]
  if (message !== undefined) lines.push(`  ${message[language]}`)
  if (advice !== undefined) lines.push(`  ${advice[language]}`)
  if (code !== undefined) lines.push(`  ${code}`)
  return lines.join('\n')
}

const unusual = (language: Language): string => unusualUnits.map(([code, use]) => `${padEnd(code, 16)}${use[language]}`).join('\n')
