import { useEffect, useEffectEvent } from 'react'
import { preferences } from '../store/preferences'
import { isSingleCharacter, matches, takesText } from './match'

type Binding = { pattern: string; run(event: KeyboardEvent): void }

const bindings: Binding[] = []

/**
 * Runs `run` when the key is pressed anywhere on the desk. The newest binding of a key wins.
 * Nothing runs while text is being composed (IME) or a modal dialog is open.
 */
export function useKey(pattern: string, run: (event: KeyboardEvent) => void, enabled = true): void {
  const onKey = useEffectEvent(run)
  useEffect(() => {
    if (!enabled) return
    const binding = { pattern, run: (event: KeyboardEvent) => onKey(event) }
    bindings.push(binding)
    return () => {
      bindings.splice(bindings.indexOf(binding), 1)
    }
  }, [pattern, enabled])
}

/** Listens on the window. Gives back how to stop. */
export function listenForKeys(): () => void {
  window.addEventListener('keydown', dispatch)
  return () => window.removeEventListener('keydown', dispatch)
}

function dispatch(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  if (document.querySelector('[aria-modal="true"]')) return
  const binding = bindings.findLast((one) => matches(event, one.pattern) && mayRun(event, one.pattern))
  if (!binding) return
  event.preventDefault()
  if (!event.repeat) binding.run(event)
}

function mayRun(event: KeyboardEvent, pattern: string): boolean {
  if (!isSingleCharacter(pattern)) return true
  return preferences.current().letter_keys && !takesText(event.target)
}
