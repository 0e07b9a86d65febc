/** A drawing as data: lines, shapes and texts in points, from the top left. It is written as SVG, and drawn in PDF by the same data. */
import type { Text } from '../../base/message.js'
import type { Shown } from '../content/model.js'

export type Mark =
  | {
      readonly type: 'line'
      readonly points: readonly Point[]
      readonly width: number
      readonly dash?: readonly number[]
      readonly shade: Shade
    }
  | { readonly type: 'area'; readonly points: readonly Point[]; readonly shade: Shade }
  | { readonly type: 'dot'; readonly at: Point; readonly radius: number; readonly shade: Shade }
  | {
      readonly type: 'text'
      readonly at: Point
      readonly text: Shown
      readonly size: number
      readonly anchor: 'start' | 'middle' | 'end'
      /** Degrees, clockwise about the point. */
      readonly turn?: number
    }

export type Point = readonly [x: number, y: number]

/** Greys and one red, so that a print without colour shows the same; what matters differs by shape as well. */
export const SHADES = { ink: '#1f2933', limit: '#5a6672', grid: '#d5dadf', band: '#e4e8ec', bad: '#b3261e' } as const
export type Shade = keyof typeof SHADES

export interface Scene {
  readonly width: number
  readonly height: number
  readonly title: Text
  /** The numbers in words, for those who do not see the drawing. */
  readonly description: Text
  readonly marks: readonly Mark[]
}
