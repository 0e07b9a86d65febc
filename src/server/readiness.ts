/** Readiness: whether the node can verify and store, by its own state and a probe of its store. */
import type { TonghengError } from '../base/error.js'
import { messageOf, type Text } from '../base/message.js'
import { isStoreFault, type Node, type StoreFault } from '../node/index.js'

/** Returns the reasons why the node is not ready; empty if it is. */
export type Readiness = () => Promise<readonly Text[]>

/** Seconds for which a store fault counts even if a small write succeeds later: a larger one may still fail. */
const RECENT = 10

/** Probes the store at most once per second: the call is open, and each probe writes. */
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
      await node.readers.refresh()
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
    return fault === undefined ? node.unready() : [...node.unready(), storeFaultText(fault)]
  }
}

/** Public part of a fault: its kind and the code of the driver. Addresses and file names go to the operator's log only. */
function storeFaultText({ code, details }: TonghengError<StoreFault>): Text {
  const { zh, en } = messageOf(code, { cause: details.driverCode })
  return { zh, en }
}
