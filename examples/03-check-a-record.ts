/** A CI job of a laboratory: rules over one record, before anything is signed. Every finding has a code, a place and a basis. */
import { checkRecord } from 'tongheng'
import { fixtures } from 'tongheng/testing'

const record = structuredClone(fixtures.F08.record) as Record<string, unknown> & typeof fixtures.F08.record
const faulty = JSON.parse(
  JSON.stringify(record)
    .replace('"0.006"', '"0.0063"') // three digits would be too many; here the place no longer fits
    .replaceAll('"MPa"', '"kgf/cm2"') // not a legal unit
    .replace('"decisionRule"', '"decisonRule"'), // a slip of the pen
)

for (const { status, code, path, message, basis } of checkRecord(faulty).checks) {
  if (status === 'fail' || status === 'warn') console.log(`${status} ${code} ${path ?? ''}\n  ${message.zh}（${basis}）`)
}
