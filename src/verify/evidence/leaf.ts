/** The leaf of a statement in a log. */
import { decodeBase64url } from '#native'
import { leafHash } from '../../log/index.js'

/** Hash of the 32 octets of a statement id (RFC 9162 §2.1.1). */
export const leafOf = (statementId: string): Uint8Array => leafHash(decodeBase64url(statementId))
