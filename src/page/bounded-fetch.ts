/** What the page reads from a node: a limited number of octets in a limited time, from that node alone. */
import { fault } from './messages.js'

/** An allowance for one request or for a whole update; octets read are subtracted. */
export interface Allowance {
  octets: number
  /** Milliseconds since 1970. */
  readonly until: number
}

export const allowanceOf = (octets: number, milliseconds: number): Allowance => ({ octets, until: Date.now() + milliseconds })

/** The body errs with `page.answer-large` past the allowance, and with an abort past its time. */
export async function fetchBounded(request: Request | string, allowance: Allowance): Promise<Response> {
  const most = allowance.octets
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), Math.max(0, allowance.until - Date.now()))
  const end = (): void => clearTimeout(timer)
  if (typeof request !== 'string') request.signal.addEventListener('abort', () => ending.abort(request.signal.reason), { once: true })
  const options: RequestInit = { cache: 'no-store', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' }
  let response: Response
  try {
    response = await fetch(request, { ...options, signal: ending.signal })
  } catch (error) {
    end()
    throw error
  }
  if (response.body === null) {
    end()
    return response
  }
  const bounded = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(part, controller) {
        allowance.octets -= part.length
        if (allowance.octets >= 0) return controller.enqueue(part)
        end()
        controller.error(fault('page.answer-large', { most }))
      },
      flush: end,
    }),
  )
  const { status, headers } = response
  return new Response(bounded, { status, headers })
}
