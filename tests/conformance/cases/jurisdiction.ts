/** Changes to fixtures with the findings expected from the rules of `conformance/jurisdiction`. */
import type { Case } from './case.ts'

export const cases: readonly Case[] = [
  ...(
    [
      ['the bureau of the province', '11510000MB1F23451P', '511600', []],
      ['the bureau of the city, and a county of it', '11511600MB1C579079', '511623', []],
      ['a district of Chongqing, and the bureau of the municipality', '11500000MB1A678983', '500229', []],
      ['a body of the state', '11100000MB1C57907Y', '511600', []],
      ['the other province', '11500000MB1A678983', '511600', ['fail finding.outside-jurisdiction']],
      ['a place beyond the two provinces', '11511600MB1C579079', '520102', ['fail finding.outside-jurisdiction']],
      [
        'another city of the province, to which the case may have been assigned',
        '11511600MB1C579079',
        '510104',
        ['warn finding.outside-jurisdiction'],
      ],
      ['another district of Chongqing', '11500112MB1C334629', '500103', ['warn finding.outside-jurisdiction']],
      ['a district, where the place names its city only', '11510104MB1C57907W', '510100', ['warn finding.jurisdiction-not-judged']],
      ['a place without its division', '11511600MB1C579079', undefined, ['warn finding.jurisdiction-not-judged']],
      ['a bureau of a district our table does not have', '11500157MB1C57907H', '500112', ['warn finding.jurisdiction-not-judged']],
    ] as const
  ).map(
    ([whose, uscc, division, finds]): Case => ({
      rule: `finding.jurisdiction: ${whose}`,
      of: 'F14',
      changes: [
        ['/issuer/uscc', uscc],
        ['/place/division', division],
      ],
      finds: finds.map((found) => `${found} /place/division`),
    }),
  ),
  ...(
    [
      ['by an authority above both', ['11510000MB1F23451P'], '510104', []],
      ['by the state, across provinces', ['11100000MB1C57907Y'], '500112', []],
      ['by both provinces together', ['11510000MB1F23451P', '11500000MB1A678983'], '500112', []],
      [
        'by an authority that is not above the place',
        ['11510000MB1F23451P'],
        '500112',
        ['fail finding.outside-jurisdiction /designation/by'],
      ],
      ['by the authority of the place alone', ['11510100MB1C579073'], '510104', ['warn finding.outside-jurisdiction /designation/by']],
    ] as const
  ).map(
    ([by, codes, division, finds]): Case => ({
      rule: `finding.jurisdiction: designated ${by}`,
      of: 'F14',
      changes: [
        ['/place/division', division],
        ['/designation', { by: codes.map((uscc) => ({ uscc, name: '示例机关' })), documentNo: '示例指定〔2025〕1号' }],
      ],
      finds,
    }),
  ),
]
