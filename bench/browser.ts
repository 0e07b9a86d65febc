/** Full verdicts in Chromium beside its own WebCrypto, in one run: what an inspector's page does. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import chromium from '@sparticuz/chromium'
import { build } from 'esbuild'
import { chromium as playwright } from 'playwright-core'
import type { Figure } from './measure.js'
import { material } from './verdict.js'

const PAGE = `
  import { verify, verifyMany } from 'tongheng/verify'
  import { openTrust } from 'tongheng/trust'
  import { openAgreement } from 'tongheng/recognition'
  import { measure } from './measure.ts'

  globalThis.run = async ({ statements, anchors, lists, agreement, at, jwk }) => {
    const trust = await openTrust({ anchors, lists })
    const options = { at, trust, agreements: [await openAgreement(agreement, trust)], policy: { region: '50' } }
    const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
    const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
    const parts = statements.map((text) => {
      const dot = text.lastIndexOf('.')
      return { input: new TextEncoder().encode(text.slice(0, dot)), signature: bytes(text.slice(dot + 1)) }
    })
    function* repeated(times) {
      for (let i = 0; i < times; i++) yield statements[i % statements.length]
    }
    return measure([
      {
        name: 'chromium-webcrypto-es256',
        run: async (times) => {
          for (let i = 0; i < times; i++) {
            const { input, signature } = parts[i % parts.length]
            if (!(await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, input))) throw new Error('raw')
          }
        },
      },
      {
        name: 'chromium-verdict-es256',
        to: 'chromium-webcrypto-es256',
        run: async (times) => {
          for (const statement of repeated(times)) if ((await verify(statement, options)).outcome !== 'recognised') throw new Error('verdict')
        },
      },
      {
        name: 'chromium-verdict-es256-bulk',
        to: 'chromium-webcrypto-es256',
        run: async (times) => {
          for await (const verdict of verifyMany(repeated(times), options)) if (verdict.outcome !== 'recognised') throw new Error('verdict')
        },
      },
    ])
  }
`

export async function measureInChromium(): Promise<readonly Figure[]> {
  const resolveDir = resolve(process.cwd(), 'bench')
  const bundled = await build({
    stdin: { contents: PAGE, resolveDir, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    // Our chunks are imported only to fix their order; bundlers warn about each.
    logLevel: 'error',
    write: false,
  })
  const script = (bundled.outputFiles[0] as { text: string }).text
  // WebCrypto needs a secure context, and loopback is one.
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>bench</title>'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: chromium.args, headless: true })
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await page.addScriptTag({ content: script })
    return await page.evaluate<readonly Figure[]>(`globalThis.run(${JSON.stringify(material)})`)
  } finally {
    await browser.close()
    server.close()
  }
}
