/** Builds the Response: media type, caching, entity tag, and conditional requests (RFC 9110 §13). */
import { encodeUtf8 } from '#native'
import { bodyDigest, type Call, ProblemError } from '../contract/index.js'
import type { Account } from './admission.js'
import { answerUnits } from './cost.js'
import type { Answer } from './handlers/context.js'
import type { Holding } from './held.js'
import { inPieces, whenEnded } from './stream.js'

export interface Responding {
  readonly requestId: string
  readonly request: Request
  readonly account: Pick<Account, 'hold'>
  /** Reservations of the request, until its answer has been read. */
  readonly held: Holding
  /** Charges the units of the answer. */
  readonly spend: (units: number) => void
}

/** @throws ProblemError `request.precondition`, `request.busy` */
export function respond(call: Call, answer: Answer, { requestId, request, account, held, spend }: Responding): Response {
  const { status, tag: known } = answer
  const content = contentOf(answer.body)
  const { mediaType } = call.answers[status] ?? {}
  const headers: Record<string, string> = {
    ...(mediaType !== undefined && { 'content-type': mediaType }),
    'x-request-id': requestId,
    'cache-control': status === 200 ? (call.cache ?? 'no-store') : 'no-store',
  }
  const tag = call.cache === undefined || status !== 200 ? undefined : (known ?? tagOf(content))
  if (tag !== undefined) headers.etag = tag
  let isSpared = status === 204 || request.method === 'HEAD'
  let given = status
  if (status === 200 && isReading(request)) {
    checkMatch(request, tag, true)
    if (tag !== undefined && isNamed(request.headers.get('if-none-match'), tag, 'weak')) [given, isSpared] = [304, true]
  }
  if (content instanceof ReadableStream) {
    if (!isSpared) {
      if (answer.holds !== undefined) held.add(account.hold(answer.holds))
      return new Response(whenEnded(content, held.end), { status, headers })
    }
    void content.cancel()
  }
  // Content that all requests share is in memory once, so it is not charged.
  const isShared = known !== undefined
  if (!isShared && !(content instanceof ReadableStream)) spend(answerUnits(content.length))
  if (isSpared || content instanceof ReadableStream || isShared || content.length <= SMALL) {
    held.end()
    return new Response(isSpared ? null : content, { status: given, headers })
  }
  return respondHeld(typeof content === 'string' ? encodeUtf8(content) : content, { status, headers }, { account, held })
}

/** Maximum number of octets of an answer that is written at once without reserving memory: the socket buffers hold it. */
const SMALL = 16_384

/** Replaces the reservation of the request body by that of the answer, until it has been read. */
function respondHeld(
  content: Uint8Array,
  init: { status: number; headers: Record<string, string> },
  { account, held }: Pick<Responding, 'account' | 'held'>,
): Response {
  held.end()
  held.add(account.hold(content.length))
  init.headers['content-length'] = String(content.length)
  return new Response(inPieces(content, held.end), init)
}

/**
 * Checks the preconditions of a writing call before it runs. `current` returns the current representation, undefined if there is
 * none.
 * @throws ProblemError `request.precondition`
 */
export async function checkPreconditions(request: Request, current: () => Promise<Answer | undefined>): Promise<void> {
  const [match, noneMatch] = [request.headers.get('if-match'), request.headers.get('if-none-match')]
  if (match === null && noneMatch === null) return
  const found = await current()
  const tag = found && (found.tag ?? tagOf(contentOf(found.body)))
  checkMatch(request, tag, found !== undefined)
  if (noneMatch !== null && tag !== undefined && isNamed(noneMatch, tag, 'weak'))
    throw new ProblemError('request.precondition', { condition: 'If-None-Match' })
}

const isReading = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD'

function checkMatch(request: Request, tag: string | undefined, exists: boolean): void {
  const condition = request.headers.get('if-match')
  if (condition === null) return
  if (!(exists && isNamed(condition, tag, 'strong'))) throw new ProblemError('request.precondition', { condition: 'If-Match' })
}

const TAG = /(W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g

/** True if a condition matches a tag: `*` does, or a list that contains it (RFC 9110 §8.8.3.2; our tags are strong). */
export function isNamed(condition: string | null, tag: string | undefined, comparison: 'weak' | 'strong'): boolean {
  if (condition === null) return false
  if (condition.trim() === '*') return true
  return [...condition.matchAll(TAG)].some(([, weak, given]) => given === tag && (weak === undefined || comparison === 'weak'))
}

type Content = string | Uint8Array<ArrayBuffer> | ReadableStream

function contentOf(body: unknown): Content {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream
  return (isRaw ? body : JSON.stringify(body)) as Content
}

function tagOf(content: Content): string | undefined {
  if (content instanceof ReadableStream) return undefined
  return `"${bodyDigest(typeof content === 'string' ? encodeUtf8(content) : content)}"`
}
