/**
 * Serialises answers between threads. Most checks of a verdict are constants, the same frozen object in every verdict (16 kB of 20 kB as
 * JSON): each constant is sent once, and referred to by its number afterwards.
 */
import type { AnyRecord } from '../records/index.js'
import type { Check, Verdict } from '../verify/index.js'

/** Result of `examine` or `verifyLabel`. */
export interface ThreadAnswer {
  readonly verdict: Verdict
  readonly record?: AnyRecord | undefined
}

/** Answers of a batch. */
export interface AnswerTexts {
  /** JSON, one text per statement, because one long text takes longer to build. A number among the checks refers to a constant. */
  readonly answers: readonly string[]
  /** JSON array of the constants that were not sent before, in the order of their numbers. */
  readonly constants: string
}

/** Maximum number of numbered constants. Further checks are sent in full. */
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
    // Spread first, so that `checks` remains at its place among the members.
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
