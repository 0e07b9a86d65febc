/** Checks that the database can be opened, read and written. Does not migrate an older one: the node does that when it starts. */
import { isTonghengError } from '../../base/error.js'
import { readSchemaVersion as readPostgresVersion } from '../../stores/postgres/index.js'
import { readSchemaVersion as readSqliteVersion } from '../../stores/sqlite/index.js'
import { fileFaultOf } from '../file-error.js'
import { exists } from '../files.js'
import { isServer, openStore } from '../node-config.js'
import { type Found, fail, ok, reasonOf, warn } from './found.js'
import type { Examined } from './here.js'

/** Advice if the error has none. */
const LOOK = { zh: '请检查配置中 database 所指的文件或服务器', en: 'Look at the file or the server that database names' }

export async function database({ config }: Examined): Promise<Found[]> {
  const { database: place } = config
  if (!isServer(place) && !(await exists(place))) return [warn('doctor.database-none')]
  try {
    const { found, known } = await (isServer(place) ? readPostgresVersion(place) : readSqliteVersion(place))
    if (isServer(place) && found === 0) return [warn('doctor.database-none')]
    if (found < known) return [warn('doctor.database-old', { found, known })]
    const store = await openStore(place)
    try {
      const { size } = await store.readLog()
      await store.probe()
      return [ok('doctor.database', { version: found, size })]
    } finally {
      await store.close()
    }
  } catch (error) {
    const named = isServer(place) ? error : fileFaultOf(place, error)
    const [reason, todo = LOOK] = isTonghengError(named) ? [named.text, named.text.advice] : [reasonOf(error)]
    return [fail('doctor.database-bad', { reason, todo })]
  }
}
