/** What the command line uses of the threads and callers do not; no subpath of the package exports it. */
export { judgeOneByOne, judgeOnPool } from './judge-on-pool.js'
export { judgeOnThreads } from './verify-on-threads.js'
