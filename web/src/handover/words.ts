import de from './de.json'
import en from './en.json'

export type Word = keyof typeof en

const isGerman = navigator.language.toLowerCase().startsWith('de')
const catalogue: Record<Word, string> = isGerman ? de : en

/** The page has a catalogue of its own: the desk's is many times as large as the whole page. */
export function w(word: Word, params: Record<string, string> = {}): string {
  return catalogue[word].replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole)
}

/** Words that are put together from a code of the server; `other` where there are none. */
export function codeWord(family: 'over' | 'error', code: string | null, other: Word): Word {
  const word = `${family}.${code ?? ''}`
  return word in catalogue ? (word as Word) : other
}

/** Hour and minute, local. */
export function clock(at: number): string {
  return new Intl.DateTimeFormat(isGerman ? 'de-DE' : 'en-GB', { hour: '2-digit', minute: '2-digit' }).format(at)
}

/** Says the language to screen readers. */
export function tellLanguage(): void {
  document.documentElement.lang = isGerman ? 'de' : 'en'
}
