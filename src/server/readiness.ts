/** Whether a node can judge and take in: what it says of itself, and what its store proves. */
import type { TonghengError } from '../base/error.js'
import { messageOf, type Text } from '../base/message.js'
import { isStoreFault, type Node, type StoreFault } from '../node/index.js'

/** Gives why the node is not ready; empty where it is. */
export type Readiness = () => Promise<readonly Text[]>

/** Seconds for which a fault of the store counts, though a small write succeeds since: what did not fit may have been larger. */
const RECENT = 10

/** The store is asked at most once a second, however many ask: anyone may, and each question writes. */
export function createReadiness(node: Node): Readiness {
  const { store, now } = node.options
  let known = store.faults.last
  let faultAt = Number.NEGATIVE_INFINITY
  let probedAt = Number.NEGATIVE_INFINITY
  let probing: Promise<TonghengError<StoreFault> | undefined> = Promise.resolve(undefined)

  async function probe(): Promise<TonghengError<StoreFault> | undefined> {
    const { last } = store.faults
    if (last !== known) faultAt = now()
    known = last
    try {
      await store.readLog()
      await store.probe()
    } catch (error) {
      if (!isStoreFault(error)) throw error
      known = store.faults.last
      return error
    }
    return Math.abs(now() - faultAt) < RECENT ? last : undefined
  }

  return async () => {
    if (now() !== probedAt) {
      probedAt = now()
      probing = probe()
    }
    const fault = await probing
    return fault === undefined ? node.unready() : [...node.unready(), textOf(fault)]
  }
}

/** What anyone may know of a fault: its kind and the code of the driver. Addresses and files are for the log. */
function textOf({ code, details }: TonghengError<StoreFault>): Text {
  const { zh, en } = messageOf(code, { cause: details.driverCode })
  return { zh, en }
}
