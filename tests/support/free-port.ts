// Why this exists: a node, a database or a proxy is told its port before it starts. Of the ports that the system assigns by itself, another
// process may get the same one between the probe and its use.
import { createServer } from 'node:net'

const [LOWEST, PORTS] = [10_000, 20_000]
/** Distance of the port ranges of test processes; larger than one process needs, so that two never probe the same port. */
const APART = 499
let tried = 0

/** A free loopback port, below those that the system assigns. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const port = LOWEST + ((process.pid * APART + tried++) % PORTS)
    const probe = createServer().listen(port, '127.0.0.1', () => probe.close(() => resolve(port)))
    probe.on('error', () => (tried < PORTS ? resolve(freePort()) : reject(new Error('no port is free'))))
  })
