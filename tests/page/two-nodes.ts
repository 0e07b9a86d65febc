// Why this exists: work of both provinces is followed at two nodes that serve the page and follow each other; this opens them, and windows at them.
import type { Browser, Page } from 'playwright-core'
import { type AnyJointDocument, signJoint } from 'tongheng/joint'
import { type OrganisationKey, organisation } from 'tongheng/testing'
import { world } from '../joint/rounds.js'
import { PATIENCE_MS, type ServedPage, servePage } from '../support/browser.ts'
import { follow } from '../support/nodes/pair.ts'
import { reissue, uscc } from '../support/nodes/world.ts'

export const file = (name: string, text: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })
/** The query that sets the time of the page. */
export const at = (moment: string): string => `?at=${encodeURIComponent(moment)}`

export interface TwoNodes {
  readonly sichuan: ServedPage
  readonly chongqing: ServedPage
  /** Sets the clocks of both nodes. */
  to(moment: string): void
  /** Signs a document and submits it to the node of its province; returns its statement id. */
  submit(key: OrganisationKey, document: AnyJointDocument): Promise<string>
  /** Lets each node follow the other. @throws if a step failed */
  exchange(): Promise<void>
  /** Opens a window at a node, with the root keys pinned. */
  open(browser: Browser, served: ServedPage, moment: string): Promise<Page>
  close(): Promise<void>
}

/** Best measurement capability of the institute of Chongqing, so that a claim can be compared. */
const TORQUE = { categories: ['torque-transducer'], smallest: '0.05', unit: '%', lower: '0', upper: '2', rangeUnit: 'kN.m' }

/** @param lie returns a false answer of the node of Sichuan; undefined for the honest one */
export async function openTwoNodes(lie: (url: URL) => Response | undefined): Promise<TwoNodes> {
  const lists = await reissue(world, 'CQ-AMR', (payload) => ({
    ...payload,
    entities: payload.entities.map((one) => ({
      ...one,
      authorisations: one.authorisations.map((grant) => (grant.number === 'CNAS L0002' ? { ...grant, capabilities: [TORQUE] } : grant)),
    })),
  }))
  const authority = { id: 'tongheng-50', authority: uscc('CQ-AMR'), region: '50', signer: world.signer('CQ-AMR') }
  const sichuan = await servePage({ authorities: world, node: lists }, (request) => lie(new URL(request.url)))
  const chongqing = await servePage({ authorities: world, node: { ...lists, ...authority, name: organisation('CQ-AMR').name } })
  const trustFile = JSON.stringify({ ...lists, agreements: [world.signedAgreement] })
  return {
    sichuan,
    chongqing,
    to(moment) {
      for (const { world: node } of [sichuan, chongqing]) node.clock.now = Date.parse(moment) / 1000
    },
    async submit(key, document) {
      const { clock, client } = (organisation(key).region === '51' ? sichuan : chongqing).world
      const signed = await signJoint(document, { iss: uscc(key), signer: world.signer(key), at: clock.now })
      const { claims } = await client(key).joint.submit(signed)
      if (claims.decision !== 'accepted') throw new Error(`${document.kind}: ${claims.decision}`)
      return claims.sub
    },
    async exchange() {
      for (const [receiver, sender] of [
        [sichuan, chongqing],
        [chongqing, sichuan],
      ] as const)
        for (const event of await follow(receiver.world, sender.world)) if (event.kind === 'failed') throw event.error
    },
    async open(browser, { url }, moment) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN', serviceWorkers: 'block' })
      context.setDefaultTimeout(PATIENCE_MS)
      const page = await context.newPage()
      await page.goto(`${url}/${at(moment)}`)
      await page.waitForSelector('.documents')
      await page.setInputFiles('.documents input[type=file]', file('trust.json', trustFile))
      await page.click('.pinning .primary')
      await page.waitForSelector('.held li')
      return page
    },
    async close() {
      await sichuan.close()
      await chongqing.close()
    },
  }
}
