/** Constant answers: each is built once, and served from memory with its entity tag. */
import { encodeUtf8 } from '#native'
import { VERSION } from '../base/version.js'
import { bodyDigest } from '../contract/index.js'
import type { NodeOptions } from '../node/index.js'
import { kinds } from '../records/index.js'
import type { Answer } from './handlers/context.js'
import { writeOpenApi } from './openapi.js'

export interface FixedAnswers {
  /** The OpenAPI document; built at the first request, because that costs as much as thirty verdicts. */
  openapi(): Answer
  discovery(): Answer
  health(): Answer
}

export function createFixedAnswers({ id, url, authority, name, region, log }: NodeOptions): FixedAnswers {
  return {
    openapi: once(() => writeOpenApi({ url, version: VERSION })),
    discovery: once(() => ({
      id,
      url,
      authority,
      name,
      region,
      version: VERSION,
      kinds: [...kinds.keys()],
      ...(log && { log: log.origin }),
    })),
    health: once(() => ({ status: 'ok' })),
  }
}

function once(write: () => object): () => Answer {
  let answer: Answer | undefined
  return () => {
    if (answer === undefined) {
      const body = encodeUtf8(JSON.stringify(write()))
      answer = { status: 200, body, tag: `"${bodyDigest(body)}"` }
    }
    return answer
  }
}
