// Why this exists: a folder of which only a part was judged must not look like a folder that was judged whole.
import { describe, expect, it } from 'vitest'
import { droppedSources, fileSources, type Source, signedIn } from '../../src/page/intake.ts'

/** A file of which only the name is read. */
const file = (name: string): File => ({ name }) as File
const fileEntry = (fullPath: string): FileSystemEntry =>
  ({ isFile: true, name: fullPath, fullPath, file: (give: (one: File) => void) => give(file(fullPath)) }) as unknown as FileSystemEntry
/** A folder whose entries a browser returns a hundred at a time. */
const folderEntry = (fullPath: string, entries: readonly FileSystemEntry[]): FileSystemEntry => {
  const parts = Array.from({ length: Math.ceil(entries.length / 100) }, (_, at) => entries.slice(at * 100, at * 100 + 100))
  const reader = () => ({ readEntries: (give: (part: readonly FileSystemEntry[]) => void) => give(parts.shift() ?? []) })
  return { isFile: false, name: fullPath, fullPath, createReader: reader } as unknown as FileSystemEntry
}
const drop = (entry: FileSystemEntry): Promise<Source[]> =>
  droppedSources({
    items: [{ kind: 'file', webkitGetAsEntry: () => entry }],
    files: [],
    getData: () => '',
  } as unknown as DataTransfer)
const files = (count: number): File[] => Array.from({ length: count }, (_, at) => file(`${at}.json`))
const chosen = (count: number): Source[] => fileSources(files(count) as unknown as FileList)

/** The answers for the last source. */
async function answersOf(sources: readonly Source[]): Promise<unknown[]> {
  const answers: unknown[] = []
  for await (const answer of signedIn(sources.slice(-1))) answers.push(answer)
  return answers
}
const refused = (path: string) => [
  expect.objectContaining({
    error: expect.objectContaining({ code: 'page.files-many', text: expect.objectContaining({ en: expect.stringContaining(path) }) }),
  }),
]

describe('a selection of more than 20,000 files', () => {
  it('is read up to the limit, and the first file beyond it is named', async () => {
    const sources = chosen(20_002)
    expect(sources).toHaveLength(20_001)
    expect(await answersOf(sources)).toEqual(refused('20000.json'))
  })

  it('is read whole at the limit', () => {
    const sources = chosen(20_000)
    expect(sources).toHaveLength(20_000)
    expect(sources.at(-1)?.name).toBe('19999.json')
  })
})

describe('a dropped folder', () => {
  it('of more than 20,000 files is read up to the limit, and the first file beyond it is named', async () => {
    const entries = Array.from({ length: 20_002 }, (_, at) => fileEntry(`/in/${String(at).padStart(5, '0')}.json`))
    const sources = await drop(folderEntry('/in', entries))
    expect(sources).toHaveLength(20_001)
    expect(sources[19_999]?.name).toBe('in/19999.json')
    expect(await answersOf(sources)).toEqual(refused('in/20000.json'))
  })

  it('names a file below the 20th level, and reads the others', async () => {
    let deep = fileEntry('/deep.json')
    for (let level = 20; level >= 1; level--) deep = folderEntry(`/${level}`, [deep])
    const sources = await drop(folderEntry('/in', [deep, fileEntry('/z.json')]))
    expect(sources.map(({ name }) => name)).toEqual(['', 'z.json'])
    expect(await answersOf(sources.slice(0, 1))).toEqual(refused('deep.json'))
  })

  it('is read whole down to the 20th level', async () => {
    let deep = fileEntry('/deep.json')
    for (let level = 19; level >= 1; level--) deep = folderEntry(`/${level}`, [deep])
    expect((await drop(folderEntry('/in', [deep]))).map(({ name }) => name)).toEqual(['deep.json'])
  })
})
