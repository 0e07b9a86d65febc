/** Reads a body within its limit, regardless of its headers. */
import { concat } from '../base/concat.js'
import { type CallBody, ProblemError } from '../contract/index.js'

const NOTHING = new Uint8Array(0)

/** Facts about the connection, from the HTTP server rather than from the request. */
export interface ConnectionInfo {
  /** Client address, by which open calls are limited. */
  readonly address?: string | undefined
  /** True if the HTTP server already enforces Content-Length; the body is then read in one call. */
  readonly boundsBodies?: boolean | undefined
  /**
   * True if the request target was invalid or contained octets that a URL must not have; the request then has a placeholder URL.
   */
  readonly isTargetBroken?: boolean | undefined
}

export interface BodyOptions {
  /** Maximum number of octets, if it differs from that of the contract. */
  readonly most?: number | undefined
  readonly connection: ConnectionInfo
  /** Maximum number of lines, empty ones included: the body is rejected as soon as it has more, before the rest has arrived. */
  readonly lines?: number | undefined
  /** Reserves memory for the body, before it is read. @throws ProblemError `request.busy` */
  readonly hold: (octets: number) => void
}

/** @throws ProblemError `body.encoding`, `body.media-type`, `body.too-large`, `bulk.lines` */
export async function readBody(request: Request, wanted: CallBody | undefined, options: BodyOptions): Promise<Uint8Array> {
  const most = options.most ?? wanted?.maxLength ?? 0
  const encoding = request.headers.get('content-encoding')
  // The digest covers the body as sent, so a content coding is rejected.
  if (encoding !== null && encoding !== 'identity') throw new ProblemError('body.encoding', { encoding: encoding.slice(0, 40) })
  const stated = lengthIn(request.headers.get('content-length'))
  if (stated !== undefined && stated > most) throw new ProblemError('body.too-large', { most })
  if (request.method === 'GET' || request.method === 'HEAD') return NOTHING
  if (wanted !== undefined) {
    const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
    if (mediaType !== wanted.mediaType)
      throw new ProblemError('body.media-type', { found: (mediaType ?? '—').slice(0, 60), expected: wanted.mediaType })
  }
  if (stated === undefined && request.body === null) return NOTHING
  options.hold(stated ?? most)
  // For a short body, a stream costs several times as much.
  const isShort = options.lines === undefined || (stated ?? 0) <= SHORT
  if (stated !== undefined && options.connection.boundsBodies && isShort) return new Uint8Array(await request.arrayBuffer())
  return request.body === null ? NOTHING : readParts(request.body, { most, lines: options.lines })
}

/** Parses `Content-Length` (RFC 9110 §8.6); undefined if it is absent or malformed, so that the length is unknown. */
function lengthIn(header: string | null): number | undefined {
  return header !== null && /^[0-9]{1,15}$/.test(header) ? Number(header) : undefined
}

/** Maximum number of octets of a body of lines that is read in one call. */
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

/** Counts line breaks, up to `most`. */
function countBreaks(octets: Uint8Array, most: number): number {
  let count = 0
  for (let at = octets.indexOf(LINE_BREAK); at !== -1 && count < most; at = octets.indexOf(LINE_BREAK, at + 1)) count++
  return count
}
