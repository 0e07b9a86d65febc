/** Reads from a node that is not trusted: a limited number of octets in a limited time, without redirects. */

/** An allowance for one request or for a whole update; octets read are subtracted. */
export interface Allowance {
  octets: number
  /** Milliseconds since 1970. */
  readonly until: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Creates the error of a body that exceeds the allowance of `most` octets. */
  readonly tooLarge: (most: number) => Error
}

export const allowanceOf = (octets: number, milliseconds: number, { now, tooLarge }: Pick<Allowance, 'now' | 'tooLarge'>): Allowance => ({
  octets,
  until: now() + milliseconds,
  now,
  tooLarge,
})

/**
 * Fetches within an allowance. The body fails with `tooLarge` once the octets are exceeded, and with an abort once the time is over.
 * @throws the reason of the abort of the request; errors of `fetch`
 */
export async function fetchBounded(request: Request | string, allowance: Allowance): Promise<Response> {
  const most = allowance.octets
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), Math.max(0, allowance.until - allowance.now()))
  const end = (): void => clearTimeout(timer)
  if (typeof request !== 'string') {
    const { signal } = request
    if (signal.aborted) ending.abort(signal.reason)
    else signal.addEventListener('abort', () => ending.abort(signal.reason), { once: true })
  }
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
        controller.error(allowance.tooLarge(most))
      },
      flush: end,
    }),
  )
  const { status, headers } = response
  return new Response(bounded, { status, headers })
}
