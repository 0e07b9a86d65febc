/** `tongheng/stores/memory`: a store that forgets at exit. For tests, and for a verifier that keeps nothing. */
import type { RecordQuery, Store, StoredDocument, StoredRecord } from '../../exchange/server.js'

type Kept = StoredRecord & { readonly position: number }

export function createMemoryStore(): Store {
  const records: Kept[] = []
  const byId = new Map<string, Kept>()
  const byName = new Map<string, Kept>()
  const requests = new Map<string, number>()
  const documents: StoredDocument[] = []
  const nameOf = (iss: string, jti: string): string => `${iss}/${jti}`

  return {
    async putRecord(record) {
      const name = nameOf(record.iss, record.jti)
      const there = byName.get(name)
      if (there !== undefined) return { record: there, isNew: false }
      // The id is a digest over issuer and name: one id under two names cannot come from a statement.
      if (byId.has(record.statementId)) throw new Error(`statement ${record.statementId} is kept under another name`)
      const kept = { ...record, position: records.length + 1 }
      records.push(kept)
      byId.set(kept.statementId, kept)
      byName.set(name, kept)
      return { record: kept, isNew: true }
    },
    async getRecord(statementId) {
      return byId.get(statementId)
    },
    async getRecordByName(iss, jti) {
      return byName.get(nameOf(iss, jti))
    },
    async listRecords(query, { after, limit }) {
      const items: Kept[] = []
      for (let at = after; at < records.length; at++) {
        const record = records[at] as Kept
        if (!fits(record, query)) continue
        if (items.length === limit) return { items, next: (items.at(-1) as Kept).position }
        items.push(record)
      }
      return { items }
    },
    async rememberRequest({ iss, jti, until, now, capacity }) {
      const name = nameOf(iss, jti)
      const known = requests.get(name)
      if (known !== undefined && known >= now) return 'seen'
      if (requests.size >= capacity) for (const [old, end] of requests) if (end < now) requests.delete(old)
      if (requests.size >= capacity) return 'full'
      requests.set(name, until)
      return 'new'
    },
    async putDocument(document) {
      const there = documents.some(
        ({ collection, name, version }) => collection === document.collection && name === document.name && version === document.version,
      )
      if (!there) documents.push(document)
    },
    async getDocument(collection, name, version) {
      return documents
        .filter(
          (document) => document.collection === collection && document.name === name && (version ?? document.version) === document.version,
        )
        .sort((a, b) => b.version - a.version)[0]
    },
    async listDocuments(collection) {
      return documents
        .filter((document) => document.collection === collection)
        .sort((a, b) => (a.name === b.name ? a.version - b.version : a.name < b.name ? -1 : 1))
    },
    async close() {
      requests.clear()
    },
  }
}

function fits({ kind, iss, search }: StoredRecord, query: RecordQuery): boolean {
  const { validOn } = query
  return (
    (query.number ?? search.number) === search.number &&
    (query.serial === undefined || query.serial === search.serial) &&
    (query.plate === undefined || query.plate === search.plate) &&
    (query.kind ?? kind) === kind &&
    (query.issuer ?? iss) === iss &&
    (query.region ?? search.region) === search.region &&
    (validOn === undefined || (search.factDate <= validOn && (search.validUntil === undefined || validOn <= search.validUntil)))
  )
}
