/** The origin of an address; undefined if the text is not an address. `URL.canParse` is newer than the browsers of the baseline. */
export function originOf(address: string): string | undefined {
  try {
    return new URL(address).origin
  } catch {
    // No address.
    return undefined
  }
}
