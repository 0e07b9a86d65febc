/** A line of a batch certificate: one instrument. */
import * as z from 'zod/mini'
import type { Described } from '../base/faults.js'
import { Line, named } from '../base/schema.js'

export const BatchLine = named(
  'batch-line',
  z.strictObject({
    serialNumber: Line,
    assetNumber: z.optional(Line),
    identificationCode: z.optional(Line),
    outcome: z.optional(z.enum(['pass', 'fail'])),
  }),
)

/** Lines are judged one by one in a standing, and each takes an index of a status list. */
export const MAX_LINES = 1000
export const BatchLines = z.array(BatchLine).check(z.minLength(1), z.maxLength(MAX_LINES))

/** Descriptions of the members, for schemas, types and messages. Separate from the schema, so that verification does not load them. */
export const batchLineTexts = {
  'batch-line': {
    '': ['批量证书的一行：一台器具', 'A line of a batch: one instrument'],
    serialNumber: ['出厂编号', 'Serial number'],
    assetNumber: ['设备编号（条形码、资产编号）', 'Number given by the holder: bar code, asset number'],
    identificationCode: ['计量器具识别编码（原样保存）', 'Instrument identification code, opaque', 'GB/T 36377—2018'],
    outcome: ['本台的检定结论；不写则与整份证书相同', 'Conclusion on this instrument; absent means that of the certificate'],
  },
} as const satisfies Described
