/** Downloads a text or octets as a file. */
export function saveText(text: string | Uint8Array<ArrayBuffer>, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, '-')
  link.click()
  // Revoke the URL later: the browser may not have started to read the file yet.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
