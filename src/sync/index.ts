/** `tongheng/sync`: follows a peer's log, and audits a log. */
export { type AuditFinding, type AuditOptions, type AuditProgress, auditLog } from './audit.js'
export { auditFiles, type FilesAuditOptions, type FilesAuditProgress } from './audit-files.js'
export { type FollowEvent, type FollowOptions, followNode } from './follow.js'
export type { LogSource } from './proven-log.js'
export { type SyncOptions, type SyncProgress, syncLog } from './sync.js'
