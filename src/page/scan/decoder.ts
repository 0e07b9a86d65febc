/** Reads codes from a picture: by the browser's own detector where it has one, else by zxing, whose program the node itself serves. */
import wasmAddress from 'zxing-wasm/reader/zxing_reader.wasm'
import { scanFault } from './messages.js'

export interface Found {
  readonly texts: readonly string[]
  /** Whether a code is there whose content could not be read. */
  readonly isUnread: boolean
}

export interface Decoder {
  /** With care: where the detector of the browser finds nothing, zxing looks too. */
  read(image: ImageData, isCareful: boolean): Promise<Found>
}

/** Not in the types of TypeScript yet. */
interface Detector {
  detect(image: ImageData): Promise<readonly { readonly rawValue: string }[]>
}
interface DetectorClass {
  new (options: { readonly formats: readonly string[] }): Detector
  getSupportedFormats(): Promise<readonly string[]>
}

/** Undefined where the browser has none for such codes: some have the class and no formats. */
async function nativeDetector(): Promise<Detector | undefined> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass }
  if (BarcodeDetector === undefined) return undefined
  try {
    if (!(await BarcodeDetector.getSupportedFormats()).includes('qr_code')) return undefined
    return new BarcodeDetector({ formats: ['qr_code'] })
  } catch {
    // Phones without the service that it rests on reject; zxing reads then.
    return undefined
  }
}

/** @throws `page.decoder` where the browser does not run it: Safari before 16 has no permission for it under a strict policy */
async function openZxing(): Promise<(image: ImageData) => Promise<Found>> {
  try {
    const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader')
    await prepareZXingModule({ overrides: { wasmBinary: await wasm() }, fireImmediately: true })
    return async (image) => {
      const codes = await readBarcodes(image, { formats: ['QRCode'], tryHarder: true, returnErrors: true, maxNumberOfSymbols: 20 })
      const texts = codes.filter(({ isValid }) => isValid).map(({ text }) => text)
      return { texts, isUnread: codes.some(({ isValid }) => !isValid) }
    }
  } catch (error) {
    throw scanFault('page.decoder', {}, { cause: error })
  }
}

/** The program: from the node that served the page; the page in one file has it inside. */
async function wasm(): Promise<ArrayBuffer> {
  if (typeof wasmAddress !== 'string') return (await import('./embedded.js')).embeddedWasm()
  const answer = await fetch(wasmAddress, { credentials: 'omit', redirect: 'error' })
  if (!answer.ok) throw new Error(`${wasmAddress}: ${answer.status}`)
  return answer.arrayBuffer()
}

let zxing: ReturnType<typeof openZxing> | undefined

/** One for the page; a failed start is tried again. */
function sharedZxing(): ReturnType<typeof openZxing> {
  zxing ??= openZxing().catch((error: unknown) => {
    zxing = undefined
    throw error
  })
  return zxing
}

/** @throws `page.decoder` */
export async function openDecoder(): Promise<Decoder> {
  const native = await nativeDetector()
  if (native === undefined) await sharedZxing()
  return {
    async read(image, isCareful) {
      if (native !== undefined) {
        const texts = (await native.detect(image)).map(({ rawValue }) => rawValue)
        if (texts.length > 0 || !isCareful) return { texts, isUnread: false }
      }
      return (await sharedZxing())(image)
    },
  }
}
