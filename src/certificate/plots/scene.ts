/** A drawing as data for SVG and PDF: lines, shapes and texts in points, from the top left. */
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

/** Greys and one red. Marks with different meanings also differ by shape, so that a print without colour shows the same. */
export const SHADES = { ink: '#1f2933', limit: '#5a6672', grid: '#d5dadf', band: '#e4e8ec', bad: '#b3261e' } as const
export type Shade = keyof typeof SHADES

export interface Scene {
  readonly width: number
  readonly height: number
  readonly title: Text
  /** The values in words, for readers who cannot see the drawing. */
  readonly description: Text
  readonly marks: readonly Mark[]
}
