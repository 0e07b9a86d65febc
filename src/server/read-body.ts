/** Reads a body within its limit, whatever its headers say of it. */
import { concat } from '../base/concat.js'
import { type CallBody, ProblemError } from '../contract/index.js'

const NOTHING = new Uint8Array(0)

/** What the edge of the process knows of a request, beyond what the request says of itself. */
export interface ConnectionInfo {
  /** Address of the caller: open calls are limited by it. */
  readonly address?: string | undefined
  /** That no body is longer than its `Content-Length` says, as an HTTP server of the runtime sees to: it is then read at once. */
  readonly boundsBodies?: boolean | undefined
  /** That the address which the caller sent is none, or has raw octets that no address may have: the request has another in its place. */
  readonly isTargetBroken?: boolean | undefined
}

export interface BodyOptions {
  /** Most octets, where it is not the contract's. */
  readonly most?: number | undefined
  readonly edge: ConnectionInfo
  /** Most lines, empty ones counted, of a body of lines: it is refused as soon as there are more, before the rest has arrived. */
  readonly lines?: number | undefined
  /** Called with the octets that the body may have, before any of them is read. @throws ProblemError `request.busy` */
  readonly hold: (octets: number) => void
}

/** @throws ProblemError `body.encoding`, `body.media-type`, `body.too-large`, `bulk.lines` */
export async function readBody(request: Request, wanted: CallBody | undefined, options: BodyOptions): Promise<Uint8Array> {
  const most = options.most ?? wanted?.maxLength ?? 0
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
  if (stated === null && request.body === null) return NOTHING
  options.hold(stated === null ? most : Number(stated))
  // For a short body, a stream is several times the work.
  const isShort = options.lines === undefined || Number(stated) <= SHORT
  if (stated !== null && options.edge.boundsBodies && isShort) return new Uint8Array(await request.arrayBuffer())
  return request.body === null ? NOTHING : readParts(request.body, { most, lines: options.lines })
}

/** Octets of a body of lines that is read at once. */
const SHORT = 65_536
const LINE_BREAK = 0x0a

async function readParts(
  body: ReadableStream<Uint8Array>,
  { most, lines: mostLines = Number.POSITIVE_INFINITY }: Pick<BodyOptions, 'most' | 'lines'> & { readonly most: number },
): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  const reader = body.getReader()
  const refuse = async (error: ProblemError): Promise<never> => {
    await reader.cancel()
    throw error
  }
  let [length, breaks] = [0, 0]
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return concat(parts, length)
    length += value.length
    if (length > most) return refuse(new ProblemError('body.too-large', { most }))
    if (mostLines !== Number.POSITIVE_INFINITY) breaks += countBreaks(value, mostLines + 1 - breaks)
    if (breaks > mostLines) return refuse(new ProblemError('bulk.lines', { lines: `>${mostLines}`, most: mostLines }))
    parts.push(value)
  }
}

/** Line breaks in these octets, counted up to `most`. */
function countBreaks(octets: Uint8Array, most: number): number {
  let count = 0
  for (let at = octets.indexOf(LINE_BREAK); at !== -1 && count < most; at = octets.indexOf(LINE_BREAK, at + 1)) count++
  return count
}
