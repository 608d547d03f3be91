import { formatCount, hasWords, t } from './translate'

/** The words for a refusal or problem code; null when the catalogue does not know it. */
export function errorWords(code: string): string | null {
  const key = `error.${code}`
  return hasWords(key) ? t(key) : null
}

/** The words for a code in a family of keys, or the code itself. */
export function codeWords(family: string, code: string): string {
  const key = `${family}.${code}`
  return hasWords(key) ? t(key) : code
}

export function characterCount(length: number, limit: number): string {
  return `${formatCount(length)} / ${formatCount(limit)}`
}

/** A key's name as it stands on the keyboard of the language. */
export function keyName(keys: string): string {
  return keys.replace('Ctrl', t('key.ctrl'))
}
