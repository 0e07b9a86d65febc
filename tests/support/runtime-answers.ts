// What a runtime answers to the vectors: the same text on every one. It runs from the source, the packed package and in a page, so
// it uses nothing of Node's.
import { parsePrinted, parseSpecificationNumber } from 'tongheng/catalogue'
import { readStatements } from 'tongheng/envelope'
import { isTonghengError } from 'tongheng/errors'
import { openAgreement } from 'tongheng/recognition'
import { openTrust, type TrustAnchor } from 'tongheng/trust'
import { openStatus, standings, verify } from 'tongheng/verify'

export interface RuntimeVectors {
  readonly anchors: readonly TrustAnchor[]
  readonly lists: readonly (readonly string[])[]
  readonly agreement: readonly string[]
  readonly at: string
  readonly judged: readonly { readonly name: string; readonly statement: string; readonly statusLists?: readonly string[] }[]
  /** Statements whose instruments’ standing is computed. */
  readonly standing: readonly (readonly string[])[]
  /** Octets of files. */
  readonly files: readonly (readonly number[])[]
  readonly printed: readonly string[]
  readonly moments: readonly string[]
}

async function answer(name: string, ask: () => unknown): Promise<string> {
  try {
    return `${name}: ${JSON.stringify(await ask(), (_, value) => (typeof value === 'bigint' ? String(value) : value))}`
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return `${name}: refused as ${error.code}`
  }
}

export async function answersOf(given: RuntimeVectors): Promise<string[]> {
  const trust = await openTrust({ anchors: given.anchors, lists: given.lists })
  const options = { trust, agreements: [await openAgreement(given.agreement, trust)], policy: { region: '50' } } as const
  const { at } = given
  const answers: string[] = []
  for (const { name, statement, statusLists } of given.judged)
    answers.push(
      await answer(name, async () => {
        const status = statusLists && (await openStatus({ statusLists }, trust))
        const refused = status?.refused.map(({ code, error }) => [code, error.details])
        return [refused, await verify(statement, { ...options, at, ...(status && { status }) })]
      }),
    )
  for (const statements of given.standing) answers.push(await answer('standing', () => standings(statements, { ...options, at })))
  for (const octets of given.files) answers.push(await answer('file', () => readStatements(Uint8Array.from(octets))))
  for (const text of given.printed) answers.push(await answer(text, () => [parsePrinted(text), parseSpecificationNumber(text)]))
  const [first] = given.judged
  for (const moment of given.moments)
    answers.push(await answer(moment, async () => (await verify(first?.statement ?? '', { ...options, at: moment })).outcome))
  return answers
}
