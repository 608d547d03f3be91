/** Gives the browser a file to save; what a name of a file may not hold is left out. */
export function save(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name.replace(/[\\/:*?"<>|]+/g, ' ').replace(/\s+/g, ' ').trim()
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 0)
}
