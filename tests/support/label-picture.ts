/** Simulates photographs of a code: draws the modules of the printed path at a size, and degrades the picture. */

/** Dark modules of a path of horizontal and vertical lines, as in the printed SVG. */
export function modulesOf(path: string, size: number): boolean[][] {
  const edges: { x: number; from: number; to: number }[] = []
  for (const [, outline = ''] of path.matchAll(/M([^MZ]+)Z/g)) {
    const corners = outline.split('L').map((corner) => corner.split(' ').map(Number) as [number, number])
    corners.forEach(([x, y], at) => {
      const [nextX, nextY] = corners[(at + 1) % corners.length] as [number, number]
      if (x !== nextX && y !== nextY) throw new Error('a path with a slanted line')
      if (x === nextX) edges.push({ x, from: Math.min(y, nextY), to: Math.max(y, nextY) })
    })
  }
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => {
      const crossed = edges.filter((edge) => edge.x <= column && edge.from <= row && edge.to > row).length
      return crossed % 2 === 1
    }),
  )
}

export interface Picture {
  readonly width: number
  readonly height: number
  /** RGBA. */
  readonly data: Uint8ClampedArray
}

/** How a photograph differs from the print. */
export interface Spoiling {
  /** Pixels per module. */
  readonly pixels: number
  /** Rotation in the plane, in degrees. */
  readonly turned?: number
  /** Tilt away from the camera: how much shorter the far side is, from 0 to 1. */
  readonly tilted?: number
  /** Radius of the blur in pixels. */
  readonly blurred?: number
  /** Standard deviation of the noise, on a scale of 255. */
  readonly noise?: number
  /** Size of a bright spot, as a fraction of the side of the picture. */
  readonly glare?: number
  /** Size of a dark patch, as a fraction of the side of the code. */
  readonly covered?: number
  /** Remaining contrast, from 0 to 1. */
  readonly contrast?: number
  readonly random: () => number
}

/** A photograph of a code with its quiet zone. */
export function photograph(modules: readonly (readonly boolean[])[], spoiling: Spoiling): Picture {
  const { pixels, turned = 0, tilted = 0, blurred = 0, noise = 0, glare = 0, covered = 0, contrast = 1, random } = spoiling
  const size = modules.length + 8
  const side = Math.ceil(size * pixels * 1.35)
  const angle = (turned * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const patch = { x: 10 + random() * (modules.length - 20), y: 10 + random() * (modules.length - 20), half: (covered * modules.length) / 2 }
  const spot = { x: side * (0.3 + random() * 0.4), y: side * (0.3 + random() * 0.4), radius: (glare * side) / 2 }
  const levelAt = (px: number, py: number): number => {
    // Map the picture back to the print: shift to the centre, rotate, undo the perspective.
    const [u, v] = [px - side / 2, py - side / 2]
    const [a, b] = [u * cos + v * sin, -u * sin + v * cos]
    const depth = 1 - (tilted * b) / (size * pixels)
    const [x, y] = [a * depth, b * depth]
    const [column, row] = [Math.floor(x / pixels + size / 2 - 4), Math.floor(y / pixels + size / 2 - 4)]
    if (Math.abs(column - patch.x) < patch.half && Math.abs(row - patch.y) < patch.half) return 60
    const isDark = modules[row]?.[column] === true
    return 128 + (isDark ? -108 : 107) * contrast
  }
  const levels = new Float32Array(side * side)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      // Four samples a pixel, because edges fall between pixels in every photograph.
      let level = 0
      for (const [dx, dy] of [
        [0.25, 0.25],
        [0.75, 0.25],
        [0.25, 0.75],
        [0.75, 0.75],
      ] as const)
        level += levelAt(x + dx, y + dy)
      levels[y * side + x] = level / 4
    }
  const soft = blurred > 0 ? blur(blur(levels, side, blurred), side, blurred) : levels
  const data = new Uint8ClampedArray(side * side * 4)
  for (let at = 0; at < side * side; at++) {
    const [x, y] = [at % side, Math.floor(at / side)]
    const distance = Math.hypot(x - spot.x, y - spot.y)
    const bright = glare > 0 && distance < spot.radius ? 255 * (1 - distance / spot.radius) ** 0.5 : 0
    const level = Math.min(255, (soft[at] as number) + bright) + noise * normal(random)
    data.set([level, level, level, 255], at * 4)
  }
  return { width: side, height: side, data }
}

function blur(levels: Float32Array, side: number, radius: number): Float32Array {
  const whole = Math.ceil(radius)
  const weights = Array.from({ length: 2 * whole + 1 }, (_, at) => Math.exp(-((at - whole) ** 2) / (2 * radius * radius)))
  const sum = weights.reduce((a, b) => a + b, 0)
  const along = (given: Float32Array, step: number, across: number): Float32Array => {
    const out = new Float32Array(given.length)
    for (let line = 0; line < side; line++)
      for (let at = 0; at < side; at++) {
        let level = 0
        for (let offset = -whole; offset <= whole; offset++) {
          const near = Math.min(side - 1, Math.max(0, at + offset))
          level += (given[line * across + near * step] as number) * (weights[offset + whole] as number)
        }
        out[line * across + at * step] = level / sum
      }
    return out
  }
  return along(along(levels, 1, side), side, 1)
}

const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
