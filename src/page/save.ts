/** Hands a text, or octets, to the person as a file. */
export function saveText(text: string | Uint8Array<ArrayBuffer>, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, '-')
  link.click()
  // By the next round of the event loop the browser has started to read the file.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
