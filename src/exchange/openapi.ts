/** OpenAPI 3.1 from the contract. */

import * as z from 'zod/mini'
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi'
import { type Call, contract, PROBLEM_TYPE, Problem } from './contract.js'
import { ReceiptClaims } from './receipt.js'
import { BulkAnswer } from './shapes.js'

const SIGNED = 'signedRequest'

/** The document for a node at `url`. */
export function writeOpenApi(options: { readonly url: string; readonly version: string }): object {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [operationId, call] of Object.entries(contract) as [string, Call][]) {
    paths[call.path] = { ...paths[call.path], [call.method.toLowerCase()]: operation(operationId, call) }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: '同衡节点接口 | tongheng node',
      version: options.version,
      description: '川渝计量互认：提交、查询、判定签名记录。 | Submit, find and judge signed metrology records.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: options.url }],
    paths: paths as ZodOpenApiPathsObject,
    components: {
      // What stands in a line and in a token, which no media type can say.
      schemas: { 'bulk-answer': BulkAnswer, receipt: ReceiptClaims },
      securitySchemes: {
        [SIGNED]: {
          type: 'http',
          scheme: 'Metrology',
          description:
            '`Authorization: Metrology <jwt>`：typ metrology-request+jwt；iss、aud（节点标识）、iat、exp（≤120 s）、jti（≥128 位随机）、htm、uri（含查询串）、dig（正文 SHA-256，base64url）。 | A JWT signed by a key of the trust list, bound to method, address and body.',
        },
      },
    },
  })
}

function operation(operationId: string, call: Call): object {
  const responses: Record<string, unknown> = {}
  for (const [status, { description, mediaType, schema }] of Object.entries(call.answers)) {
    responses[status] = { description: both(description), ...(mediaType && { content: { [mediaType]: { schema } } }) }
  }
  for (const status of call.problems) {
    responses[status] = { description: '问题说明 | Problem', content: { [PROBLEM_TYPE]: { schema: Problem } } }
  }
  return {
    operationId,
    summary: both(call.summary),
    ...(call.access === 'signed' && { security: [{ [SIGNED]: [] }] }),
    requestParams: { ...(call.params && { path: call.params }), ...(call.query && { query: call.query }) },
    ...(call.body && {
      requestBody: {
        required: true,
        content: { [call.body.mediaType]: { schema: z.string().check(z.maxLength(call.body.maxLength)) } },
      },
    }),
    responses,
  }
}

const both = ({ zh, en }: { readonly zh: string; readonly en: string }): string => `${zh} | ${en}`
