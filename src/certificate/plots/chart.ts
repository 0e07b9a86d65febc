/** Draws points with error bars over an axis, between limits or on a band; all four plots use it. */
import type { Text } from '../../base/message.js'
import { inLanguage, type Shown } from '../content/model.js'
import type { Mark, Point, Scene, Shade } from './scene.js'

export interface ChartPoint {
  /** Position on the x axis, or the index of the name if the axis has names. */
  readonly x: number
  readonly y: number
  /** Half the length of the bar. */
  readonly half?: number
  readonly shape: 'dot' | 'square' | 'cross'
  /** Name of the point in the description. */
  readonly label: Shown
}

export interface Step {
  readonly x: number
  readonly y: number
}

export interface Chart {
  readonly title: Text
  readonly xLabel: Shown
  readonly yLabel: Shown
  readonly points: readonly ChartPoint[]
  /** Limit lines, each from point to point. */
  readonly limits?: readonly (readonly Step[])[]
  /** Bounds of a band; the points are joined by a line as well. */
  readonly band?: readonly { readonly x: number; readonly low: number; readonly high: number }[]
  /** Names on the x axis in place of numbers. */
  readonly names?: readonly Shown[]
  /** Positions and texts on the x axis in place of round numbers. */
  readonly xTicks?: readonly { readonly x: number; readonly text: string }[]
  readonly description: Text
}

const [WIDTH, HEIGHT] = [480, 260]
const SIZE = 10
const TOP = 30
const RIGHT = 14

export function drawChart(chart: Chart): Scene {
  const { points, limits = [], band = [] } = chart
  const heights = [
    ...points.flatMap(({ y, half = 0 }) => [y - half, y + half]),
    ...limits.flat().map(({ y }) => y),
    ...band.flatMap(({ low, high }) => [low, high]),
  ]
  // A limit on the frame would look like the frame itself.
  const edge = (Math.max(...heights) - Math.min(...heights)) * 0.04
  const yTicks = niceTicks([Math.min(...heights) - edge, Math.max(...heights) + edge], 5)
  const xTicks = ticksOfX(chart)
  const left = 22 + Math.max(...yTicks.map(({ text }) => widthOf(text)))
  const longest = Math.max(
    0,
    ...(chart.names ?? []).map((name) => Math.max(widthOf(inLanguage(name, 'zh')), widthOf(inLanguage(name, 'en')))),
  )
  const isTurned = chart.names !== undefined && longest > (WIDTH - left - RIGHT) / chart.names.length - 4
  const bottom = 34 + (isTurned ? Math.min(90, longest * 0.6) : SIZE)
  // A label is centred on its tick: the last one needs half its width beyond the axis.
  const last = isTurned
    ? 0
    : Math.max(0, ...xTicks.slice(-1).flatMap(({ text }) => (['zh', 'en'] as const).map((one) => widthOf(inLanguage(text, one)) / 2)))
  const box = { left, right: WIDTH - Math.max(RIGHT, chart.names === undefined ? last + 2 : 0), top: TOP, bottom: HEIGHT - bottom }
  const xs = chart.names === undefined ? xTicks.map(({ at }) => at) : [-0.5, chart.names.length - 0.5]
  const x = scale([...xs, ...points.map((point) => point.x)], box.left, box.right)
  const y = scale(
    yTicks.map(({ at }) => at),
    box.bottom,
    box.top,
  )
  return {
    width: WIDTH,
    height: HEIGHT,
    title: chart.title,
    description: chart.description,
    marks: [
      ...axes(chart, { box, x, y, xTicks, yTicks, isTurned }),
      ...bandMarks(chart, x, y),
      ...limits.flatMap((line) => limitMarks(line, x, y)),
      ...points.flatMap((point) => pointMarks(point, x(point.x), y)),
    ],
  }
}

type Scale = (value: number) => number

/** Half of the bar that marks a limit at one point. */
const LIMIT_BAR = 8

/** One line for a constant limit; otherwise a bar at each point, because limits between the points are unknown. */
function limitMarks(line: readonly Step[], x: Scale, y: Scale): Mark[] {
  const points = line.map((step): Point => [x(step.x), y(step.y)])
  if (line.every((step) => step.y === line[0]?.y)) return [stroke(points, 'limit', 1, [4, 3])]
  return points.map(([at, height]) =>
    stroke(
      [
        [round(at - LIMIT_BAR), height],
        [round(at + LIMIT_BAR), height],
      ],
      'limit',
      1.2,
    ),
  )
}

function scale(values: readonly number[], from: number, to: number): Scale {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const span = high - low || 1
  return (value) => round(from + ((value - low) / span) * (to - from))
}

/** Rounds to a hundredth of a point, so that drawings are the same octets on every machine. */
const round = (value: number): number => Math.round(value * 100) / 100

interface Tick {
  readonly at: number
  readonly text: Shown
}

/** Round numbers that cover the values: steps of 1, 2 or 5 times a power of ten. */
export function niceTicks(values: readonly number[], count: number): { readonly at: number; readonly text: string }[] {
  let [low, high] = [Math.min(...values), Math.max(...values)]
  if (low === high) [low, high] = [low - (Math.abs(low) / 10 || 1), high + (Math.abs(high) / 10 || 1)]
  const raw = (high - low) / count
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw * 0.999) as number) * power
  const digits = Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)))
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)]
  return Array.from({ length: last - first + 1 }, (_, n) => {
    const at = (first + n) * step
    const isLong = Math.abs(at) >= 1e7
    return { at, text: (isLong ? at.toExponential(1) : at.toFixed(digits)).replace('-', '\u2212') }
  })
}

function ticksOfX({ names, xTicks, points, limits = [] }: Chart): Tick[] {
  if (names !== undefined) return names.map((text, at) => ({ at, text }))
  if (xTicks !== undefined) return xTicks.map(({ x, text }) => ({ at: x, text }))
  return niceTicks([...points.map(({ x }) => x), ...limits.flat().map(({ x }) => x)], 6)
}

interface Axes {
  readonly box: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
  readonly x: Scale
  readonly y: Scale
  readonly xTicks: readonly Tick[]
  readonly yTicks: readonly Tick[]
  readonly isTurned: boolean
}

function axes({ xLabel, yLabel }: Chart, { box, x, y, xTicks, yTicks, isTurned }: Axes): Mark[] {
  return [
    ...yTicks.flatMap(({ at, text }) => [
      stroke(
        [
          [box.left, y(at)],
          [box.right, y(at)],
        ],
        at === 0 ? 'limit' : 'grid',
        at === 0 ? 0.8 : 0.5,
      ),
      label([box.left - 5, y(at) + 3.5], text, 'end'),
    ]),
    stroke(
      [
        [box.left, box.bottom],
        [box.right, box.bottom],
      ],
      'ink',
      0.8,
    ),
    ...xTicks.flatMap(({ at, text }): Mark[] => [
      stroke(
        [
          [x(at), box.bottom],
          [x(at), box.bottom + 3],
        ],
        'ink',
        0.8,
      ),
      isTurned ? { ...label([x(at) + 3, box.bottom + 12], text, 'end'), turn: -35 } : label([x(at), box.bottom + 14], text, 'middle'),
    ]),
    label([4, 14], yLabel, 'start'),
    label([box.right, HEIGHT - 6], xLabel, 'end'),
  ]
}

const stroke = (points: readonly Point[], shade: Shade, width: number, dash?: readonly number[]): Mark => ({
  type: 'line',
  points,
  width,
  shade,
  ...(dash && { dash }),
})

const label = (at: Point, text: Shown, anchor: 'start' | 'middle' | 'end'): Extract<Mark, { type: 'text' }> => ({
  type: 'text',
  at: [round(at[0]), round(at[1])],
  text,
  size: SIZE,
  anchor,
})

function bandMarks({ band = [], points }: Chart, x: Scale, y: Scale): Mark[] {
  if (band.length < 2) return []
  const edge = [
    ...band.map((step): Point => [x(step.x), y(step.high)]),
    ...[...band].reverse().map((step): Point => [x(step.x), y(step.low)]),
  ]
  return [
    { type: 'area', points: edge, shade: 'band' },
    stroke(
      points.map((point): Point => [x(point.x), y(point.y)]),
      'ink',
      1,
    ),
  ]
}

function pointMarks({ y: value, half, shape }: ChartPoint, x: number, y: Scale): Mark[] {
  const at = y(value)
  const shade = shape === 'cross' ? 'bad' : 'ink'
  const bar =
    half === undefined
      ? []
      : [
          [y(value - half), y(value - half)],
          [y(value + half), y(value + half)],
        ].map(([end]) =>
          stroke(
            [
              [x - 3.5, end as number],
              [x + 3.5, end as number],
            ],
            shade,
            1,
          ),
        )
  const stem =
    half === undefined
      ? []
      : [
          stroke(
            [
              [x, y(value - half)],
              [x, y(value + half)],
            ],
            shade,
            1,
          ),
        ]
  return [...bar, ...stem, ...shapeMarks(shape, x, at, shade)]
}

function shapeMarks(shape: ChartPoint['shape'], x: number, y: number, shade: Shade): Mark[] {
  const side = 3.2
  if (shape === 'dot') return [{ type: 'dot', at: [x, y], radius: side, shade }]
  const corners = (
    [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ] as const
  ).map(([dx, dy]): Point => [round(x + dx * side), round(y + dy * side)])
  if (shape === 'square') return [{ type: 'area', points: corners, shade }]
  const [a, b, c, d] = corners as [Point, Point, Point, Point]
  return [stroke([a, c], shade, 1.8), stroke([b, d], shade, 1.8)]
}

/** Estimated width of a label in points, with a Chinese character as one em: precise enough for margins. */
export function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u2e7f' ? SIZE : SIZE * 0.58), 0)
}
