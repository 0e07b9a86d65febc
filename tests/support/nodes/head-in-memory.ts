// Why this exists: tests of rollback protection read the second place, count its writes, and remove it.
import type { HeadPlace } from 'tongheng/node'

export interface HeadInMemory extends HeadPlace {
  text: string | undefined
  swaps: number
  isAway: boolean
}
export function headInMemory(): HeadInMemory {
  const place: HeadInMemory = {
    text: undefined,
    swaps: 0,
    isAway: false,
    async read() {
      if (place.isAway) throw Object.assign(new Error('EIO'), { code: 'EIO' })
      return place.text
    },
    async swap(expected, next) {
      if (place.text !== expected) return false
      place.text = next
      place.swaps++
      return true
    },
  }
  return place
}
