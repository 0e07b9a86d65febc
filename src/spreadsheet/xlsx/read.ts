/** Reads the sheets of an Office Open XML workbook (ECMA-376) in the order of the tabs; ignores charts, pictures, links, pivots and macros. */
import { createGrids } from '../grid.js'
import { fault } from '../messages.js'
import type { DateSystem } from '../serial.js'
import type { Sheet, Workbook, WorkbookLimits } from '../workbook.js'
import { openPackage, type Package } from './package.js'
import { readSheet } from './sheet.js'
import { createTextCells, readStrings } from './strings.js'
import { readStyles } from './styles.js'
import { attribute, readXml } from './xml.js'

/** Parts that identify other zip formats, and the names of those formats. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^xl\/workbook\.bin$/i, '.xlsb'],
  [/^mimetype$|^META-INF\/manifest\.xml$/i, '.ods'],
  [/^OFD\.xml$/i, '.ofd'],
  [/^word\//i, 'Word'],
  [/^ppt\//i, 'PowerPoint'],
]

/** @throws `spreadsheet.format`, `spreadsheet.unrecognised` for another zip; `spreadsheet.*` for damaged or too large parts */
export async function readXlsx(bytes: Uint8Array, limits: WorkbookLimits): Promise<Workbook> {
  const parts = await openPackage(bytes, limits)
  const other = OTHERS.find(([pattern]) => parts.names.some((name) => pattern.test(name)))
  if (other !== undefined) throw fault('spreadsheet.format', { format: other[1] })
  if (!parts.has('[Content_Types].xml')) throw fault('spreadsheet.unrecognised')
  const root = await readRelations(parts, '_rels/.rels', '')
  const main = [...root.values()].find(({ type }) => type === 'officeDocument')
  if (main === undefined) throw fault('spreadsheet.unrecognised')
  const relations = await readRelations(parts, relationsOf(main.target), folderOf(main.target))
  const { sheets, system } = await readTabs(parts, main.target, limits)
  const partOf = (type: string): string | undefined => [...relations.values()].find((each) => each.type === type)?.target
  const [stylesPart, stringsPart] = [partOf('styles'), partOf('sharedStrings')]
  const styles = await readStyles(stylesPart ?? '', stylesPart === undefined ? undefined : parts.text(stylesPart), system)
  const strings = stringsPart === undefined ? [] : await readStrings(stringsPart, parts.text(stringsPart), limits)
  const [createGrid, texts] = [createGrids(limits), createTextCells()]
  const read: Sheet[] = []
  for (const { name, isHidden, id } of sheets) {
    const relation = relations.get(id)
    if (relation === undefined) throw fault('spreadsheet.damaged', { part: name })
    // A tab may be a chart, or an old dialogue or macro sheet; these have no cells.
    if (relation.type !== 'worksheet') continue
    const grid = createGrid(name, isHidden)
    const context = { part: relation.target, name, strings, styles, texts, limits, onCell: parts.excuse }
    await readSheet(parts.text(relation.target, limits.cells), grid, context)
    read.push(grid.sheet())
  }
  if (read.length === 0) throw fault('spreadsheet.no-sheets')
  const hasMacros = parts.names.some((name) => /(?:^|\/)(?:vbaProject\.bin$|macrosheets\/)/i.test(name))
  return { format: 'xlsx', ...(hasMacros && { hasMacros }), sheets: read }
}

interface Tab {
  readonly name: string
  readonly isHidden: boolean
  readonly id: string
}

async function readTabs(
  parts: Package,
  part: string,
  limits: WorkbookLimits,
): Promise<{ readonly sheets: readonly Tab[]; readonly system: DateSystem }> {
  const sheets: Tab[] = []
  let system: DateSystem = '1900'
  await readXml(part, parts.text(part), {
    open(name, attributes) {
      if (name === 'workbookPr' && /^(?:1|true)$/.test(attribute(attributes, 'date1904') ?? '')) system = '1904'
      if (name !== 'sheet') return
      const id = /(?:^|\s)[\w.-]+:id\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(attributes)
      sheets.push({
        name: attribute(attributes, 'name') ?? '',
        isHidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible',
        id: id?.[1] ?? id?.[2] ?? '',
      })
      if (sheets.length > limits.sheets) throw fault('spreadsheet.sheets-many', { count: sheets.length, most: limits.sheets })
    },
    close: () => undefined,
    text: () => undefined,
  })
  return { sheets, system }
}

interface Relation {
  /** Last segment of the type URI, which is the same in strict and transitional Open XML. */
  readonly type: string
  readonly target: string
}

/** Reads the relations of a part, without those to targets outside the file. */
async function readRelations(parts: Package, part: string, folder: string): Promise<ReadonlyMap<string, Relation>> {
  const relations = new Map<string, Relation>()
  if (!parts.has(part)) return relations
  await readXml(part, parts.text(part), {
    open(name, attributes) {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return
      const type = (attribute(attributes, 'Type') ?? '').replace(/^.*\//s, '')
      relations.set(attribute(attributes, 'Id') ?? '', { type, target: resolved(folder, attribute(attributes, 'Target') ?? '') })
    },
    close: () => undefined,
    text: () => undefined,
  })
  return relations
}

const folderOf = (part: string): string => part.slice(0, part.lastIndexOf('/') + 1)
const relationsOf = (part: string): string => `${folderOf(part)}_rels/${part.slice(part.lastIndexOf('/') + 1)}.rels`

/** Resolves a target relative to a folder to the name of a part. */
function resolved(folder: string, target: string): string {
  const steps: string[] = []
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps.join('/')
}
