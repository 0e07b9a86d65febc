/** Writes lines as a table with each value as it was written, so that reading the table returns the same lines. */
import { type LedgerField, ledgerFields } from './fields.js'
import type { LedgerLine } from './line.js'
import type { LedgerTable } from './tables.js'

const TEXTS: Readonly<Record<LedgerField, (line: LedgerLine) => string | undefined>> = {
  holder: ({ holder }) => holder,
  department: ({ department }) => department,
  installedAt: ({ place }) => place,
  division: ({ division }) => division,
  assetNumber: ({ assetNumber }) => assetNumber,
  name: ({ name }) => name,
  categoryText: ({ category }) => category?.text,
  item: ({ category }) => category?.item,
  itemKind: ({ category }) => category?.itemKind,
  model: ({ model }) => model,
  serialNumber: ({ serialNumber }) => serialNumber,
  plate: ({ plate }) => plate,
  manufacturer: ({ manufacturer }) => manufacturer,
  origin: ({ origin }) => origin,
  range: ({ range }) => range?.text,
  // `rangeLower` and `rangeUpper` became one text when they were read.
  rangeLower: () => undefined,
  rangeUpper: () => undefined,
  rangeUnit: ({ range }) => range?.unit,
  accuracyClass: ({ accuracyClass }) => accuracyClass,
  maximumPermissibleError: ({ maximumPermissibleError }) => maximumPermissibleError?.text,
  maximumPermissibleErrorUnit: ({ maximumPermissibleError }) => maximumPermissibleError?.unit,
  scaleInterval: ({ scaleInterval }) => scaleInterval?.text,
  scaleIntervalUnit: ({ scaleInterval }) => scaleInterval?.unit,
  interval: ({ interval }) => interval?.text,
  intervalUnit: ({ interval }) => interval?.unit,
  mandatory: ({ mandatory }) => mandatory?.text,
  state: ({ state }) => state?.text,
  class: ({ class: one }) => one?.text,
  quantity: ({ quantity }) => quantity?.text,
  purpose: ({ purpose }) => purpose?.text,
  method: ({ method }) => method,
  certificateType: ({ last }) => last?.type?.text,
  certificateNo: ({ last }) => last?.number,
  body: ({ last }) => last?.body,
  designatedBody: ({ designatedBody }) => designatedBody,
  verifiedOn: ({ last }) => last?.date?.text,
  validUntil: ({ last }) => last?.validUntil?.text,
  result: ({ last }) => last?.result?.text,
  basis: ({ last }) => last?.basis,
  nextDue: ({ nextDue }) => nextDue?.text,
  requiredPoint: ({ requirement }) => requirement?.points?.text,
  requiredRange: ({ requirement }) => requirement?.range?.text,
  requiredAccuracy: ({ requirement }) => requirement?.accuracy?.text,
  requiredUnit: ({ requirement }) => requirement?.points?.unit ?? requirement?.range?.unit ?? requirement?.accuracy?.unit,
  manufacturedOn: ({ manufacturedOn }) => manufacturedOn?.text,
  inUseSince: ({ inUseSince }) => inUseSince?.text,
  remarks: ({ remarks }) => remarks,
}

/** The text of a field of a line, as it was written. */
export const textIn = (line: LedgerLine, field: LedgerField): string | undefined => TEXTS[field](line)

/** A table with a column for each field that any line has, under the first header of the field. */
export function linesTable(lines: readonly LedgerLine[]): LedgerTable {
  const fields = [...ledgerFields.keys()].filter((field) => field === 'name' || lines.some((line) => textIn(line, field) !== undefined))
  const others = [...new Set(lines.flatMap(({ other = [] }) => other.map(({ header }) => header)))]
  return {
    name: '台账',
    heads: [...fields.map((field) => ledgerFields.get(field)?.zh ?? field), ...others],
    rows: lines.map((line) => ({
      tone: 'plain',
      cells: [
        ...fields.map((field) => textIn(line, field) ?? ''),
        ...others.map((header) => line.other?.find((one) => one.header === header)?.text ?? ''),
      ],
    })),
  }
}
