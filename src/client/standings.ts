/** Requests the standings of an instrument from a node, and joins the pages of the answer. */

import { parseInstant } from '../base/date.js'
import { identifierKey, isNoSerial, plateKey } from '../base/identifier.js'
import type { Standing } from '../verify/index.js'
import { joinStandings } from '../verify/inside.js'
import type { Calls } from './calls.js'
import { fault } from './messages.js'
import type { CallOptions } from './transport.js'

export interface StandingQuery extends CallOptions {
  readonly serial?: string
  readonly plate?: string
  /** RFC 3339. @default now */
  readonly at?: string
  readonly region?: string
}

/** Maximum number of pages read for one question: 250,000 records. */
const MAX_PAGES = 1000
/** Maximum number of serial numbers and plates followed, and maximum length of a chain of links. */
const MAX_NAMES = 200
const ROUNDS = 2

type Page = { readonly items: readonly Standing[]; readonly next?: string }
type Name = Pick<StandingQuery, 'serial' | 'plate'>

/** Standings are not signed: an answer for another moment than requested may be a replay. @throws `client.answer` */
function mustBeAt({ items }: Page, moment: string): void {
  const index = items.findIndex(({ at }) => parseInstant(at) !== parseInstant(moment))
  if (index >= 0) throw fault('client.answer', { status: 200, path: `/items/${index}/at` })
}

/** @throws `client.*`; `client.answer` if the standings are of another moment than requested */
export async function standingsOf(calls: Calls, { serial, plate, at, region, ...rest }: StandingQuery): Promise<readonly Standing[]> {
  const request = (query: Readonly<Record<string, string | undefined>>): Promise<Page> =>
    calls.json('listStandings', { ...rest, query: { at, region, ...query } })
  const first = await request({ serial, plate })
  if (at !== undefined) mustBeAt(first, at)
  if (first.next === undefined) return first.items
  // Judge all pages at the same moment.
  const moment = at ?? first.items[0]?.at
  const requestNext = async (query: Parameters<typeof request>[0]): Promise<Page> => {
    const page = await request({ ...query, at: moment })
    if (moment !== undefined) mustBeAt(page, moment)
    return page
  }
  const pages: (readonly Standing[])[] = []
  let isWhole = true
  /** Reads the page and those after it. */
  const readFrom = async (name: Name, page: Page): Promise<void> => {
    pages.push(page.items)
    for (let { next } = page; next !== undefined; ) {
      if (pages.length >= MAX_PAGES) {
        isWhole = false
        return
      }
      const following = await requestNext({ ...name, cursor: next })
      // A page whose cursor does not advance would loop for ever.
      if (following.next !== undefined && !(Number(following.next) > Number(next)))
        throw fault('client.answer', { status: 200, path: '/next' })
      pages.push(following.items)
      next = following.next
    }
  }
  await readFrom({ ...(serial !== undefined && { serial }), ...(plate !== undefined && { plate }) }, first)
  const direct = new Set(pages.flat().flatMap(statementsOf))
  // A serial number or plate that was requested alone is complete. Requested together, they found fewer records than either alone, so
  // request both again.
  const requested = new Set(
    serial !== undefined && plate !== undefined
      ? []
      : [JSON.stringify(serial === undefined ? { plate: plateKey(plate ?? '') } : { serial: identifierKey(serial) })],
  )
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of pages.flat().flatMap(namesIn)) {
      const key = JSON.stringify(name)
      if (requested.has(key)) continue
      requested.add(key)
      if (requested.size > MAX_NAMES) isWhole = false
      else await readFrom(name, await requestNext(name))
    }
  }
  const joined = await joinStandings(pages, { isWhole })
  return joined.filter((standing) => statementsOf(standing).some((id) => direct.has(id)))
}

const statementsOf = ({ entries, notJudged }: Standing): string[] =>
  [...entries, ...notJudged].flatMap(({ statementId }) => (statementId === undefined ? [] : [statementId]))

/** Returns the serial numbers and plates in the records. A record with both links one to the other. */
const namesIn = ({ entries }: Standing): Name[] =>
  entries.flatMap(({ instrument: { serialNumber, mobile } }): Name[] => [
    ...(serialNumber === undefined || isNoSerial(serialNumber) ? [] : [{ serial: identifierKey(serialNumber) }]),
    ...(mobile?.plate === undefined ? [] : [{ plate: plateKey(mobile.plate) }]),
  ])
