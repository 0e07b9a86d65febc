/** Writes pictures as files of a camera. */
import { crc32, deflateSync } from 'node:zlib'
import type { Picture } from './label-picture.ts'

const greyOf = ({ data }: Picture): Uint8Array => Uint8Array.from({ length: data.length / 4 }, (_, at) => data[at * 4] as number)

/** A grey PNG (ISO/IEC 15948). */
export function pngOf(picture: Picture): Buffer {
  const { width, height } = picture
  const grey = greyOf(picture)
  const lines = Buffer.alloc(height * (width + 1))
  for (let y = 0; y < height; y++) lines.set(grey.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  out.set(body, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}

/** Frames with the picture in the middle, in the format of the fake camera of Chromium: YUV4MPEG2, 4:2:0. */
export function y4mOf(picture: Picture, width: number, height: number, frames = 3): Buffer {
  const grey = greyOf(picture)
  const luma = Buffer.alloc(width * height, 150)
  const [left, top] = [Math.floor((width - picture.width) / 2), Math.floor((height - picture.height) / 2)]
  for (let y = 0; y < picture.height; y++) luma.set(grey.subarray(y * picture.width, (y + 1) * picture.width), (top + y) * width + left)
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)])
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`),
    ...Array.from({ length: frames }, () => frame),
  ])
}
