import { useCallback } from 'react'
import { ExternalStore, useStore } from './external'
import { readKept, writeKept } from './kept'

/** What was typed and not committed, by key: survives a reload, cleared when committed. */
const drafts = new ExternalStore<Record<string, string>>(readKept('drafts', {}))
drafts.watch(() => writeKept('drafts', drafts.current()))

export function draftOf(key: string): string {
  return drafts.current()[key] ?? ''
}

/** Keeps a draft; an empty one is forgotten. */
export function keepDraft(key: string, text: string): void {
  drafts.update((all) => {
    const others = Object.fromEntries(Object.entries(all).filter(([one]) => one !== key))
    return text === '' ? others : { ...others, [key]: text }
  })
}

export function useDraft(key: string): [string, (text: string) => void] {
  const text = useStore(drafts, (all) => all[key] ?? '')
  const keep = useCallback((next: string) => keepDraft(key, next), [key])
  return [text, keep]
}
