/** Events in order of time; of the same moment, in order of their arrival. */

export interface SimulatedEvent {
  readonly at: number
  readonly kind: string
  /** Called with its time. */
  readonly run: (at: number) => Promise<void>
}

export function createQueue() {
  const waiting: SimulatedEvent[] = []
  return {
    add(event: SimulatedEvent): void {
      let [low, high] = [0, waiting.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if ((waiting[middle] as SimulatedEvent).at <= event.at) low = middle + 1
        else high = middle
      }
      waiting.splice(low, 0, event)
    },
    next: (): SimulatedEvent | undefined => waiting.shift(),
  }
}
