/** Archives among the files of `verify`: yields each file inside, named by archive and path. */
import { open } from 'node:fs/promises'
import { inflateRawSync } from 'node:zlib'
import { type ArchiveFile, filesIn, type Inflate, type UnreadFile } from '../archive/index.js'
import { fileFault, fileFaultOf } from './file-error.js'

/** Error codes of zlib for octets that are not a deflate stream, end early, or inflate to more than stated. */
const NOT_INFLATED: ReadonlySet<unknown> = new Set(['Z_DATA_ERROR', 'Z_BUF_ERROR', 'ERR_BUFFER_TOO_LARGE'])

const inflate: Inflate = (packed, most) => {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) })
  } catch (error) {
    if (error instanceof Error && 'code' in error && NOT_INFLATED.has(error.code)) return undefined
    throw error
  }
}

/** The files of an archive whose names pass `isWanted`. @throws `cli.file` */
export async function* openArchive(file: string, isWanted: (name: string) => boolean): AsyncGenerator<ArchiveFile | UnreadFile> {
  const handle = await fileFault(file, () => open(file))
  try {
    const { size } = await handle.stat()
    const read = async (from: number, to: number): Promise<Uint8Array> => {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(to - from), 0, to - from, from)
      return buffer.subarray(0, bytesRead)
    }
    yield* filesIn({ size, read }, file, { inflate, isWanted })
  } catch (error) {
    throw fileFaultOf(file, error)
  } finally {
    await handle.close()
  }
}
