// Why this exists: a certificate that has run out stops the exchange of two provinces overnight. The operator must read that it is the
// certificate, not the network, from each command that meets it, over real TLS.
import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createFakeAuthorities, organisation } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { json, writeChengdu, writeNode } from './node-files.js'
import { type Cli, openCli } from './run.js'

const CQ = organisation('CQ-AMR').uscc
const hasOpenssl = spawnSync('openssl', ['version']).status === 0
let cli: Cli
const servers: Server[] = []

/** Serves answers over TLS with a certificate of a test authority that expires in `days`. */
async function serveTls(name: string, days: number, subject = 'IP:127.0.0.1'): Promise<string> {
  const file = (end: string): string => join(cli.folder, `${name}.${end}`)
  const openssl = (...args: string[]): void => expect(spawnSync('openssl', args).status, args.join(' ')).toBe(0)
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  openssl('req', ...key, '-subj', '/CN=node', '-addext', `subjectAltName=${subject}`, '-keyout', file('key'), '-out', file('csr'))
  const ca = ['-CA', join(cli.folder, 'ca.pem'), '-CAkey', join(cli.folder, 'ca.key'), '-CAcreateserial', '-copy_extensions', 'copy']
  openssl('x509', '-req', '-in', file('csr'), ...ca, '-days', String(days), '-out', file('pem'))
  const server = createServer({ key: await readFile(file('key')), cert: await readFile(file('pem')) }, (_, response) => {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not here')
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Runs a command in a process that trusts the test authority. */
async function run(...args: string[]) {
  process.env.NODE_EXTRA_CA_CERTS = join(cli.folder, 'ca.pem')
  try {
    return await cli.runProcess([...args, '--lang', 'en'], { now: new Date().toISOString() })
  } finally {
    delete process.env.NODE_EXTRA_CA_CERTS
  }
}

const getFrom = (url: string) => run('get', 'A'.repeat(43), '--node', url, '--iss', organisation('CD').uscc, '--key', 'CD.key')

describe.skipIf(!hasOpenssl)('a node whose TLS certificate has ended (skipped: openssl is not installed)', () => {
  beforeAll(async () => {
    cli = await openCli()
    const world = await createFakeAuthorities({ witnessKeys: true, at: new Date().toISOString() })
    await writeChengdu(cli, world)
    await writeNode(cli, world, 'SC-AMR')
    const [out, key] = [join(cli.folder, 'ca.pem'), join(cli.folder, 'ca.key')]
    const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '10', '-subj', '/CN=ca']
    expect(spawnSync('openssl', [...made, '-keyout', key, '-out', out]).status).toBe(0)
  })
  afterAll(async () => {
    for (const server of servers) {
      server.closeAllConnections()
      server.close()
    }
    await cli?.close()
  })

  it('is named by a command: the certificate has expired, not the network is down', async () => {
    const { code, out, err } = await getFrom(await serveTls('ended', -1))
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('[client.network]')
    expect(err).toContain('the TLS certificate of the server has expired')
  })

  it('is distinguished from one for another name; a valid one is accepted', async () => {
    expect((await getFrom(await serveTls('other', 5, 'DNS:elsewhere.example'))).err).toContain(
      'the TLS certificate is for another host name',
    )
    const { code, err } = await getFrom(await serveTls('good', 5))
    expect([code, err]).toEqual([2, expect.stringContaining('[client.answer]')])
  })

  it('is reported by the doctor for the peer, with the reason', async () => {
    const peer = { url: await serveTls('peer', -1), authority: CQ }
    const config = JSON.parse(await readFile(join(cli.folder, 'node-51.json'), 'utf8')) as Record<string, unknown>
    await cli.write('node-51.json', { ...config, peers: [peer] })
    const { out } = await run('doctor', '--config', 'node-51.json', '--timeout', '120', '--format', 'json')
    const line = json(out).find(({ code }) => String(code).startsWith('doctor.peer'))
    expect(line).toMatchObject({ status: 'warn', code: 'doctor.peer-away' })
    expect(String(line?.en)).toContain('certificate of the server has expired')
  })

  it('is logged by the follower of a serving node, with the code and the reason', async () => {
    const config = JSON.parse(await readFile(join(cli.folder, 'node-51.json'), 'utf8')) as Record<string, unknown>
    await cli.write('node-51.json', { ...config, peers: [{ url: await serveTls('followed', -1), authority: CQ, intervalSeconds: 1 }] })
    process.env.NODE_EXTRA_CA_CERTS = join(cli.folder, 'ca.pem')
    const child = await cli.startProcess(['serve', '--config', 'node-51.json', '--lang', 'en'], { now: new Date().toISOString() })
    delete process.env.NODE_EXTRA_CA_CERTS
    let err = ''
    const told = new Promise<void>((resolve) =>
      child.stderr?.setEncoding('utf8').on('data', (part: string) => {
        err += part
        if (err.includes('client.network')) resolve()
      }),
    )
    const ended = new Promise((resolve) => child.on('close', resolve))
    await Promise.race([told, ended])
    child.kill('SIGTERM')
    await ended
    expect(err).toContain('the TLS certificate of the server has expired')
  })
})
