/** Limits for reading from the node, with the error of the page. */
import { type Allowance, allowanceOf as allowance } from '../client/inside.js'
import { fault } from './messages.js'

export const allowanceOf = (octets: number, milliseconds: number): Allowance =>
  allowance(octets, milliseconds, { now: () => Date.now(), tooLarge: (most) => fault('page.answer-large', { most }) })
