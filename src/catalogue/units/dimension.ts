/** Dimensions as exponents of the base units, and as a canonical text: `kg.m-1.s-2`, `1`. */

import { scales } from './scales.js'

/**
 * Order of the exponents. Quantities without a conversion factor have their own base: logarithmic ratios, information, money,
 * scales.
 */
const BASES: readonly string[] = ['kg', 'm', 's', 'A', 'K', 'mol', 'cd', 'dB', 'Np', 'bit', 'pH', ...scales.keys()]

export const NO_DIMENSION: readonly number[] = BASES.map(() => 0)

/** Parses a constant of our tables. */
export function parseDimension(text: string): readonly number[] {
  const exponents = [...NO_DIMENSION]
  if (text === '1') return exponents
  for (const part of text.split('.')) {
    const [, base, exponent] = /^([a-zA-Z]+)(-?\d+)?$/.exec(part) ?? []
    const at = BASES.indexOf(base ?? '')
    if (at === -1) throw new RangeError(`no base unit in ${part}`)
    exponents[at] = Number(exponent ?? 1)
  }
  return exponents
}

export function writeDimension(exponents: readonly number[]): string {
  const parts = BASES.flatMap((base, at) => {
    const exponent = exponents[at] ?? 0
    return exponent === 0 ? [] : [exponent === 1 ? base : `${base}${exponent}`]
  })
  return parts.length === 0 ? '1' : parts.join('.')
}

export const multiplied = (a: readonly number[], b: readonly number[], power: number): readonly number[] =>
  a.map((exponent, at) => exponent + (b[at] ?? 0) * power)
