/**
 * The log head as a key in etcd, by the JSON gateway of its version 3 (`/v3/kv/range`, `/v3/kv/txn`): compare-and-swap on the value.
 * Reads are linearizable, and a write is on the disks of a majority before etcd answers. An answer is evidence of whether entries were lost,
 * so it is checked like untrusted input: complete, within bounds, and with a revision not lower than seen before.
 */
import { readFile } from 'node:fs/promises'
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import * as z from 'zod/mini'
import type { HeadPlace } from '../node/index.js'
import { fileFault } from './file-error.js'
import { fault } from './messages.js'

export interface EtcdHead {
  /** Addresses of the members, tried in order. */
  readonly etcd: string | readonly string[]
  readonly key: string
  readonly tls?: { readonly ca?: string | undefined; readonly cert?: string | undefined; readonly key?: string | undefined } | undefined
  readonly user?: string | undefined
  /** File with the password of `user`. */
  readonly passwordFile?: string | undefined
  /** Timeout in milliseconds for one answer of one member. @default 5000 */
  readonly answerMs?: number
}

const ANSWER = 5000
/** Maximum length of an answer in octets; a checkpoint in base64 has a few hundred. */
const MAX_ANSWER = 65_536
/** Number of characters of an answer that a message quotes. */
const QUOTED = 200
/** Code of gRPC for a missing or expired token. */
const UNAUTHENTICATED = 16

const Integer = z.string().check(z.regex(/^[0-9]{1,20}$/))
const Header = z.object({ cluster_id: Integer, revision: Integer })
const Range = z.object({
  kvs: z.optional(z.array(z.object({ key: z.string(), value: z.string(), mod_revision: Integer })).check(z.maxLength(1))),
  count: z.optional(Integer),
})
const RangeAnswer = z.object({ header: Header, ...Range.shape })
const PutDone = z.object({ header: Header, succeeded: z.literal(true), responses: z.tuple([z.object({ response_put: z.object({}) })]) })
// The gateway omits members that are false.
const PutRefused = z.object({
  header: Header,
  succeeded: z.optional(z.literal(false)),
  responses: z.tuple([z.object({ response_range: Range })]),
})
const TxnAnswer = z.union([PutDone, PutRefused])
const Token = z.object({ header: z.looseObject({}), token: z.string().check(z.minLength(1), z.maxLength(4096), z.regex(/^[\x21-\x7e]+$/)) })
const Refusal = z.object({ code: z.int() })

const base64 = (text: string): string => Buffer.from(text).toString('base64')

export function createHeadEtcd(options: EtcdHead): HeadPlace {
  const call = createCaller(options)
  const key = base64(options.key)
  const textIn = ({ kvs = [] }: z.infer<typeof Range>): string | undefined => {
    const [found] = kvs
    if (found === undefined) return undefined
    if (found.key !== key) throw answerFault('/v3/kv', `key ${found.key}`)
    return Buffer.from(found.value, 'base64').toString()
  }
  return {
    read: async () => textIn(await call('/v3/kv/range', { key }, RangeAnswer)),
    async swap(expected, next) {
      const compare =
        expected === undefined
          ? { key, target: 'CREATE', result: 'EQUAL', createRevision: '0' }
          : { key, target: 'VALUE', result: 'EQUAL', value: base64(expected) }
      const success = [{ requestPut: { key, value: base64(next) } }]
      const answer = await call('/v3/kv/txn', { compare: [compare], success, failure: [{ requestRange: { key } }] }, TxnAnswer)
      // If a member forwards the write and then fails, the next member finds the new value already stored: a success.
      return answer.succeeded === true || textIn(answer.responses[0].response_range) === next
    },
  }
}

type Call = <T extends { readonly header: z.infer<typeof Header> }>(path: string, body: object, shape: z.ZodMiniType<T>) => Promise<T>

/** Calls the members in order until one answers; checks the shape of the answer and that its revision is not older than the newest. */
function createCaller(options: EtcdHead): Call {
  const members = typeof options.etcd === 'string' ? [options.etcd] : options.etcd
  const connection = createConnection(options)
  let newest: { readonly cluster: string; readonly revision: bigint } | undefined
  return async (path, body, shape) => {
    const seen = newest
    const { answer } = await connection(members, path, body)
    const { success, data } = z.safeParse(shape, answer)
    if (!success) throw answerFault(path, JSON.stringify(answer))
    const { cluster_id: cluster, revision: text } = data.header
    const revision = BigInt(text)
    // A call that began after an answer of revision n must return n or more; less means that etcd was restored from a backup or replaced.
    if (seen !== undefined && (seen.cluster !== cluster || revision < seen.revision))
      throw answerFault(path, `cluster ${cluster} revision ${text}, after cluster ${seen.cluster} revision ${seen.revision}`)
    if (newest === undefined || revision > newest.revision) newest = { cluster, revision }
    return data
  }
}

interface Answer {
  readonly answer: unknown
}

function createConnection({ tls, user, passwordFile, answerMs = ANSWER }: EtcdHead) {
  let token: Promise<string | undefined> | undefined
  let material: Promise<object> | undefined

  async function send(member: string, path: string, body: object, authorization: string | undefined): Promise<[number, unknown]> {
    material ??= readTls(tls)
    const address = new URL(path, member)
    const [status, text] = await exchange(address, JSON.stringify(body), {
      ...(address.protocol === 'https:' && (await material)),
      signal: AbortSignal.timeout(answerMs),
      headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
    })
    return [status, jsonOf(path, text)]
  }

  async function authenticate(member: string): Promise<string | undefined> {
    if (user === undefined) return undefined
    const password = passwordFile === undefined ? '' : await readPassword(passwordFile)
    const path = '/v3/auth/authenticate'
    const [status, answer] = await send(member, path, { name: user, password }, undefined)
    const { success, data } = z.safeParse(Token, answer)
    // The answer may contain the token, so do not quote it.
    if (status !== 200 || !success) throw answerFault(path, `HTTP ${status}`)
    return data.token
  }

  async function ask(member: string, path: string, body: object): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const current = token ?? authenticate(member)
      token = current
      // Do not cache a failed authentication: the next call tries again.
      current.catch(() => {
        token = undefined
      })
      const [status, answer] = await send(member, path, body, await current)
      if (status === 200) return { answer }
      if (user === undefined || attempt > 1 || !isUnauthenticated(status, answer))
        throw answerFault(path, `HTTP ${status} ${JSON.stringify(answer)}`)
      if (token === current) token = undefined
    }
  }

  return async (members: readonly string[], path: string, body: object): Promise<Answer> => {
    const failed: unknown[] = []
    for (const member of members) {
      try {
        return await ask(member, path, body)
      } catch (error) {
        failed.push(error)
      }
    }
    if (failed.length === 1) throw failed[0]
    throw new AggregateError(failed, failed.map((error) => (error instanceof Error ? error.message : String(error))).join('; '))
  }
}

const isUnauthenticated = (status: number, answer: unknown): boolean =>
  status === 401 || z.safeParse(Refusal, answer).data?.code === UNAUTHENTICATED

const answerFault = (path: string, found: string) => fault('cli.etcd-answer', { path, found: found.slice(0, QUOTED) })

function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw answerFault(path, text)
    throw error
  }
}

/** One request and its whole answer, within bounds of time and size. Redirects are not followed. */
const exchange = (address: URL, body: string, options: object): Promise<[number, string]> =>
  new Promise((resolve, reject) => {
    // Do not reuse connections: a write on one that the member has closed fails, and its outcome is unknown.
    const open = address.protocol === 'https:' ? secure : plain
    const sent = open(address, { method: 'POST', agent: false, ...options }, (response) => {
      const parts: Buffer[] = []
      let length = 0
      response.on('data', (part: Buffer) => {
        length += part.length
        if (length > MAX_ANSWER) sent.destroy(answerFault(address.pathname, `> ${MAX_ANSWER} octets`))
        else parts.push(part)
      })
      response.once('error', reject)
      response.once('end', () => resolve([response.statusCode ?? 0, Buffer.concat(parts).toString()]))
    })
    sent.once('error', reject)
    sent.end(body)
  })

async function readTls(files: EtcdHead['tls'] = {}): Promise<object> {
  const read = async (file: string | undefined) => (file === undefined ? undefined : fileFault(file, () => readFile(file)))
  return { ca: await read(files.ca), cert: await read(files.cert), key: await read(files.key) }
}

/** Reads the password without the final line break that editors add. */
const readPassword = (file: string): Promise<string> => fileFault(file, async () => (await readFile(file, 'utf8')).replace(/\r?\n$/, ''))
