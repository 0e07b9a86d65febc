/** The live camera: reads frames until a code is decoded; switched off as soon as it is not in view. */
import type { Decoder } from './decoder.js'
import { isLabel, labelsFirst } from './photographs.js'

/** Milliseconds between two frames, so that the phone stays cool and responsive. */
const PAUSE = 120
/** Longest side of an examined frame in pixels. */
const SIDE = 1280
/** Number of frames with only an unrelated code before it is reported: the label may be beside it. */
const FOREIGN_LOOKS = 6
/** Number of frames with an undecodable code before the user is informed. */
const UNREAD_LOOKS = 8

export interface Camera {
  readonly stream: MediaStream
  readonly hasLight: boolean
  light(isOn: boolean): Promise<void>
  stop(): void
}

/** @throws DOMException of `getUserMedia` */
export async function openCamera(): Promise<Camera> {
  const video = { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } }
  const stream = await navigator.mediaDevices.getUserMedia({ video, audio: false })
  const [track] = stream.getVideoTracks()
  // Only Chrome on Android has this member.
  const { torch } = (track?.getCapabilities?.() ?? {}) as { torch?: boolean }
  return {
    stream,
    hasLight: torch === true,
    light: async (isOn) => track?.applyConstraints({ advanced: [{ torch: isOn } as MediaTrackConstraintSet] }),
    stop() {
      for (const one of stream.getTracks()) one.stop()
    },
  }
}

export interface Watching {
  readonly video: HTMLVideoElement
  readonly decoder: Decoder
  isOver(): boolean
  /** Called if a code is visible but cannot be decoded. */
  onUnread(): void
}

/** The texts of the first codes that are decoded; undefined if `isOver` becomes true before. */
export async function watch({ video, decoder, isOver, onUnread }: Watching): Promise<readonly string[] | undefined> {
  const canvas = document.createElement('canvas')
  let foreign = 0
  let unread = 0
  while (!isOver()) {
    const image = frameOf(video, canvas)
    if (image !== undefined) {
      const found = await decoder.read(image, false)
      const texts = labelsFirst(found.texts)
      const isForeign = texts.length > 0 && !texts.some(isLabel)
      if (isForeign) foreign++
      if (texts.length > 0 && (!isForeign || foreign >= FOREIGN_LOOKS)) return isOver() ? undefined : texts
      if (found.isUnread && ++unread === UNREAD_LOOKS) onUnread()
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE))
  }
  return undefined
}

function frameOf(video: HTMLVideoElement, canvas: HTMLCanvasElement): ImageData | undefined {
  const { videoWidth: width, videoHeight: height } = video
  if (width === 0 || video.readyState < video.HAVE_CURRENT_DATA) return undefined
  const scale = Math.min(1, SIDE / Math.max(width, height))
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D
  context.drawImage(video, 0, 0, canvas.width, canvas.height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}
