/** Serves the files of the page from memory, with entity tags and a policy that allows only the page's own code. */
import { styleSource } from '../certificate/inside.js'
import { bodyDigest } from '../contract/index.js'
import type { ServerParts } from './parts.js'
import type { ConnectionInfo } from './read-body.js'
import { isNamed } from './respond.js'

export interface PageFile {
  readonly body: Uint8Array
  /** The body, compressed (RFC 7932). */
  readonly brotli?: Uint8Array
  readonly mediaType: string
  /** Whether its name changes with its content, so that a browser need not request it again. @default false */
  readonly isImmutable?: boolean
}

/**
 * Strict content security policy: only own scripts and styles, nothing inline, no third party, no embedding frame, and no scripts from
 * text.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  // The style of certificates too: the page shows them in a frame without scripts, and the policy of the page applies to a frame of a blob.
  `style-src 'self' ${styleSource()}`,
  'frame-src blob:',
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // Duplicates, because the desk is another bundle, which creates the same policies.
  "trusted-types lit-html tongheng 'allow-duplicates'",
].join('; ')

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
  // The scope of the worker is the whole site, whatever the path of its file.
  'service-worker-allowed': '/',
}

const tags = new WeakMap<PageFile, string>()

/** True if the caller accepts brotli (RFC 9110, 12.5.3): by its name, and not with a weight of 0. */
const acceptsBrotli = (accepted: string | null): boolean =>
  /(?:^|,)\s*br\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)/iu.test(accepted ?? '')

/** Returns the entity tag, computed once per file: a file does not change while the process runs. */
function tagOf(file: PageFile): string {
  const tag = tags.get(file) ?? `"${bodyDigest(file.body)}"`
  tags.set(file, tag)
  return tag
}

/** Answers a request for a file. It is admitted like an open call, and counted as `unknown`, because the contract has no such call. */
export async function answerPage({ admission, reporting }: ServerParts, file: PageFile, request: Request, connection: ConnectionInfo) {
  const asked = reporting.begin('unknown')
  try {
    await admission.enter('unknown', request.headers.get('authorization'), connection)
    admission.ofOpenCall('unknown', new URL(request.url).pathname, connection)
  } catch (error) {
    return reporting.refuse(error, asked)
  }
  const isCompressed = file.brotli !== undefined && acceptsBrotli(request.headers.get('accept-encoding'))
  const body = isCompressed ? (file.brotli as Uint8Array) : file.body
  // Each representation has a tag of its own (RFC 9110, 8.8.3.3).
  const tag = isCompressed ? tagOf(file).replace(/"$/u, '-br"') : tagOf(file)
  const headers = {
    ...HEADERS,
    'content-type': file.mediaType,
    'cache-control': file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: tag,
    ...(file.brotli && { vary: 'accept-encoding' }),
    ...(isCompressed && { 'content-encoding': 'br' }),
    'x-request-id': asked.requestId,
  }
  const isKnown = isNamed(request.headers.get('if-none-match'), tag, 'weak')
  const status = isKnown ? 304 : 200
  reporting.answered(asked, status)
  if (isKnown || request.method === 'HEAD')
    return new Response(null, { status, headers: isKnown ? headers : { ...headers, 'content-length': String(body.length) } })
  return new Response(body as Uint8Array<ArrayBuffer>, { status, headers })
}
