/** Determines why a node could not be reached, from the error codes in the chain of causes ("fetch failed"). */
import type { Text } from '../base/message.js'

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
    at = inner
  }
  if (code === undefined) return { reason: message }
  const known = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined
  const { zh, en } = known ?? { zh: message, en: message }
  return { reason: { zh: `${zh}（${code}）`, en: `${en} (${code})` }, networkCode: code }
}
