/** Facts for verdicts (trust, agreements, catalogues, status, specifications): read from the store, cached, and updated with newer documents. */
import { isTonghengError, type TonghengError } from '../base/error.js'
import { openAgreement } from '../recognition/index.js'
import type { SignedTrustList, Trust, TrustAnchor } from '../trust/index.js'
import { openStatus } from '../verify/index.js'
import type { Alarms } from './alarms.js'
import { createFactsReader, type Facts, type ReadFacts } from './read-facts.js'
import { createStatusListQuota, type StatusListQuota, storeStatusList } from './status-lists.js'
import type { Store } from './store.js'
import { createStoredCatalogues, type StoredCatalogues } from './stored-catalogues.js'
import { createStoredTrust, type StoredTrust } from './stored-trust.js'

/** Signed documents from a file or a peer. Only genuine documents are accepted. */
export interface Documents {
  readonly trustLists?: readonly SignedTrustList[] | undefined
  readonly agreements?: readonly (readonly string[])[] | undefined
  /** Each item is the signatures of one catalogue of an authority. */
  readonly catalogues?: readonly (readonly string[])[] | undefined
  readonly statusLists?: readonly string[] | undefined
  readonly notices?: readonly string[] | undefined
}

export interface FactsKeeper {
  /** The last facts read, possibly outdated; for callers that cannot await. */
  readonly last: Facts
  /** Returns current facts; reads them again if this process, or possibly another one, has written. */
  current(): Promise<Facts>
  /** Invalidates the cache after a write on which verdicts depend. */
  outdate(): void
  /** Stores genuine, newer documents; returns the errors of the rejected ones. */
  learn(documents: Documents): Promise<readonly TonghengError[]>
}

/** Seconds after which the store is checked for writes by other processes. */
const INTERVAL = 5

interface Options extends Documents {
  /** USCC of the authority that runs the node. */
  readonly authority: string
  /** Its province, two digits. */
  readonly region: string
  readonly alarms: Alarms
  readonly store: Store
  readonly anchors: readonly TrustAnchor[]
  readonly now: () => number
}

/** @throws `trust-list.*`, `agreement.*` if a document given at the start does not verify */
export async function createFacts(options: Options): Promise<FactsKeeper> {
  const { store, anchors, now } = options
  const storedTrust = createStoredTrust(store, anchors)
  const storedCatalogues = createStoredCatalogues(store)
  await storeGiven(options, storedTrust, storedCatalogues)
  const given = { notices: options.notices ?? [], statusLists: options.statusLists ?? [] }
  const cache = await createFactsCache(createFactsReader({ ...options, storedTrust, storedCatalogues, given }), now)
  const quota = createStatusListQuota(store, () => cache.last.trust, now)
  return Object.assign(cache, {
    learn: (documents: Documents) => learn(documents, { store, storedTrust, storedCatalogues, quota, now, cache }),
  })
}

/**
 * The node's own list must open. A fault in another authority's list, or in a catalogue, raises an alarm, and the stored version stays
 * in force.
 */
async function storeGiven(
  { trustLists, agreements, catalogues = [], authority: own, alarms, store, now }: Options,
  storedTrust: StoredTrust,
  storedCatalogues: StoredCatalogues,
): Promise<void> {
  const { trust, refused } = await storedTrust.open(trustLists ?? [])
  for (const { authority, error } of refused) {
    if (authority === own || authority === undefined) throw error
    alarms.raise(error)
  }
  await storedTrust.store(trust)
  for (const signed of agreements ?? []) await storeAgreement(store, signed, trust)
  for (const error of await storedCatalogues.learn(catalogues, trust, now())) alarms.raise(error)
}

type FactsCache = Omit<FactsKeeper, 'learn'>

/** Caches the facts; reads them again when they are invalidated or `INTERVAL` old. Concurrent callers share one read. */
async function createFactsCache(readFacts: ReadFacts, now: () => number): Promise<FactsCache> {
  let state = await readFacts(undefined)
  let readAt = now()
  let isOutdated = false
  let reading: Promise<Facts> | undefined

  async function read(): Promise<Facts> {
    const at = now()
    isOutdated = false
    try {
      state = await readFacts(state)
      readAt = at
      return state
    } catch (error) {
      // Read again at the next call, so that one failed read does not affect later verdicts.
      isOutdated = true
      throw error
    }
  }

  const readNow = (): Promise<Facts> => {
    reading = read().finally(() => {
      reading = undefined
    })
    return reading
  }

  return {
    get last() {
      return state
    },
    async current() {
      if (reading === undefined) return isOutdated || Math.abs(now() - readAt) >= INTERVAL ? readNow() : state
      if (!isOutdated) return reading
      // The cache was invalidated after this read began, so only a read that begins now is sure to include the write.
      await reading
      return reading ?? (isOutdated ? readNow() : state)
    },
    outdate() {
      isOutdated = true
    },
  }
}

interface Learning {
  readonly store: Store
  readonly storedTrust: StoredTrust
  readonly storedCatalogues: StoredCatalogues
  readonly quota: StatusListQuota
  readonly now: () => number
  readonly cache: FactsCache
}

async function learn(documents: Documents, given: Learning): Promise<readonly TonghengError[]> {
  const { store, storedTrust, storedCatalogues, quota, now, cache } = given
  const refused: TonghengError[] = []
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      if (!isTonghengError(error)) throw error
      refused.push(error)
    }
  }
  const { trustLists = [], agreements = [], catalogues = [], statusLists, notices } = documents
  if (trustLists.length > 0)
    await attempt(async () => {
      const opened = await storedTrust.open(trustLists)
      refused.push(...opened.refused.map(({ error }) => error))
      await storedTrust.store(opened.trust)
    })
  // Verify the remaining documents against the updated trust.
  cache.outdate()
  const { trust } = await cache.current()
  for (const signed of agreements) await attempt(() => storeAgreement(store, signed, trust))
  refused.push(...(await storedCatalogues.learn(catalogues, trust, now())))
  const status = await openStatus({ statusLists, notices }, trust)
  refused.push(...status.refused.map(({ error }) => error))
  for (const list of status.lists) await attempt(() => storeStatusList(list, { store, trust, at: now(), quota }))
  cache.outdate()
  await cache.current()
  return refused
}

async function storeAgreement(store: Store, signed: readonly string[], trust: Trust): Promise<void> {
  const { payload } = await openAgreement(signed, trust)
  await store.putDocument({ collection: 'agreement', name: payload.id, version: payload.version, signed })
}
