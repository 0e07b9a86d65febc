/**
 * Answers as texts between threads. Most checks of a verdict are constants, the same frozen object in every verdict (16 kB of 20 as JSON):
 * each is sent once, then by its number.
 */
import type { AnyRecord } from '../records/index.js'
import type { Check, Verdict } from '../verify/index.js'

/** What `examine` or `verifyLabel` gives. */
export interface ThreadAnswer {
  readonly verdict: Verdict
  readonly record?: AnyRecord | undefined
}

/** Answers of a batch. */
export interface AnswerTexts {
  /** JSON, one per statement: one long text takes longer to make. A number among the checks is that of a constant. */
  readonly answers: readonly string[]
  /** JSON: the constants that were not sent before, in the order of their numbers. */
  readonly constants: string
}

/** Constants that are numbered at most. A check beyond is sent as it is. */
const MAX_CONSTANTS = 4096

export function createAnswerWriter(): (answers: readonly ThreadAnswer[]) => AnswerTexts {
  const numbers = new Map<Check, number>()
  return (answers) => {
    const fresh: Check[] = []
    const numbered = (check: Check): Check | number => {
      if (!Object.isFrozen(check)) return check
      const known = numbers.get(check)
      if (known !== undefined) return known
      if (numbers.size === MAX_CONSTANTS) return check
      fresh.push(check)
      numbers.set(check, numbers.size)
      return numbers.size - 1
    }
    // Spread first: `checks` stays where it stands among the members.
    const texts = answers.map(({ verdict, record }) =>
      JSON.stringify({ verdict: { ...verdict, checks: verdict.checks.map(numbered) }, record }),
    )
    return { answers: texts, constants: JSON.stringify(fresh) }
  }
}

export function createAnswerReader(): (texts: AnswerTexts) => readonly ThreadAnswer[] {
  const known: Check[] = []
  return ({ answers, constants }) => {
    for (const check of JSON.parse(constants) as Check[]) known.push(Object.freeze(check))
    return answers.map((text) => {
      const answer = JSON.parse(text) as ThreadAnswer
      const { verdict } = answer as { readonly verdict: { checks: readonly (Check | number)[] } }
      verdict.checks = verdict.checks.map((check) => (typeof check === 'number' ? (known[check] as Check) : check))
      return answer
    })
  }
}
