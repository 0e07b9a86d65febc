/** Digest by which two readers can compare the reports that they computed. */
import { digestText } from '#native'
import { canonicalJson } from './canonical.js'
import type { RoundReportContent } from './report.js'

/** SHA-256, base64url, over the canonical JSON (RFC 8785) of `{ keyDigest, record, statements }`. */
export const reportDigest = ({ keyDigest, record, statements }: RoundReportContent): string =>
  digestText(canonicalJson({ keyDigest, record, statements }))
