/** Faults injected into a node, each of which the proof must find. They show that the proof is effective. */
import type { Node, Store } from 'tongheng/node'

export const SABOTAGES = {
  /** A node drops one record of a peer, and reports it as stored. */
  drop: 'a node drops an entry',
  /** A node drops every notice of a peer. */
  deaf: 'a node drops notices',
  /** An institute whose answer was lost signs the record again, under another name. */
  double: 'an institute submits twice under two names',
  /** No node stores the proof of a fork. */
  blind: 'nodes do not store proofs of forks',
} as const
export type Sabotage = keyof typeof SABOTAGES

/** The node by which a province follows its peers. */
export function sabotaged(node: Node, sabotage: Sabotage | undefined): Node {
  if (sabotage !== 'drop' && sabotage !== 'deaf') return node
  let dropped: string | undefined
  const isDropped = (statementId: string, isNotice: boolean): boolean => {
    if (sabotage === 'deaf') return isNotice
    if (!isNotice) dropped ??= statementId
    return statementId === dropped
  }
  return Object.create(node, {
    takeOver: {
      async value(received: Parameters<Node['takeOver']>[0]) {
        const isLost = received.map(({ statementId, judged }) => isDropped(statementId, judged === undefined))
        const stored = await node.takeOver(received.filter((_, at) => !isLost[at]))
        let next = 0
        return isLost.map((lost) => (lost ? { isNew: true } : stored[next++]))
      },
    },
  }) as Node
}

/** The store of a node. */
export function blinded(store: Store, sabotage: Sabotage | undefined): Store {
  if (sabotage !== 'blind') return store
  const { putDocument } = store
  return { ...store, putDocument: async (document) => (document.collection === 'fork' ? undefined : putDocument(document)) }
}
