// Why this exists: every test of an operator's commands needs a configured node; this writes its files as an operator would have them.
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { type AuthorityKey, type FakeAuthorities, organisation } from 'tongheng/testing'
import { freePort } from '../support/free-port.js'
import type { Cli } from './run.js'

export interface NodeFiles {
  readonly url: string
  readonly port: number
  readonly id: string
  readonly config: Record<string, unknown>
  /** Name of the configuration. */
  readonly file: string
}

/** Writes trust file, keys and configuration of the node of an authority; `changes` modify the configuration. */
export async function writeNode(
  cli: Cli,
  world: FakeAuthorities,
  authority: AuthorityKey,
  changes: Record<string, unknown> = {},
): Promise<NodeFiles> {
  const { uscc, name, region } = organisation(authority)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const id = `tongheng-${region}`
  const secret = async (file: string, key: unknown): Promise<string> => {
    await cli.write(file, key as object)
    await chmod(join(cli.folder, file), 0o600)
    return file
  }
  const { anchors, trustLists, signedAgreement } = world
  await cli.write('trust.json', { anchors, trustLists, agreements: [signedAgreement] })
  const config = {
    id,
    url,
    listen: { host: '127.0.0.1', port },
    authority: uscc,
    name,
    region,
    key: await secret(`${authority}.key`, world.keys.get(authority)?.privateJwk),
    trust: 'trust.json',
    database: `${region}.db`,
    log: {
      origin: world.log(authority).origin,
      key: await secret(`${authority}.log.key`, world.logKey(authority).privateJwk),
      witness: await secret(`${authority}.witness.key`, world.witnessKey(authority).privateJwk),
    },
    ...changes,
  }
  const file = `node-${region}.json`
  await cli.write(file, config)
  return { url, port, id, config, file }
}

/** Arguments with which the institute of Chengdu calls a node. */
export const asChengdu = ({ url, id }: NodeFiles): string[] => [
  '--node',
  url,
  '--node-id',
  id,
  '--iss',
  organisation('CD').uscc,
  '--key',
  'CD.key',
]

export async function writeChengdu(cli: Cli, world: FakeAuthorities): Promise<void> {
  await cli.write('CD.key', world.keys.get('CD')?.privateJwk ?? {})
  await chmod(join(cli.folder, 'CD.key'), 0o600)
}

/** Parses the output of `--format json`: one object per line. */
export const json = (text: string): Record<string, unknown>[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
