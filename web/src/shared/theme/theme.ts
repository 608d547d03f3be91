import { teamsHighContrastTheme, webDarkTheme, webLightTheme, type Theme } from '@fluentui/react-components'
import { useSyncExternalStore } from 'react'
import { usePreferences } from '../store/preferences'

// The default grey of third-rank text is under 4.5 : 1 on the canvas; the second rank is readable everywhere.
const light: Theme = { ...webLightTheme, colorNeutralForeground3: '#575757', colorNeutralForeground4: '#616161' }
const dark: Theme = { ...webDarkTheme, colorNeutralForeground4: '#adadad' }

const darkQuery = '(prefers-color-scheme: dark)'
const contrastQuery = '(prefers-contrast: more)'

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (watcher) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', watcher)
      return () => list.removeEventListener('change', watcher)
    },
    () => window.matchMedia(query).matches,
  )
}

/** A theme by its name. */
export function themeOf(name: 'light' | 'dark'): Theme {
  return name === 'dark' ? dark : light
}

/** The theme that was chosen, or the system's. */
export function useTheme(): { theme: Theme; scheme: 'light' | 'dark' } {
  const choice = usePreferences().theme
  const systemDark = useMedia(darkQuery)
  const systemContrast = useMedia(contrastQuery)
  const name = choice !== 'system' ? choice : systemContrast ? 'contrast' : systemDark ? 'dark' : 'light'
  if (name === 'contrast') return { theme: teamsHighContrastTheme, scheme: 'dark' }
  return { theme: themeOf(name), scheme: name }
}
