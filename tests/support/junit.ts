// The schemas of readers of JUnit XML: junit-4.xsd and junit-10.xsd of Jenkins’ xUnit plugin, as one table. What only one of
// the two allows is not allowed, what one requires is required.
import type { Element } from './xml.js'

interface Allowed {
  readonly required: readonly string[]
  readonly optional: readonly string[]
  /** Names of the children in the order that the schema requires. */
  readonly children: readonly string[]
}

const text: Allowed = { required: [], optional: [], children: [] }
const outcome: Allowed = { required: [], optional: ['type', 'message'], children: [] }
const ELEMENTS: Readonly<Record<string, Allowed>> = {
  testsuites: { required: [], optional: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['time', 'skipped', 'timestamp', 'hostname', 'id', 'package'],
    children: ['properties', 'testcase', 'system-out', 'system-err'],
  },
  testcase: {
    required: ['name'],
    optional: ['time', 'classname'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: outcome,
  error: outcome,
  'system-out': text,
  'system-err': text,
}
/** `SUREFIRE_TIME` of junit-10.xsd; `tests` and its kin are counts, though the schemas call them strings. */
const FORMS: Readonly<Record<string, RegExp>> = {
  time: /^(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?$/,
  tests: /^\d+$/,
  failures: /^\d+$/,
  errors: /^\d+$/,
  skipped: /^\d+$/,
}

/** Every violation of both schemas in a report. */
export function faultsOfJUnit(element: Element, within?: Allowed): string[] {
  const allowed = ELEMENTS[element.name]
  if (allowed === undefined || (within === undefined && element.name !== 'testsuites')) return [`${element.name}: unknown`]
  const names = Object.keys(element.attributes)
  const order = element.children.map(({ name }) => allowed.children.indexOf(name))
  return [
    ...names.filter((name) => ![...allowed.required, ...allowed.optional].includes(name)),
    ...allowed.required.filter((name) => !names.includes(name)).map((name) => `${name} missing`),
    ...names.filter((name) => FORMS[name]?.test(element.attributes[name] as string) === false).map((name) => `${name} malformed`),
    ...(order.some((place, index) => place < 0 || place < (order[index - 1] ?? 0)) ? ['children'] : []),
  ]
    .map((fault) => `${element.name}: ${fault}`)
    .concat(element.children.flatMap((child) => faultsOfJUnit(child, allowed)))
}
