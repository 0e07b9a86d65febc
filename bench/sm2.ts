/** SM2 with SM3 compared with ES256: the cost of national cryptography in this process. */
import { createSigner, generateKey, importKey } from 'tongheng/envelope'
import type { Contender, Group } from './measure.js'

const data = new Uint8Array(1600).fill(97)

async function contenderOf(alg: 'ES256' | 'SGD_SM3_SM2', name: string, to?: string): Promise<Contender> {
  const { publicJwk, privateJwk } = await generateKey(alg)
  const signature = await (await createSigner(privateJwk)).sign(data)
  const { verify } = await importKey(publicJwk)
  return {
    name,
    ...(to !== undefined && { to }),
    run: async (times) => {
      for (let i = 0; i < times; i++) if (!(await verify(data, signature))) throw new Error(name)
    },
  }
}

export const sm2: Group = {
  title: 'signatures over 1,600 octets, one key',
  contenders: [await contenderOf('ES256', 'es256'), await contenderOf('SGD_SM3_SM2', 'sm2', 'es256')],
}
