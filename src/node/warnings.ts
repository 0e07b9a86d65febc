/** Warnings to the operator about the documents and the configuration of a node. */

import { type Code, type MessageParams, messageOf, type Text } from '../base/message.js'
import { newerParams } from '../base/shape.js'
import { coded as recognitionCoded } from '../recognition/messages.js'
import { coded as statusCoded } from '../status/messages.js'
import type { Trust } from '../trust/index.js'
import { coded as trustCoded } from '../trust/messages.js'
import { coded } from './messages.js'
import type { Facts } from './read-facts.js'
import type { NodeOptions } from './shapes.js'

/** Warnings about documents that were rejected or only partly understood: the node continues, but the operator must act. */
export const documentWarnings = ({ trust, agreements, status }: Facts): readonly Text[] => [
  ...trust.findings.map(({ code, params }) => textOfCode(code, params)),
  ...trust.partlyRead.map(({ payload: { iss: authority, version }, newer = [] }) =>
    textOfCode(trustCoded('trust-list.newer-members'), { authority, version, ...newerParams(newer) }),
  ),
  ...agreements.flatMap(({ payload: { id: agreement, version }, newer }) =>
    newer === undefined ? [] : [textOfCode(recognitionCoded('agreement.newer-members'), { agreement, version, ...newerParams(newer) })],
  ),
  ...status.lists.flatMap(({ claims: { sub: uri }, newer }) =>
    newer === undefined ? [] : [textOfCode(statusCoded('status.list-newer-members'), { uri, ...newerParams(newer) })],
  ),
]

/** Warnings about missing configuration on which other parties depend. */
export function configurationWarnings({ authority, log, head, awaitsWitness }: NodeOptions, trust: Trust): readonly Text[] {
  if (log === undefined) return [textOfCode(coded('log.no-key'), {})]
  const { origin, witness } = log
  const isListed = trust.logs.some((one) => one.authority === authority && one.origin === origin && one.witness !== undefined)
  return [
    ...(isListed && witness === undefined ? [textOfCode(coded('log.no-witness-key'), { origin })] : []),
    ...(head === undefined && awaitsWitness !== true ? [textOfCode(coded('log.no-second-place'), { origin })] : []),
  ]
}

export function textOfCode(code: Code, params: MessageParams): Text {
  const { zh, en } = messageOf(code, params)
  return { zh, en }
}
