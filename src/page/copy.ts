/** Copies a text that is shown. Where the browser withholds the clipboard, the text is selected, so that the person copies it by the keyboard. */
export async function copyText(text: string, event: Event, copied: string, shown?: Element | null): Promise<void> {
  const button = event.currentTarget as HTMLButtonElement
  try {
    await navigator.clipboard.writeText(text)
    button.textContent = copied
  } catch {
    // A page on plain HTTP has no clipboard, and a person may refuse it.
    if (shown) getSelection()?.selectAllChildren(shown)
  }
}
