// Why this exists: a phone at the roadside loads the page over a slow line. Files are compressed where the browser accepts that, and requested once.
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { createServer } from 'tongheng/server'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld } from '../support/nodes/world.ts'

const body = new TextEncoder().encode('export const many = 1\n'.repeat(500))
let fetch: ReturnType<typeof createServer>['fetch']
const ask = (headers: Record<string, string> = {}) => fetch(new Request('http://node.example/page/main.js', { headers }))

beforeAll(async () => {
  const { node } = await openWorld()
  const page = new Map([['/page/main.js', { body, brotli: brotliCompressSync(body), mediaType: 'text/javascript', isImmutable: true }]])
  fetch = createServer({ node, page }).fetch
})

describe('a file of the page', () => {
  it('is sent compressed to a caller that accepts brotli, and states in Vary that the answer depends on it', async () => {
    const answer = await ask({ 'accept-encoding': 'gzip, deflate, br' })
    expect(answer.headers.get('content-encoding')).toBe('br')
    expect(answer.headers.get('vary')).toBe('accept-encoding')
    expect(brotliDecompressSync(await answer.bytes())).toEqual(Buffer.from(body))
  })

  it.each([undefined, 'gzip', 'br;q=0', 'gzip, br; q=0.000', 'brotli', 'sabr'])(
    'is sent as it is to a caller that accepts %s',
    async (accepted) => {
      const answer = await ask(accepted === undefined ? {} : { 'accept-encoding': accepted })
      expect(answer.headers.get('content-encoding')).toBeNull()
      expect(await answer.bytes()).toEqual(body)
    },
  )

  it('has one tag for each of its two forms, and is not sent again to a caller that has it', async () => {
    const [plain, compressed] = await Promise.all([ask(), ask({ 'accept-encoding': 'br;q=0.5' })])
    const tags = [plain, compressed].map((answer) => answer.headers.get('etag') ?? '')
    expect(tags[0]).not.toBe(tags[1])
    const again = await ask({ 'accept-encoding': 'br', 'if-none-match': tags[1] ?? '' })
    expect([again.status, again.headers.get('etag')]).toEqual([304, tags[1]])
    expect((await ask({ 'accept-encoding': 'br', 'if-none-match': tags[0] ?? '' })).status).toBe(200)
  })
})
