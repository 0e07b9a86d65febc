/** Records: single and bulk submission, retrieval, search, verification. */
import { parseInstant } from '../../base/date.js'
import { identifierKey, isNoSerial, plateKey } from '../../base/identifier.js'
import { otherWork } from '../../base/other-work.js'
import { ProblemError, type RecordEntry } from '../../contract/index.js'
import type { EntryPage, Node, PlacedEntry } from '../../node/index.js'
import { NOT_RECORDS } from '../../node/inside.js'
import type { CurrentStatus } from '../../verify/index.js'
import { type Access, mustReach, narrowed } from '../access.js'
import { judgedStatementOf } from '../body-statements.js'
import { submitLines } from '../bulk.js'
import { judgedUnits } from '../cost.js'
import { readPage } from '../page.js'
import { queryReasons } from '../query-reasons.js'
import { submitOne } from '../submit.js'
import { type Handlers, namedIn, ok, statementIn } from './context.js'

const DEFAULT_PAGE = 100

const entryOf = (entry: PlacedEntry, { lines, ...status }: Partial<CurrentStatus> = {}): RecordEntry => ({
  statementId: entry.statementId,
  statement: entry.statement,
  iss: entry.iss,
  jti: entry.jti,
  kind: entry.kind,
  number: entry.search.number,
  region: entry.search.region,
  decision: entry.decision,
  position: entry.position,
  ...(entry.receipt !== undefined && { receipt: entry.receipt }),
  receivedAt: entry.receivedAt,
  ...status,
  ...(lines && { lines: lines.map((line) => ({ ...line })) }),
})

async function pageOf(node: Node, { items, next }: EntryPage) {
  const statuses = await node.statusesOf(items)
  return { items: items.map((item, n) => entryOf(item, statuses[n])), ...(next !== undefined && { next: String(next) }) }
}

export const recordHandlers: Handlers<
  'submitRecord' | 'submitRecords' | 'getRecord' | 'listRecords' | 'listStandings' | 'verifyStatement' | 'listSpecifications'
> = {
  submitRecord: (context) => submitOne(context, statementIn(context), { named: namedIn(context) }),

  submitRecords: (context) => ok(submitLines(context)),

  async getRecord({ node, params, access }) {
    const entry = await node.options.store.getEntry(params.statementId ?? '')
    if (entry === undefined || NOT_RECORDS.includes(entry.kind)) throw new ProblemError('not-found', { what: params.statementId ?? '' })
    mustReach(access as Access, entry)
    const [status] = await node.statusesOf([entry])
    return ok(entryOf(entry, status))
  },

  async listRecords({ node, query, limits, access }) {
    const { certificateNo, serial, plate, kind, region, validOn, cursor, limit } = query
    const page = await readPage(
      node.options.store,
      {
        number: certificateNo === undefined ? undefined : identifierKey(certificateNo),
        serial: serial === undefined ? undefined : identifierKey(serial),
        plate: plate === undefined ? undefined : plateKey(plate),
        kind,
        except: NOT_RECORDS,
        issuer: narrowed(access as Access, query),
        region,
        validOn,
      },
      { from: Number(cursor ?? 0), limit: Math.min(Number(limit ?? DEFAULT_PAGE), limits.page), octets: limits.pageOctets },
    )
    return ok(await pageOf(node, page))
  },

  async listStandings({ node, query, spend }) {
    const { serial, plate, at, region, cursor } = query
    // Without either, every instrument would be evaluated.
    if (serial === undefined && plate === undefined)
      throw new ProblemError('query.invalid', { name: 'serial', reason: queryReasons.instrument })
    // Placeholders (“无”, “/”, “000000”) identify no instrument, and an empty answer would read as “never verified”.
    if (serial !== undefined && isNoSerial(serial))
      throw new ProblemError('query.invalid', { name: 'serial', reason: queryReasons.placeholder })
    const from = cursor === undefined ? undefined : Number(cursor)
    const { items, next } = await node.standings({ serial, plate }, { ...asked({ at, region }), from })
    spend(judgedUnits(items.reduce((sum, { entries, notJudged }) => sum + entries.length + notJudged.length, 0)))
    await otherWork()
    return ok({ items, ...(next !== undefined && { next: String(next) }) })
  },

  verifyStatement: async (context) => ok(await context.node.judge(judgedStatementOf(context.body), asked(context.query))),

  async listSpecifications({ node, query, limits }) {
    const options = { from: Number(query.cursor ?? 0), limit: limits.page, octets: limits.pageOctets }
    return ok(await pageOf(node, await readPage(node.options.store, { kind: 'technical-specification' }, options)))
  },
}

/** @throws `date.instant` */
const asked = ({
  at,
  region,
}: {
  readonly at?: string | undefined
  readonly region?: string | undefined
}): Parameters<Node['judge']>[1] => ({
  ...(at !== undefined && { at: parseInstant(at) }),
  ...(region !== undefined && { region }),
})
