// Why this exists: defines the rooms, their tests, and how a sample of their mutants is selected: the same for the same seed.
import { createHash } from 'node:crypto'
import { env } from 'node:process'

/** `others`: further folders whose tests cover the room. */
const ofFolder = (name, ...others) => ({ mutate: `src/${name}`, tests: [name, ...others].map((folder) => `tests/${folder}`) })

/**
 * All mutants of a `resident` room run in one process that loads the modules once, ten times as fast as one process each. This requires that
 * its modules have no state that a mutant could spoil for the next one. The runner checks this after each detected mutant.
 */
export const ROOMS = {
  envelope: ofFolder('envelope'),
  recognition: ofFolder('recognition'),
  status: ofFolder('status'),
  trust: ofFolder('trust'),
  verify: ofFolder('verify'),
  client: { ...ofFolder('client', 'server'), isResident: true },
  node: { ...ofFolder('node', 'server', 'sync'), isResident: true },
  sync: ofFolder('sync', 'node'),
  conformance: { ...ofFolder('conformance'), isResident: true },
  comparison: { ...ofFolder('comparison'), isResident: true },
}

/** Slow tests: random damage, all rules, and vectors for other rooms. They take seconds to minutes each, and almost no mutant needs them. */
export const SLOW = [
  // Its order of events depends on how the runner shares the processor.
  'tests/server/cost-fair.test.ts',
  'tests/sync/nation.e2e.test.ts',
  'tests/verify/robustness.test.ts',
  'tests/conformance/decisions.test.ts',
  'tests/conformance/judged-or-reported.test.ts',
  'tests/conformance/partial.test.ts',
]

/** Slow tests in other files: they repeat all cases, or draw a hundred at random. */
export const SLOW_TESTS = [
  'give each finding a rule, a code and a basis, in both languages',
  'count rows from one in messages, and from zero in pointers',
  'are decided as by integer arithmetic, whatever the scale and the trailing zeros',
  'are decided alike in any unit of the same quantity',
  'are indication less reference, exactly',
]

/** True if a mutant begins at one of the places of `--only`, a list of FILE:LINE and FILE:FIRST-LAST. */
function isIn(places, { fileName, location }) {
  return places.split(',').some((place) => {
    const [, file, first, last = first] = /^(.+):(\d+)(?:-(\d+))?$/.exec(place) ?? []
    if (file === undefined) throw new Error(`--only is a list of FILE:LINE or FILE:FIRST-LAST, not “${place}”`)
    // The instrumenter counts lines from zero, as `sampled` gets them.
    const line = location.start.line + 1
    return fileName.endsWith(`/${file}`) && line >= Number(first) && line <= Number(last)
  })
}

/** The first `size` mutants in an order by seed, or all; with `only`, those of them that begin there. */
export function sampled(mutants, { size, seed, only }) {
  const rank = ({ fileName, location, replacement }) =>
    createHash('sha256')
      .update(JSON.stringify([seed, fileName.split('/src/').at(-1), location, replacement]))
      .digest('hex')
  const ranked = mutants.map((mutant) => ({ mutant, rank: rank(mutant) })).sort((a, b) => (a.rank < b.rank ? -1 : 1))
  const chosen = size > 0 ? ranked.slice(0, size).map(({ mutant }) => mutant) : mutants
  return only === '' ? chosen : chosen.filter((mutant) => isIn(only, mutant))
}

/** The selection of mutants, which `run.mjs` passes in the environment. */
export const choice = {
  size: Number(env['SAMPLE'] ?? 0),
  seed: env['SEED'],
  only: env['ONLY'] ?? '',
  isOwn: env['OWN'] === 'true',
  /** Selected test files; empty for all. */
  tests: (env['TESTS'] ?? '').split(',').filter((file) => file !== ''),
}

/** True if the tests of a file are selected. */
export const isAskedFor = (file) => !SLOW.includes(file) && (choice.tests.length === 0 || choice.tests.includes(file))

/** Folders of the tests to run; the first is that of the room. */
export const testsOf = ({ tests }) => (choice.isOwn ? tests.slice(0, 1) : tests)

/** True for the arguments of `about`: descriptions of a schema for people, which decide nothing. */
const isDescription = (path) =>
  path.isStringLiteral() && path.parent.type === 'CallExpression' && path.parent.callee.name === 'about' && path.listKey === 'arguments'

/** True for a text in both languages, and for the basis of a rule, which decide nothing either. */
const isBilingual = (path) =>
  path.isObjectExpression() &&
  path.node.properties.length === 2 &&
  path.node.properties.every(({ key }) => ['zh', 'en'].includes(key?.name))

export const textsForPeople = { shouldIgnore: (path) => (isDescription(path) || isBilingual(path) ? 'a text for people' : undefined) }
