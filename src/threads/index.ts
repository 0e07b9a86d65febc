/** `tongheng/threads`: verification of many statements on worker threads. Node only. */
export type { ThreadOptions } from './pool.js'
export { verifyOnThreads } from './verify-on-threads.js'
