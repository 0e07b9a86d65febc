/** Determines why a node could not be reached, from the error codes in the chain of causes ("fetch failed"). */
import type { TonghengError } from '../base/error.js'
import type { Text } from '../base/message.js'
import { fault, say } from './messages.js'

/** Reasons by error code of Node's sockets, resolver and TLS. */
const REASONS: Readonly<Record<string, Text>> = {
  ECONNREFUSED: { zh: '连接被拒绝，该端口没有服务', en: 'connection refused, nothing listens at this port' },
  ECONNRESET: { zh: '连接被对方中断', en: 'the other side reset the connection' },
  EHOSTUNREACH: { zh: '主机不可达', en: 'no route to the host' },
  ENETUNREACH: { zh: '网络不可达', en: 'the network is unreachable' },
  ENOTFOUND: { zh: '域名无法解析', en: 'the name of the host cannot be resolved' },
  EAI_AGAIN: { zh: '域名服务器没有应答', en: 'the name server does not answer' },
  EPIPE: { zh: '连接已断开', en: 'the connection is closed' },
  ETIMEDOUT: { zh: '连接超时', en: 'the connection timed out' },
  UND_ERR_CONNECT_TIMEOUT: { zh: '连接超时', en: 'the connection timed out' },
  UND_ERR_SOCKET: { zh: '连接被对方中断', en: 'the other side ended the connection' },
  CERT_HAS_EXPIRED: { zh: '服务器的 TLS 证书已过期', en: 'the TLS certificate of the server has expired' },
  CERT_NOT_YET_VALID: { zh: '服务器的 TLS 证书尚未生效（请核对本机时钟）', en: 'the TLS certificate is not valid yet (check the clock)' },
  DEPTH_ZERO_SELF_SIGNED_CERT: { zh: '服务器的 TLS 证书是自签名的', en: 'the TLS certificate of the server is self-signed' },
  SELF_SIGNED_CERT_IN_CHAIN: { zh: 'TLS 证书链中有不受信任的根证书', en: 'the root of the TLS certificate chain is not trusted' },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { zh: 'TLS 证书链不完整', en: 'the TLS certificate chain is incomplete' },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { zh: '签发 TLS 证书的机构不受信任', en: 'the issuer of the TLS certificate is not trusted' },
  ERR_TLS_CERT_ALTNAME_INVALID: { zh: 'TLS 证书不是这个域名的', en: 'the TLS certificate is for another host name' },
  ERR_SSL_WRONG_VERSION_NUMBER: {
    zh: '对方不是 TLS 服务（应为 http:// 地址？）',
    en: 'the other side does not speak TLS (an http:// address?)',
  },
}

/** Reasons by message, where the runtime has no error code. */
const MESSAGES: Readonly<Record<string, Text>> = {
  'unexpected redirect': {
    zh: '对方要求转到其他地址（可能是登录页，或节点地址已变更）',
    en: 'the other side redirects to another address (a login page, or a node that has moved)',
  },
  'bad port': { zh: '该端口为其他协议保留，不能用于节点', en: 'the port is reserved for another protocol' },
}
const NOT_HTTP: Text = { zh: '对方不是 HTTP 服务', en: 'the other side does not speak HTTP' }
const TIMEOUT: Text = { zh: '超时，没有收到完整的答复', en: 'timeout, no complete answer arrived' }
const NO_ADDRESS: Text = {
  zh: '不是节点地址：应以 http:// 或 https:// 开头，不带用户名、密码、“?”和“#”',
  en: 'not the address of a node: it begins with http:// or https:// and has no user name, password, query or fragment',
}

/** Details of `client.network` if a node cannot have this address; without the password that stands in it. */
export function addressFault(address: string): { readonly node: string; readonly reason: Text } | undefined {
  try {
    const { protocol, username, password, search, hash } = new URL(address)
    if (/^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === '') return undefined
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
  }
  return { node: address.replace(/\/\/[^/]*@/, '//…@'), reason: NO_ADDRESS }
}

/** The error of an answer that is not complete in time. */
export const timeoutFault = (node: string, during: string, cause?: unknown): TonghengError =>
  fault(
    'client.network',
    { node, reason: 'timeout', during },
    { text: say('client.network', { node, reason: TIMEOUT }), ...(cause !== undefined && { cause }) },
  )

/** Maximum depth of the chain of causes; a chain may contain itself. */
const MAX_DEPTH = 8

/** Details of `client.network`: the reason in both languages, and the error code if there is one. */
export function networkFault(error: unknown): { readonly reason: Text | string; readonly networkCode?: string } {
  let code: string | undefined
  let message = error instanceof Error ? error.message : String(error)
  let at = error
  for (let depth = 0; depth < MAX_DEPTH && at instanceof Error; depth++) {
    // Node tries each address of a host and throws an AggregateError; one of its errors suffices.
    const inner: unknown = at.cause ?? (at instanceof AggregateError ? at.errors.at(-1) : undefined)
    if ('code' in at && typeof at.code === 'string') {
      code = at.code
      message = at.message || message
    }
    if (Object.hasOwn(MESSAGES, at.message)) message = at.message
    at = inner
  }
  if (error instanceof Error && error.name === 'TimeoutError') return { reason: TIMEOUT }
  if (code === undefined) return { reason: MESSAGES[message] ?? message }
  const known = code.startsWith('HPE_') ? NOT_HTTP : Object.hasOwn(REASONS, code) ? REASONS[code] : undefined
  const { zh, en } = known ?? { zh: message, en: message }
  return { reason: { zh: `${zh}（${code}）`, en: `${en} (${code})` }, networkCode: code }
}
