/**
  * Measures how often a real decoder reads a label from a photograph, compared with the plain JWS and base45. All are printed on squares of
  * equal size, so a form with more modules has smaller ones. Prints a table for RESULTS.md: `npm run bench:labels`.
 */
import { argv, stdout } from 'node:process'
import { correction, generate, type Mode, mode } from 'lean-qr'
import { labelCode, signLabel } from 'tongheng/label'
import { createFakeAuthorities, fixtures } from 'tongheng/testing'
import { decodePicture } from '../tests/support/decoder.ts'
import { modulesOf, photograph, type Spoiling } from '../tests/support/label-picture.ts'

const EACH = Number(argv[2] ?? 20)
const NODE = 'https://jl.example.cn'
const world = await createFakeAuthorities()
const record = await world.sign('CD', fixtures.F01.record, { status: { uri: 'https://node-51.example/v1/status-lists/CD-1', idx: 417 } })
const { signed, octets } = await signLabel(record, { signers: [world.signer('CD')], at: '2025-03-12T17:00:00+08:00' })

interface Code {
  readonly name: string
  readonly text: string
  readonly modules: readonly (readonly boolean[])[]
}

const BASE45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

/** RFC 9285. */
function base45(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 2) {
    const isPair = at + 1 < bytes.length
    let number = isPair ? (bytes[at] as number) * 256 + (bytes[at + 1] as number) : (bytes[at] as number)
    for (let digit = 0; digit < (isPair ? 3 : 2); digit++) {
      text += BASE45[number % 45]
      number = Math.floor(number / 45)
    }
  }
  return text
}

function codeOf(name: string, text: string, modes: readonly Mode[]): Code {
  const code = generate(mode.multi(...modes), { minCorrectionLevel: correction.M })
  const row = (y: number): boolean[] => Array.from({ length: code.size }, (_, x) => code.get(x, y))
  return { name, text, modules: Array.from({ length: code.size }, (_, y) => row(y)) }
}

const ours = labelCode(octets, NODE)
const [address, jws, short] = [`${NODE}/l#`, signed[0] as string, base45(octets)]
const codes: readonly Code[] = [
  { name: 'label: address and digits', text: ours.text, modules: modulesOf(ours.path, ours.size) },
  codeOf('address and base45', address + short, [mode.ascii(address), mode.alphaNumeric(short)]),
  codeOf('address and plain JWS', address + jws, [mode.ascii(address + jws)]),
]

/** Conditions of photographs; the code with its quiet zone is `side` pixels wide. */
const CONDITIONS: readonly (readonly [name: string, side: number, spoiling: Omit<Spoiling, 'pixels' | 'random'>])[] = [
  ['flat and sharp, 300 px', 300, {}],
  ['farther, 200 px', 200, { blurred: 0.6 }],
  ['far, 150 px', 150, { blurred: 0.6 }],
  ['turned 20°, tilted 30 %', 300, { turned: 20, tilted: 0.3, blurred: 0.6 }],
  ['blurred, 1.6 px', 300, { blurred: 1.6 }],
  ['noise, σ = 45', 300, { noise: 45, blurred: 0.6 }],
  ['low contrast, 25 %', 300, { contrast: 0.25, noise: 8, blurred: 0.6 }],
  ['glare over half', 300, { glare: 0.5, blurred: 0.6 }],
  ['a patch over 15 % of the side', 300, { covered: 0.15, blurred: 0.6 }],
  ['hard: tilt, blur, noise, glare', 300, { turned: 12, tilted: 0.25, blurred: 1.2, noise: 20, glare: 0.25 }],
]

/** Mulberry32: the same pictures in every run. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const heads = codes.map(({ name, modules }) => `${name} (V${(modules.length - 17) / 4}, ${((modules.length + 8) * 0.4).toFixed(1)} mm)`)
stdout.write(`| ${EACH} photographs each, zxing-wasm | ${heads.join(' | ')} |\n|---|${'---|'.repeat(codes.length)}\n`)
for (const [name, side, spoiling] of CONDITIONS) {
  const read = codes.map(() => 0)
  for (let n = 0; n < EACH; n++)
    for (const [at, { text, modules }] of codes.entries()) {
      const random = randomFrom(n + 1)
      // Vary the distance slightly: in real photographs pixels never align with modules.
      const pixels = (side * (0.97 + random() * 0.06)) / (modules.length + 8)
      const turned = (spoiling.turned ?? 0) * (0.8 + random() * 0.4) + (random() - 0.5) * 6
      if ((await decodePicture(photograph(modules, { ...spoiling, turned, pixels, random }))).includes(text)) read[at] = (read[at] ?? 0) + 1
    }
  stdout.write(`| ${name} | ${read.map((count) => `${Math.round((100 * count) / EACH)} %`).join(' | ')} |\n`)
}
