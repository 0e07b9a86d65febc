/**
 * Scales and counts, written as a UCUM annotation alone: `{HRC}`, `{CNY}`. For other systems an annotation is the
 * number one; here each has its own dimension, so that money cannot be compared with a percentage.
 */
import type { Text } from '../../base/message.js'

export interface Scale {
  readonly name: Text
  readonly symbol: string
}

const ROWS: readonly (readonly [annotation: string, symbol: string, zh: string, en: string])[] = [
  ['CNY', '元', '元（人民币）', 'yuan'],
  ['HRA', 'HRA', '洛氏硬度 A 标尺', 'Rockwell hardness, scale A'],
  ['HRB', 'HRB', '洛氏硬度 B 标尺', 'Rockwell hardness, scale B'],
  ['HRC', 'HRC', '洛氏硬度 C 标尺', 'Rockwell hardness, scale C'],
  ['HBW', 'HBW', '布氏硬度', 'Brinell hardness'],
  ['HV', 'HV', '维氏硬度', 'Vickers hardness'],
  ['HK', 'HK', '努氏硬度', 'Knoop hardness'],
  ['HLD', 'HLD', '里氏硬度 D 型', 'Leeb hardness, device D'],
  ['HS', 'HS', '肖氏硬度', 'Shore hardness of metals'],
  ['HA', 'HA', '邵氏硬度 A 型', 'Shore hardness of rubber, type A'],
  ['HD', 'HD', '邵氏硬度 D 型', 'Shore hardness of rubber, type D'],
  ['NTU', 'NTU', '散射浊度单位', 'nephelometric turbidity unit'],
  ['FNU', 'FNU', '福尔马肼散射浊度单位', 'formazin nephelometric unit'],
]

/** By annotation. */
export const scales: ReadonlyMap<string, Scale> = new Map(
  ROWS.map(([annotation, symbol, zh, en]) => [annotation, { name: { zh, en }, symbol }]),
)
