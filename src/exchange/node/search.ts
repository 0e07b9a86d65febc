/** By what records are found, and those that a query finds. */
import { identifierKey, isNoSerial, plateKey } from '../../base/identifier.js'
import { type AnyRecord, kindOf } from '../../records/index.js'
import type { EntryPage, EntryQuery, RecordSearch, Store } from '../store.js'

/** What a record can be found by. */
export function searchOf(record: AnyRecord, region: string): RecordSearch {
  const kind = kindOf(record)
  const instrument = kind.instrument(record)
  const serial = instrument?.serialNumber
  const plate = instrument?.mobile?.plate
  return {
    number: identifierKey(kind.number(record)),
    serial: serial === undefined || isNoSerial(serial) ? undefined : identifierKey(serial),
    plate: plate === undefined ? undefined : plateKey(plate),
    region,
    factDate: kind.factDate(record),
    validUntil: kind.validUntil(record),
  }
}

const PAGE = 500

/** Every statement that a query finds, page by page. */
export async function* statementsFound(store: Store, query: EntryQuery): AsyncGenerator<string, void, undefined> {
  let from: number | undefined = 0
  while (from !== undefined) {
    const page: EntryPage = await store.listEntries(query, { from, limit: PAGE })
    for (const { statement } of page.items) yield statement
    from = page.next
  }
}
