/** Generates the OpenAPI 3.1 document from the contract. */

import * as z from 'zod/mini'
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi'
import type { Text } from '../base/message.js'
import { aText, checkOptions } from '../base/options.js'
import {
  BulkAnswer,
  type Call,
  type CallName,
  contract,
  documentCalls,
  logCalls,
  operationCalls,
  PROBLEM_TYPE,
  Problem,
  problemCodes,
  ReceiptClaims,
  recordCalls,
} from '../contract/index.js'
import { ACCESS, accessText, type SignedCallName } from './access.js'
import { type Guide, guide, problemGuide, tokenGuide } from './guide.js'

const SIGNED = 'signedRequest'

const groups: readonly { readonly name: string; readonly calls: object; readonly description: Text }[] = [
  { name: 'records', calls: recordCalls, description: { zh: '记录：提交、查询、判定', en: 'Records: submitted, found, judged' } },
  {
    name: 'documents',
    calls: documentCalls,
    description: { zh: '信任列表、协议、公告、状态表', en: 'Trust lists, agreements, notices, status lists' },
  },
  {
    name: 'log',
    calls: logCalls,
    description: { zh: '日志：检查点、瓦片、证明、见证', en: 'The log: checkpoints, tiles, proofs, witnessing' },
  },
  { name: 'operation', calls: operationCalls, description: { zh: '节点自述与运行状态', en: 'The node of itself, and how it fares' } },
]
const PROBLEM: Text = { zh: '问题说明', en: 'Problem' }

/** Returns the OpenAPI document of a node at `url`, as JSON value. */
export function writeOpenApi(options: { readonly url: string; readonly version: string }): object {
  checkOptions('writeOpenApi', options, { url: aText, version: aText })
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [operationId, call] of Object.entries(contract) as [CallName, Call][]) {
    paths[call.path] = { ...paths[call.path], [call.method.toLowerCase()]: operation(operationId, call) }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: '同衡节点接口 | tongheng node',
      version: options.version,
      description:
        '川渝计量互认：提交、查询、判定签名记录。拒绝一律是 RFC 9457 问题说明，code 不变；任何调用都可能得 429（request.rate），按 Retry-After 重试。 | Submit, find and judge signed metrology records. Every refusal is an RFC 9457 problem with a stable code; any call may be answered with 429 (request.rate): try again after Retry-After.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: options.url }],
    tags: groups.map(({ name, description }) => ({ name, description: both(description) })),
    paths: paths as ZodOpenApiPathsObject,
    components: {
      // Schemas of lines and tokens, to which no media type can refer.
      schemas: { 'bulk-answer': BulkAnswer, receipt: ReceiptClaims },
      securitySchemes: {
        [SIGNED]: {
          type: 'http',
          scheme: 'Metrology',
          description: `${tokenGuide.zh}\n\n${tokenGuide.en}`,
        },
      },
    },
  })
}

function operation(operationId: CallName, call: Call): object {
  const { call: details, body, examples }: Guide = guide[operationId] ?? {}
  const who = accessText(operationId)
  const responses: Record<string, unknown> = {}
  for (const [status, { description, mediaType, schema }] of Object.entries(call.answers)) {
    const example = examples?.[Number(status)]
    const content = mediaType && { [mediaType]: { schema, ...(example !== undefined && { example }) } }
    responses[status] = { description: both(description), ...(content && { content }) }
  }
  for (const status of call.problems) {
    const codes = problemCodes(status).join(', ')
    responses[status] = {
      description: `${both(problemGuide[status] ?? PROBLEM)} (${codes})`,
      content: { [PROBLEM_TYPE]: { schema: Problem } },
    }
  }
  return {
    operationId,
    summary: both(call.summary),
    ...((details ?? who) && { description: [details, who].flatMap((text) => (text === undefined ? [] : [both(text)])).join('\n\n') }),
    ...(who && { 'x-tongheng-access': ACCESS[operationId as SignedCallName] }),
    tags: groups.filter(({ calls }) => Object.hasOwn(calls, operationId)).map(({ name }) => name),
    // Also for open calls: without it, generated clients assume the document's default (OpenAPI 3.1 §4.8.10).
    security: call.access === 'signed' ? [{ [SIGNED]: [] }] : [],
    requestParams: { ...(call.params && { path: call.params }), ...(call.query && { query: call.query }) },
    ...(call.body && {
      requestBody: {
        required: true,
        ...(body && { description: both(body) }),
        content: {
          [call.body.mediaType]: {
            schema: z.string().check(z.maxLength(call.body.maxLength)),
            ...(body?.example !== undefined && { example: body.example }),
          },
        },
      },
    }),
    responses,
  }
}

const both = ({ zh, en }: Text): string => `${zh} | ${en}`
