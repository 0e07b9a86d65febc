/** The catalogues of authorities in a node's store: opened under the current root keys, and stored version by version. */
import type { Instant } from '../base/date.js'
import { isTonghengError, type TonghengError } from '../base/error.js'
import { type Catalogues, openCatalogues } from '../recognition/index.js'
import { statedCatalogue } from '../recognition/inside.js'
import type { Trust } from '../trust/index.js'
import type { Store } from './store.js'

type Signed = readonly string[]

export interface StoredCatalogues {
  /** Opens the newest stored catalogue of each authority. A catalogue that no longer verifies is in `refused`. */
  open(trust: Trust, at: Instant): Promise<Catalogues>
  /** Stores a newer version of each authority; returns the errors of the rejected ones. A stored version is never replaced. */
  learn(offered: readonly Signed[], trust: Trust, at: Instant): Promise<readonly TonghengError[]>
}

export function createStoredCatalogues(store: Store): StoredCatalogues {
  const newestOf = async (authority: string): Promise<Signed | undefined> => (await store.getDocument('catalogue', authority))?.signed

  async function learnFrom(authority: string, offered: readonly Signed[], trust: Trust, at: Instant): Promise<readonly TonghengError[]> {
    const stored = await newestOf(authority)
    const known = stored === undefined ? [] : [statedCatalogue(stored)]
    // Include the stored version: an older offered one is then ignored, not reported as a rollback.
    const catalogues = stored === undefined ? offered : [stored, ...offered]
    const { published, refused, seen } = await openCatalogues({ catalogues, trust, at, seen: known })
    const newest = published.find(({ payload }) => payload.iss === authority)
    if (newest !== undefined && newest.payload.version > (known[0]?.version ?? 0)) {
      const { version } = newest.payload
      await store.putDocument({ collection: 'catalogue', name: authority, version, signed: [...newest.signed] })
    }
    // An earlier version may be signed by retired keys only: that is not a fault.
    const highest = seen[0]?.version ?? 0
    return refused.filter(({ code, details }) => code !== 'catalogue.threshold' || !(Number(details.version) < highest))
  }

  return {
    async open(trust, at) {
      const catalogues: Signed[] = []
      for (const { name } of await store.listDocumentNames({ collection: 'catalogue', newest: 1 })) {
        const signed = await newestOf(name)
        if (signed !== undefined && trust.lists.some(({ payload }) => payload.iss === name)) catalogues.push(signed)
      }
      return openCatalogues({ catalogues, trust, at, seen: catalogues.map(statedCatalogue) })
    },
    async learn(offered, trust, at) {
      const refused: TonghengError[] = []
      const attempt = async (work: () => Promise<void> | void): Promise<void> => {
        try {
          await work()
        } catch (error) {
          if (!isTonghengError(error)) throw error
          refused.push(error)
        }
      }
      const byAuthority = new Map<string, Signed[]>()
      for (const signed of offered)
        await attempt(() => {
          const { authority } = statedCatalogue(signed)
          byAuthority.set(authority, [...(byAuthority.get(authority) ?? []), signed])
        })
      for (const [authority, signed] of byAuthority)
        await attempt(async () => {
          refused.push(...(await learnFrom(authority, signed, trust, at)))
        })
      return refused
    },
  }
}
