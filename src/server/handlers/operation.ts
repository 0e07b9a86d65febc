/** Discovery, health and metrics of the node. */
import { type Handlers, ok } from './context.js'

export const operationHandlers: Handlers<'discover' | 'health' | 'readiness' | 'metrics' | 'openapi'> = {
  discover: ({ fixed }) => fixed.discovery(),
  health: ({ fixed }) => fixed.health(),

  async readiness({ node, ready }) {
    const reasons = await ready()
    const warnings = node.warnings()
    const extras = warnings.length > 0 ? { warnings } : {}
    return reasons.length === 0 ? ok({ status: 'ok', ...extras }) : { status: 503, body: { status: 'not-ready', reasons, ...extras } }
  },

  metrics: async ({ metrics }) => ok(await metrics()),
  openapi: ({ fixed }) => fixed.openapi(),
}
