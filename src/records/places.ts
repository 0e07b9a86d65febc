/** Pattern of pointers into records (RFC 6901), with `*` for each item of a list, and commas between alternative member names. */

export interface Places {
  /** Top-level members that contain them. */
  readonly members: readonly string[]
  /** True if there is at most one match: no pattern contains a list. */
  readonly isOne: boolean
  /** The value at the only match; undefined if there may be several, or it is absent. */
  only(record: object): unknown
  /** Calls back for every existing value, with its pointer. */
  visit(record: object, found: (value: unknown, path: string) => void): void
}

type Visit = (value: unknown, path: string, found: (value: unknown, path: string) => void) => void

/** Combines patterns such as `/participants/*` + `/party/uscc`, in order. */
export function places(patterns: readonly string[] = []): Places {
  const all = visitAll(patterns.map(visitOf))
  const visit: Places['visit'] = (record, found) => all(record, '', found)
  const isOne = patterns.length === 1 && !patterns[0]?.includes('*')
  return {
    isOne,
    only: (record) => {
      let only: unknown
      if (isOne) visit(record, (value) => (only = value))
      return only
    },
    members: [...new Set(patterns.map((pattern) => pattern.split('/')[1] as string))],
    visit,
  }
}

const visitAll =
  (visits: readonly Visit[]): Visit =>
  (value, path, found) => {
    for (const visit of visits) visit(value, path, found)
  }

function visitOf(pattern: string): Visit {
  if (pattern.includes(',') && !pattern.includes('*')) return visitAll(pattern.split(',').map(visitOf))
  const [first = '', ...rest] = pattern.split('/*')
  const names = first.split('/').slice(1)
  const inner = rest.length === 0 ? undefined : visitOf(rest.join('/*'))
  return (value, path, found) => {
    let at = value
    for (const name of names) at = (at as Readonly<Record<string, unknown>> | undefined)?.[name]
    if (at === undefined) return
    if (inner === undefined) found(at, `${path}${first}`)
    else for (const [i, item] of (at as readonly unknown[]).entries()) inner(item, `${path}${first}/${i}`, found)
  }
}
