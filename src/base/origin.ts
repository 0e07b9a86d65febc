/** The origin of an address; undefined of a text that is none. `URL.canParse` is newer than the browsers of the baseline. */
export function originOf(address: string): string | undefined {
  try {
    return new URL(address).origin
  } catch {
    // No address.
    return undefined
  }
}
