/** Pins root keys by thumbprints that the user received elsewhere. Loaded on first use. */
import { isTonghengError } from '../base/error.js'
import { itemsOf, mustHaveJson, newVersions, signedOf, textAt, unverifiedList } from '../client/inside.js'
import { parsePayload, parseStatement } from '../envelope/index.js'
import { anchorOf, type TrustAnchor } from '../trust/index.js'
import { judgeWaiting, type Page, shownFault, take, update } from './actions.js'
import { fault } from './messages.js'
import { type NodeInfo, nodeSource, updateSource } from './node-documents.js'

/** Pins root keys by entered thumbprints, with the lists of the node. */
export async function pinByText(page: Page, text: string): Promise<void> {
  const { node } = page.state
  if (node === undefined) return
  try {
    await take(page, await anchorsByThumbprints(node, new Set(text.match(/[\w-]{43}/g) ?? [])))
  } catch (error) {
    page.set({ shown: shownFault(error) })
    return
  }
  page.set({ shown: undefined })
  await update(page)
  await judgeWaiting(page)
}

/** Authorities named in the agreements of the node. They only determine which lists to request, not which to trust. */
async function namedAuthorities(own: string): Promise<string[]> {
  const found = new Set([own])
  for (const { signed } of itemsOf(await mustHaveJson(nodeSource(), '/v1/agreements'))) {
    const [first = ''] = signedOf(signed)
    try {
      const { parties } = parsePayload(parseStatement(first, 'metrology-agreement+jwt')) as { parties?: unknown }
      for (const party of Array.isArray(parties) ? parties : []) found.add(textAt(party as Record<string, unknown>, 'uscc'))
    } catch (error) {
      if (!isTonghengError(error)) throw error
    }
  }
  return [...found].filter((authority) => /^[0-9A-Z]{18}$/.test(authority))
}

interface PinnedByText {
  readonly anchors: readonly TrustAnchor[]
  readonly trustLists: string[][]
}

/**
 * Anchors of the authorities whose newest list at the node has only root keys with entered thumbprints. The thumbprints select them, not the
 * description of the node.
 * @throws `page.node`, `page.pins` if there is no such list
 */
async function anchorsByThumbprints(node: NodeInfo, entered: ReadonlySet<string>): Promise<PinnedByText> {
  const anchors: TrustAnchor[] = []
  const trustLists: string[][] = []
  for (const authority of await namedAuthorities(node.authority)) {
    const newest = ((await newVersions(updateSource(), authority, Number.MAX_SAFE_INTEGER)) ?? []).at(-1) ?? []
    const list = await unverifiedList(newest, authority)
    if (list === undefined || !list.thumbprints.every((one) => entered.has(one))) continue
    anchors.push(anchorOf(list.payload))
    trustLists.push(newest)
  }
  if (anchors.length === 0) throw fault('page.pins', { authority: node.authority })
  return { anchors, trustLists }
}
