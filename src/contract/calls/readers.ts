/** Calls for readers: the state of a reader's key, and what the caller may read. */
import * as z from 'zod/mini'
import { Digest } from '../../base/schema.js'
import { CallerShape, ReaderState } from '../shapes.js'
import { answer, type Call } from './call.js'

export const readerCalls = {
  getReader: {
    method: 'GET',
    path: '/v1/readers/{kid}',
    summary: {
      zh: '读者公钥的登记状态（按指纹；不含姓名）',
      en: 'State of the key of a reader in the register, by thumbprint; without the name',
    },
    access: 'open',
    params: z.object({ kid: Digest }),
    answers: { 200: answer(ReaderState, '登记状态', 'State of the entry') },
    problems: [400, 404, 429, 503],
    idempotent: true,
  },
  getCaller: {
    method: 'GET',
    path: '/v1/caller',
    summary: { zh: '请求方是谁、以何身份、可读什么', en: 'Who the caller is, in which role, and what it may read' },
    access: 'signed',
    answers: { 200: answer(CallerShape, '请求方', 'The caller') },
    problems: [400, 401, 403, 429, 503],
    idempotent: true,
  },
} as const satisfies Record<string, Call>
