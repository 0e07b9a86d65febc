// Why this exists: an editor shows the docstring of what a developer imports; without one they have to read the source.
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { declarations, targetOf } from '../support/declarations.ts'

const VALUES = ts.SymbolFlags.Function | ts.SymbolFlags.Variable | ts.SymbolFlags.Class | ts.SymbolFlags.Enum

/** Values that a subpath exports, with their docstrings. */
function documented(): { readonly name: string; readonly text: string }[] {
  const { checker, doors } = declarations()
  return doors.flatMap(({ name, symbol }) =>
    checker.getExportsOfModule(symbol).flatMap((exported) => {
      const target = targetOf(checker, exported)
      const isTypeOnly = exported.declarations?.some((at) => ts.isExportSpecifier(at) && (at.isTypeOnly || at.parent.parent.isTypeOnly))
      if ((target.flags & VALUES) === 0 || isTypeOnly) return []
      const text = ts.displayPartsToString(target.getDocumentationComment(checker)).trim()
      return [{ name: `${name} ${exported.name}`, text }]
    }),
  )
}

/** Those that have none yet: none may be added. */
const WITHOUT: readonly string[] = [
  'tongheng/client ReceiptClaims',
  'tongheng/client StandingShape',
  'tongheng/client VerdictShape',
  'tongheng/client createOutbox',
  'tongheng/server ReaderClaims',
  'tongheng/server admitReader',
  'tongheng/server defaultLimits',
  'tongheng/server isStoreFault',
  'tongheng/server revokeReader',
]

describe('an exported value', () => {
  it('has a docstring', () => {
    const all = documented()
    expect(all.length).toBeGreaterThan(250)
    expect(all.flatMap(({ name, text }) => (text.length < 15 ? [name] : [])).sort()).toEqual(WITHOUT)
  })
})
