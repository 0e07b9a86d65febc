/** Reads a body within its limit, whatever its headers say of it. */
import { concat } from '../base/concat.js'
import type { CallBody } from './calls/call.js'
import { ProblemError } from './problem.js'

const NOTHING = new Uint8Array(0)

/** @throws ProblemError `body.encoding`, `body.media-type`, `body.too-large` */
export async function readBody(request: Request, wanted: CallBody | undefined, limit?: number): Promise<Uint8Array> {
  const most = limit ?? wanted?.maxLength ?? 0
  const encoding = request.headers.get('content-encoding')
  // What is signed is the body as sent; a coding on the way would change it under the signature.
  if (encoding !== null && encoding !== 'identity') throw new ProblemError('body.encoding', { encoding: encoding.slice(0, 40) })
  const stated = request.headers.get('content-length')
  if (Number(stated ?? 0) > most) throw new ProblemError('body.too-large', { most })
  if (request.method === 'GET' || request.method === 'HEAD') return NOTHING
  if (wanted !== undefined) {
    const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
    if (mediaType !== wanted.mediaType)
      throw new ProblemError('body.media-type', { found: (mediaType ?? '—').slice(0, 60), expected: wanted.mediaType })
  }
  // Of a stated length at once: no server gives more, and a stream is several times the work.
  if (stated !== null) {
    const bytes = new Uint8Array(await request.arrayBuffer())
    if (bytes.length > most) throw new ProblemError('body.too-large', { most })
    return bytes
  }
  if (request.body === null) return NOTHING
  const parts: Uint8Array[] = []
  let length = 0
  const reader = request.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return concat(parts, length)
    length += value.length
    if (length > most) {
      await reader.cancel()
      throw new ProblemError('body.too-large', { most })
    }
    parts.push(value)
  }
}
