/** Internal exports of this folder for the command line; no package subpath exports them. */
export { judgeOneByOne, judgeOnPool } from './judge-on-pool.js'
export { judgeOnThreads } from './verify-on-threads.js'
