/** `tongheng/server`: a node as a fetch handler. */
export type { CallName } from '../contract/index.js'
export { ACCESS, type Reach, ROLES, type Role } from './access.js'
export { defaultLimits, type ServerLimits } from './limits.js'
export { writeOpenApi } from './openapi.js'
export type { ServerOptions } from './parts.js'
export type { ConnectionInfo } from './read-body.js'
export type { ServerEvent } from './reporting.js'
export { createServer, type Server } from './server.js'
