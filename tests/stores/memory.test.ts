// Why this exists: tests and short-lived verifiers use this store, so it must behave like the durable ones, or tests over it prove
// nothing.
import { createMemoryStore } from 'tongheng/stores/memory'
import { describe, expect, it } from 'vitest'
import { storeContract } from './contract.js'
import { logContract } from './log-contract.js'
import { put, storedRecord } from './stored-record.js'

describe('memory store', () => {
  storeContract(async () => createMemoryStore())
  logContract(async () => createMemoryStore())

  it('shares no data with another instance', async () => {
    const [one, other] = [createMemoryStore(), createMemoryStore()]
    await put(one, storedRecord(1))
    expect(await other.getEntry('statement-1')).toBeUndefined()
  })
})
