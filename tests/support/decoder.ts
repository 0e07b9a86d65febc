/** The real decoder of codes, from its package; nothing is fetched. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import type { Picture } from './label-picture.ts'

let ready: Promise<unknown> | undefined

/** The texts of the codes in a picture. */
export async function decodePicture({ width, height, data }: Picture): Promise<string[]> {
  ready ??= (async () => {
    const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
    const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) as ArrayBuffer
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  })()
  await ready
  const image = { width, height, data, colorSpace: 'srgb' } as ImageData
  return (await readBarcodes(image, { formats: ['QRCode'], tryHarder: true })).filter(({ isValid }) => isValid).map(({ text }) => text)
}
