// Why this exists: etcd, Patroni and HAProxy can be tested as they are run only. Debian has them; they are unpacked beside the
// system, so that no service is installed or started and nothing is left of them.
import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** Cache of downloads; each archive is one file with the version in its name. */
const CACHE = resolve('node_modules/.cache/tongheng/debian')
/** Timeout in milliseconds of a download, for a slow network. */
const DOWNLOAD = 60_000

export interface Unpacked {
  /** Folder with `usr/bin` and so on, readable by every user. */
  readonly root: string
  /** Environment with which the programs find their libraries and modules. */
  readonly env: Readonly<Record<string, string>>
  remove(): Promise<void>
}

/** Unpacks packages and their dependencies that are not installed. @returns the reason as text if they are unavailable */
export async function unpackDebian(packages: readonly string[]): Promise<Unpacked | string> {
  const root = await mkdtemp(join(tmpdir(), 'tongheng-debian-'))
  try {
    await chmod(root, 0o755)
    for (const archive of await fetchArchives(packages)) await run('dpkg', ['-x', archive, root])
    return {
      root,
      env: {
        LD_LIBRARY_PATH: (await libraries(root)).join(':'),
        PYTHONPATH: join(root, 'usr/lib/python3/dist-packages'),
      },
      remove: () => rm(root, { recursive: true, force: true }),
    }
  } catch (error) {
    await rm(root, { recursive: true, force: true })
    const { stderr = '', message } = error as Error & { stderr?: string }
    return `Debian's ${packages.join(', ')} cannot be had: ${(stderr || message).trim().split('\n')[0]?.slice(0, 160)}`
  }
}

/** Library folders, which Debian names by architecture, such as `usr/lib/x86_64-linux-gnu`. */
async function libraries(root: string): Promise<string[]> {
  const found: string[] = []
  for (const under of ['usr/lib', 'lib'])
    for (const name of await readdir(join(root, under)).catch(() => []))
      if (name.endsWith('-linux-gnu')) found.push(join(root, under, name))
  return found
}

async function fetchArchives(packages: readonly string[]): Promise<string[]> {
  await mkdir(CACHE, { recursive: true })
  const wanted = await missing(packages)
  const kept = new Set(await readdir(CACHE))
  const absent = wanted.filter(({ file }) => ![...kept].some((name) => name.startsWith(file)))
  if (absent.length > 0) await download(absent)
  const there = await readdir(CACHE)
  return wanted.map(({ file }) => {
    const found = there.find((name) => name.startsWith(file))
    if (found === undefined) throw new Error(`apt-get downloaded no ${file}`)
    return join(CACHE, found)
  })
}

/** Downloads archives; renames each when it is complete, because another process may download the same. */
async function download(packages: readonly Wanted[]): Promise<void> {
  const folder = await mkdtemp(join(CACHE, 'download-'))
  try {
    const names = packages.map(({ name, version }) => `${name}=${version}`)
    await run('apt-get', ['download', '-qq', ...names], { cwd: folder, timeout: DOWNLOAD })
    for (const name of await readdir(folder)) await rename(join(folder, name), join(CACHE, name))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Wanted {
  readonly name: string
  readonly version: string
  /** Beginning of the name of the archive. */
  readonly file: string
}

/** Packages that apt would add. A package that it would only update is installed already. */
async function missing(packages: readonly string[]): Promise<Wanted[]> {
  const simulated = await simulate(packages).catch(async (error: unknown) => {
    // A new container has no package lists, and only root can fetch them.
    if (process.getuid?.() !== 0) throw error
    await run('apt-get', ['update', '-qq'], { timeout: DOWNLOAD })
    return simulate(packages)
  })
  return [...simulated.matchAll(/^Inst (\S+) \((\S+) /gm)].map(([, name = '', version = '']) => ({
    name,
    version,
    file: `${name}_${version.replaceAll(':', '%3a')}_`,
  }))
}

const simulate = async (packages: readonly string[]): Promise<string> =>
  (await run('apt-get', ['install', '--simulate', '--no-install-recommends', ...packages], { env: { ...process.env, LC_ALL: 'C' } })).stdout
