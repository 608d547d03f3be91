import { useSnapshot } from '@/shared/desk/context'
import { characterCount } from '@/shared/i18n/words'

/** How long a text is and may be, in words, and whether it is too long. */
export type Room = { words: string; over: boolean }

/**
 * The room that a text has: characters by the server's limit, bytes by the network's. Networks count
 * bytes, so a text with many letters beyond ASCII may have fewer characters.
 */
export function roomOf(text: string, characters: number, bytes: number): Room {
  const length = [...text].length
  const left = Math.min(characters - length, bytes > 0 ? bytes - new TextEncoder().encode(text).length : Infinity)
  return { words: characterCount(length, length + left), over: left < 0 }
}

/** The room on a network; the limit of the first message is another than that of the others. */
export function useRoom(text: string, network: string, limit: 'longest_message' | 'longest_opening'): Room {
  const characters = useSnapshot((snapshot) => snapshot.limits.message_chars)
  const bytes = useSnapshot((snapshot) => snapshot.networks.find((one) => one.network === network)?.[limit] ?? 0)
  return roomOf(text, characters, bytes)
}
