/** Status indices, given out one after the other. The next one is on disk before the last one is used: a crash wastes one, and repeats none. */
import * as z from 'zod/mini'
import { TonghengError } from '../base/error.js'
import { parseShape } from '../base/shape.js'
import { locked } from './file-lock.js'
import { jsonOf, readExisting } from './files.js'
import { replaceText } from './outputs.js'

/** Entries of a list that `status create` makes where no size is given. */
const SIZE = 100_000

const Counter = z.strictObject({
  uri: z.string().check(z.maxLength(300), z.regex(/^https?:\/\/[^\s]+$/)),
  size: z.int().check(z.minimum(1), z.maximum(16_777_216)),
  next: z.int().check(z.minimum(0), z.maximum(16_777_216)),
})

/**
 * Takes the next index of a list; the file is made where there is none and the address is given.
 * @throws `cli.status-counter`, `cli.status-full`, `cli.file-locked`
 */
export const allocateStatus = (file: string, uri: string | undefined): Promise<{ readonly uri: string; readonly idx: number }> =>
  locked(file, async () => {
    const bytes = await readExisting(file)
    const given = bytes === undefined ? { uri, size: SIZE, next: 0 } : jsonOf({ name: file, bytes })
    const { value: counter } = parseShape<z.infer<typeof Counter>>(Counter, given)
    if (counter === undefined || (uri !== undefined && uri !== counter.uri)) throw new TonghengError('cli.status-counter', { file })
    if (counter.next >= counter.size) throw new TonghengError('cli.status-full', { file, uri: counter.uri, size: counter.size })
    await replaceText(file, `${JSON.stringify({ ...counter, next: counter.next + 1 })}\n`)
    return { uri: counter.uri, idx: counter.next }
  })
