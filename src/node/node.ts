/** A node: combines an authority's trust, agreements and store, and processes statements. It opens no sockets. */

import type { Text } from '../base/message.js'
import { coded as contractCoded } from '../contract/messages.js'
import { dueOf } from '../trust/index.js'
import { decidingCheck } from '../verify/index.js'
import { createAlarms } from './alarms.js'
import { checkNodeOptions } from './check-node-options.js'
import { examineStatement } from './examine-statement.js'
import { createFacts } from './facts.js'
import { createHeadKeeper, type HeadKeeper, withSettledCheckpoint } from './head.js'
import { instrumentStandings } from './instrument-standings.js'
import { createLogWriter } from './log-writer.js'
import { otherEntries } from './other-entry.js'
import { identityOf, mustBeListed, mustBeOfRegion, mustBeSuccessor } from './own-keys.js'
import type { NodeParts } from './parts.js'
import { createPeerImport } from './peer-import.js'
import { createReaderLookup, type ReaderLookup } from './reader-lookup.js'
import type { Node, NodeOptions } from './shapes.js'
import { createStoring, type Storing } from './storing.js'
import { submitOther } from './submit-other.js'
import { recordEntry, submitRecord } from './submit-record.js'
import { statusesOf } from './successors.js'
import { configurationWarnings, documentWarnings, textOfCode } from './warnings.js'

/**
 * Opens a node: verifies and stores its trust lists and agreements, and reads the published documents from its store.
 * @throws `trust-list.*`, `agreement.*`; `node.key-not-listed`, `log.not-listed` if the trust list lacks a key of the node
 * @example
 * ```ts
 * import { createNode } from 'tongheng/node'
 * import { createMemoryStore } from 'tongheng/stores/memory'
 * import { createFakeAuthorities, DEMONSTRATION_TIME, organisation } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities({ witnessKeys: true })
 * const { uscc, name, region } = organisation('SC-AMR')
 * const node = await createNode({
 *   id: 'https://sichuan.example',
 *   url: 'https://sichuan.example',
 *   authority: uscc,
 *   name,
 *   region,
 *   signer: world.signer('SC-AMR'),
 *   log: world.log('SC-AMR'),
 *   store: createMemoryStore(),
 *   anchors: world.anchors,
 *   trustLists: world.trustLists,
 *   agreements: [world.signedAgreement],
 *   now: () => Date.parse(DEMONSTRATION_TIME) / 1000,
 * })
 * node.trust.lists.length // => 2
 * ```
 */
export async function createNode(options: NodeOptions): Promise<Node> {
  checkNodeOptions(options)
  const alarms = createAlarms(options.alarm)
  const facts = await createFacts({ ...options, alarms })
  mustBeListed(options, facts.last.trust)
  mustBeOfRegion(options, facts.last.trust)
  const parts: NodeParts = { options, facts, alarms }
  const { storing, head, identity } = await openLog(parts)
  const { store, now, region } = options
  const { receiveFromPeer, takeOver } = peerImportOf(parts, storing)
  const readers = readersOf(parts)
  return {
    options: { ...options, store: withSettledCheckpoint(store, head) },
    head,
    get trust() {
      return facts.last.trust
    },
    identity,
    judge: async (statement, { at = now(), region: asked = region } = {}) =>
      (await examineStatement(parts, await facts.current(), statement, { at, asked })).examined.verdict,
    receive: async (statement) => examineStatement(parts, await facts.current(), statement),
    submit: (submission) => submitRecord(parts, storing, submission),
    submitNotice: (submission) => submitOther(parts, storing, { ...submission, typ: 'metrology-notice+jwt' }),
    submitJoint: (submission) => submitOther(parts, storing, { ...submission, typ: 'metrology-joint+jwt' }),
    receiveFromPeer,
    takeOver,
    standings: (query, asked) => instrumentStandings(parts, query, asked),
    statusesOf: async (entries) => statusesOf(await facts.current(), store, entries, { region, at: now() }),
    noticesOf: async (statementId) => (await facts.current()).status.noticesOf(statementId),
    readers,
    async refresh() {
      await facts.current()
      await readers.refresh()
    },
    learn: facts.learn,
    alarms,
    get halted() {
      return storing.halted
    },
    halt(found) {
      storing.halted = found
    },
    async closeLog(successor) {
      mustBeSuccessor(successor, options.authority, facts.last.trust)
      return storing.close(successor)
    },
    unready: () => unready(parts, storing, head),
    warnings: () => [
      ...listsDue(parts, false),
      ...facts.last.catalogues.refused.map(({ text }) => text),
      ...documentWarnings(facts.last),
      ...configurationWarnings(options, facts.last.trust),
      ...(readers.fault === undefined ? [] : [readers.fault.text]),
    ],
  }
}

/** Opens the log writer, the head in its second place, and the write path that uses both. */
async function openLog(parts: NodeParts) {
  const { options, facts } = parts
  const { store } = options
  const identity = await identityOf(options, facts.last.trust)
  const place = identity && options.head
  const awaitsWitness = identity !== undefined && options.awaitsWitness === true
  const head = createHeadKeeper({ store, origin: options.log?.origin ?? '', place, awaitsWitness })
  const writer = createLogWriter(store, identity, head.settle)
  if (await head.open()) await writer.seal()
  return { storing: createStoring(parts, head, writer), head, identity }
}

function readersOf({ options, facts, alarms }: NodeParts): ReaderLookup {
  const { store, authority, now, readersHead: place } = options
  return createReaderLookup({ store, authority, place, trust: () => facts.last.trust, now, raise: alarms.raise })
}

const peerImportOf = (parts: NodeParts, storing: Storing) =>
  createPeerImport({
    current: parts.facts.current,
    async judge(given, statement, parsed, receipt) {
      const received = await examineStatement(parts, given, statement, { parsed, receipt })
      return recordEntry(parts, statement, received) ?? decidingCheck(received.examined.verdict).code
    },
    otherEntry: (statement, typ) => otherEntries[typ](parts, statement),
    storeAll: storing.all,
  })

/** Texts about trust lists that have expired (`isExpired`), or that expire soon. */
const listsDue = ({ options, facts }: NodeParts, isExpired: boolean): readonly Text[] =>
  facts.last.trust.lists.flatMap((list) => {
    const found = dueOf(list, options.now())
    if (found === undefined || (found.code === 'trust-list.expired') !== isExpired) return []
    return [textOfCode(found.code, found.params)]
  })

const unready = (parts: NodeParts, { halted }: Storing, { fault }: HeadKeeper): readonly Text[] => [
  ...listsDue(parts, true),
  ...(fault === undefined ? [] : [fault.text]),
  ...(halted === undefined ? [] : [textOfCode(contractCoded('log.halted'), halted)]),
]
