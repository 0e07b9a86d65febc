// Why this exists: a workbook comes from anybody. A small file that unfolds to 300 MB, or to 17 thousand million cells, must be refused by
// its code before it fills the memory, and nothing outside the file may be asked for.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { constants, crc32, deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compile, type Program } from '../cli/build.js'
import { makeWorkbook, rowOf, type WorkbookParts, workbookParts } from '../support/workbooks.ts'
import { makeZip, type ZipEntry } from '../support/zip.ts'

const MEGABYTE = 1024 * 1024
const folder = mkdtempSync(join(tmpdir(), 'tongheng-hostile-'))
let program: Program

beforeAll(async () => {
  program = await compile('tests/spreadsheet/hostile-child.ts')
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
})

/** Deflates a text repeated many times without building it: blocks that end at an octet boundary can be repeated. */
function packedTimes(text: string, times: number): Buffer {
  const block = deflateRawSync(text, { finishFlush: constants.Z_FULL_FLUSH, level: 9 })
  return Buffer.concat([...Array.from({ length: times }, () => block), Buffer.from([3, 0])])
}
/** An entry with head, a repeated text, and tail; sizes and checksum are correct unless changed. */
function bomb(
  name: string,
  [head, text, times, tail]: readonly [string, string, number, string],
  changes: Partial<ZipEntry> = {},
): ZipEntry {
  const first = deflateRawSync(head, { finishFlush: constants.Z_FULL_FLUSH })
  const packedData = Buffer.concat([first, packedTimes(text, times).subarray(0, -2), deflateRawSync(tail)])
  const size = Buffer.byteLength(head) + Buffer.byteLength(text) * times + Buffer.byteLength(tail)
  let crc = crc32(head)
  const octets = Buffer.from(text)
  for (let time = 0; time < times; time++) crc = crc32(octets, crc)
  return { name, data: '', packedData, size, packed: packedData.length, crc: crc32(tail, crc), ...changes }
}

const SHEET = 'xl/worksheets/sheet1.xml'
const OPEN = '<worksheet><sheetData>'
const CLOSE = '</sheetData></worksheet>'
const one = { sheets: [rowOf(1, ['a'])] }
/** A workbook with some of its parts replaced or added. */
const changed = (entries: readonly ZipEntry[], parts: WorkbookParts = one): Buffer => {
  const names = new Set(entries.map(({ name }) => name))
  return makeZip([...workbookParts(parts).filter(({ name }) => !names.has(name)), ...entries])
}
const sheet = (inside: string, parts: Partial<WorkbookParts> = {}): Buffer => makeWorkbook({ sheets: [inside], ...parts })
const xml = (text: string): Buffer => sheet(`<?xml version="1.0"?>${text}`)
const rows = (count: number): string =>
  Array.from({ length: count }, (_, at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>1</v></c></row>`).join('')
const ole = (stream: string): Buffer => {
  const bytes = Buffer.alloc(2048)
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(bytes)
  bytes.write(stream, 1024, 'utf16le')
  return bytes
}
const good = makeWorkbook(one)
const merges = (count: number): string =>
  `<mergeCells>${Array.from({ length: count }, (_, at) => `<mergeCell ref="A${at + 1}:B${at + 1}"/>`).join('')}</mergeCells>`

/** Name, octets, and expected answer. */
const SMALL: readonly (readonly [string, () => Buffer, string])[] = [
  ['unfolds to 300 MB and says so', () => changed([bomb(SHEET, [OPEN, ' '.repeat(MEGABYTE), 300, CLOSE])]), 'spreadsheet.inflated-large'],
  [
    'unfolds to 300 MB and says 1 MB',
    () => changed([bomb(SHEET, [OPEN, ' '.repeat(MEGABYTE), 300, CLOSE], { size: MEGABYTE })]),
    'spreadsheet.damaged',
  ],
  [
    'has a thousand cells and 300 MB of blanks behind them',
    () => changed([bomb(SHEET, [`${OPEN}${rows(1000)}`, ' '.repeat(MEGABYTE), 300, CLOSE])]),
    'spreadsheet.inflated-large',
  ],
  [
    'is no bomb but has 199,000 rows of 18 cells, 270 MB of them',
    () =>
      changed([
        bomb(SHEET, [
          OPEN,
          `<row>${'<c s="1" t="inlineStr"><is><t xml:space="preserve">一般压力表 Y-100</t></is></c>'.repeat(18)}</row>`.repeat(1000),
          199,
          CLOSE,
        ]),
      ]),
    'read 199000×18+0',
  ],
  [
    'has shared texts of 300 MB',
    () => changed([bomb('xl/sharedStrings.xml', ['<sst><si><t>', 'x'.repeat(MEGABYTE), 300, '</t></si></sst>'])], { ...one, strings: '' }),
    'spreadsheet.inflated-large',
  ],
  [
    'has one shared text of 20 MB',
    () => changed([bomb('xl/sharedStrings.xml', ['<sst><si><t>', 'x'.repeat(MEGABYTE), 20, '</t></si></sst>'])], { ...one, strings: '' }),
    'spreadsheet.cell-long',
  ],
  [
    'has a cell of 20 MB',
    () => changed([bomb(SHEET, [`${OPEN}<row r="1"><c r="A1" t="str"><v>`, 'x'.repeat(MEGABYTE), 20, `</v></c></row>${CLOSE}`])]),
    'spreadsheet.cell-long',
  ],
  [
    'has six million empty shared texts',
    () => changed([bomb('xl/sharedStrings.xml', ['<sst>', '<si/>'.repeat(1000), 6000, '</sst>'])], { ...one, strings: '' }),
    'spreadsheet.cells-many',
  ],
  [
    'shares one long text with 60,000 cells',
    () =>
      changed(
        [
          bomb(SHEET, [
            OPEN,
            '',
            0,
            `${Array.from({ length: 60_000 }, (_, at) => `<row r="${at + 1}"><c r="A${at + 1}" t="s"><v>0</v></c></row>`).join('')}${CLOSE}`,
          ]),
        ],
        { ...one, strings: `<si><t>${'长'.repeat(32_767)}</t></si>` },
      ),
    'read 60000×1+0',
  ],
  [
    'has cells at both ends of 17 thousand million',
    () => sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    'spreadsheet.rows-many',
  ],
  [
    'has cells at both ends of a row',
    () => sheet('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>'),
    'spreadsheet.columns-many',
  ],
  ['has a row of no worksheet', () => sheet('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'), 'spreadsheet.damaged'],
  ['has rows of no cells far below', () => sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576" ht="15"/>'), 'read 1×1+0'],
  ['has a million rows', () => sheet(rows(1_000_000)), 'spreadsheet.rows-many'],
  [
    'has an external entity',
    () =>
      xml(
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&e;</v></c></row></sheetData></worksheet>',
      ),
    'spreadsheet.doctype',
  ],
  [
    'has entities in entities',
    () =>
      changed([
        {
          name: 'xl/workbook.xml',
          data: '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><workbook><sheets>&b;</sheets></workbook>',
        },
      ]),
    'spreadsheet.doctype',
  ],
  [
    'has an entity that is not declared',
    () => xml('<worksheet><sheetData><row><c t="str"><v>&e;</v></c></row></sheetData></worksheet>'),
    'spreadsheet.damaged',
  ],
  ['has elements a hundred thousand deep', () => changed([bomb(SHEET, [OPEN, '<a>', 100_000, ''])]), 'spreadsheet.damaged'],
  ['has a tag of 5 MB', () => changed([bomb(SHEET, ['<worksheet a="', 'x'.repeat(MEGABYTE), 5, '"/>'])]), 'spreadsheet.damaged'],
  ['ends in the middle of an element', () => xml('<worksheet><sheetData><row r="1">'), 'spreadsheet.damaged'],
  ['closes what is not open', () => xml('<worksheet><sheetData></row></sheetData></worksheet>'), 'spreadsheet.damaged'],
  ['is UTF-16 inside', () => changed([{ name: SHEET, data: Buffer.from(`\ufeff${OPEN}${CLOSE}`, 'utf16le') }]), 'spreadsheet.damaged'],
  ['names a shared text that is not there', () => sheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'), 'spreadsheet.damaged'],
  ['has a cell twice', () => sheet('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'), 'spreadsheet.damaged'],
  ['has a million merged regions', () => sheet(rowOf(1, ['a']), { after: merges(1_000_000) }), 'spreadsheet.merges-many'],
  [
    'has a hundred thousand regions over each other',
    () => sheet(rowOf(1, ['a']), { after: `<mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(100_000)}</mergeCells>` }),
    'read 1×1+1',
  ],
  [
    'has one region over the whole sheet',
    () => sheet(rowOf(1, ['a']), { after: '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>' }),
    'read 1×1+1',
  ],
  [
    'has a region that is none',
    () => sheet(rowOf(1, ['a']), { after: '<mergeCells><mergeCell ref="B2:A1"/></mergeCells>' }),
    'spreadsheet.damaged',
  ],
  ['has 300 sheets', () => makeWorkbook({ sheets: Array.from({ length: 300 }, () => '') }), 'spreadsheet.sheets-many'],
  [
    'reads one part as 256 sheets',
    () =>
      changed(
        [
          bomb(SHEET, [OPEN, ' '.repeat(MEGABYTE), 10, CLOSE]),
          {
            name: 'xl/_rels/workbook.xml.rels',
            data: `<Relationships>${Array.from({ length: 256 }, (_, at) => `<Relationship Id="s${at + 1}" Type="x/worksheet" Target="worksheets/sheet1.xml"/>`).join('')}</Relationships>`,
          },
        ],
        { sheets: [''], names: Array.from({ length: 256 }, (_, at) => `s${at}`) },
      ),
    'spreadsheet.inflated-large',
  ],
  ['is cut short', () => good.subarray(0, good.length - 100), 'spreadsheet.damaged'],
  [
    'has a broken octet',
    () => Buffer.from(good.map((octet, at) => (at === good.indexOf('sheet1.xml') + 30 ? octet ^ 0xff : octet))),
    'spreadsheet.damaged',
  ],
  [
    'has parts that lie over each other',
    () => makeZip([...workbookParts(one), { name: 'x.xml', data: '<x/>', at: 0 }]),
    'spreadsheet.damaged',
  ],
  ['has a part twice', () => makeZip([...workbookParts(one), { name: SHEET, data: OPEN + CLOSE }]), 'spreadsheet.damaged'],
  [
    'has a part twice but for capitals',
    () => makeZip([...workbookParts(one), { name: 'xl/Worksheets/SHEET1.xml', data: OPEN + CLOSE }]),
    'spreadsheet.damaged',
  ],
  ['lacks a sheet', () => makeZip(workbookParts(one).filter(({ name }) => name !== SHEET)), 'spreadsheet.damaged'],
  [
    'has a sheet outside the file',
    () =>
      changed([
        {
          name: 'xl/_rels/workbook.xml.rels',
          data: '<Relationships><Relationship Id="s1" Type="x/worksheet" Target="http://127.0.0.1:9/sheet1.xml" TargetMode="External"/></Relationships>',
        },
      ]),
    'spreadsheet.damaged',
  ],
  [
    'has no sheet',
    () =>
      changed([
        {
          name: 'xl/_rels/workbook.xml.rels',
          data: '<Relationships><Relationship Id="s1" Type="x/chartsheet" Target="x.xml"/></Relationships>',
        },
      ]),
    'spreadsheet.no-sheets',
  ],
  ['is encrypted in its zip', () => changed([{ name: SHEET, data: OPEN + CLOSE, flags: 0x0801 }]), 'spreadsheet.encrypted'],
  ['has a password', () => ole('EncryptedPackage'), 'spreadsheet.encrypted'],
  ['is an old .xls', () => ole('Workbook'), 'spreadsheet.format'],
  [
    'is an .xlsb',
    () =>
      makeZip([
        { name: '[Content_Types].xml', data: '<x/>' },
        { name: 'xl/workbook.bin', data: '' },
      ]),
    'spreadsheet.format',
  ],
  [
    'is an .ods',
    () => makeZip([{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', method: 0 }]),
    'spreadsheet.format',
  ],
  [
    'is a letter',
    () =>
      makeZip([
        { name: '[Content_Types].xml', data: '<x/>' },
        { name: 'word/document.xml', data: '' },
      ]),
    'spreadsheet.format',
  ],
  ['is any zip', () => makeZip([{ name: 'a.txt', data: 'a' }]), 'spreadsheet.unrecognised'],
  ['is an empty zip', () => makeZip([]), 'spreadsheet.unrecognised'],
  ['is a picture', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'spreadsheet.unrecognised'],
  ['is a line of ten million columns', () => Buffer.alloc(10_000_000, ','), 'spreadsheet.columns-many'],
  [
    'has a quotation mark without partner and 20 MB behind it',
    () => Buffer.concat([Buffer.from('a,b\n1,"'), Buffer.alloc(20 * MEGABYTE, 'x,')]),
    'spreadsheet.quote',
  ],
  ['is a cell of 20 MB', () => Buffer.alloc(20 * MEGABYTE, 'x'), 'spreadsheet.cell-long'],
  ['is three million lines', () => Buffer.alloc(12_000_000, 'a,b\n'), 'spreadsheet.rows-many'],
  ['is a page of a million tags', () => Buffer.concat([Buffer.from('<table>'), Buffer.alloc(3_000_000, '<b>')]), 'read 0×0+0'],
  [
    'is a page of three million rows',
    () => Buffer.concat([Buffer.from('<table>'), Buffer.alloc(30_000_000, '<tr><td>a ')]),
    'spreadsheet.rows-many',
  ],
  [
    'is a page whose style is ended 300,000 times without a bracket',
    () => Buffer.concat([Buffer.from('<table></table><style>'), Buffer.alloc(2_100_000, '</style')]),
    'read 0×0+0',
  ],
  [
    'is a page whose cells reach down and right without end',
    () => Buffer.concat([Buffer.from('<table>'), Buffer.from('<tr><td rowspan=99999999 colspan=99999999>1'.repeat(1000))]),
    'spreadsheet.columns-many',
  ],
  [
    'is a page of a million spans',
    () => Buffer.concat([Buffer.from('<table>'), Buffer.from('<tr><td rowspan=2>1<td colspan=2>2'.repeat(150_000))]),
    'spreadsheet.merges-many',
  ],
]

describe('a workbook that', () => {
  it.each([[110 * MEGABYTE]])('has %i octets is refused before it is looked at', async (size) => {
    const { readWorkbook } = await import('../../src/spreadsheet/index.js')
    await expect(readWorkbook(new Uint8Array(size))).rejects.toMatchObject({ code: 'spreadsheet.octets-many', details: { size } })
  })

  it('is hostile in any of these ways gets its expected answer within 128 MB of heap', async () => {
    const files = SMALL.map(([name, make]) => {
      const file = join(folder, name.replaceAll(' ', '-'))
      writeFileSync(file, make())
      return file
    })
    const { stdout } = await promisify(execFile)(process.execPath, ['--max-old-space-size=128', program.file, ...files], { cwd: folder })
    const { answers, rss } = JSON.parse(stdout) as { answers: Record<string, string>; rss: number }
    expect(SMALL.map(([name], at) => [name, answers[files[at] as string]])).toEqual(SMALL.map(([name, , answer]) => [name, answer]))
    expect(rss).toBeLessThan(400 * MEGABYTE)
  })
})
