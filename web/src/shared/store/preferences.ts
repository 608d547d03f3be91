import { useStore } from './external'
import { keptStore } from './kept'

export type ThemeChoice = 'system' | 'light' | 'dark' | 'contrast'

/** What a person chose for this browser. */
export type Preferences = {
  theme: ThemeChoice
  /** Single-letter keys (WCAG 2.1.4: they can be switched off). */
  letter_keys: boolean
  ring: boolean
  chat_tone: boolean
  notifications: boolean
  /** The audio output that rings; '' is the browser's default. */
  ring_device: string
  /** Questions go out with a link in place of the data. */
  as_link: boolean
}

export const preferences = keptStore<Preferences>('preferences', {
  theme: 'system',
  letter_keys: true,
  ring: true,
  chat_tone: true,
  notifications: true,
  ring_device: '',
  as_link: false,
})

export function usePreferences(): Preferences {
  return useStore(preferences)
}

export function setPreference<K extends keyof Preferences>(key: K, value: Preferences[K]): void {
  preferences.update((all) => ({ ...all, [key]: value }))
}
