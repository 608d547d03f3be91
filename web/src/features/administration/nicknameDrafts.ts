import type { Key } from '@/shared/i18n/translate'
import type { NicknamesOfName } from './queries'

/** A name and its nicknames as they are typed. */
export type NicknameDraft = { name: string; nicknames: string }

/** Most nicknames of a name, as the server has it. */
const MOST = 16
/** Longest word, in characters, as the server has it. */
export const WORD_CHARS = 32
/** One word of letters; the server says which scripts have none. */
const WORD = /^[\p{L}\p{M}'’`´]+$/u

export function shown({ name, nicknames }: NicknamesOfName): NicknameDraft {
  return { name, nicknames: nicknames.join(', ') }
}

export function stored({ name, nicknames }: NicknameDraft): NicknamesOfName {
  return { name: name.trim(), nicknames: listed(nicknames) }
}

/** What is wrong with a name, among all of them; null where nothing is, or nothing was typed yet. */
export function nameTrouble({ name }: NicknameDraft, all: NicknameDraft[]): Key | null {
  if (name.trim() === '') return null
  if (!isWord(name)) return 'nicknames.no_word'
  return all.filter((other) => folded(other.name) === folded(name)).length > 1 ? 'nicknames.name_twice' : null
}

/** What is wrong with the nicknames of a name; null where nothing is, or nothing was typed yet. */
export function nicknamesTrouble({ name, nicknames }: NicknameDraft): Key | null {
  const list = listed(nicknames)
  if (!list.every(isWord)) return 'nicknames.no_words'
  if (list.length > MOST) return 'nicknames.too_many'
  return new Set([name, ...list].map(folded)).size <= list.length ? 'nicknames.twice' : null
}

export function isComplete(draft: NicknameDraft, all: NicknameDraft[]): boolean {
  const isThere = draft.name.trim() !== '' && listed(draft.nicknames).length > 0
  return isThere && nameTrouble(draft, all) === null && nicknamesTrouble(draft) === null
}

function isWord(text: string): boolean {
  return WORD.test(text.trim()) && text.trim().length <= WORD_CHARS
}

/** About as the server compares names. */
function folded(text: string): string {
  return text.trim().toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
}

function listed(typed: string): string[] {
  return typed
    .split(/[,;]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
}
