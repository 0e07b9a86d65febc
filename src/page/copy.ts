/** Copies a displayed text. Without access to the clipboard, selects the text, so that the user can copy it with the keyboard. */
export async function copyText(text: string, event: Event, copied: string, shown?: Element | null): Promise<void> {
  const button = event.currentTarget as HTMLButtonElement
  try {
    await navigator.clipboard.writeText(text)
    button.textContent = copied
  } catch {
    // A page on plain HTTP has no clipboard, and the user may deny access.
    if (shown) getSelection()?.selectAllChildren(shown)
  }
}
