/** Decodes codes in a photograph. */
import { readLabelText } from '../../label/index.js'
import { openDecoder } from './decoder.js'
import { scanFault } from './messages.js'

/** Maximum number of pixels, checked before decoding; phones take pictures of up to 50 million. */
const MAX_PIXELS = 100_000_000
/** Longest sides in pixels to which a picture is scaled for decoding: small first, which is fast and averages out noise. */
const SIDES = [1400, 2800, 4200] as const

export const isLabel = (text: string): boolean => readLabelText(text).is !== 'not-ours'

/** The labels among the texts; all texts if there is no label. */
export function labelsFirst(texts: readonly string[]): readonly string[] {
  const labels = texts.filter(isLabel)
  return [...new Set(labels.length > 0 ? labels : texts)]
}

/** @throws `page.picture`, `page.picture-large`, `page.no-code`, `page.code-unread`, `page.decoder` */
export async function codesIn(file: string, blob: Blob): Promise<readonly string[]> {
  const image = await openImage(file, blob)
  const decoder = await openDecoder()
  const longest = Math.max(image.naturalWidth, image.naturalHeight)
  let isUnread = false
  for (const [at, side] of SIDES.entries()) {
    if (at > 0 && longest <= (SIDES[at - 1] as number)) break
    const found = await decoder.read(pixelsOf(image, Math.min(1, side / longest)), true)
    if (found.texts.length > 0) return labelsFirst(found.texts)
    isUnread ||= found.isUnread
  }
  throw scanFault(isUnread ? 'page.code-unread' : 'page.no-code', { file })
}

/** Loads a picture by an `img` element, which applies its orientation and supports every format of the browser, including HEIC on Apple's. */
async function openImage(file: string, blob: Blob): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = URL.createObjectURL(blob)
  try {
    await image.decode()
  } catch (error) {
    throw scanFault('page.picture', { file }, { cause: error })
  } finally {
    URL.revokeObjectURL(image.src)
  }
  const { naturalWidth: width, naturalHeight: height } = image
  if (width * height > MAX_PIXELS) throw scanFault('page.picture-large', { file, width, height, most: MAX_PIXELS })
  return image
}

function pixelsOf(image: HTMLImageElement, scale: number): ImageData {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale))
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale))
  const context = canvas.getContext('2d') as CanvasRenderingContext2D
  // Transparent areas become white, like paper.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}
