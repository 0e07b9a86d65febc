/** Progress of long work for a terminal: amount, rate, and remaining time. */
import { performance } from 'node:perf_hooks'
import type { Terminal } from './terminal.js'

/** Milliseconds between two updates, and the period over which the rate is measured. */
const SHOW_EVERY = 200
const WINDOW = 10_000

export interface Progress {
  show(done: number, total?: number): void
  /** Like `show`, if not the total number but only the share of the input read is known. */
  showShare(done: number, share: number | undefined): void
  /** Removes the line; returns the overall rate per second. */
  end(): number
}

export function createProgress(terminal: Terminal, language: 'zh' | 'en'): Progress {
  const started = performance.now()
  let shownAt = Number.NEGATIVE_INFINITY
  let marks: { readonly at: number; readonly done: number }[] = []
  let first: number | undefined
  let last = 0
  const show = (done: number, total: number | undefined, share?: number): void => {
    const at = performance.now()
    first ??= done
    last = done
    if (at - shownAt < SHOW_EVERY && done !== total) return
    shownAt = at
    marks = [...marks.filter((mark) => at - mark.at <= WINDOW), { at, done }]
    const [from] = marks as [(typeof marks)[number]]
    const rate = at > from.at ? ((done - from.done) * 1000) / (at - from.at) : 0
    terminal.progress(lineOf({ done, total, share, rate }, language))
  }
  return {
    show: (done, total) => show(done, total),
    showShare: (done, share) => show(done, undefined, share),
    end() {
      terminal.progress('')
      const seconds = (performance.now() - started) / 1000
      return seconds === 0 ? 0 : Math.round((last - (first ?? 0)) / seconds)
    },
  }
}

interface State {
  readonly done: number
  readonly total: number | undefined
  readonly share?: number | undefined
  readonly rate: number
}

/** For example `12,800 / 500,000 (3 %)  4,100/s  1 min 59 s left`; with a share, `12,800 (3 %)  4,100/s  1 min 59 s left`. */
export function lineOf({ done, total, share, rate }: State, language: 'zh' | 'en'): string {
  const count = (n: number): string => n.toLocaleString('en-US')
  const part = total === undefined ? share : total === 0 ? undefined : done / total
  const told = `${total === undefined || total === 0 ? '' : ` / ${count(total)}`}${part === undefined ? '' : ` (${Math.floor(part * 100 + 1e-9)} %)`}`
  if (rate < 1) return `${count(done)}${told}`
  const left = part === undefined || part === 0 ? '' : `  ${leftOf((done / part - done) / rate, language)}`
  return `${count(done)}${told}  ${count(Math.round(rate))}${language === 'zh' ? '/秒' : '/s'}${left}`
}

function leftOf(seconds: number, language: 'zh' | 'en'): string {
  const whole = Math.ceil(seconds)
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  const units = language === 'zh' ? (['小时', '分', '秒'] as const) : ([' h', ' min', ' s'] as const)
  const parts = [
    [hours, units[0]],
    [minutes, units[1]],
    [rest, units[2]],
  ] as const
  const told = parts
    .filter(([n], at) => n > 0 || at === 2)
    .slice(0, 2)
    .map(([n, unit]) => `${n}${unit}`)
    .join(' ')
  return language === 'zh' ? `还需 ${told}` : `${told} left`
}
