// Why this exists: a witness must be another party. A node must not cosign its own log, nor count a cosignature by anyone but the
// peer.
import { addSignatures, cosignCheckpoint, writeAddCheckpoint } from 'tongheng/log'
import { openListedCheckpoint } from 'tongheng/verify'
import { beforeEach, describe, expect, it } from 'vitest'
import { fill, follow, logHolder, openChongqing, signMany } from '../support/nodes/pair.js'
import { openWorld, problemOf, type World } from '../support/nodes/world.js'

let sichuan: World
let chongqing: World

beforeEach(async () => {
  sichuan = await openWorld()
  chongqing = await openChongqing({ authorities: sichuan.authorities })
  await fill(sichuan, await signMany(sichuan.authorities, 3))
})

const checkpoint = () => sichuan.client(undefined).log.checkpoint()
const ownLine = async (): Promise<string> =>
  cosignCheckpoint(await checkpoint(), (await logHolder(sichuan.authorities, 'SC-AMR', 'witness')).signer, sichuan.clock.now)

describe('a node', () => {
  it('does not witness its own log', async () => {
    const body = writeAddCheckpoint({ oldSize: 0, proof: [], checkpoint: await checkpoint() })
    const headers = { 'content-type': 'text/plain' }
    const response = await sichuan.send({ method: 'POST', path: '/v1/log/add-checkpoint', body, as: null, headers })
    expect([response.status, (await problemOf(response)).code]).toEqual([403, 'witness.own-log'])
    expect(await sichuan.store.getPeer('node-51.example/v1/log')).toBeUndefined()
    await expect(follow(sichuan, sichuan)).rejects.toMatchObject({ code: 'witness.own-log' })
    expect((await sichuan.store.readLog()).cosigned).toBeUndefined()
  })

  it("accepts a cosignature by the peer's witness key only, not by its own", async () => {
    const honest = chongqing.client('SC-AMR')
    const lines = await ownLine()
    const client = { ...honest, log: { ...honest.log, addCheckpoint: async () => ({ lines }) } }
    await expect(follow(sichuan, chongqing, { client })).rejects.toMatchObject({
      code: 'client.answer',
      details: { status: 200, body: lines.slice(0, 200) },
    })
    expect((await sichuan.store.readLog()).cosigned).toBeUndefined()
  })

  it('does not count the log’s own authority as a witness of a checkpoint', async () => {
    const note = addSignatures(await checkpoint(), await ownLine())
    expect((await openListedCheckpoint(note, sichuan.authorities.trust)).cosignatures).toEqual([])
  })
})
