/** Files of the page: in memory, with their entity tags, under a policy that allows the page its own code and nothing else. */
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
  /** Its name changes with its content, so that a browser need not request it again. @default false */
  readonly isImmutable?: boolean
}

/** Strict: own scripts and styles, no inline ones, no third party, no frame around it, and no text that becomes a script. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  // Also the style of certificates, which the page shows in a frame without scripts: a frame of a blob is under the policy of its page.
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
  // The desk is a bundle of its own, with the same policy of the same name.
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
const takesBrotli = (accepted: string | null): boolean =>
  /(?:^|,)\s*br\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)/iu.test(accepted ?? '')

/** Once a file: it does not change while the process runs. */
function tagOf(file: PageFile): string {
  const tag = tags.get(file) ?? `"${bodyDigest(file.body)}"`
  tags.set(file, tag)
  return tag
}

/** Admitted like any open call, and counted with what the contract has no call for. */
export async function answerPage({ admission, reporting }: ServerParts, file: PageFile, request: Request, connection: ConnectionInfo) {
  const asked = reporting.begin('unknown')
  try {
    await admission.enter('unknown', request.headers.get('authorization'), connection)
    admission.ofOpenCall('unknown', new URL(request.url).pathname, connection)
  } catch (error) {
    return reporting.refuse(error, asked)
  }
  const isCompressed = file.brotli !== undefined && takesBrotli(request.headers.get('accept-encoding'))
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
