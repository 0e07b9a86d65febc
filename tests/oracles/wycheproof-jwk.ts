// Wycheproof, JSON Web Keys: invalid cases must be refused, and valid ones with a supported algorithm accepted.
//   npx tsx --tsconfig tests/tsconfig.json tests/oracles/wycheproof-jwk.ts [file]
import { runAsScript } from '../support/oracle.ts'
import { runWycheproof as run } from '../support/wycheproof.ts'

export { run }

await runAsScript(import.meta.url, 'wycheproof/json_web_key_test.json.gz', run)
