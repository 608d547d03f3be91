import { Fragment, createElement, type ReactNode } from 'react'
import { ExternalStore, useStore } from '../store/external'
import { readKept, writeKept } from '../store/kept'
import de from './de.json'
import en from './en.json'

export type Language = 'en' | 'de'
export type Key = keyof typeof en
export type Params = Record<string, string | number>
type Entry = string | { one: string; other: string }

const catalogues: Record<Language, Record<string, Entry>> = { en, de }

const language = new ExternalStore<Language>(readKept<Language | null>('language', null) ?? browserLanguage())

function browserLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en'
}

/** Chooses the language; null follows the browser. */
export function setLanguage(chosen: Language | null): void {
  writeKept('language', chosen)
  language.set(chosen ?? browserLanguage())
  document.documentElement.lang = language.current()
}

export function currentLanguage(): Language {
  return language.current()
}

/** Renders again when the language changes. */
export function useLanguage(): Language {
  return useStore(language)
}

/** The words for a key in the chosen language. `count` chooses between one and other. */
export function t(key: Key, params: Params = {}): string {
  return template(key, params).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name]
    return value === undefined ? whole : typeof value === 'number' ? formatCount(value) : value
  })
}

/** Like `t`, with elements in the places. */
export function tr(key: Key, nodes: Record<string, ReactNode>, params: Params = {}): ReactNode {
  const parts = template(key, params).split(/\{(\w+)\}/)
  return parts.map((part, index) => {
    const node = index % 2 === 0 ? part : (nodes[part] ?? params[part])
    return createElement(Fragment, { key: index }, node)
  })
}

/** True when the catalogue has the key: for keys that are put together from codes. */
export function hasWords(key: string): key is Key {
  return key in en
}

export function formatCount(value: number): string {
  return new Intl.NumberFormat(language.current()).format(value)
}

function template(key: Key, params: Params): string {
  const entry = catalogues[language.current()][key] ?? (en as Record<string, Entry>)[key] ?? key
  if (typeof entry === 'string') return entry
  const plural = new Intl.PluralRules(language.current()).select(Number(params.count ?? 0))
  return plural === 'one' ? entry.one : entry.other
}
