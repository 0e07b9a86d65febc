// Why this exists: archives have any origin. These are ordinary and forged ones, each with the rows that the command line and
// the page must both answer with: the path and the code.
import { constants, deflateRawSync } from 'node:zlib'
import { makeZip, type ZipEntry } from './zip.ts'

const MEGABYTE = 1024 * 1024

/** An archive: name, octets, and expected rows with the path inside the archive and the code. */
export interface Sample {
  readonly name: string
  readonly octets: Buffer
  readonly rows: readonly (readonly [place: string, code: string])[]
}

const GB18030_NAME = Uint8Array.from([0xbc, 0xc6, 0xc1, 0xbf, 0x2f, 0xd6, 0xa4, 0xca, 0xe9, 0x2e, 0x6a, 0x77, 0x73]) // 计量/证书.jws
/** The code of a statement that is recognised in Chongqing. */
const GOOD = 'agreement.clause'

const MEGABYTE_OF_ZEROS = deflateRawSync(Buffer.alloc(MEGABYTE), { finishFlush: constants.Z_FULL_FLUSH, level: 9 })
/** Deflates megaoctets of zeros: blocks that end at an octet boundary can be repeated; the last block is empty. */
const zeros = (megabytes: number): Buffer =>
  Buffer.concat([...Array.from({ length: megabytes }, () => MEGABYTE_OF_ZEROS), Buffer.from([3, 0])])

/** Files of 60 MB each, which inflate to their stated size. */
export function largeEntries(count: number): readonly ZipEntry[] {
  const [data, packedData] = [Buffer.alloc(60 * MEGABYTE), zeros(60)]
  return Array.from({ length: count }, (_, at) => ({ name: `${at}.jws`, data, packedData }))
}

/** @param good a statement that is recognised @param lines two of them @param broken a statement whose signature does not hold */
export function sampleArchives({ good, lines, broken }: { good: string; lines: string; broken: string }): readonly Sample[] {
  const entry = (name: ZipEntry['name'], changes: Partial<ZipEntry> = {}): ZipEntry => ({ name, data: good, ...changes })
  const refused = (name: string, code: string, changes: Partial<ZipEntry>, place = name): Sample => ({
    name: `${code.replace('archive.', '')}-${encodeURIComponent(name)}-${Object.keys(changes)}.zip`,
    octets: makeZip([entry(name, changes), entry('rest.jws')]),
    rows: [
      [` › ${place}`, code],
      [' › rest.jws', GOOD],
    ],
  })
  const damaged = (name: string, octets: Buffer): Sample => ({ name: `${name}.zip`, octets, rows: [['', 'archive.damaged']] })
  const whole = makeZip([entry('a.jws'), entry('b.jws')])
  const endOf = (octets: Buffer): Buffer => octets.subarray(octets.length - 22)
  // Two of the files inflate to their stated size, which takes a page seconds each. The others only state it, which counts equally.
  const unfolding = largeEntries(2)
  const stating = Array.from({ length: 10 }, (_, at) =>
    entry(`s${at}.jws`, { size: 60 * MEGABYTE, packedData: Buffer.alloc(70_000, 0xff) }),
  )
  return [
    {
      name: 'plain.zip',
      octets: makeZip([
        entry('in/', { data: '', method: 0 }),
        entry('in/a.jws'),
        entry('in/stored.jws', { method: 0 }),
        entry('in/子/b.ndjson', { data: lines }),
        entry('in/forged.jws', { data: broken }),
        entry('in/note.txt', { data: 'Dear colleague,\n' }),
        entry('__MACOSX/in/._a.jws', { data: 'x' }),
      ]),
      rows: [
        [' › in/a.jws', GOOD],
        [' › in/stored.jws', GOOD],
        [' › in/子/b.ndjson:1', GOOD],
        [' › in/子/b.ndjson:2', GOOD],
        [' › in/forged.jws', 'signature.invalid'],
        [' › in/note.txt', 'content.unknown'],
      ],
    },
    {
      name: 'names.zip',
      octets: makeZip([
        entry(GB18030_NAME, { flags: 0 }),
        entry('苹果.jws', { flags: 0 }),
        entry('windows\\b.jws', { flags: 0 }),
        entry('twice.jws'),
        entry('twice.jws', { data: broken }),
        entry('twice.jws'),
      ]),
      rows: [
        [' › 计量/证书.jws', GOOD],
        [' › 苹果.jws', GOOD],
        [' › windows/b.jws', GOOD],
        [' › twice.jws', GOOD],
        [' › twice.jws (2)', 'signature.invalid'],
        [' › twice.jws (3)', GOOD],
      ],
    },
    {
      name: 'zip64.zip',
      octets: makeZip([entry('a.jws', { isLong: true }), entry('b.jws', { isLong: true })], { isLong: true }),
      rows: [
        [' › a.jws', GOOD],
        [' › b.jws', GOOD],
      ],
    },
    { name: 'commented.zip', octets: makeZip([entry('a.jws')], { comment: 'PK\u0005\u0006 packed by hand' }), rows: [[' › a.jws', GOOD]] },
    {
      name: 'nested.zip',
      octets: makeZip([entry('inner.zip', { data: whole }), entry('rest.jws')]),
      rows: [
        [' › inner.zip', 'content.archive'],
        [' › rest.jws', GOOD],
      ],
    },
    ...['../a.jws', 'in/../../a.jws', '/etc/a.jws', '..\\a.jws', 'C:\\a.jws'].map((name) =>
      refused(name, 'archive.name', {}, name.replaceAll('\\', '/')),
    ),
    refused('\u001b[31ma.jws', 'archive.name', {}, '\\u001b[31ma.jws'),
    refused('a\u202esw.jws', 'archive.name', {}, 'a\\u202esw.jws'),
    refused('locked.jws', 'archive.encrypted', { flags: 0x0801 }),
    refused('lzma.jws', 'archive.method', { method: 14 }),
    refused('bomb.jws', 'archive.entry-large', { packedData: zeros(65), size: 65 * MEGABYTE }),
    refused('lie.jws', 'archive.entry-damaged', { packedData: zeros(200), size: 10 }),
    refused('lie.jws', 'archive.entry-damaged', { size: 63 * MEGABYTE }),
    refused('lie.jws', 'archive.entry-damaged', { size: good.length + 1 }),
    refused('crc.jws', 'archive.entry-damaged', { crc: 1 }),
    refused('noise.jws', 'archive.entry-damaged', { packedData: Buffer.alloc(5000, 0xff) }),
    refused('cut.jws', 'archive.entry-damaged', { packedData: deflateRawSync(Buffer.from(good)).subarray(0, 200) }),
    refused('other.jws', 'archive.entry-damaged', { localName: 'twin0.jws' }),
    refused('away.jws', 'archive.entry-damaged', { at: 0xfffffffe }),
    refused('past.jws', 'archive.entry-damaged', { packed: 0x7fffffff }),
    {
      name: 'total.zip',
      octets: makeZip([entry('first.jws'), ...unfolding, ...stating, entry('last.jws')]),
      rows: [
        [' › first.jws', GOOD],
        ...unfolding.map(({ name }) => [` › ${name}`, 'content.unknown'] as const),
        ...stating.slice(0, 6).map(({ name }) => [` › ${name}`, 'archive.entry-damaged'] as const),
        ['', 'archive.total-large'],
      ],
    },
    { name: 'many.zip', octets: makeZip([entry('a.jws')], { isLong: true, count: 20_001 }), rows: [['', 'archive.entries-many']] },
    damaged('cut', whole.subarray(0, whole.length - 30)),
    damaged('half', whole.subarray(0, 400)),
    damaged('fewer', makeZip([entry('a.jws'), entry('hidden.jws')], { count: 1 })),
    damaged('more', makeZip([entry('a.jws')], { count: 2 })),
    damaged('off', makeZip([entry('a.jws')], { off: 5 })),
    damaged('behind', Buffer.concat([whole, Buffer.from('more')])),
    damaged('before', Buffer.concat([whole.subarray(0, 40), whole])),
    damaged('end-only', Buffer.concat([Buffer.from('PK\u0003\u0004'), endOf(whole)])),
    { name: 'empty.zip', octets: makeZip([]), rows: [['', 'archive.no-statements']] },
    { name: 'office.zip', octets: makeZip([entry('[Content_Types].xml'), entry('a.jws')]), rows: [['', 'content.archive']] },
    // The name of a file proves nothing about its content.
    { name: 'text.zip', octets: Buffer.from('Dear colleague,\n'), rows: [['', 'content.unknown']] },
    { name: 'statement.zip', octets: Buffer.from(good), rows: [['', GOOD]] },
    { name: 'gzip.zip', octets: Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]), rows: [['', 'content.archive']] },
  ]
}
