// Why this exists: several files of tests need the same things made: the compiled command line, the built page. They are made once a run, in a
// folder of the run, which this opens before the processes of tests start and removes after them.
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'tongheng-run-')))
  process.env.TONGHENG_RUN_FOLDER = folder
  // In watch mode, discard what was built from the old source.
  project.onTestsRerun(async () => {
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder)
  })
  return () => rm(folder, { recursive: true, force: true })
}
