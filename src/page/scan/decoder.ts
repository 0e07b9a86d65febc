/** Decodes codes in a picture: by the detector of the browser if it has one, otherwise by zxing (WebAssembly served by the node). */
import wasmAddress from 'zxing-wasm/reader/zxing_reader.wasm'
import { scanFault } from './messages.js'

export interface Found {
  readonly texts: readonly string[]
  /** True if there is a code whose content could not be decoded. */
  readonly isUnread: boolean
}

export interface Decoder {
  /** Decodes an image. `isCareful`: if the detector of the browser finds nothing, also tries zxing. */
  read(image: ImageData, isCareful: boolean): Promise<Found>
}

/** `BarcodeDetector`, which the types of TypeScript lack. */
interface Detector {
  detect(image: ImageData): Promise<readonly { readonly rawValue: string }[]>
}
interface DetectorClass {
  new (options: { readonly formats: readonly string[] }): Detector
  getSupportedFormats(): Promise<readonly string[]>
}

/** The detector of the browser; undefined if it does not support QR codes: some browsers have the class without formats. */
async function nativeDetector(): Promise<Detector | undefined> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass }
  if (BarcodeDetector === undefined) return undefined
  try {
    if (!(await BarcodeDetector.getSupportedFormats()).includes('qr_code')) return undefined
    return new BarcodeDetector({ formats: ['qr_code'] })
  } catch {
    // Rejected on phones without the underlying service; zxing is used then.
    return undefined
  }
}

/** @throws `page.decoder` if the browser cannot run WebAssembly, such as Safari before 16 under a strict content security policy */
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

/** The WebAssembly module: from the node that served the page, or embedded in the page of one file. */
async function wasm(): Promise<ArrayBuffer> {
  if (typeof wasmAddress !== 'string') return (await import('./embedded.js')).embeddedWasm()
  const answer = await fetch(wasmAddress, { credentials: 'omit', redirect: 'error' })
  if (!answer.ok) throw new Error(`${wasmAddress}: ${answer.status}`)
  return answer.arrayBuffer()
}

let zxing: ReturnType<typeof openZxing> | undefined

/** One shared instance; a failed start is retried. */
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
