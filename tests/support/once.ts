import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let ofThisProcess: string | undefined
/** The folder of the test run; outside of one, such as in a benchmark, a folder of this process. */
function runFolder(): string {
  const { TONGHENG_RUN_FOLDER: ofRun } = process.env
  if (ofRun !== undefined) return ofRun
  if (ofThisProcess === undefined) {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tongheng-run-')))
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    ofThisProcess = folder
  }
  return ofThisProcess
}

const made = new Map<string, Promise<string>>()

/**
 * A folder that is filled once per test run and that no test changes. If two test processes start at the same time, both fill one, and both
 * use the first that is complete.
 * @param fill fills the given folder, which is renamed afterwards
 */
export function folderOnce(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const known = made.get(name) ?? makeFolder(join(runFolder(), name), fill)
  made.set(name, known)
  return known
}

async function makeFolder(whole: string, fill: (folder: string) => Promise<void>): Promise<string> {
  if (existsSync(whole)) return whole
  const draft = await mkdtemp(`${whole}-draft-`)
  await fill(draft)
  try {
    await rename(draft, whole)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
    await rm(draft, { recursive: true })
  }
  return whole
}
