/** What the node says of itself and of how it fares. */
import { VERSION } from '../../base/version.js'
import { kinds } from '../../records/index.js'
import { writeMetrics } from '../metrics.js'
import { writeOpenApi } from '../openapi.js'
import { type Handlers, ok } from './context.js'

export const operationHandlers: Handlers<'discover' | 'health' | 'readiness' | 'metrics' | 'openapi'> = {
  discover({ node }) {
    const { id, url, authority, name, region, log } = node.options
    return ok({ id, url, authority, name, region, version: VERSION, kinds: [...kinds.keys()], ...(log && { log: log.origin }) })
  },

  health: () => ok({ status: 'ok' }),

  async readiness({ node, ready }) {
    const reasons = await ready()
    const warnings = node.warnings()
    const told = warnings.length > 0 ? { warnings } : {}
    return reasons.length === 0 ? ok({ status: 'ok', ...told }) : { status: 503, body: { status: 'not-ready', reasons, ...told } }
  },

  metrics: async ({ node, counters }) => ok(await writeMetrics(node, counters)),

  openapi: ({ node }) => ok(writeOpenApi({ url: node.options.url, version: VERSION })),
}
