/**
 * The reference data as rules read it: the tables of this package, or these overlaid with the catalogues that authorities publish.
 * A later overlay takes precedence over an earlier one, entry by entry.
 */
import { anObject, checkArgument, type Expectation, hasFunctions } from '../base/options.js'
import { type InstrumentCategory, instrumentCategories } from './categories.js'
import { type EditionDates, editionDates } from './editions.js'
import { type VerificationInterval, verificationIntervals } from './intervals.js'
import { isListedDivision } from './regions.js'

/** An edition as an authority's catalogue states it. */
export interface StatedEdition extends EditionDates {
  /** The catalogue that states it; that of this package if absent. */
  readonly source?: string
  /** The edition as the catalogue below states it. */
  readonly over?: EditionDates | undefined
}

export interface Catalogue {
  category(slug: string): InstrumentCategory | undefined
  /** @param key comparison key, as `JJG517-2016` */
  edition(key: string): StatedEdition | undefined
  /** @param series as `JJG517` */
  intervals(series: string): readonly VerificationInterval[]
  isListedDivision(code: string): boolean
}

/** The tables of this package. */
export const builtIn: Catalogue = Object.freeze({
  category: (slug: string) => instrumentCategories.get(slug),
  edition: (key: string) => editionDates.get(key),
  intervals: (series: string) => verificationIntervals.get(series) ?? [],
  isListedDivision,
})

/** The entries of one published catalogue. */
export interface Overlay {
  readonly categories: ReadonlyMap<string, InstrumentCategory>
  readonly editions: ReadonlyMap<string, StatedEdition>
  /** By series: the intervals of a regulation are stated together. */
  readonly intervals: ReadonlyMap<string, readonly VerificationInterval[]>
  readonly divisions: ReadonlySet<string>
}

const CATALOGUE: Expectation = {
  is: /* @__PURE__ */ hasFunctions('category', 'edition', 'intervals', 'isListedDivision'),
  expected: { zh: '目录（如 builtIn）', en: 'a catalogue, as builtIn' },
}

/** Overlays a catalogue with another; an entry that the overlay does not state is read from the one below. */
export function overlaid(below: Catalogue, overlay: Overlay): Catalogue {
  checkArgument('overlaid', 'below', below, CATALOGUE)
  checkArgument('overlaid', 'overlay', overlay, anObject)
  const { categories, editions, intervals, divisions } = overlay
  return {
    category: (slug) => categories.get(slug) ?? below.category(slug),
    edition: (key) => {
      const [own, under] = [editions.get(key), below.edition(key)]
      return own === undefined ? under : { ...own, over: under }
    },
    intervals: (series) => intervals.get(series) ?? below.intervals(series),
    isListedDivision: (code) => divisions.has(code) || below.isListedDivision(code),
  }
}
