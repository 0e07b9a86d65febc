/** The log: checkpoints, tiles (C2SP tlog-tiles), pages of statements, proofs, and witnessing of other logs. */

import { decodeBase64url, digestText } from '#native'
import { concat } from '../../base/concat.js'
import { ProblemError } from '../../contract/index.js'
import { readTilePath, TILE_WIDTH, writeEntryBundle } from '../../log/index.js'
import { placeOf, tilesOfStore } from '../../node/inside.js'
import { listedLogs } from '../../verify/index.js'
import { STATEMENTS_HELD, streamStatements } from '../page.js'
import { queryReasons } from '../query-reasons.js'
import { witnessCheckpoint } from '../witness.js'
import { type Handlers, ok } from './context.js'

export const logHandlers: Handlers<
  'getCheckpoint' | 'getCosignedCheckpoint' | 'getTile' | 'getEntries' | 'getPlace' | 'addCheckpoint' | 'getWitnessed'
> = {
  getCheckpoint: async ({ node }) => note((await node.options.store.readLog()).checkpoint),
  getCosignedCheckpoint: async ({ node }) => note((await node.options.store.readLog()).cosigned),

  async getTile({ node, params }) {
    const { store } = node.options
    const path = `tile/${params.level}/${params.index}`
    const tile = readTilePath(path)
    if (tile === undefined) throw new ProblemError('query.invalid', { name: 'index', reason: queryReasons.tile })
    const { level, index, width } = tile
    const hashes =
      level === 'entries'
        ? (await store.statementIds(index * TILE_WIDTH, index * TILE_WIDTH + width)).map(decodeBase64url)
        : await tilesOfStore(store)(level, index, width)
    if (hashes.length < width) throw new ProblemError('not-found', { what: path })
    return ok(level === 'entries' ? writeEntryBundle(hashes) : concat([...hashes], 32 * width))
  },

  async getEntries({ node, params, query, account }) {
    const [start, width] = [Number(params.page) * TILE_WIDTH, Number(query.width ?? TILE_WIDTH)]
    const { store } = node.options
    const ids = await store.statementIds(start, start + width)
    if (ids.length < width) throw new ProblemError('not-found', { what: `${params.page}/${width}` })
    // Entries never change, so the ids identify the page; its statements are streamed from the store.
    const body = streamStatements(store, { start, end: start + width, account })
    return { status: 200, body, tag: `"${digestText(ids.join('\n'))}"`, holds: STATEMENTS_HELD }
  },

  async getPlace({ node, params }) {
    const { store } = node.options
    const entry = await store.getEntry(params.statementId ?? '')
    const place = entry && (await placeOf(store, entry.position))
    if (place === undefined) throw new ProblemError('not-found', { what: params.statementId ?? '' })
    return ok(place)
  },

  addCheckpoint: ({ node, body }) => witnessCheckpoint(node, body),

  async getWitnessed({ node, params }) {
    const { origin = '' } = params
    if (!listedLogs(node.trust).some((log) => log.origin === origin)) throw new ProblemError('log.unknown', { origin })
    const peer = await node.options.store.getPeer(origin)
    if (peer === undefined) throw new ProblemError('not-found', { what: origin })
    return ok(peer.checkpoint)
  },
}

function note(text: string | undefined) {
  if (text === undefined) throw new ProblemError('log.no-checkpoint')
  return ok(text)
}
