/** What a key event looks like to the matcher. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>

/**
 * Whether a key event is the pattern: `M`, `/`, `?`, `Escape`, `Ctrl+Enter`, `Alt+1`.
 * Letters match in any case; digits with Alt match by position, since Alt changes what is typed on some layouts.
 */
export function matches(event: KeyPress, pattern: string): boolean {
  const parts = pattern.split('+')
  const key = parts.at(-1) ?? ''
  if (event.ctrlKey !== parts.includes('Ctrl') || event.altKey !== parts.includes('Alt') || event.metaKey) return false
  if (/^\d$/.test(key) && event.altKey) return event.code === `Digit${key}` || event.code === `Numpad${key}`
  // With Alt some layouts type another character, so the key counts by its letter or by its place.
  if (/^[a-z]$/i.test(key) && event.altKey) return !event.shiftKey && (event.key.toLowerCase() === key.toLowerCase() || event.code === `Key${key.toUpperCase()}`)
  // Shift makes `/` and `?` on several layouts, so it counts only for letters.
  if (/^[a-z]$/i.test(key) && event.shiftKey) return false
  return event.key.toLowerCase() === key.toLowerCase()
}

/** Single characters without a modifier: they work only outside text fields and can be switched off. */
export function isSingleCharacter(pattern: string): boolean {
  return pattern.length === 1
}

const TEXT_INPUTS = new Set(['text', 'search', 'password', 'email', 'tel', 'url', 'number', 'date', 'datetime-local', 'time'])

/** Whether typing into the element writes text or chooses by letter. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  if (target instanceof HTMLInputElement) return TEXT_INPUTS.has(target.type)
  return ['listbox', 'menu', 'menuitem', 'menuitemradio'].includes(target.getAttribute('role') ?? '')
}
